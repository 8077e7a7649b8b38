// shared: what the program under test and the tool share, one mapping.
//
// The tool writes `order`, the program writes the rest: it forks a child for
// each schedule, and the child fills in `trace` and `outcome` while it runs, so
// that a crash loses nothing. Only the tool interprets what it finds there, and
// it trusts no number in it: the child may have gone mad.
#ifndef SHARED_H
#define SHARED_H

#include <stdbool.h>
#include <stdint.h>

enum {
    THREADS_LIMIT = 256,   // in one run, those that have ended included
    TRACE_LIMIT = 1 << 18, // steps that are recorded in one run
    TURNS_LIMIT = 4096,
    STOPS_LIMIT = 256,      // places in the code that stop a turn
    POINTS_LIMIT = 1 << 14, // addresses whose accesses are scheduled
    STACKS_LIMIT = 1 << 14,
    PROFILE_LIMIT = 1 << 9, // objects whose uses are counted
    MIX_LIMIT = 32,
    NAME_LIMIT = 16, // as in pthread_setname_np(3)
    TEXT_LIMIT = 512,
    CLIENTS_LIMIT = 32,
    SCRIPT_SIZE = 2048,       // what one client asks
    REQUESTS_LIMIT = 1024,    // of all clients in one run
    SAID_LIMIT = 4096,        // steps whose words are kept
    SHARED_DESCRIPTOR = 200,  // where the program finds the mapping,
    ORDERS_DESCRIPTOR = 201,  // hears "go",
    REPORTS_DESCRIPTOR = 202, // and says "done"
};

enum strategy {
    STRATEGY_FIRST, // no switch unless the thread must wait
    STRATEGY_RANDOM,
    STRATEGY_PCT,
    STRATEGY_POS,
    STRATEGY_SURW,
    STRATEGY_DELAY,
    STRATEGY_PLACES,
    STRATEGY_EXACT, // the threads in order.exact, then any that is not asleep
    STRATEGY_TURNS, // the turns in order.turn, then as FIRST
};

// What a thread does at a scheduling point.
enum deed {
    DEED_START,
    DEED_READ,
    DEED_WRITE,
    DEED_ATOMIC_READ,
    DEED_ATOMIC_WRITE,
    DEED_ATOMIC_UPDATE,
    DEED_CREATE,
    DEED_JOIN,
    DEED_DETACH,
    DEED_FINISH, // the thread ends
    DEED_EXIT,   // the process ends
    DEED_LOCK,
    DEED_TRY_LOCK,
    DEED_UNLOCK,
    DEED_READ_LOCK,
    DEED_READ_UNLOCK,
    DEED_WAIT,       // on a condition variable: gives up the mutex
    DEED_WAKE,       // takes it again
    DEED_WAKE_EARLY, // the same, though nobody has signalled
    DEED_SIGNAL,
    DEED_BROADCAST,
    DEED_ARRIVE, // at a barrier
    DEED_LEAVE,
    DEED_ACQUIRE, // a semaphore
    DEED_RELEASE,
    DEED_ONCE,
    DEED_NAME, // itself, or another thread
    DEED_YIELD,
    DEED_ENTER, // a function that the schedule stops at
    DEED_SLEEP,
    DEED_INPUT,
    DEED_OUTPUT,
    DEED_ACCEPT,
    DEED_CONNECT,
    DEED_POLL,     // or epoll_wait
    DEED_REGISTER, // with epoll
    DEED_LISTEN,   // or bind
    DEED_OPEN,     // gets a descriptor
    DEED_CLOSE,    // gives it back
    DEED_SHUT,     // a connection, or one direction of it, ends
    DEED_ALLOCATE, // these are only recorded: with record_all
    DEED_FREE,
    DEED_CALL, // a function begins; object: the address of its frame
    DEED_RETURN,
    DEED_SEND,    // a signal
    DEED_HANDLE,  // calls its handler
    DEED_SIGWAIT, // waits for one
    DEED_CANCEL,  // another thread
    DEED_FORK,
    DEED_AWAIT, // another process
    DEED_MORE,  // more than is recorded in one go
    DEED_PRINT, // to where standard output or standard error go
    DEED_MAKE,  // a lock and the like: pthread_mutex_init(3)
    DEED_DESTROY,
    DEEDS,
};

