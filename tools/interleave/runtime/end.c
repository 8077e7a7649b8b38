#include "end.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>

#include "baton.h"
#include "doors.h"
#include "object.h"
#include "run.h"
#include "said.h"
#include "thread.h"

enum { DESCRIPTORS = 1 << 12, ENDS = 1 << 13 };

static struct end *table[DESCRIPTORS];

uint64_t end_number_object(int descriptor)
{
    bool known = descriptor >= 0 && descriptor < DESCRIPTORS;

    return (uint64_t)(uintptr_t)&table[known ? descriptor : 0];
}

uint64_t end_numbers_object(void)
{
    return OBJECT_NUMBERS;
}

uint64_t end_doors_object(void)
{
    return OBJECT_DOORS;
}

static int lowest_free(int from)
{
    while (fcntl(from, F_GETFD) >= 0)
        from++;
    return from;
}

void end_foresee(struct op *op)
{
    int first = lowest_free(0);
    int last = op->argument > 1 ? lowest_free(first + 1) : first;

    op->second = end_number_object(first);
    op->size =
        (uint8_t)(last - first < UINT8_MAX ? last - first + 1 : UINT8_MAX);
}

void end_point_of_opening(int count, uint64_t pc)
{
    if (!run_is_over)
        baton_point((struct op){.deed = DEED_OPEN,
                                .object = end_numbers_object(),
                                .argument = (uint64_t)count,
                                .pc = pc});
}

// Not from malloc: the address is what a step touches, and must be the same in
// all runs.
struct end *end_new(enum end_state state, int family)
{
    static struct end all[ENDS];
    static int count;

    if (count == ENDS)
        run_end(FINDING_UNJUDGED, "more than %d sockets and pipes", ENDS);
    struct end *end = &all[count++];
    end->state = state;
    end->family = family;
    end->input_patience = end->output_patience = FOR_EVER;
    return end;
}

struct end *end_at(int descriptor)
{
    return descriptor >= 0 && descriptor < DESCRIPTORS ? table[descriptor]
                                                       : NULL;
}

bool end_is_ours(int descriptor, uint64_t pc)
{
    int error = errno;

    if (end_at(descriptor) != NULL)
        return true;
    if (run_is_over || descriptor < 0 || fcntl(descriptor, F_GETFD) >= 0)
        return false;
    baton_point((struct op){
        .deed = DEED_INPUT, .object = end_number_object(descriptor), .pc = pc});
    errno = error;
    return end_at(descriptor) != NULL;
}

void end_set(int descriptor, struct end *end)
{
    if (descriptor >= DESCRIPTORS)
        run_end(FINDING_UNJUDGED, "descriptor %d: more than %d are not handled",
                descriptor, DESCRIPTORS);
    if (end != NULL)
        end->references++;
    table[descriptor] = end;
}

void end_join(struct end *one, struct end *other)
{
    one->state = other->state = END_CONNECTED;
    one->in = other->out = stream_new();
    one->out = other->in = stream_new();
    one->peer = other;
    other->peer = one;
}

bool end_is_readable(const struct end *end)
{
    if (end->state == END_LISTENING)
        return end->waiting > 0 || end->shut;
    return end->in == NULL || end->in->count > 0 || end->in->ended ||
           end->shut || end->error != 0;
}

bool end_is_writable(const struct end *end)
{
    return end->out == NULL || stream_room(end->out) > 0 || end->out->ended ||
           end->out->unread || end->error != 0;
}

// The lowest one; -1: it has none any more.
static int descriptor_of(const struct end *end)
{
    for (int i = 0; i < DESCRIPTORS; i++)
        if (table[i] == end)
            return i;
    return -1;
}

const char *end_name(const struct end *end)
{
    static char text[24];

    if (end->state == END_PIPE)
        return "a pipe";
    if (end->client > 0)
        return thread_all[end->client]->name;
    int number = descriptor_of(end);
    snprintf(text, sizeof text, "descriptor %d", number);
    return number >= 0 ? text : "a connection";
}

// tcp_reset in Linux: after an end of file it is a broken pipe.
void end_fail(struct end *end)
{
    end->error = end->in->ended ? EPIPE : ECONNRESET;
    end->reset = true;
    end->out->unread = true;
    stream_end(end->in);
}

void end_finish_output(struct end *end)
{
    stream_end(end->out);
}

void end_finish_input(struct end *end)
{
    end->in->unread = true;
    object_release(object_at(end->in));
}

static void refuse_waiting(struct end *listener)
{
    for (struct end *end = listener->queue; end != NULL; end = end->next)
        if (end->peer != NULL) {
            end_fail(end->peer);
            end->peer->peer = NULL;
        }
    listener->queue = NULL;
}

// What was not read makes it a reset: RFC 2525, section 2.17; unix(7) alike.
static void disconnect(struct end *end)
{
    bool unread = end->in != NULL && end->in->count > 0;

    if (end->peer != NULL && unread && end->family == AF_UNIX)
        end->peer->error = ECONNRESET;
    else if (end->peer != NULL && unread && end->state == END_CONNECTED)
        end_fail(end->peer);
    if (end->out != NULL)
        end_finish_output(end);
    if (end->in != NULL)
        end_finish_input(end);
    if (end->peer != NULL)
        end->peer->peer = NULL;
}

static void say_end(const struct end *end)
{
    if (end->state == END_PIPE)
        said("a pipe");
    else if (end->state != END_CONNECTED)
        said("the listener");
    else if (end->client > 0)
        said("the connection to %s", end_name(end));
    else
        said("the connection");
}

void end_drop(struct end *end, uint64_t pc)
{
    struct op op = {
        .deed = DEED_SHUT, .pc = pc, .object = end_doors_object(), .second = 0};

    if (--end->references > 0)
        return;
    if (end->state == END_FRESH && !end->bound)
        return;
    if (end->state != END_LISTENING && end->state != END_FRESH) {
        op.object = (uint64_t)(uintptr_t)(end->in != NULL ? end->in : end->out);
        op.second = end->in != NULL && end->out != NULL
                        ? (uint64_t)(uintptr_t)end->out
                        : 0;
    }
    baton_point(op);
    say_end(end);
    doors_leave(end);
    refuse_waiting(end);
    if (end->in != NULL || end->out != NULL)
        disconnect(end);
}
