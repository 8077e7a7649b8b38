#include "words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clients.h"
#include "trace.h"
#include "values.h"

static const struct {
    const char *name;
    const char *words;
} deeds[DEEDS] = {
    [DEED_START] = {"start", "starts"},
    [DEED_READ] = {"read", "reads"},
    [DEED_WRITE] = {"write", "writes"},
    [DEED_ATOMIC_READ] = {"atomic-read", "reads (atomic)"},
    [DEED_ATOMIC_WRITE] = {"atomic-write", "writes (atomic)"},
    [DEED_ATOMIC_UPDATE] = {"atomic-update", "updates (atomic)"},
    [DEED_CREATE] = {"create", "creates"},
    [DEED_JOIN] = {"join", "joins"},
    [DEED_DETACH] = {"detach", "detaches"},
    [DEED_FINISH] = {"finish", "ends"},
    [DEED_EXIT] = {"exit", "ends the process"},
    [DEED_LOCK] = {"lock", "locks"},
    [DEED_TRY_LOCK] = {"try-lock", "tries to lock"},
    [DEED_UNLOCK] = {"unlock", "unlocks"},
    [DEED_READ_LOCK] = {"read-lock", "locks (to read)"},
    [DEED_WAIT] = {"wait", "waits for"},
    [DEED_WAKE] = {"wake", "is woken at"},
    [DEED_WAKE_EARLY] = {"wake-early", "wakes, unsignalled, at"},
    [DEED_SIGNAL] = {"signal", "signals"},
    [DEED_BROADCAST] = {"broadcast", "signals all at"},
    [DEED_ARRIVE] = {"arrive", "arrives at"},
    [DEED_LEAVE] = {"leave", "leaves"},
    [DEED_ACQUIRE] = {"acquire", "takes one of"},
    [DEED_RELEASE] = {"release", "posts to"},
    [DEED_ONCE] = {"once", "calls once"},
    [DEED_YIELD] = {"yield", "yields"},
    [DEED_SLEEP] = {"sleep", "sleeps"},
    [DEED_INPUT] = {"input", "reads"},
    [DEED_OUTPUT] = {"output", "writes"},
    [DEED_ACCEPT] = {"accept", "accepts"},
    [DEED_CONNECT] = {"connect", "connects"},
    [DEED_POLL] = {"poll", "polls"},
    [DEED_LISTEN] = {"listen", "binds or listens"},
    [DEED_OPEN] = {"open", "opens a descriptor"},
    [DEED_CLOSE] = {"close", "closes a descriptor"},
    [DEED_SHUT] = {"shut", "ends"},
    [DEED_ALLOCATE] = {"allocate", "allocates"},
    [DEED_FREE] = {"free", "frees"},
    [DEED_CALL] = {"call", "calls"},
    [DEED_RETURN] = {"return", "returns"},
    [DEED_SEND] = {"send", "sends signal"},
    [DEED_HANDLE] = {"handle", "handles signal"},
    [DEED_SIGWAIT] = {"sigwait", "waits for a signal"},
    [DEED_CANCEL] = {"cancel", "cancels"},
    [DEED_FORK] = {"fork", "forks"},
    [DEED_AWAIT] = {"await", "waits for a process"},
};

const char *words_deed(int deed)
{
    return deed < DEEDS && deeds[deed].name != NULL ? deeds[deed].name : "?";
}

// A client asks and hears.
static const char *words_of(uint64_t pc, int deed)
{
    if (pc == CLIENT_SENDS)
        return "asks";
    if (pc == CLIENT_RECEIVES)
        return "hears";
    return deed < DEEDS && deeds[deed].words != NULL ? deeds[deed].words : "?";
}

// Writes the name of what a step touches; returns whether its type is known.
static bool write_memory(const struct story *story, const struct step *step,
                         uint32_t when, char *text, size_t size,
                         Dwarf_Die *type)
{
    const struct glance glance = {step->thread, when, step->object,
                                  trace_is_access(step) ? step->size : 0};

    return names_write(story->names, &glance, text, size, type);
}

