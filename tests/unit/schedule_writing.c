// Runs as schedules: how each turn is written, and that who reads it and
// follows it makes the same run.
#include "scheduled.h"

#include "empty_run.h"

// An address of the code of a line: of an anchor, or so many lines behind it.
static uint64_t code_of(const char *anchor, int more)
{
    int line = symbols_anchor(symbols, FILE_NAME, anchor) + more;
    struct stop stop[STOPS_LIMIT];

    assert_true(symbols_line(symbols, FILE_NAME, line, stop, STOPS_LIMIT) > 0);
    return stop[0].first;
}

// A run is made here, step by step; then it is written, and read back.
static struct shared *shared;

static int new_run(void **state)
{
    static const char *const names[] = {"main", "alice", "T2"};

    (void)state;
    shared = empty_run();
    if (shared == NULL)
        return -1;
    shared->threads = COUNT_OF(names);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        strcpy(shared->fate[i].name, names[i]);
        shared->fate[i].finished = true;
        shared->fate[i].holder = -1;
    }
    return 0;
}

static int free_run(void **state)
{
    (void)state;
    empty_run_free(shared);
    return 0;
}

static void step(int thread, enum deed deed, uint64_t pc, uint64_t object)
{
    shared->trace[shared->steps++] = (struct step){.pc = pc,
                                                   .object = object,
                                                   .thread = (uint8_t)thread,
                                                   .deed = (uint8_t)deed,
                                                   .enabled = 2};
}

// Returns how long the text is.
static size_t write_run(char *text, size_t size)
{
    FILE *file = fmemopen(text, size, "w");

    schedule_print(file, shared, symbols);
    size_t length = (size_t)ftell(file);
    fclose(file);
    return length;
}

static void assert_written(const char *expected)
{
    char text[1000];

    write_run(text, sizeof text);
    assert_string_equal(text, expected);
}

static void written_by_anchor(void **state)
{
    (void)state;
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_SIGNAL, code_of("count", 0), 1);
    assert_written("alice until " FILE_NAME "@count\n"
                   "T2 until end\n"
                   "alice until end\n");
}

static void written_by_line(void **state)
{
    char expected[100];

    (void)state;
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_SIGNAL, code_of("count", 1), 1);
    snprintf(expected, sizeof expected,
             "alice until " FILE_NAME ":%d\nT2 until end\nalice until end\n",
             symbols_anchor(symbols, FILE_NAME, "count") + 1);
    assert_written(expected);
}

static void written_by_lock(void **state)
{
    uint64_t lock = symbols_address(symbols, "house");

    (void)state;
    step(1, DEED_LOCK, code_of("look", 0), lock);
    step(1, DEED_UNLOCK, code_of("look", 0), lock);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_LOCK, code_of("look", 0), lock);
    assert_written("alice until lock house #2\n"
                   "T2 until end\n"
                   "alice until end\n");
}

static void written_with_times(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        step(1, DEED_SIGNAL, code_of("count", 0), 1);
        step(2, DEED_SIGNAL, code_of("look", 0), 1);
    }
    assert_written("alice until " FILE_NAME "@count #2\n"
                   "T2 until " FILE_NAME "@look #2\n"
                   "alice until " FILE_NAME "@count #3\n"
                   "T2 until " FILE_NAME "@look #3\n"
                   "alice until end\n"
                   "T2 until end\n");
}

static void written_with_waking(void **state)
{
    (void)state;
    step(1, DEED_WAIT, code_of("look", 0), 1);
    step(1, DEED_WAKE_EARLY, code_of("look", 0), 1);
    step(1, DEED_SIGNAL, code_of("count", 0), 1);
    assert_written("alice until " FILE_NAME "@look #2\n"
                   "alice wakes until end\n");
}

static void written_as_paused(void **state)
{
    (void)state;
    shared->outcome.finding = FINDING_PAUSED;
    shared->fate[1].finished = false;
    shared->fate[1].pc = code_of("count", 0);
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    assert_written("alice until " FILE_NAME "@count\n");
}

static void written_with_finding(void **state)
{
    (void)state;
    shared->outcome.finding = FINDING_ASSERT;
    strcpy(shared->outcome.text, "assertion `sold == 2' failed");
    shared->fate[0].finished = false;
    shared->fate[0].pc = code_of("count", 0);
    step(0, DEED_SIGNAL, code_of("look", 0), 1);
    assert_written("# assertion `sold == 2' failed\nmain until end\n");
}

static void written_to_the_end(void **state)
{
    (void)state;
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_FINISH, code_of("count", 0), 1);
    assert_written("alice until end\nT2 until end\nalice until end\n");
}

// It is the second half of a variable: that has no name.
static void lock_without_a_name(void **state)
{
    uint64_t lock = symbols_address(symbols, "house") + 4;

    (void)state;
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_LOCK, code_of("count", 0), lock);
    assert_written("alice until " FILE_NAME "@count\n"
                   "T2 until end\n"
                   "alice until end\n");
}

