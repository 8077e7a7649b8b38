#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    OPTION_DEPTH = 256,
    OPTION_BOUND,
    OPTION_JOBS,
    OPTION_SCHEDULES,
    OPTION_TIME,
    OPTION_SEED,
    OPTION_STEPS,
    OPTION_CPU,
    OPTION_STRATEGY,
    OPTION_SAVE,
    OPTION_HTML,
    OPTION_TITLE,
    OPTION_CLIENT,
    OPTION_IGNORE_RACES,
    OPTION_EXIT_CODE,
    OPTION_JSON,
    OPTION_QUIET,
    OPTION_ALL,
    OPTION_LEAKS,
    OPTION_SVG,
    OPTION_TEXT,
    OPTION_WRAPPER
};

static const struct option long_options[] = {
    {"strategy", required_argument, NULL, OPTION_STRATEGY},
    {"depth", required_argument, NULL, OPTION_DEPTH},
    {"bound", required_argument, NULL, OPTION_BOUND},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"schedules", required_argument, NULL, OPTION_SCHEDULES},
    {"time", required_argument, NULL, OPTION_TIME},
    {"seed", required_argument, NULL, OPTION_SEED},
    {"steps", required_argument, NULL, OPTION_STEPS},
    {"cpu", required_argument, NULL, OPTION_CPU},
    {"save", required_argument, NULL, OPTION_SAVE},
    {"html", required_argument, NULL, OPTION_HTML},
    {"title", required_argument, NULL, OPTION_TITLE},
    {"client", required_argument, NULL, OPTION_CLIENT},
    {"ignore-races", no_argument, NULL, OPTION_IGNORE_RACES},
    {"exit-code", no_argument, NULL, OPTION_EXIT_CODE},
    {"json", no_argument, NULL, OPTION_JSON},
    {"quiet", no_argument, NULL, OPTION_QUIET},
    {"all", no_argument, NULL, OPTION_ALL},
    {"svg", no_argument, NULL, OPTION_SVG},
    {"text", no_argument, NULL, OPTION_TEXT},
    {"leaks", no_argument, NULL, OPTION_LEAKS},
    {"wrapper", required_argument, NULL, OPTION_WRAPPER},
    {NULL, 0, NULL, 0},
};

static const char *name_of(int option)
{
    for (int i = 0; long_options[i].name != NULL; i++)
        if (long_options[i].val == option)
            return long_options[i].name;
    return "?";
}

static bool read_number(int option, uint64_t least, uint64_t most,
                        uint64_t *number)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(optarg, &end, 10);
    if (errno != 0 || end == optarg || *end != '\0' || optarg[0] == '-' ||
        value < least || value > most) {
        fprintf(stderr,
                "interleave: --%s takes a number from %llu to %llu, not "
                "'%s'\n",
                name_of(option), (unsigned long long)least,
                (unsigned long long)most, optarg);
        return false;
    }
    *number = value;
    return true;
}

static bool read_text(struct options *options, int option)
{
    if (option == OPTION_STRATEGY)
        options->strategy = optarg;
    else if (option == OPTION_SAVE)
        options->save = optarg;
    else if (option == OPTION_HTML)
        options->html = optarg;
    else if (option == OPTION_TITLE)
        options->title = optarg;
    else if (option == OPTION_WRAPPER)
        options->wrapper = optarg;
    else if (option == OPTION_CLIENT && options->clients < CLIENTS_LIMIT)
        options->client[options->clients++] = optarg;
    else
        return false;
    return true;
}

static bool read_flag(struct options *options, int option)
{
    switch (option) {
    case OPTION_IGNORE_RACES:
        return options->ignore_races = true;
    case OPTION_EXIT_CODE:
        return options->exit_code = true;
    case OPTION_JSON:
        return options->json = true;
    case OPTION_QUIET:
        return options->quiet = true;
    case OPTION_ALL:
        return options->all = true;
    case OPTION_SVG:
        return options->svg = true;
    case OPTION_TEXT:
        return options->text = true;
    case OPTION_LEAKS:
        return options->leaks = true;
    default:
        return false;
    }
}

