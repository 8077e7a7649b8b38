#include "words.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "clients.h"
#include "trace.h"
#include "values.h"

// What a deed is done to.
enum about {
    MEMORY, // or a lock and the like
    NOTHING,
    A_THREAD,
    A_SIGNAL,
    A_BLOCK,
    A_FUNCTION,
    WHAT_WAS_SAID,
};

static const struct {
    const char *name;
    const char *words;
    enum about about;
} deeds[DEEDS] = {
    [DEED_START] = {"start", "starts", NOTHING},
    [DEED_READ] = {"read", "reads", MEMORY},
    [DEED_WRITE] = {"write", "writes", MEMORY},
    [DEED_ATOMIC_READ] = {"atomic-read", "reads (atomic)", MEMORY},
    [DEED_ATOMIC_WRITE] = {"atomic-write", "writes (atomic)", MEMORY},
    [DEED_ATOMIC_UPDATE] = {"atomic-update", "updates (atomic)", MEMORY},
    [DEED_CREATE] = {"create", "creates", A_THREAD},
    [DEED_JOIN] = {"join", "joins", A_THREAD},
    [DEED_DETACH] = {"detach", "detaches", A_THREAD},
    [DEED_FINISH] = {"finish", "ends", NOTHING},
    [DEED_EXIT] = {"exit", "ends the process", NOTHING},
    [DEED_LOCK] = {"lock", "locks", MEMORY},
    [DEED_TRY_LOCK] = {"try-lock", "tries to lock", MEMORY},
    [DEED_UNLOCK] = {"unlock", "unlocks", MEMORY},
    [DEED_READ_LOCK] = {"read-lock", "locks (to read)", MEMORY},
    [DEED_READ_UNLOCK] = {"read-unlock", "unlocks", MEMORY},
    [DEED_WAIT] = {"wait", "waits for", MEMORY},
    [DEED_WAKE] = {"wake", "is woken at", MEMORY},
    [DEED_WAKE_EARLY] = {"wake-early", "wakes, unsignalled, at", MEMORY},
    [DEED_SIGNAL] = {"signal", "signals", MEMORY},
    [DEED_BROADCAST] = {"broadcast", "signals all at", MEMORY},
    [DEED_ARRIVE] = {"arrive", "arrives at", MEMORY},
    [DEED_LEAVE] = {"leave", "leaves", MEMORY},
    [DEED_ACQUIRE] = {"acquire", "takes one of", MEMORY},
    [DEED_RELEASE] = {"release", "posts to", MEMORY},
    [DEED_MAKE] = {"make", "initializes", MEMORY},
    [DEED_DESTROY] = {"destroy", "destroys", MEMORY},
    [DEED_ONCE] = {"once", "calls once", MEMORY},
    [DEED_NAME] = {"name", "takes a name", NOTHING},
    [DEED_YIELD] = {"yield", "yields", NOTHING},
    [DEED_ENTER] = {"enter", "enters", A_FUNCTION},
    [DEED_SLEEP] = {"sleep", "sleeps", NOTHING},
    [DEED_INPUT] = {"input", "reads", WHAT_WAS_SAID},
    [DEED_OUTPUT] = {"output", "writes", WHAT_WAS_SAID},
    [DEED_ACCEPT] = {"accept", "accepts", WHAT_WAS_SAID},
    [DEED_CONNECT] = {"connect", "connects", WHAT_WAS_SAID},
    [DEED_POLL] = {"poll", "polls", WHAT_WAS_SAID},
    [DEED_REGISTER] = {"register", "registers", WHAT_WAS_SAID},
    [DEED_LISTEN] = {"listen", "binds or listens", WHAT_WAS_SAID},
    [DEED_OPEN] = {"open", "opens", WHAT_WAS_SAID},
    [DEED_CLOSE] = {"close", "closes", WHAT_WAS_SAID},
    [DEED_SHUT] = {"shut", "ends", WHAT_WAS_SAID},
    [DEED_ALLOCATE] = {"allocate", "allocates", A_BLOCK},
    [DEED_FREE] = {"free", "frees", A_BLOCK},
    [DEED_CALL] = {"call", "calls", A_FUNCTION},
    [DEED_RETURN] = {"return", "returns", NOTHING},
    [DEED_SEND] = {"send", "sends", A_SIGNAL},
    [DEED_HANDLE] = {"handle", "handles", A_SIGNAL},
    [DEED_SIGWAIT] = {"sigwait", "waits for a signal", NOTHING},
    [DEED_CANCEL] = {"cancel", "cancels", A_THREAD},
    [DEED_FORK] = {"fork", "forks", NOTHING},
    [DEED_AWAIT] = {"await", "waits for a process", NOTHING},
    [DEED_PRINT] = {"print", "prints", WHAT_WAS_SAID},
    [DEED_MORE] = {"more", "... and more than is recorded", NOTHING},
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
    const struct glance glance = {.thread = step->thread,
                                  .when = when,
                                  .address = step->object,
                                  .bytes =
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

static void write_thread(const struct story *story, uint64_t thread, char *text,
                         size_t size)
{
    bool is_there = thread < story->shared->threads;

    snprintf(text, size, "%s",
             is_there ? trace_name(story->shared, thread) : "a thread");
}

static void write_function(const struct story *story, uint64_t pc, char *text,
                           size_t size)
{
    struct place place;

    if (symbols_place(story->symbols, pc, &place))
        snprintf(text, size, "%s", place.function);
}

static void write_signal(uint64_t number, char *text, size_t size)
{
    const char *name = number < NSIG ? sigabbrev_np((int)number) : NULL;

    if (name != NULL)
        snprintf(text, size, "SIG%s", name);
    else
        snprintf(text, size, "signal %" PRIu64, number);
}

void words_object(const struct story *story, const struct step *step,
                  uint32_t when, char *text, size_t size)
{
    Dwarf_Die type;

    *text = '\0';
    switch (step->deed < DEEDS ? deeds[step->deed].about : NOTHING) {
    case NOTHING:
        break;
    case A_THREAD:
        write_thread(story, step->object, text, size);
        break;
    case A_SIGNAL:
        write_signal(step->object, text, size);
        break;
    case A_BLOCK:
        write_block(story, step->object, text, size);
        break;
    case A_FUNCTION:
        write_function(story, step->pc, text, size);
        break;
    case WHAT_WAS_SAID:
        snprintf(text, size, "%s", said_of(story->shared, when));
        break;
    case MEMORY:
        write_memory(story, step, when, text, size, &type);
        break;
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
    if (story->flags[number] & STORY_VAIN)
        return ", which it holds";
    if (!(story->flags[number] & STORY_FAILED))
        return "";
    return story->shared->trace[number].deed == DEED_TRY_LOCK
               ? ", in vain"
               : ", but its time is up";
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
                              .deed = fate->frees ? DEED_FREE : fate->deed,
                              .size = fate->size,
                              .thread = (uint8_t)thread};
    char object[128];

    words_object(story, &step, story->length, object, sizeof object);
    snprintf(text, size, "%s%s%s", words_of(step.pc, step.deed),
             object[0] != '\0' ? " " : "", object);
}
