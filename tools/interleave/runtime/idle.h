// idle: threads that go round and round, and nothing changes.
//
//     while (!done)
//         ;
//
// Without care a strategy that prefers this thread never comes to an end. So a
// thread that comes to the same place again in the same state (state.h), while
// nobody has changed any memory, stands back until somebody does: it would do
// the same again, and everything it would see has been seen. A thread that
// counts its rounds is in another state each time, and does not stand back.
//
// Locks that are taken and given back on the way change nothing, except for
// those who try to get one; but a thread does not stand back while it holds one
// that it will give back.
#ifndef IDLE_H
#define IDLE_H

#include "thread.h"

// The calling thread has carried out its op, and has changed something, or has
// not.
void idle_note(struct thread *thread, bool changed);

// The same for an op that is just about to be carried out. Whether an update,
// a try, input or output changes something is known only afterwards: they call
// idle_note.
void idle_note_deed(struct thread *thread);

// The calling thread is about to write to memory: whether that changes it is
// seen when idle_settle is called, before anything else that the program does.
void idle_note_write(uint64_t address, uint64_t size);
void idle_settle(void);

// The calling thread is about to read, without a scheduling point. Returns
// whether it should be one: the thread goes round and round.
bool idle_note_read(uint64_t address, uint64_t pc);

// How often it has come round since anything has changed.
uint32_t idle_rounds(const struct thread *thread);

// Whether others are to go on first.
bool idle_is(const struct thread *thread);

// Whether it will go round for ever if all who can go on do so. Unless it is
// alone, one that tries to get a lock may get it.
bool idle_is_for_ever(const struct thread *thread, bool alone);

#endif
