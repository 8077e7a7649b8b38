#include "clients.h"

#include <stdio.h>
#include <string.h>

#include "verdict.h"

enum { LINE_LIMIT = 128 }; // see labs/PROTOCOL.md

static const char *const steps[] = {
    [CLIENT_CONNECTS] = "connect",
    [CLIENT_SENDS] = "send",
    [CLIENT_RECEIVES] = "receive",
    [CLIENT_LEAVES] = "leave",
};

// ---- the command line ----

static bool complain(const char *requests, const char *what)
{
    fprintf(stderr, "interleave: --client '%.60s': %s\n", requests, what);
    return false;
}

static bool is_known(const struct order *order, const char *name)
{
    for (uint32_t i = 0; i < order->clients; i++)
        if (strcmp(order->client[i].name, name) == 0)
            return true;
    return false;
}

// What the program's own threads are called.
static bool is_reserved(const char *name)
{
    return strcmp(name, "main") == 0 ||
           (name[0] == 'T' && name[1] >= '0' && name[1] <= '9');
}

// As it introduces itself, unless somebody else is called that, too.
static void find_name(struct order *order, struct client *client)
{
    char name[NAME_LIMIT];

    if (sscanf(client->script, "HELLO %15[^ \n]", name) == 1 &&
        !is_known(order, name) && !is_reserved(name))
        memcpy(client->name, name, sizeof name);
    else
        snprintf(client->name, NAME_LIMIT, "C%u", order->clients + 1);
}

// "A; B" becomes two lines; blanks around them go.
static bool write_script(struct client *client, const char *requests)
{
    char *end = client->script;

    for (const char *rest = requests; *rest != '\0';) {
        size_t length = strcspn(rest, ";\n"), blanks = strspn(rest, " \t");
        const char *next = rest + length + (rest[length] != '\0');

        blanks = blanks < length ? blanks : length;
        rest += blanks;
        length -= blanks;
        while (length > 0 &&
               (rest[length - 1] == ' ' || rest[length - 1] == '\t'))
            length--;
        if (length > LINE_LIMIT)
            return complain(requests, "a request has at most 128 bytes");
        if (end + length + 2 > client->script + SCRIPT_SIZE)
            return complain(requests, "too much for one client");
        if (length > 0) {
            memcpy(end, rest, length);
            end += length;
            *end++ = '\n';
        }
        rest = next;
    }
    *end = '\0';
    return end > client->script ||
           complain(requests, "what does it ask? ('HELLO alice; BOOK 7')");
}

bool clients_add(struct order *order, const char *requests)
{
    if (order->clients == CLIENTS_LIMIT)
        return complain(requests, "one client too many (32 are allowed)");
    struct client *client = &order->client[order->clients];
    if (!write_script(client, requests))
        return false;
    find_name(order, client);
    order->clients++;
    return true;
}

// ---- the judge ----

// Under which name the seats are held: what the last HELLO that was accepted
// says.
static const char *holder(const struct shared *shared, uint32_t until,
                          char name[NAME_LIMIT])
{
    uint8_t client = shared->request[until].client;

    snprintf(name, NAME_LIMIT, "%s", shared->order.client[client].name);
    for (uint32_t i = 0; i < until; i++) {
        const struct request *request = &shared->request[i];

        if (request->client == client && request->answered &&
            strncmp(request->reply, "OK hello ", 9) == 0)
            sscanf(request->reply, "OK hello %15s", name);
    }
    return name;
}

static uint32_t count_of(const struct shared *shared)
{
    return shared->requests < REQUESTS_LIMIT ? shared->requests
                                             : REQUESTS_LIMIT;
}

void clients_judge(struct shared *shared)
{
    static struct exchange exchange[REQUESTS_LIMIT];
    static char names[REQUESTS_LIMIT][NAME_LIMIT];
    struct outcome *outcome = &shared->outcome;
    uint32_t count = count_of(shared);

    if (outcome->finding != FINDING_NONE || outcome->redundant)
        return;
    for (uint32_t i = 0; i < count; i++) {
        struct request *request = &shared->request[i];

        request->text[sizeof request->text - 1] = '\0';
        request->reply[sizeof request->reply - 1] = '\0';
        if (request->client >= CLIENTS_LIMIT)
            return; // the program has written where it should not
        exchange[i] = (struct exchange){
            .client = holder(shared, i, names[i]),
            .request = request->text,
            .reply = request->answered ? request->reply : NULL,
            .unasked = request->unasked,
            .called = request->called,
            .returned = request->returned,
        };
    }
    switch (verdict_of(exchange, (int)count, outcome->text, TEXT_LIMIT)) {
    case VERDICT_WRONG:
        outcome->finding = FINDING_HISTORY;
        break;
    case VERDICT_IN_DOUBT:
        outcome->finding = FINDING_UNJUDGED;
        break;
    default:
        break;
    }
}

// ---- written schedules ----

uint64_t clients_step(const struct order *order, const char *client,
                      const char *step)
{
    if (is_known(order, client))
        for (uint64_t i = CLIENT_CONNECTS; i <= CLIENT_LEAVES; i++)
            if (strcmp(steps[i], step) == 0)
                return i;
    return 0;
}

const char *clients_step_name(uint64_t pc)
{
    return pc >= CLIENT_CONNECTS && pc <= CLIENT_LEAVES ? steps[pc] : NULL;
}
