#include "session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_LIMIT = 4 }; // one more than the longest request has

// A request, cut into words.
struct request {
    char text[LINE_SIZE]; // the words point into it
    int count;            // up to WORDS_LIMIT; more words count as that many
    char *word[WORDS_LIMIT];
};

// Where an answer goes to.
struct answer {
    struct session *session;
    char *reply;
    bool last; // the conversation ends with this reply
};

static void say(struct answer *answer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct answer *answer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(answer->reply, LINE_SIZE, format, arguments);
    va_end(arguments);
}

void session_init(struct session *session)
{
    session->name[0] = '\0';
    session->may_watch = false;
    session->watching = false;
}

static void split(struct request *request, const char *line)
{
    char *rest = NULL;

    snprintf(request->text, sizeof request->text, "%s", line);
    request->count = 0;
    for (char *word = strtok_r(request->text, " ", &rest);
         word != NULL && request->count < WORDS_LIMIT;
         word = strtok_r(NULL, " ", &rest))
        request->word[request->count++] = word;
}

// Returns the seat that the word names, or 0 when the house has no such seat.
static int seat_number(const char *word)
{
    size_t length = strlen(word);

    if (length > 3 || strspn(word, "0123456789") != length)
        return 0;
    int seat = atoi(word);
    return seat <= seats_count() ? seat : 0;
}

// "free" is not a name: WHO answers it for a seat that nobody holds.
static bool is_name(const char *word)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "0123456789_-";
    size_t length = strlen(word);

    return length < NAME_SIZE && strspn(word, allowed) == length &&
           strcmp(word, "free") != 0;
}

static void hello(struct answer *answer, const struct request *request)
{
    char *name = answer->session->name;

    if (name[0] != '\0') {
        say(answer, "ERR already named %s", name);
    } else if (!is_name(request->word[1])) {
        say(answer, "ERR bad name");
    } else {
        snprintf(name, NAME_SIZE, "%s", request->word[1]);
        say(answer, "OK hello %s", name);
    }
}

static void book(struct answer *answer, const struct request *request)
{
    char holder[NAME_SIZE];
    int seat = seat_number(request->word[1]);

    if (seats_book(seat, answer->session->name, holder) == SEATS_OK)
        say(answer, "OK %d", seat);
    else
        say(answer, "ERR taken %s", holder);
}

static void cancel(struct answer *answer, const struct request *request)
{
    int seat = seat_number(request->word[1]);

    if (seats_cancel(seat, answer->session->name) == SEATS_OK)
        say(answer, "OK %d", seat);
    else
        say(answer, "ERR not yours");
}

static void move(struct answer *answer, const struct request *request)
{
    char holder[NAME_SIZE];
    int from = seat_number(request->word[1]);
    int to = seat_number(request->word[2]);

    switch (seats_move(from, to, answer->session->name, holder)) {
    case SEATS_OK:
        say(answer, "OK %d", to);
        break;
    case SEATS_TAKEN:
        say(answer, "ERR taken %s", holder);
        break;
    case SEATS_NOT_YOURS:
        say(answer, "ERR not yours");
        break;
    }
}

static void who(struct answer *answer, const struct request *request)
{
    char holder[NAME_SIZE];

    seats_who(seat_number(request->word[1]), holder);
    say(answer, "OK %s", holder[0] != '\0' ? holder : "free");
}

static void sold(struct answer *answer, const struct request *request)
{
    (void)request;
    say(answer, "OK %d", seats_sold());
}

static void map(struct answer *answer, const struct request *request)
{
    char seats[SEATS_LIMIT + 1];

    (void)request;
    seats_map(seats);
    say(answer, "OK %s", seats);
}

static void watch(struct answer *answer, const struct request *request)
{
    struct session *session = answer->session;

    (void)request;
    if (!session->may_watch) {
        say(answer, "ERR no watching here");
    } else if (session->watching) {
        say(answer, "ERR already watching");
    } else {
        session->watching = true;
        say(answer, "OK watching");
    }
}

static void quit(struct answer *answer, const struct request *request)
{
    (void)request;
    say(answer, "OK bye");
    answer->last = true;
}

static const struct command {
    const char *verb;
    const char *usage;
    int seats;       // how many seat numbers follow the verb
    bool needs_name; // only after HELLO
    int words;       // the verb included
    void (*run)(struct answer *answer, const struct request *request);
} commands[] = {
    {"HELLO", "HELLO name", 0, false, 2, hello},
    {"BOOK", "BOOK seat", 1, true, 2, book},
    {"CANCEL", "CANCEL seat", 1, true, 2, cancel},
    {"MOVE", "MOVE from to", 2, true, 3, move},
    {"WHO", "WHO seat", 1, false, 2, who},
    {"SOLD", "SOLD", 0, false, 1, sold},
    {"MAP", "MAP", 0, false, 1, map},
    {"WATCH", "WATCH", 0, false, 1, watch},
    {"QUIT", "QUIT", 0, false, 1, quit},
};

static const struct command *find_command(const char *verb)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (strcmp(commands[i].verb, verb) == 0)
            return &commands[i];
    return NULL;
}

static bool names_seats(const struct request *request, int seats)
{
    for (int i = 1; i <= seats; i++)
        if (seat_number(request->word[i]) == 0)
            return false;
    return true;
}

static void answer_request(struct answer *answer, const char *line)
{
    struct request request;

    split(&request, line);
    if (request.count == 0) {
        say(answer, "ERR empty request");
        return;
    }
    const struct command *command = find_command(request.word[0]);
    if (command == NULL)
        say(answer, "ERR unknown request");
    else if (request.count != command->words)
        say(answer, "ERR usage: %s", command->usage);
    else if (command->needs_name && answer->session->name[0] == '\0')
        say(answer, "ERR say HELLO first");
    else if (!names_seats(&request, command->seats))
        say(answer, "ERR no such seat");
    else
        command->run(answer, &request);
}

bool session_answer(struct session *session, enum line_status status,
                    const char *request, char reply[LINE_SIZE])
{
    struct answer answer = {session, reply, false};

    if (status == LINE_TOO_LONG)
        say(&answer, "ERR line too long");
    else if (status == LINE_NOT_TEXT)
        say(&answer, "ERR not text");
    else
        answer_request(&answer, request);
    return !answer.last;
}
