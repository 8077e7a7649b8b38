#include "shrink_command.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "failure.h"
#include "replay.h"
#include "schedule.h"
#include "shrink.h"

// A written schedule names lines, and a line may mean more than one moment. So
// what was written is read and followed before it is handed out.
static bool holds(struct program *program, const struct options *options,
                  struct symbols *symbols, const struct failure *failure,
                  FILE *text)
{
    struct options written = *options;
    char path[64];

    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(text));
    written.schedule = path;
    return fflush(text) == 0 &&
           replay_follow(program, &written, symbols) == 1 &&
           failure_is_same(failure, program->shared);
}

static bool copy(FILE *from, const char *path)
{
    FILE *to = path != NULL ? fopen(path, "w") : stdout;
    char part[4096];
    size_t length;

    rewind(from);
    while (to != NULL && (length = fread(part, 1, sizeof part, from)) > 0)
        fwrite(part, 1, length, to);
    if (to != NULL && (path != NULL ? fclose(to) : fflush(to)) == 0)
        return true;
    fprintf(stderr, "interleave: cannot write %s: %m\n",
            path != NULL ? path : "the schedule");
    return false;
}

static FILE *new_text(void)
{
    int memory = memfd_create("schedule", MFD_CLOEXEC);

    return memory >= 0 ? fdopen(memory, "w+") : NULL;
}

static int write_shorter(struct program *program, const struct options *options,
                         struct symbols *symbols)
{
    struct failure failure;
    FILE *text = new_text();
    int status = 1;

    if (text == NULL) {
        fprintf(stderr, "interleave: no room for the schedule: %m\n");
        return 2;
    }
    failure_note(&failure, program->shared);
    schedule_print(text, program->shared, symbols);
    program->shared->order.every_access = false;
    if (!holds(program, options, symbols, &failure, text)) {
        fprintf(stderr, "interleave: the shorter schedule cannot be written "
                        "with lines: it does not fail again\n");
        status = 3;
    } else if (!copy(text, options->save)) {
        status = 2;
    }
    fclose(text);
    return status;
}

static void say(const struct shrinking *shrinking)
{
    const char *plural = shrinking->before == 1 ? "" : "es";

    if (shrinking->after < shrinking->before)
        fprintf(stderr, "%u switch%s became %u, in %u runs\n",
                shrinking->before, plural, shrinking->after, shrinking->runs);
    else
        fprintf(stderr, "%u switch%s: fewer do not fail, in %u runs\n",
                shrinking->before, plural, shrinking->runs);
}

// What fails is in program->shared.
static int shorten(struct program *program, const struct options *options,
                   struct symbols *symbols)
{
    struct shrinking shrinking;

    if (!shrink_counted(program, &shrinking)) {
        fprintf(stderr, "interleave: it cannot be shrunk: it has too many "
                        "turns, or does not fail again\n");
        return 3;
    }
    int status = write_shorter(program, options, symbols);
    if (status == 1 && !options->quiet)
        say(&shrinking);
    return status;
}

int shrink_main(int argc, char *argv[])
{
    struct options options;
    struct program program;

    if (!options_read(&options, true, argc, argv))
        return 2;
    if (!program_start(&program, &options, 0))
        return 2;
    struct symbols *symbols = symbols_open(options.command[0]);
    program.shared->order.quiet = true;
    program.shared->order.every_access = true;
    int status = replay_follow(&program, &options, symbols);
    if (status == 0)
        fprintf(stderr,
                "interleave: nothing fails there, so there is nothing to "
                "shrink\n");
    else if (status == 1)
        status = shorten(&program, &options, symbols);
    symbols_close(symbols);
    program_stop(&program);
    return status;
}