static void write_block(const struct story *story, uint64_t address, char *text,
                        size_t size)
{
    const struct block *block = names_block(story->names, address);

    if (block == NULL)
        snprintf(text, size, "0x%" PRIx64, address);
    else if (block->typed && block->type_name[0] != '\0')
        snprintf(text, size, "%s#%d", block->type_name, block->number);
    else
        snprintf(text, size, "heap#%d", block->number);
}

// What a step of input or output was about, as far as that is known.
static const char *said_of(const struct shared *shared, uint32_t number)
{
    for (uint32_t i = 0; i < shared->said_count && i < SAID_LIMIT; i++)
        if (shared->said[i].step == number)
            return shared->said[i].text;
    return "";
}

void words_object(const struct story *story, const struct step *step,
                  uint32_t when, char *text, size_t size)
{
    struct place place;
    Dwarf_Die type;

    *text = '\0';
    switch (step->deed) {
    case DEED_START:
    case DEED_FINISH:
    case DEED_YIELD:
    case DEED_SLEEP:
    case DEED_EXIT:
    case DEED_SIGWAIT:
    case DEED_FORK:
    case DEED_AWAIT:
    case DEED_RETURN:
        break;
    case DEED_CREATE: // it may not be there yet
        snprintf(text, size, "%s",
                 step->object < story->shared->threads
                     ? trace_name(story->shared, step->object)
                     : "a thread");
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
        snprintf(text, size, "%s", said_of(story->shared, when));
        break;
    case DEED_SEND:
    case DEED_HANDLE:
        snprintf(text, size, "%" PRIu64, step->object);
        break;
    case DEED_CANCEL:
    case DEED_JOIN:
    case DEED_DETACH:
        snprintf(text, size, "%s", trace_name(story->shared, step->object));
        break;
    case DEED_ALLOCATE:
    case DEED_FREE:
        write_block(story, step->object, text, size);
        break;
    case DEED_CALL:
        if (symbols_place(story->symbols, step->pc, &place))
            snprintf(text, size, "%s", place.function);
        break;
    default:
        write_memory(story, step, when, text, size, &type);
    }
}

void words_value(const struct story *story, uint32_t number, char *text,
                 size_t size)
{
    const struct step *step = &story->shared->trace[number];
    char name[128];
    Dwarf_Die type;

    *text = '\0';
    if (!trace_is_access(step) || story->flags[number] & STORY_NO_VALUE)
        return;
    bool typed = write_memory(story, step, number, name, sizeof name, &type);
    values_write(story->names, story->symbols, step, number,
                 typed ? &type : NULL, text, size);
}

static const char *ending_of(const struct story *story, uint32_t number)
{
    if (!(story->flags[number] & STORY_FAILED))
        return "";
    return story->shared->trace[number].deed == DEED_TRY_LOCK
               ? ", in vain"
               : ", but time is over";
}

void words_step(const struct story *story, uint32_t number, char *text,
                size_t size)
{
    const struct step *step = &story->shared->trace[number];
    char object[128], value[64];

    words_object(story, step, number, object, sizeof object);
    words_value(story, number, value, sizeof value);
    snprintf(text, size, "%s%s%s%s%s%s", words_of(step->pc, step->deed),
             object[0] != '\0' ? " " : "", object,
             value[0] != '\0' ? " -> " : "", value, ending_of(story, number));
}

void words_next(const struct story *story, int thread, char *text, size_t size)
{
    const struct fate *fate = &story->shared->fate[thread];
    const struct step step = {.pc = fate->pc,
                              .object = fate->object,
                              .deed = fate->deed,
                              .size = fate->size,
                              .thread = (uint8_t)thread};
    char object[128];

    words_object(story, &step, story->length, object, sizeof object);
    snprintf(text, size, "%s%s%s", words_of(step.pc, step.deed),
             object[0] != '\0' ? " " : "", object);
}
