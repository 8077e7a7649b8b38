// report: what a run of the program `operations` leaves for the test.
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>

enum {
    THREADS_MOST = 3,  // main included
    LETTERS_MOST = 16, // of one thread
};

struct report {
    uint64_t seen[THREADS_MOST]; // by each thread, as a hash
    int32_t memory[6];           // when main ended
};

#endif
