// valgrind_findings: what Helgrind and DRD report, as data.
//
// usage: valgrind_findings FILE.xml
//
// Reads Valgrind's XML (protocol 4: docs/internals/xml-output-protocol4.txt of
// its sources) and prints one JSON object a report:
//
//     {"tool": "helgrind", "kind": "Race", "thread": 3, "name": "bob",
//      "parts": [{"text": "Possible data race during ...", "frames": [...]}]}
//
// A part is a sentence of Valgrind's and the stack that comes behind it. A file
// that ends in the middle, because the program was killed, is read as far as it
// goes. Exit status 2 if it cannot be read at all.
#include <errno.h>
#include <expat.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 4096, BUFFER_SIZE = 1 << 16 };

struct reading {
    char tool[32];
    char text[TEXT_SIZE]; // of the element that is open
    size_t length;
    json_t *report; // the one that is open, or NULL
    json_t *part;   // its last one; borrowed
    json_t *frame;  // the one that is open, or NULL
};

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_stringn(text, strlen(text)));
}

// ---- what begins ----

static void begin_part(struct reading *reading)
{
    json_t *part = json_object();

    set_text(part, "text", reading->text);
    json_object_set_new(part, "frames", json_array());
    json_array_append_new(json_object_get(reading->report, "parts"), part);
    reading->part = part;
}

static void begin_report(struct reading *reading)
{
    reading->report = json_object();
    set_text(reading->report, "tool", reading->tool);
    json_object_set_new(reading->report, "parts", json_array());
    reading->part = NULL;
}

static void begin(void *argument, const XML_Char *name, const XML_Char **unused)
{
    struct reading *reading = argument;

    (void)unused;
    reading->length = 0;
    reading->text[0] = '\0';
    if (strcmp(name, "error") == 0)
        begin_report(reading);
    else if (strcmp(name, "frame") == 0)
        reading->frame = json_object();
}

// ---- what is said ----

static void hear(void *argument, const XML_Char *text, int length)
{
    struct reading *reading = argument;
    size_t room = TEXT_SIZE - 1 - reading->length;
    size_t size = (size_t)length < room ? (size_t)length : room;

    memcpy(reading->text + reading->length, text, size);
    reading->length += size;
    reading->text[reading->length] = '\0';
}

// ---- what ends ----

static void end_frame(struct reading *reading)
{
    if (reading->part != NULL)
        json_array_append(json_object_get(reading->part, "frames"),
                          reading->frame);
    json_decref(reading->frame);
    reading->frame = NULL;
}

static void end_in_frame(struct reading *reading, const char *name)
{
    if (strcmp(name, "fn") == 0)
        set_text(reading->frame, "function", reading->text);
    else if (strcmp(name, "dir") == 0 || strcmp(name, "file") == 0 ||
             strcmp(name, "obj") == 0)
        set_text(reading->frame, name, reading->text);
    else if (strcmp(name, "line") == 0)
        json_object_set_new(reading->frame, "line",
                            json_integer(atoi(reading->text)));
}

static void end_report(struct reading *reading)
{
    json_dumpf(reading->report, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
    putchar('\n');
    json_decref(reading->report);
    reading->report = reading->part = NULL; // the part was the report's
}

static void end_in_report(struct reading *reading, const char *name)
{
    if (strcmp(name, "kind") == 0)
        set_text(reading->report, "kind", reading->text);
    else if (strcmp(name, "threadname") == 0)
        set_text(reading->report, "name", reading->text);
    else if (strcmp(name, "tid") == 0)
        json_object_set_new(reading->report, "thread",
                            json_integer(atoi(reading->text)));
    else if (strcmp(name, "what") == 0 || strcmp(name, "auxwhat") == 0 ||
             strcmp(name, "text") == 0)
        begin_part(reading);
    else if (strcmp(name, "error") == 0)
        end_report(reading);
}

static void end(void *argument, const XML_Char *name)
{
    struct reading *reading = argument;

    if (strcmp(name, "protocoltool") == 0)
        snprintf(reading->tool, sizeof reading->tool, "%.31s", reading->text);
    else if (reading->frame != NULL && strcmp(name, "frame") == 0)
        end_frame(reading);
    else if (reading->frame != NULL)
        end_in_frame(reading, name);
    else if (reading->report != NULL)
        end_in_report(reading, name);
    reading->length = 0;
    reading->text[0] = '\0';
}

// ---- the file ----

static void parse(FILE *file, XML_Parser parser)
{
    static char buffer[BUFFER_SIZE];
    size_t size;

    do {
        size = fread(buffer, 1, sizeof buffer, file);
    } while (XML_Parse(parser, buffer, (int)size, size == 0) == XML_STATUS_OK &&
             size > 0);
}

int main(int argc, char *argv[])
{
    struct reading reading = {0};

    if (argc != 2) {
        fputs("usage: valgrind_findings FILE.xml\n", stderr);
        return 2;
    }
    FILE *file = fopen(argv[1], "r");
    XML_Parser parser = XML_ParserCreate(NULL);
    if (file == NULL || parser == NULL) {
        fprintf(stderr, "valgrind_findings: cannot read %s: %s\n", argv[1],
                strerror(file == NULL ? errno : ENOMEM));
        return 2;
    }
    XML_SetUserData(parser, &reading);
    XML_SetElementHandler(parser, begin, end);
    XML_SetCharacterDataHandler(parser, hear);
    parse(file, parser);
    XML_ParserFree(parser);
    fclose(file);
    json_decref(reading.report);
    json_decref(reading.frame);
    return ferror(stdout) || fflush(stdout) != 0 ? 2 : 0;
}
