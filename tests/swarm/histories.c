// histories: compares the judge with a simple one, on random small histories.
//
// usage: histories SEED COUNT [CUTS]
//
// Each history comes from a house that is asked by a few clients at random
// times; about half of them get one reply changed, or lose it. With CUTS, so
// many percent of the requests are not waited for: their clients go on at once,
// and the house carries them out when it likes, or never. The simple judge
// tries every order of the operations, which takes no cleverness and is
// therefore likely to be right. Prints every history about which the two
// disagree, in the form that swarm --judge reads, and then how many
// histories were linearizable, violated and undecided.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "house.h"
#include "judge.h"
#include "random.h"

enum { CLIENTS = 4, SEATS = 3, OPERATIONS_LIMIT = 20 };

static uint64_t seed;
static int cuts; // percent

static int below(int limit)
{
    return random_below(&seed, limit);
}

// ---- a random history ----

// The reply that the house gives now. Carries out changes.
static void answer(struct house *house, struct operation *operation)
{
    int target = operation->verb == MOVE ? operation->to : operation->seat;
    bool holds = house->holder[operation->seat] == operation->name;

    operation->outcome = DONE;
    if ((operation->verb == CANCEL || operation->verb == MOVE) && !holds) {
        operation->outcome = NOT_YOURS;
    } else if ((operation->verb == BOOK || operation->verb == MOVE) &&
               house->holder[target] != NOBODY) {
        operation->outcome = TAKEN;
        operation->holder = house->holder[target];
    } else if (operation->verb == WHO) {
        operation->holder = house->holder[operation->seat];
        operation->outcome = operation->holder == NOBODY ? FREE : HELD;
    } else if (operation->verb == SOLD) {
        operation->outcome = COUNT;
        operation->count = house->sold;
    } else if (operation->verb == MAP) {
        operation->outcome = PICTURE;
        memcpy(operation->picture, house->picture, sizeof house->picture);
    } else {
        house_apply(house, operation);
    }
}

// Each client is idle, or has called, or has been answered but not seen it. It
// may have left one request behind.
struct caller {
    enum { IDLE, CALLED, ANSWERED } state;
    int operation;
    bool left_one;
    int left; // operation
};

// The house carries out what a client has left behind; nobody hears of it.
static void carry_out(struct house *house, struct operation *operation)
{
    answer(house, operation);
    operation->outcome = NO_REPLY;
}

static void call(struct history *history, struct caller *caller, int name,
                 int64_t now)
{
    struct operation operation = {
        .called = now,
        .returned = NEVER,
        .name = name,
        .verb = (enum verb)below(MAP + 1),
        .outcome = NO_REPLY,
    };

    if (operation.verb < SOLD)
        operation.seat = below(SEATS) + 1;
    if (operation.verb == MOVE)
        operation.to = operation.seat % SEATS + 1;
    history_add(history, &operation);
    caller->operation = history->count - 1;
    caller->state = CALLED;
}

static void make_history(struct history *history, int operations)
{
    static const char *const names[CLIENTS] = {"a", "b", "c", "d"};
    struct caller caller[CLIENTS] = {0};
    struct house house;
    int busy = 0;

    history_init(history, SEATS);
    for (int i = 0; i < CLIENTS; i++)
        names_add(&history->names, names[i]);
    if (below(2))
        history->initial[1] = below(CLIENTS);
    house_open(&house, history);
    for (int64_t now = 0; history->count < operations || busy > 0; now++) {
        int name = below(CLIENTS);
        struct operation *operation =
            &history->operations[caller[name].operation];

        if (caller[name].left_one && below(3) == 0) {
            caller[name].left_one = false;
            carry_out(&house, &history->operations[caller[name].left]);
        } else if (caller[name].state == CALLED && !caller[name].left_one &&
                   below(100) < cuts) {
            caller[name].left_one = true;
            caller[name].left = caller[name].operation;
            caller[name].state = IDLE;
            busy--;
        } else if (caller[name].state == CALLED) {
            answer(&house, operation);
            caller[name].state = ANSWERED;
        } else if (caller[name].state == ANSWERED) {
            operation->returned = now;
            caller[name].state = IDLE;
            busy--;
        } else if (history->count < operations) {
            call(history, &caller[name], name, now);
            busy++;
        }
    }
}

// ---- a wrong reply, or none ----

