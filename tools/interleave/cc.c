// interleave cc: builds a program so that it can be scheduled.
//
// The compiler instruments every access (-fsanitize=thread); the calls of
// pthreads and the like are renamed in the object files, so that they reach the
// runtime instead of the C library; and the runtime takes the place of
// ThreadSanitizer's.
#include "cc.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "own_names.h"
#include "uncontrolled.h"

enum { ARGUMENTS_LIMIT = 512, PATH_SIZE = 4096 };

struct build {
    const char *compiler;
    bool is_clang;
    const char *output;
    const char *options[ARGUMENTS_LIMIT];
    int option_count;
    const char *sources[ARGUMENTS_LIMIT];
    int source_count;
    const char *made[ARGUMENTS_LIMIT];    // an object of each source
    const char *objects[ARGUMENTS_LIMIT]; // that this has made before
    int object_count;
    bool only_compiles;     // -c: one source becomes an object
    char folder[PATH_SIZE]; // scratch
    char runtime[PATH_SIZE], names[PATH_SIZE];
};

// Runs a command and waits. Returns its exit status; 127 if it cannot be run.
static int run(char *const command[])
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        execvp(command[0], command);
        fprintf(stderr, "interleave: cannot run %s: %s (make setup)\n",
                command[0], strerror(errno));
        _exit(127);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 127;
}

static void add(char *command[], int *count, const char *argument)
{
    if (*count < ARGUMENTS_LIMIT * 2)
        command[(*count)++] = (char *)argument;
    command[*count] = NULL;
}

// Where the object files are made.
static void name_objects(struct build *build)
{
    static char path[ARGUMENTS_LIMIT][PATH_SIZE];

    for (int i = 0; i < build->source_count; i++) {
        if (build->only_compiles)
            snprintf(path[i], PATH_SIZE, "%.4000s", build->output);
        else
            snprintf(path[i], PATH_SIZE, "%.4000s/%d.o", build->folder, i);
        build->made[i] = path[i];
    }
}

static int compile(const struct build *build, int source)
{
    static const char *const options[] = {
        "-gdwarf-4", "-O0",      "-fno-builtin",      "-fno-omit-frame-pointer",
        "-pthread",  "-fno-pie", "-fsanitize=thread", "-c",
        NULL};
    char *command[ARGUMENTS_LIMIT * 2 + 1];
    int count = 0;

    add(command, &count, build->compiler);
    for (int i = 0; options[i] != NULL; i++)
        add(command, &count, options[i]);
    // No variable of a function is where another one of it was: lifetime.c.
    if (!build->is_clang) {
        add(command, &count, "-fstack-reuse=none");
    } else {
        add(command, &count, "-mllvm");
        add(command, &count, "-no-stack-coloring");
        // Otherwise clang leaves out the read of x++.
        add(command, &count, "-mllvm");
        add(command, &count, "-tsan-instrument-read-before-write=1");
    }
    for (int i = 0; i < build->option_count; i++)
        add(command, &count, build->options[i]);
    // Its checking variants have other names.
    add(command, &count, "-U_FORTIFY_SOURCE");
    add(command, &count, build->sources[source]);
    add(command, &count, "-o");
    add(command, &count, build->made[source]);
    return run(command);
}

static int rename_calls(const struct build *build)
{
    char names[PATH_SIZE + 32], renamed[PATH_SIZE];

    snprintf(renamed, sizeof renamed, "%.4000s/names", build->folder);
    if (!own_names_write(build->made, build->source_count, build->runtime,
                         build->names, renamed))
        return 2;
    snprintf(names, sizeof names, "--redefine-syms=%s", renamed);
    for (int i = 0; i < build->source_count; i++) {
        char *command[] = {"objcopy", names, (char *)build->made[i], NULL};

        uncontrolled_look_at(build->made[i]);
        uncontrolled_look_into(build->sources[i]);
        if (run(command) != 0)
            return 2;
    }
    return 0;
}

