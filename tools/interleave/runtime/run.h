// run: the beginning, the record and the end of one run.
#ifndef RUN_H
#define RUN_H

#include <stdnoreturn.h>

#include "thread.h"

extern struct shared *run_shared;

// Nothing is scheduled any more: before main, and while the process exits.
extern bool run_is_over;

// The run begins now, in the calling thread.
void run_begin(void);

// A turn of a written schedule may end because of what the thread is about to
// do.
void run_stop_at(struct thread *thread);

// The thread has its turn: its op becomes a step. `enabled` threads could have
// gone on; `set` are those of the first 64.
void run_record(struct thread *thread, int enabled, uint64_t set);

// The last step was another deed than it seemed to be.
void run_correct(enum deed deed);

// Adds a step that was no scheduling point: for those who look at it later.
void run_note(enum deed deed, uint64_t object, int size, uint64_t pc);

// Adds what happens beside the accesses: memory comes and goes, functions begin
// and end.
void run_note_event(enum deed deed, uint64_t object, uint64_t value,
                    uint64_t pc);

// The last access has been carried out: its value becomes part of its step.
// Called before anything else that the program does.
void run_see_value(void);

// Ends the process with a finding. `text` says it for people.
noreturn void run_end(enum finding finding, const char *text, ...)
    __attribute__((format(printf, 2, 3)));

// Nobody can go on.
noreturn void run_ends_stuck(void);

// The process has come to its own end: nothing is scheduled any more.
void run_exit(int status);

#endif