static void lose_last_reply(struct history *history, int name)
{
    for (int i = history->count - 1; i >= 0; i--) {
        if (history->operations[i].name == name) {
            history->operations[i].returned = NEVER;
            history->operations[i].outcome = NO_REPLY;
            return;
        }
    }
}

static void change_reply(struct operation *operation)
{
    switch (operation->outcome) {
    case HELD:
        operation->outcome = FREE;
        break;
    case FREE:
        operation->outcome = HELD;
        operation->holder = below(CLIENTS);
        break;
    case TAKEN:
        operation->holder = below(CLIENTS);
        break;
    case COUNT:
        operation->count += below(2) ? 1 : -1;
        break;
    case PICTURE:
        operation->picture[0] ^= UINT64_C(1) << (below(SEATS) + 1);
        break;
    case NOT_YOURS:
        operation->outcome = DONE;
        break;
    case DONE:
        if (operation->verb != BOOK)
            operation->outcome = NOT_YOURS;
        break;
    default:
        break;
    }
}

static void spoil(struct history *history)
{
    if (below(3) == 0)
        lose_last_reply(history, below(CLIENTS));
    if (below(3) == 0)
        lose_last_reply(history, below(CLIENTS));
    if (below(2) == 0)
        change_reply(&history->operations[below(history->count)]);
}

// ---- the simple judge ----

static bool try_all(const struct history *history, struct house *house,
                    uint32_t placed);

// Whether everything that returned before the operation was called is placed.
static bool may_be_next(const struct history *history, uint32_t placed,
                        const struct operation *operation)
{
    for (int i = 0; i < history->count; i++)
        if (!(placed >> i & 1) &&
            history->operations[i].returned < operation->called)
            return false;
    return true;
}

static bool try_one(const struct history *history, struct house *house,
                    uint32_t placed, int index)
{
    const struct operation *operation = &history->operations[index];
    struct house after = *house;

    if (placed >> index & 1 || !may_be_next(history, placed, operation) ||
        !house_allows(house, operation))
        return false;
    if (operation->outcome == DONE || operation->outcome == NO_REPLY)
        house_apply(&after, operation);
    return try_all(history, &after, placed | UINT32_C(1) << index);
}

static bool try_all(const struct history *history, struct house *house,
                    uint32_t placed)
{
    bool complete = true;

    for (int i = 0; i < history->count; i++)
        if (!(placed >> i & 1) && history->operations[i].returned != NEVER)
            complete = false;
    if (complete)
        return true;
    for (int i = 0; i < history->count; i++)
        if (try_one(history, house, placed, i))
            return true;
    return false;
}

static bool simple_judge(const struct history *history)
{
    struct house house;

    house_open(&house, history);
    return try_all(history, &house, 0);
}

// ---- comparing ----

static int doubted; // undecided, although they are linearizable

static bool agree(struct history *history, int seen[3])
{
    struct judgement judgement;

    judge(history, &judgement);
    seen[judgement.verdict]++;
    bool right = simple_judge(history);
    if (cuts > 0 && judgement.verdict == UNDECIDED) {
        doubted += right;
        return true;
    }
    if (judgement.verdict == (right ? LINEARIZABLE : VIOLATED))
        return true;
    printf("# linearizable: %s; the judge says: %s\n", right ? "yes" : "no",
           judgement.verdict == LINEARIZABLE ? "yes" : judgement.story);
    history_write(history, stdout);
    return false;
}

int main(int argc, char *argv[])
{
    int seen[3] = {0}, wrong = 0;

    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: histories SEED COUNT [CUTS]\n");
        return 2;
    }
    seed = strtoull(argv[1], NULL, 10);
    cuts = argc == 4 ? atoi(argv[3]) : 0;
    for (int i = 0; i < atoi(argv[2]); i++) {
        struct history history;

        make_history(&history, 2 + below(OPERATIONS_LIMIT - 8));
        if (below(2))
            spoil(&history);
        if (!agree(&history, seen))
            wrong++;
        history_release(&history);
    }
    printf("%d linearizable, %d violated, %d undecided, %d wrong\n",
           seen[LINEARIZABLE], seen[VIOLATED], seen[UNDECIDED], wrong);
    if (cuts > 0)
        printf("%d undecided that are linearizable\n", doubted);
    return wrong == 0 ? 0 : 1;
}