static int link_all(const struct build *build)
{
    char *command[ARGUMENTS_LIMIT * 2 + 1];
    int count = 0;

    add(command, &count, build->compiler);
    add(command, &count, "-no-pie");
    for (int i = 0; i < build->source_count; i++)
        add(command, &count, build->made[i]);
    for (int i = 0; i < build->object_count; i++)
        add(command, &count, build->objects[i]);
    add(command, &count, build->runtime);
    for (int i = 0; i < build->option_count; i++)
        add(command, &count, build->options[i]);
    add(command, &count, "-pthread");
    add(command, &count, "-o");
    add(command, &count, build->output);
    return run(command);
}

static bool ends_with(const char *argument, const char *end)
{
    size_t length = strlen(argument), least = strlen(end);

    return length > least && argument[0] != '-' &&
           strcmp(argument + length - least, end) == 0;
}

static bool read_arguments(struct build *build, int argc, char *argv[])
{
    for (int i = 1; i < argc; i++) {
        if (build->option_count == ARGUMENTS_LIMIT ||
            build->source_count == ARGUMENTS_LIMIT)
            return false;
        if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
            build->output = argv[++i];
        else if (strcmp(argv[i], "-c") == 0)
            build->only_compiles = true;
        else if (ends_with(argv[i], ".c"))
            build->sources[build->source_count++] = argv[i];
        else if (ends_with(argv[i], ".o") &&
                 build->object_count < ARGUMENTS_LIMIT)
            build->objects[build->object_count++] = argv[i];
        else
            build->options[build->option_count++] = argv[i];
    }
    return build->only_compiles
               ? build->source_count == 1 && build->object_count == 0
               : build->source_count + build->object_count > 0;
}

// The runtime lies beside the tool: build/bin/interleave,
// build/interleave/runtime.o.
static bool find_runtime(struct build *build)
{
    char tool[PATH_SIZE];
    ssize_t length = readlink("/proc/self/exe", tool, sizeof tool - 64);

    if (length < 0)
        return false;
    tool[length] = '\0';
    for (int i = 0; i < 2; i++) {
        char *slash = strrchr(tool, '/');
        if (slash == NULL)
            return false;
        *slash = '\0';
    }
    snprintf(build->runtime, PATH_SIZE, "%.4000s/interleave/runtime.o", tool);
    snprintf(build->names, PATH_SIZE, "%.4000s/interleave/names", tool);
    return access(build->runtime, R_OK) == 0;
}

static int build_all(const struct build *build)
{
    for (int i = 0; i < build->source_count; i++)
        if (compile(build, i) != 0)
            return 2;
    if (rename_calls(build) != 0)
        return 2;
    return !build->only_compiles && link_all(build) != 0 ? 2 : 0;
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

// With all that the compiler has put beside the object files (-MMD,
// -save-temps).
static void remove_folder(const struct build *build)
{
    enum { DESCRIPTORS = 4 };

    nftw(build->folder, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

int cc_main(int argc, char *argv[])
{
    static struct build build = {.output = "a.out"};
    const char *place = getenv("TMPDIR");

    const char *compiler = getenv("CC");

    build.compiler = compiler != NULL ? compiler : "clang";
    build.is_clang = strstr(build.compiler, "clang") != NULL;
    if (!read_arguments(&build, argc, argv)) {
        fprintf(
            stderr,
            "usage: interleave cc [-o PROG] [cc options] FILE.c|FILE.o ...\n"
            "       interleave cc -c -o FILE.o [cc options] FILE.c\n");
        return 2;
    }
    if (!find_runtime(&build)) {
        fprintf(stderr, "interleave: no runtime at %s (run: make tools)\n",
                build.runtime);
        return 2;
    }
    snprintf(build.folder, sizeof build.folder, "%.4000s/interleave.XXXXXX",
             place != NULL ? place : "/tmp");
    if (mkdtemp(build.folder) == NULL) {
        fprintf(stderr, "interleave: cannot make a folder in %s: %s\n",
                place != NULL ? place : "/tmp", strerror(errno));
        return 2;
    }
    name_objects(&build);
    int status = build_all(&build);
    remove_folder(&build);
    return status;
}
