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
EMBED(page_panes, "panes.js");
EMBED(page_game, "game.js");
EMBED(page_player, "player.js");

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

static const char *write_script(FILE *file, const char *text, const char *name,
                                const char *script)
{
    char line[80];

    snprintf(line, sizeof line, "<script src=\"%s\"></script>", name);
    const char *rest = write_until(file, text, line);
    fprintf(file, "<script>\n%s</script>", script);
    return rest;
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
    rest = write_script(file, rest, "panes.js", page_panes);
    rest = write_script(file, rest, "game.js", page_game);
    rest = write_script(file, rest, "player.js", page_player);
    fputs(rest, file);
}

bool page_write(const char *path, const char *title, json_t *data)
{
    if (title != NULL &&
        json_object_set_new(data, "title", json_string(title)) != 0) {
        fprintf(stderr, "interleave: the title is not UTF-8 text\n");
        return false;
    }
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
