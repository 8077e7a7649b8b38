// keys: thread-specific data, so that its destructors run while the thread
// still takes part in the run.
#ifndef KEYS_H
#define KEYS_H

// Runs the destructors of the calling thread's values, as pthread_exit(3) says.
void keys_destroy(void);

#endif
