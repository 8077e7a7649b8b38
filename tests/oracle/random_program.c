#include "random_program.h"

#include <stdio.h>
#include <string.h>

// splitmix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number
// Generators", 2014.
static uint64_t draw(uint64_t *state, uint64_t below)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) % below;
}

// Only main joins threads.
static char draw_letter(uint64_t *state, const char *letters, bool is_main)
{
    char letter = '1';

    while (letter == '1' || letter == '2') {
        letter = letters[draw(state, strlen(letters))];
        if (is_main)
            break;
    }
    return letter;
}

void random_program_make(struct random_program *program, const char *letters,
                         uint64_t number)
{
    uint64_t state = number;
    bool three = number % 4 == 0;

    *program = (struct random_program){.threads = three ? 3 : 2};
    for (int i = 0; i < program->threads; i++) {
        int count = 1 + (int)draw(&state, three ? 2 : 3);

        for (int k = 0; k < count; k++)
            program->letters[i][k] = draw_letter(&state, letters, i == 0);
    }
}

bool random_program_shorten(struct random_program *program, int index)
{
    for (int i = 0; i < program->threads; i++) {
        int count = (int)strlen(program->letters[i]);

        if (index < count) {
            char *letter = &program->letters[i][index];
            memmove(letter, letter + 1, (size_t)(count - index));
            return true;
        }
        index -= count;
    }
    return false;
}

void random_program_write(const struct random_program *program, char *text)
{
    int length = 0;

    for (int i = 0; i < program->threads; i++)
        length += snprintf(text + length, (size_t)(PROGRAM_TEXT - length),
                           "%s'%s'", i > 0 ? " " : "", program->letters[i]);
}