static void written_at_exit(void **state)
{
    (void)state;
    step(0, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(0, DEED_EXIT, 0, 0);
    assert_written("main until exit\nalice until end\nmain until end\n");
}

static void written_for_client(void **state)
{
    (void)state;
    shared->order.clients = 2;
    strcpy(shared->order.client[0].name, "alice");
    strcpy(shared->order.client[1].name, "T2");
    step(2, DEED_OUTPUT, CLIENT_SENDS, 2);
    step(1, DEED_OUTPUT, CLIENT_SENDS, 1);
    step(0, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_OUTPUT, CLIENT_SENDS, 1);
    assert_written("T2 until end\nalice until send #2\nmain until end\n"
                   "alice until end\n");
}

static void own_variable(uint8_t enabled)
{
    shared->fate[1].stack_low = 0x7000;
    shared->fate[1].stack_high = 0x8000;
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    step(1, DEED_WRITE, code_of("look", 0), 0x7010);
    shared->trace[shared->steps - 1].enabled = enabled;
    step(1, DEED_SIGNAL, code_of("count", 0), 1);
}

// They are recorded, but the thread could not have stopped there,
static void own_variables(void **state)
{
    (void)state;
    own_variable(0);
    assert_written("alice until " FILE_NAME "@count\n"
                   "T2 until end\n"
                   "alice until end\n");
}

// unless others look at them, too.
static void own_variables_that_others_use(void **state)
{
    (void)state;
    own_variable(2);
    assert_written("alice until " FILE_NAME "@look #2\n"
                   "T2 until end\n"
                   "alice until end\n");
}

// alice reads what only she uses and writes what both use, in one line.
static void read_before_the_write(bool enabled)
{
    enum { OWN = 0x100000, SHARED = 0x200000 };

    shared->fate[1].enabled = enabled;
    step(1, DEED_SIGNAL, code_of("count", 0), 1);
    step(1, DEED_READ, code_of("look", 0), OWN);
    step(2, DEED_WRITE, code_of("count", 0), SHARED);
    step(1, DEED_WRITE, code_of("look", 0), SHARED);
    for (uint32_t i = 1; i < shared->steps; i++)
        shared->trace[i].size = 4;
}

// She might as well stop before she has read,
static void what_concerns_nobody(void **state)
{
    (void)state;
    read_before_the_write(true);
    assert_written("alice until " FILE_NAME "@look\n"
                   "T2 until end\n"
                   "alice until end\n");
}

// but not if she waits: she would not yet.
static void what_concerns_nobody_but_waits(void **state)
{
    (void)state;
    read_before_the_write(false);
    assert_written("alice until " FILE_NAME "@look #2\n"
                   "T2 until end\n"
                   "alice until end\n");
}

static void names_of_two(void **state)
{
    (void)state;
    strcpy(shared->fate[1].name, "worker");
    strcpy(shared->fate[2].name, "worker");
    step(1, DEED_SIGNAL, code_of("look", 0), 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    assert_written("T1 until end\nT2 until end\n");
}

static void names_that_are_none(void **state)
{
    (void)state;
    strcpy(shared->fate[0].name, "");
    strcpy(shared->fate[1].name, "worker 1");
    strcpy(shared->fate[2].name, "conn#3");
    for (int thread = 0; thread < 3; thread++)
        step(thread, DEED_SIGNAL, code_of("look", 0), 1);
    assert_written("main until end\nT1 until end\nT2 until end\n");
}

// A client keeps its name; the thread that has the same one does not.
static void names_of_clients(void **state)
{
    (void)state;
    shared->order.clients = 1;
    strcpy(shared->order.client[0].name, "alice");
    strcpy(shared->fate[2].name, "alice");
    step(1, DEED_OUTPUT, CLIENT_SENDS, 1);
    step(2, DEED_SIGNAL, code_of("look", 0), 1);
    assert_written("alice until end\nT1 until end\n");
}

static void nowhere_to_write(void **state)
{
    char said[SAID];

    (void)state;
    struct capture capture = capture_begin(stderr);
    bool good = schedule_write("/no/such/folder/a.sched", shared, symbols);
    capture_end(&capture, said, sizeof said);
    assert_false(good);
    assert_string_equal(said, "interleave: cannot write /no/such/folder/a.sched"
                              ": No such file or directory\n");
}

static void full_disk(void **state)
{
    char said[SAID];

    (void)state;
    step(0, DEED_SIGNAL, code_of("look", 0), 1);
    struct capture capture = capture_begin(stderr);
    bool good = schedule_write("/dev/full", shared, symbols);
    capture_end(&capture, said, sizeof said);
    assert_false(good);
    assert_string_equal(said, "interleave: cannot write /dev/full: No space "
                              "left on device\n");
}

// ---- for all: who follows what was written does the steps in their order ----

enum { STEPS = 60, ROUNDS = 20 };

static void random_run(void)
{
    const uint64_t places[] = {code_of("look", 0), code_of("look", 2),
                               code_of("count", 0), code_of("count", 1)};
    uint64_t lock = symbols_address(symbols, "house");
    int thread = 0;

    for (int i = 0; i < STEPS; i++) {
        uint64_t pc = places[(size_t)rand() % COUNT_OF(places)];
        int kind = rand() % 8;

        if (rand() % 3 == 0)
            thread = rand() % 3;
        if (kind == 0)
            step(thread, DEED_LOCK, pc, lock);
        else if (kind == 1)
            step(thread, DEED_WAKE_EARLY, pc, 1);
        else
            step(thread, DEED_SIGNAL, pc, 1);
    }
}

// A thread of the run, which makes its steps and no others.
static int64_t next_step(int thread, int64_t from)
{
    while (from < shared->steps && shared->trace[from].thread != thread)
        from++;
    return from < shared->steps ? from : -1;
}

static bool is_stop(const struct turn *turn, const struct step *it)
{
    if (turn->object != 0)
        return it->deed == DEED_LOCK && it->object == turn->object;
    for (int i = 0; i < turn->stops; i++)
        if (order.stop[turn->stop + i].first <= it->pc &&
            it->pc <= order.stop[turn->stop + i].last)
            return true;
    return false;
}

// How often the thread has come to the stop when it is about to make the step.
static int arrivals(const struct turn *turn, int thread, int64_t until)
{
    int count = 0;

    for (int64_t i = 0; i <= until; i++)
        count += shared->trace[i].thread == thread &&
                 is_stop(turn, &shared->trace[i]);
    return count;
}

static int thread_of(const struct turn *turn)
{
    int thread = 0;

    while (strcmp(shared->fate[thread].name, turn->name) != 0)
        assert_true(++thread < 3);
    return thread;
}

// Makes the steps of the turn. Each must be the one that comes next in the run.
static void follow_turn(const struct turn *turn, int64_t *now, const char *text)
{
    int thread = thread_of(turn);
    int64_t next = next_step(thread, *now);

    for (bool first = true; next >= 0; first = false) {
        const struct step *it = &shared->trace[next];

        if (is_stop(turn, it) && arrivals(turn, thread, next) >= turn->times)
            return;
        if (next != *now ||
            (it->deed == DEED_WAKE_EARLY) != (first && turn->wakes))
            assert_row(text, "another run", "the same run");
        ++*now;
        next = next_step(thread, *now);
    }
}

static void what_is_written_is_read(void **state)
{
    static char text[STEPS * 80];
    char said[SAID];

    (void)state;
    srand(1);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t now = 0;

        shared->steps = 0;
        random_run();
        if (!read_text(text, write_run(text, sizeof text), said))
            assert_row(text, said, "");
        for (uint32_t i = 0; i < order.turns; i++)
            follow_turn(&order.turn[i], &now, text);
        assert_int_equal(now, shared->steps);
    }
}

#define WRITTEN(sentence, function) \
    TEST_WITH(sentence, function, new_run, free_run)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WRITTEN("nowhere to write", nowhere_to_write),
        WRITTEN("a full disk is noticed", full_disk),
        WRITTEN("an anchor", written_by_anchor),
        WRITTEN("a line without an anchor", written_by_line),
        WRITTEN("a lock, rather than its line", written_by_lock),
        WRITTEN("how often the thread has come there", written_with_times),
        WRITTEN("who wakes early begins a turn", written_with_waking),
        WRITTEN("a run that stopped goes to where it stopped",
                written_as_paused),
        WRITTEN("the finding, as a comment", written_with_finding),
        WRITTEN("up to the end of the process", written_at_exit),
        WRITTEN("a client's step", written_for_client),
        WRITTEN("not a thread's own variables", own_variables),
        WRITTEN("own variables that others use, too",
                own_variables_that_others_use),
        WRITTEN("before what concerns nobody else in that line",
                what_concerns_nobody),
        WRITTEN("not before it, if the thread waits",
                what_concerns_nobody_but_waits),
        WRITTEN("a thread that only has to end", written_to_the_end),
        WRITTEN("a lock without a name, by its line", lock_without_a_name),
        WRITTEN("threads that share a name, by their numbers", names_of_two),
        WRITTEN("threads whose name is not one word, by their numbers",
                names_that_are_none),
        WRITTEN("a client by its name, also if a thread has the same",
                names_of_clients),
        WRITTEN("for all: who follows what was written makes the same run",
                what_is_written_is_read),
    };

    return cmocka_run_group_tests(tests, open_symbols, close_symbols);
}