enum finding {
    FINDING_NONE,
    FINDING_ASSERT,
    FINDING_CRASH,
    FINDING_DEADLOCK,
    FINDING_LIVELOCK,
    FINDING_RACE,
    FINDING_EXIT,
    FINDING_LEAK,
    FINDING_MISUSE,
    FINDING_HISTORY,
    FINDING_UNJUDGED, // the run could not be controlled to its end
    FINDING_PAUSED,   // it was to stop here
};

// One step of the run, in the order in which they were carried out.
struct step {
    uint64_t pc;     // the call or the access
    uint64_t object; // address; of a thread: its number
    uint64_t second; // another object that is touched, too; 0: none
    uint64_t value;  // read or written; ALLOCATE: the block's size
    uint32_t stack;  // index in `stack`
    uint8_t thread;
    uint8_t deed;
    uint8_t size;
    uint8_t enabled;      // how many threads could have gone on (255: or more)
    uint64_t enabled_set; // which of the first 64 threads
    uint64_t asleep;      // which of them were asleep: dpor.h
};

// A place in a stack: called at pc from the parent.
struct frame {
    uint64_t pc;
    uint32_t parent; // 0: the root
    uint32_t depth;
};

// A turn of a written schedule: this thread runs until it is about to come to
// one of the stops for the `times`th time in this turn, or has made `points`
// scheduling points in all, or to its end.
struct turn {
    char name[NAME_LIMIT];
    int16_t thread; // -1: whoever has that name
    uint16_t stop;  // first index in `stop`
    uint16_t stops; // how many; 0: no place
    uint16_t times;
    uint32_t points; // 0: no limit
    uint64_t object; // 0, or: the thread is about to lock this
    bool enters; // the places are functions: the thread is about to begin one
    bool exits;  // the place is the end of the process
    bool wakes;  // it begins by waking though nobody has signalled
};

// Addresses of code, from first to last.
struct stop {
    uint64_t first, last;
};

// A client that talks to the program (--client).
struct client {
    char name[NAME_LIMIT];
    char script[SCRIPT_SIZE]; // its requests, each with a '\n'
};

// Objects that have no address of their own.
enum {
    OBJECT_NUMBERS = 8,  // which descriptors are free
    OBJECT_DOORS = 16,   // which ports are listened on
    OBJECT_HISTORY = 24, // which reply came before which request
};

// The steps of a client have no code: these stand for it, in the place of a pc.
enum {
    CLIENT_CONNECTS = 1,
    CLIENT_SENDS,
    CLIENT_RECEIVES,
    CLIENT_LEAVES,
};

// What a client has asked and was told, or an event that it was told of
// unasked; times are steps.
struct request {
    uint8_t client;
    bool answered;
    bool unasked; // `text` came from the server
    uint32_t called, returned;
    char text[132], reply[132]; // without line ends, perhaps cut
};

// What a step of input or output was about.
struct said {
    uint32_t step;
    char text[92];
};

// An address whose accesses are scheduled, in the runs after `since`.
struct point {
    uint64_t key;
    uint64_t since;
};

// A turn of a strategy in a mix.
struct share {
    int strategy;
    int reach; // PCT: the depth; delay: the bound
};

// How often each thread touched each object in all runs: see profile.h.
struct profile {
    uint32_t runs;
    uint32_t objects;
    uint64_t key[PROFILE_LIMIT];      // address / 8
    uint16_t slot[2 * PROFILE_LIMIT]; // open addressing: index + 1; 0: empty
    bool written[PROFILE_LIMIT];
    bool shared[PROFILE_LIMIT];   // by several threads
    uint8_t first[PROFILE_LIMIT]; // the thread that touched it first
    uint32_t count[PROFILE_LIMIT][THREADS_LIMIT];
    uint8_t parent[THREADS_LIMIT];
};

// All of them: open addressing; key 0: an empty slot. See watched.h.
struct watched {
    uint32_t count;
    struct point point[POINTS_LIMIT];
};

// What all runs so far have shown of the program: what it is worth that nothing
// was found.
struct known {
    uint32_t threads; // of its own, at most in one run
    int status;       // other than 0, that a run has ended with; 0: none
    bool forks;       // it has made other processes
    bool weak;        // its atomics are not all sequentially consistent
    bool wakes_early; // some waiting has ended early: order.early
};

