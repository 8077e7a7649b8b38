// siblings: what to use in the place of a function whose result all threads
// share.
#ifndef SIBLINGS_H
#define SIBLINGS_H

// The sentence for a variable of runtime/shared_results.c, without a full stop;
// NULL: it is none.
const char *siblings_advice(const char *variable);

#endif
