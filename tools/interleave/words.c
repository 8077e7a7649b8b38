#include "words.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients.h"

static const char *const deeds[DEEDS] = {
    [DEED_START] = "starts",
    [DEED_READ] = "reads",
    [DEED_WRITE] = "writes",
    [DEED_ATOMIC_READ] = "reads (atomic)",
    [DEED_ATOMIC_WRITE] = "writes (atomic)",
    [DEED_ATOMIC_UPDATE] = "updates (atomic)",
    [DEED_CREATE] = "creates a thread",
    [DEED_JOIN] = "joins",
    [DEED_DETACH] = "detaches",
    [DEED_FINISH] = "ends",
    [DEED_EXIT] = "ends the process",
    [DEED_LOCK] = "locks",
    [DEED_TRY_LOCK] = "tries to lock",
    [DEED_UNLOCK] = "unlocks",
    [DEED_READ_LOCK] = "locks (to read)",
    [DEED_WAIT] = "waits for",
    [DEED_WAKE] = "is woken by",
    [DEED_SIGNAL] = "signals",
    [DEED_BROADCAST] = "signals all at",
    [DEED_ARRIVE] = "arrives at",
    [DEED_LEAVE] = "leaves",
    [DEED_ACQUIRE] = "takes from",
    [DEED_RELEASE] = "posts to",
    [DEED_ONCE] = "calls once",
    [DEED_YIELD] = "yields",
    [DEED_SLEEP] = "sleeps",
    [DEED_INPUT] = "reads",
    [DEED_OUTPUT] = "writes",
    [DEED_ACCEPT] = "accepts",
    [DEED_CONNECT] = "connects",
    [DEED_POLL] = "polls",
    [DEED_LISTEN] = "binds or listens",
    [DEED_OPEN] = "opens a descriptor",
    [DEED_CLOSE] = "closes a descriptor",
    [DEED_SHUT] = "ends",
};

// Bytes that are text are shown as text.
static bool is_text(const struct step *step)
{
    const char *bytes = (const char *)&step->value;

    if (step->size < 2 || !isprint((unsigned char)bytes[0]))
        return false;
    for (int i = 0; i < step->size && i < 8 && bytes[i] != '\0'; i++)
        if (!isprint((unsigned char)bytes[i]))
            return false;
    return memchr(bytes, '\0', step->size < 8 ? step->size : 8) != NULL;
}

static void value_of(const struct step *step, char *text, size_t size)
{
    uint64_t sign = UINT64_C(1) << (step->size * 8 - 1);

    if (step->size == 0 || (step->size > 8 && !is_text(step)))
        snprintf(text, size, "...");
    else if (is_text(step))
        snprintf(text, size, "\"%.8s\"", (const char *)&step->value);
    else if (step->size == 8)
        snprintf(text, size, "%" PRId64, (int64_t)step->value);
    else
        snprintf(text, size, "%" PRId64,
                 (int64_t)(step->value & sign ? step->value - 2 * sign
                                              : step->value));
}

static bool has_value(const struct step *step)
{
    return step->deed >= DEED_READ && step->deed <= DEED_ATOMIC_UPDATE;
}

// A client asks and hears.
static const char *deed_of(const struct step *step)
{
    if (step->pc == CLIENT_SENDS)
        return "asks";
    if (step->pc == CLIENT_RECEIVES)
        return "hears";
    return step->deed < DEEDS ? deeds[step->deed] : "?";
}

// What a step of input or output was about, as far as that is known.
static const char *said_of(const struct shared *shared, const struct step *step)
{
    uint32_t number = (uint32_t)(step - shared->trace);

    for (uint32_t i = 0; i < shared->said_count && i < SAID_LIMIT; i++)
        if (shared->said[i].step == number)
            return shared->said[i].text;
    return "";
}

void words_step(const struct shared *shared, struct symbols *symbols,
                const struct step *step, bool named, char *text, size_t size)
{
    char object[128] = "", value[32] = "";
    struct place place;

    symbols_place(symbols, step->pc, &place);
    switch (step->deed) {
    case DEED_START:
    case DEED_FINISH:
    case DEED_CREATE:
    case DEED_YIELD:
    case DEED_SLEEP:
    case DEED_EXIT:
        break;
    case DEED_INPUT:
    case DEED_OUTPUT:
    case DEED_ACCEPT:
    case DEED_CONNECT:
    case DEED_POLL:
    case DEED_LISTEN:
    case DEED_OPEN:
    case DEED_CLOSE:
    case DEED_SHUT:
        snprintf(object, sizeof object, " %s", said_of(shared, step));
        break;
    case DEED_JOIN:
        snprintf(object, sizeof object, " %s",
                 step->object < THREADS_LIMIT ? shared->fate[step->object].name
                                              : "?");
        break;
    default:
        object[0] = ' ';
        symbols_variable(symbols, step->object, object + 1, sizeof object - 1);
    }
    if (has_value(step))
        value_of(step, value, sizeof value);
    char line[16] = "";
    if (clients_step_name(step->pc) == NULL)
        snprintf(line, sizeof line, "%d ", place.line);
    snprintf(text, size, "%s%s%s%s%s%s%s",
             named ? shared->fate[step->thread].name : "", named ? ": " : "",
             line, deed_of(step), object, value[0] != '\0' ? " -> " : "",
             value);
}