static const struct amount {
    int option;
    uint64_t least, most;
} amounts[] = {
    {OPTION_DEPTH, 1, 32},         {OPTION_BOUND, 0, 32},
    {OPTION_JOBS, 1, JOBS_LIMIT},  {OPTION_SCHEDULES, 1, 1000000000},
    {OPTION_STEPS, 1, 1000000000}, {OPTION_CPU, 1, 3600},
    {OPTION_TIME, 1, 1000000},     {OPTION_SEED, 0, UINT64_MAX},
};

static void set_amount(struct options *options, int option, uint64_t number)
{
    switch (option) {
    case OPTION_DEPTH:
        options->depth = (int)number;
        break;
    case OPTION_BOUND:
        options->bound = (int)number;
        break;
    case OPTION_JOBS:
        options->jobs = (int)number;
        break;
    case OPTION_SCHEDULES:
        options->schedules = (uint32_t)number;
        options->limited = true;
        break;
    case OPTION_STEPS:
        options->steps = (uint32_t)number;
        break;
    case OPTION_CPU:
        options->cpu = (uint32_t)number;
        break;
    case OPTION_TIME:
        options->seconds = (double)number;
        break;
    default:
        options->seed = number;
    }
}

static bool read_amount(struct options *options, int option)
{
    const struct amount *amount = amounts;
    uint64_t number = 0;

    while (amount->option != option) // it is one of them
        amount++;
    if (!read_number(option, amount->least, amount->most, &number))
        return false;
    set_amount(options, option, number);
    return true;
}

static bool read_option(struct options *options, int option)
{
    if (option == OPTION_CLIENT && options->clients == CLIENTS_LIMIT) {
        fprintf(stderr, "interleave: at most %d clients\n", CLIENTS_LIMIT);
        return false;
    }
    return read_text(options, option) || read_flag(options, option) ||
           read_amount(options, option);
}

// The wrapper goes into argv in front of the program: what stood there has been
// read.
static void find_launch(struct options *options)
{
    static char path[4096];
    const char *name = options->command[0];

    // A bare name is looked for in the folder, too, as a compiler's output.
    if (strchr(name, '/') == NULL && strlen(name) < sizeof path - 2 &&
        access(name, X_OK) == 0) {
        snprintf(path, sizeof path, "./%s", name);
        options->command[0] = path;
    }
    options->launch = options->command;
    if (options->wrapper != NULL)
        *--options->launch = options->wrapper;
}

void options_give(const struct options *options, struct order *order)
{
    order->seed = options->seed;
    order->depth = options->depth;
    order->bound = options->bound;
    order->steps = options->steps;
    order->patience = options->cpu * 1000;
    order->ignore_races = options->ignore_races;
    order->exit_code = options->exit_code;
    order->leaks = options->leaks;
}

static bool complain(int option, const char *word)
{
    if (option == ':')
        fprintf(stderr, "interleave: %s needs a value (interleave --help)\n",
                word);
    else
        fprintf(stderr, "interleave: what is '%s'? (interleave --help)\n",
                word);
    return false;
}

bool options_read(struct options *options, bool needs_schedule, int argc,
                  char *argv[])
{
    int option;

    *options = (struct options){.strategy = "mix",
                                .depth = 3,
                                .bound = 2,
                                .jobs = 1,
                                .schedules = 10000,
                                .steps = 200000,
                                .cpu = 2,
                                .seed = 1};
    opterr = 0;
    // "+": the options of the program under test are its own.
    for (int at = 1; // where the option stands
         (option = getopt_long(argc, argv, "+:", long_options, NULL)) != -1;
         at = optind) {
        if (option == '?' || option == ':')
            return complain(option, argv[at]);
        if (!read_option(options, option))
            return false;
    }
    if (needs_schedule && optind < argc)
        options->schedule = argv[optind++];
    options->command = argv + optind;
    if (options->command[0] == NULL) {
        fprintf(stderr, "interleave: %s needs a program (interleave --help)\n",
                argv[0]);
        return false;
    }
    find_launch(options);
    return true;
}
