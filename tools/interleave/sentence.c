#include "sentence.h"

#include <stdio.h>
#include <string.h>

struct writing {
    const struct outcome *outcome;
    struct symbols *symbols;
    const char *object; // or NULL
};

static void write_object(const struct writing *writing, char *text, size_t size)
{
    if (writing->object != NULL)
        snprintf(text, size, "%s", writing->object);
    else
        symbols_variable(writing->symbols, writing->outcome->object, text,
                         size);
}

static void write_where(const struct writing *writing, char *text, size_t size)
{
    struct place place;

    if (symbols_place(writing->symbols, writing->outcome->where, &place))
        snprintf(text, size, "%s:%d", place.file, place.line);
    else
        snprintf(text, size, "a place that is not known");
}

static const struct {
    const char *mark;
    void (*write)(const struct writing *writing, char *text, size_t size);
} words[] = {{"{object}", write_object}, {"{where}", write_where}};

// Writes what stands for the mark at `from`. Returns the mark's length; 0:
// there is none.
static size_t write_word(const struct writing *writing, const char *from,
                         char *text, size_t size)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].mark);

        if (strncmp(from, words[i].mark, length) == 0) {
            words[i].write(writing, text, size);
            return length;
        }
    }
    return 0;
}

void sentence_write(const struct outcome *outcome, struct symbols *symbols,
                    const char *object, char *text, size_t size)
{
    const struct writing writing = {outcome, symbols, object};
    const char *from = outcome->text, *end = from + TEXT_LIMIT - 1;
    size_t used = 0;

    while (from < end && *from != '\0' && used + 1 < size) {
        size_t length = write_word(&writing, from, text + used, size - used);

        if (length > 0)
            used += strlen(text + used);
        else
            text[used++] = *from;
        from += length > 0 ? length : 1;
    }
    text[used] = '\0';
}
