#include "page.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

// The player's files as they are, in the program: .incbin of gas and of clang.
#define EMBED(name, file)                                               \
    __asm__(".section .rodata\n" #name ": .incbin \"tools/player/" file \
            "\"\n.byte 0\n.previous\n");                                \
    extern const char name[]

EMBED(page_html, "player.html");
EMBED(page_css, "player.css");
EMBED(page_player, "player.js");
EMBED(page_game, "game.js");

// In JSON a "<" stands only within strings. Written so, no text of a program
// ends the element that holds it.
static int write_json(const char *text, size_t size, void *file)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] == '<' ? fputs("\\u003c", file) < 0
                           : putc(text[i], file) == EOF)
            return -1;
    return 0;
}

static void write_data(FILE *file, const json_t *data)
{
    fputs("<script type=\"application/json\" id=\"data\">", file);
    json_dump_callback(data, write_json, file, JSON_COMPACT);
    fputs("</script>", file);
}

// Writes what is before the line, and returns what is behind it.
static const char *write_until(FILE *file, const char *text, const char *line)
{
    const char *found = strstr(text, line);

    if (found == NULL)
        return text;
    fwrite(text, 1, (size_t)(found - text), file);
    return found + strlen(line);
}

static void write_page(FILE *file, const json_t *data)
{
    const char *rest = page_html;

    rest = write_until(file, rest,
                       "<link rel=\"stylesheet\" href=\"player.css\">");
    fprintf(file, "<style>\n%s</style>", page_css);
    rest = write_until(
        file, rest, "<script type=\"application/json\" id=\"data\"></script>");
    write_data(file, data);
    rest = write_until(file, rest, "<script src=\"player.js\"></script>");
    fprintf(file, "<script>\n%s</script>", page_player);
    rest = write_until(file, rest, "<script src=\"game.js\"></script>");
    fprintf(file, "<script>\n%s</script>", page_game);
    fputs(rest, file);
}

bool page_write(const char *path, const json_t *data)
{
    FILE *file = fopen(path, "w");

    if (file != NULL) {
        write_page(file, data);
        bool good = !ferror(file);
        if (fclose(file) == 0 && good)
            return true;
    }
    fprintf(stderr, "interleave: cannot write %s: %s\n", path, strerror(errno));
    return false;
}
