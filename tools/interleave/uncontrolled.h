// uncontrolled: what a program uses that interleave does not control.
#ifndef UNCONTROLLED_H
#define UNCONTROLLED_H

// Looks at the functions that an object file asks for. What it finds, it names
// once in the life of the process, on standard error.
void uncontrolled_look_at(const char *object);

// The same for inline assembly in a source file.
void uncontrolled_look_into(const char *source);

#endif
