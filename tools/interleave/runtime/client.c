#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "baton.h"
#include "call.h"
#include "doors.h"
#include "idle.h"
#include "run.h"
#include "said.h"
#include "socket.h"

enum {
    LINE_SIZE = sizeof run_shared->request[0].reply,
};

struct talk {
    int number; // of the client, in the order
    struct end *end;
    const struct request *request; // that waits for its reply
};

static struct talk talk_all[CLIENTS_LIMIT];

static struct talk *talk_of(const struct thread *thread)
{
    return thread->argument;
}

// ---- talking ----

static bool may_connect(const struct thread *thread)
{
    const struct end *listener = doors_first();

    (void)thread;
    return listener != NULL && doors_has_room(listener);
}

static bool may_send(const struct thread *thread)
{
    return end_is_writable(talk_of(thread)->end);
}

// The reply is there as a whole, or never will be.
static bool may_receive(const struct thread *thread)
{
    const struct stream *in = talk_of(thread)->end->in;

    return in->ended || stream_line(in) > 0 || stream_room(in) == 0;
}

// A request that comes after the reply to another one must see what that one
// did. Greetings have nothing to see.
static uint64_t history_of(const char *request)
{
    return strncmp(request, "HELLO", 5) != 0 ? OBJECT_HISTORY : 0;
}

static void point(enum deed deed, uint64_t pc, const struct stream *stream,
                  const char *request, bool (*enabled)(const struct thread *))
{
    baton_point((struct op){.deed = deed,
                            .object = (uint64_t)(uintptr_t)stream,
                            .second = history_of(request),
                            .pc = pc,
                            .enabled = enabled});
    idle_note(thread_self, true);
}

static struct request *record(const struct talk *talk, const char *line,
                              size_t length)
{
    struct request *request = &run_shared->request[run_shared->requests];

    if (run_shared->requests == REQUESTS_LIMIT)
        run_end(FINDING_UNJUDGED, "the clients ask more than %d things",
                REQUESTS_LIMIT);
    run_shared->requests++;
    *request = (struct request){.client = (uint8_t)talk->number,
                                .called = run_shared->steps - 1};
    snprintf(request->text, sizeof request->text, "%.*s", (int)length, line);
    return request;
}

// Returns the request, or NULL if the server is gone.
static struct request *send_line(struct talk *talk, const char *line,
                                 size_t length)
{
    struct stream *out = talk->end->out;

    point(DEED_OUTPUT, CLIENT_SENDS, out, line, may_send);
    if (out->unread || talk->end->reset) {
        said("to the server, which is gone");
        return NULL;
    }
    struct request *request = record(talk, line, length);
    stream_put(out, line, length);
    stream_put(out, "\n", 1);
    said_bytes(line, length, "", "");
    return request;
}

static bool receive_line(struct talk *talk, char line[LINE_SIZE])
{
    struct stream *in = talk->end->in;
    static char whole[STREAM_SIZE];

    point(DEED_INPUT, CLIENT_RECEIVES, in, talk->request->text, may_receive);
    size_t length = stream_line(in);
    if (length == 0 && in->ended) {
        stream_see_end(in);
        said("end of file");
        return false;
    }
    length = stream_take(in, whole, length > 0 ? length : STREAM_SIZE);
    while (length > 0 && strchr("\r\n", whole[length - 1]) != NULL)
        length--;
    said_bytes(whole, length, "", "");
    snprintf(line, LINE_SIZE, "%.*s", (int)length, whole);
    return true;
}

// Events come unasked: they are no replies.
static bool is_event(const struct talk *talk, const char *line)
{
    if (strncmp(line, "EVENT ", 6) != 0)
        return false;
    record(talk, line, strlen(line))->unasked = true;
    return true;
}

static bool ask(struct talk *talk, const char *line, size_t length)
{
    struct request *request = send_line(talk, line, length);
    char reply[LINE_SIZE];

    if (request == NULL)
        return false;
    talk->request = request;
    do
        if (!receive_line(talk, reply))
            return false;
    while (is_event(talk, reply));
    talk->request = NULL;
    request->returned = run_shared->steps - 1;
    request->answered = true;
    memcpy(request->reply, reply, sizeof reply);
    return true;
}

static void *converse(void *argument)
{
    struct talk *talk = argument;
    const char *line = run_shared->order.client[talk->number].script;
    struct end *listener = doors_first();
    talk->end = end_new(END_FRESH, listener->family);
    talk->end->references = 1;
    talk->end->client = thread_self->number;
    socket_connect(talk->end, listener);
    said("to the server");
    while (*line != '\0') {
        size_t length = strcspn(line, "\n");

        if (!ask(talk, line, length))
            break;
        line += length + (line[length] == '\n');
    }
    end_drop(talk->end, CLIENT_LEAVES);
    return NULL;
}

static void begin(int number)
{
    struct talk *one = &talk_all[number];
    struct thread *thread = thread_new(converse, one);
    const struct op op = {.deed = DEED_CONNECT,
                          .object = end_doors_object(),
                          .pc = CLIENT_CONNECTS,
                          .enabled = may_connect};

    one->number = number;
    thread->is_client = true;
    thread->detached = true;
    thread_rename(thread, run_shared->order.client[number].name);
    if (thread_start(thread, NULL, op) != 0)
        run_end(FINDING_UNJUDGED, "no thread can be had for a client");
}

void client_begin_all(void)
{
    for (uint32_t i = 0; i < run_shared->order.clients && i < CLIENTS_LIMIT;
         i++)
        begin((int)i);
}

// ---- in words ----

static void say_client(const struct thread *thread, char *text, size_t size)
{
    const struct talk *talk = talk_of(thread);

    if (thread->op.deed == DEED_CONNECT)
        snprintf(text, size, "a server that listens");
    else if (talk->request != NULL)
        snprintf(text, size, "the reply to %s", talk->request->text);
    else
        snprintf(text, size, "room to send");
}

void client_say_wait(const struct thread *thread, char *text, size_t size)
{
    const struct end *end = call_end(thread);

    text[0] = '\0';
    if (thread->is_client)
        say_client(thread, text, size);
    else if (thread->op.deed == DEED_ACCEPT)
        snprintf(text, size, "a client%s",
                 run_shared->order.clients == 0 ? " (--client brings some)"
                                                : "");
    else if (thread->op.deed == DEED_POLL)
        snprintf(text, size, "input or output");
    else if (thread->op.deed == DEED_SIGWAIT)
        snprintf(text, size, "a signal");
    else if (end != NULL && thread->op.deed == DEED_INPUT)
        snprintf(text, size, "input from %s", end_name(end));
    else if (end != NULL && thread->op.deed == DEED_OUTPUT)
        snprintf(text, size, "room to write to %s", end_name(end));
    else if (end != NULL && thread->op.deed == DEED_CONNECT)
        snprintf(text, size, "a place in the listener's queue");
}