struct order {
    int strategy;
    struct share mix[MIX_LIMIT]; // instead of `strategy`, one after the other
    int mixed;                   // how many; 0: none
    uint64_t run;                // counts up; the same again for a replay
    uint32_t runs; // so many, with numbers that count up, until one finds
    uint64_t seed;
    int depth;      // PCT
    int bound;      // delays
    uint32_t steps; // a longer run is not judged
    bool ignore_races;
    bool record_all;   // every access becomes a step
    bool every_access; // and is scheduled
    bool lenient;      // a turn whose thread must wait is passed over
    bool quiet;        // what the program prints is dropped
    bool no_input;     // a person's words are none of the program's
    bool pauses;       // behind the last one of `exact`
    bool leaks;        // what is left at the end is a finding
    // Milliseconds of CPU time without a step: a run that takes more is not
    // judged. 0: as watch.c thinks fit.
    uint32_t patience;
    int64_t deadline; // nanoseconds of CLOCK_MONOTONIC: no run goes on behind
                      // it; 0: no limit
    int exit_code;    // 0 or: a run that ends with another status fails
    uint32_t clients;
    struct client client[CLIENTS_LIMIT];
    uint32_t exact_count;
    uint8_t exact[TRACE_LIMIT];
    // DPOR: the last so many of `exact` are passed over once one of them cannot
    // go on. Before the first of these, or before the last of `exact`...
    uint32_t tentative;
    uint64_t asleep; // ...these threads need not go on
    // So many times, at each place, a thread's waiting may end early in this
    // run: a sleep, a time limit, a wait for a condition without a signal.
    int early;
    uint32_t turns;
    struct turn turn[TURNS_LIMIT];
    struct stop stop[STOPS_LIMIT];
};

// One side of a race.
struct access {
    uint64_t pc;
    uint64_t address;
    uint32_t stack;
    uint8_t thread;
    uint8_t size;
    bool writes;
    bool atomic;
    uint64_t locks[4]; // addresses of what was held; 0 behind the last
};

struct outcome {
    int finding;
    char text[TEXT_LIMIT]; // for people, without symbols
    uint64_t pc;           // where
    uint64_t object;
    uint32_t stack;
    uint8_t thread;
    int status;                  // of the process
    struct access first, second; // RACE
    int turn;       // the turn that could not be followed; -1: none
    bool redundant; // DPOR: all who could go on were asleep
    // In `text`, {object} stands for the name of `object`, {where} for the
    // place of `where`.
    uint64_t where;
    uint64_t seal; // see seal.h; the last field
};

// What is known of a thread at the end of the run.
struct fate {
    char name[NAME_LIMIT];
    uint32_t points; // scheduling points that it has passed
    uint8_t deed;    // what it was about to do
    uint8_t size;
    bool finished;
    bool enabled;
    bool frees;     // what it was about to write it was about to free
    int16_t holder; // who holds what it waits for; -1: nobody
    uint64_t object, second, pc;
    uint64_t stack_low, stack_high; // memory
    uint64_t own_low, own_high;     // of its thread-local variables
    uint32_t stack;
    char waits_for[64]; // input or output, in words; "": something else
};

// Of the runtime; the Makefile makes it of the texts. A program that was built
// with another one cannot be scheduled.
#ifndef INTERLEAVE_VERSION
#define INTERLEAVE_VERSION 0
#endif

struct shared {
    uint64_t version;   // of the tool
    struct order order; // the program can only read it: pages of its own

    _Alignas(4096) struct outcome outcome;
    uint32_t runs; // of this order, that were carried out
    uint32_t steps;
    uint32_t threads;
    uint32_t stacks;
    uint32_t points; // scheduling points so far
    bool replaced;   // the program has become another one: execve(2)
    bool late;       // order.deadline has passed: the last run may show nothing
    struct fate fate[THREADS_LIMIT];
    struct frame stack[STACKS_LIMIT];
    uint32_t choices; // PAUSED: how many threads may go on,
    uint8_t choice[THREADS_LIMIT];
    struct step trace[TRACE_LIMIT];
    uint32_t requests;
    struct request request[REQUESTS_LIMIT];
    uint32_t said_count; // in the order of the steps
    struct said said[SAID_LIMIT];

    // What is kept from run to run.
    uint32_t most_points; // decisions of the longest run
    uint32_t last_points; // of the last one
    struct known known;
    struct profile profile;
    struct watched watched;
};

#endif
