// names: the clients, by name and by number.
#ifndef NAMES_H
#define NAMES_H

#include "seats.h"

enum { NOBODY = -1 }; // in the place of a name's number

struct name {
    char text[NAME_SIZE];
    int number;
};

struct names {
    struct name **name; // by number
    int count;
    int capacity;
    void *tree; // by text: tsearch(3)
};

// Returns the number of the name, which is added if it is new. A text that is
// too long for a name is cut.
int names_add(struct names *names, const char *text);

// Returns the number of the name, or NOBODY. Several threads may call this at
// once, as long as none adds names.
int names_find(const struct names *names, const char *text);

// Returns the text of a name; "nobody" for NOBODY.
const char *names_text(const struct names *names, int number);

// Frees all names. A names of zeros is empty.
void names_release(struct names *names);

#endif
