#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"

enum { CLIENTS_LIMIT = 20000, REQUESTS_LIMIT = 1000000, WATCHERS_LIMIT = 1000 };

static const char help[] =
    "usage: swarm --port P [options]     send a swarm of clients to a server\n"
    "       swarm --judge FILE [--json]  judge a recorded history\n"
    "\n"
    "  --host H          the server's name or address (::1)\n"
    "  --port P          its port, a number or a service's name\n"
    "  --clients N       how many clients at once (8)\n"
    "  --requests M      how many requests each of them makes (100)\n"
    "  --seats S         they fight for seats 1 to S (all)\n"
    "  --mix V=N,...     how often each verb is drawn\n"
    "                    (book=5,cancel=3,move=1,who=1,sold=1,map=1)\n"
    "  --seed K          the same seed draws the same requests (1)\n"
    "  --strangers       the seed also draws their names\n"
    "  --rate R          requests a second, of all clients (no limit)\n"
    "  --timeout T       seconds without any reply: the server has hung (10)\n"
    "  --watchers N      N more clients that WATCH, come and go (0)\n"
    "  --stuck N         N more that WATCH and do not read (0)\n"
    "  --cut P           percent of the requests that a client breaks off (0)\n"
    "  --until-closed    go on until the server closes, instead of --requests\n"
    "  --ask LINE        no box office: only say LINE and wait for a line\n"
    "  --history FILE    write down every request and its reply\n"
    "  --json            the result as one JSON object\n"
    "\n"
    "exit status: 0 the history is linearizable, 1 it is not, 2 usage,\n"
    "             3 the server died or hung, or the history is undecided\n";

static const char *const verb_names[VERBS] = {"book", "cancel", "move",
                                              "who",  "sold",   "map"};

static const struct option long_options[] = {
    {"host", required_argument, NULL, 'H'},
    {"port", required_argument, NULL, 'p'},
    {"clients", required_argument, NULL, 'c'},
    {"requests", required_argument, NULL, 'r'},
    {"seats", required_argument, NULL, 's'},
    {"mix", required_argument, NULL, 'm'},
    {"seed", required_argument, NULL, 'k'},
    {"strangers", no_argument, NULL, 'S'},
    {"rate", required_argument, NULL, 'R'},
    {"timeout", required_argument, NULL, 't'},
    {"watchers", required_argument, NULL, 'W'},
    {"stuck", required_argument, NULL, 'K'},
    {"cut", required_argument, NULL, 'C'},
    {"until-closed", no_argument, NULL, 'U'},
    {"ask", required_argument, NULL, 'a'},
    {"history", required_argument, NULL, 'w'},
    {"judge", required_argument, NULL, 'j'},
    {"json", no_argument, NULL, 'J'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

// The options whose value is a number, and where it is kept.
static const struct numeric {
    int letter;
    const char *name;
    long low, high;
    size_t place;
} numeric[] = {
    {'c', "clients", 1, CLIENTS_LIMIT, offsetof(struct options, clients)},
    {'r', "requests", 1, REQUESTS_LIMIT, offsetof(struct options, requests)},
    {'s', "seats", 1, SEATS_LIMIT, offsetof(struct options, seats)},
    {'R', "rate", 1, 10000000, offsetof(struct options, rate)},
    {'t', "timeout", 1, 3600, offsetof(struct options, timeout)},
    {'W', "watchers", 0, WATCHERS_LIMIT, offsetof(struct options, watchers)},
    {'K', "stuck", 0, WATCHERS_LIMIT, offsetof(struct options, stuck)},
    {'C', "cut", 0, 100, offsetof(struct options, cut)},
};

// Sets *value to the value of an option. Says what is wrong with it.
static bool number(const struct numeric *option, int *value)
{
    char *end;
    long given = strtol(optarg, &end, 10);

    if (end == optarg || *end != '\0' || given < option->low ||
        given > option->high) {
        fprintf(stderr,
                "swarm: --%s takes a number from %ld to %ld, not '%s'\n",
                option->name, option->low, option->high, optarg);
        return false;
    }
    *value = (int)given;
    return true;
}

static bool seed(struct options *options)
{
    char *end;

    errno = 0;
    options->seed = strtoull(optarg, &end, 10);
    if (errno == 0 && end != optarg && *end == '\0' && optarg[0] != '-')
        return true;
    fprintf(stderr, "swarm: --seed takes a number, not '%s'\n", optarg);
    return false;
}

// "book=5" sets one weight.
static bool mix_part(struct options *options, char *part)
{
    char *value = strchr(part, '=');

    if (value != NULL)
        *value++ = '\0';
    for (int verb = 0; verb < VERBS; verb++) {
        if (strcmp(part, verb_names[verb]) != 0)
            continue;
        if (value == NULL || value[0] == '\0' ||
            strspn(value, "0123456789") != strlen(value) || strlen(value) > 6) {
            fprintf(stderr, "swarm: --mix: how often is %s? (%s=5)\n", part,
                    part);
            return false;
        }
        options->mix[verb] = atoi(value);
        return true;
    }
    fprintf(
        stderr,
        "swarm: --mix: '%s' is none of book, cancel, move, who, sold, map\n",
        part);
    return false;
}

static bool mix(struct options *options)
{
    char *rest, *text = strdup(optarg);
    bool understood = text != NULL;
    int total = 0;

    memset(options->mix, 0, sizeof options->mix);
    for (char *part = strtok_r(text, ",", &rest); understood && part != NULL;
         part = strtok_r(NULL, ",", &rest))
        understood = mix_part(options, part);
    free(text);
    for (int verb = 0; verb < VERBS; verb++)
        total += options->mix[verb];
    if (understood && total == 0) {
        fprintf(stderr, "swarm: --mix leaves nothing to ask (book=5,who=1)\n");
        return false;
    }
    return understood;
}

static bool port(struct options *options)
{
    if (strspn(optarg, "0123456789") == strlen(optarg) &&
        (strlen(optarg) > 5 || atoi(optarg) < 1 || atoi(optarg) > 65535)) {
        fprintf(stderr,
                "swarm: --port takes a port from 1 to 65535, not '%s'\n",
                optarg);
        return false;
    }
    options->port = optarg;
    return true;
}

static bool ask(struct options *options)
{
    options->ask = optarg;
    if (optarg[0] != '\0' && strlen(optarg) <= LINE_LIMIT &&
        strpbrk(optarg, "\r\n") == NULL)
        return true;
    fprintf(stderr, "swarm: --ask takes one line of 1 to %d bytes\n",
            LINE_LIMIT);
    return false;
}

static bool parse_option(int letter, struct options *options)
{
    for (size_t i = 0; i < sizeof numeric / sizeof *numeric; i++)
        if (numeric[i].letter == letter)
            return number(&numeric[i],
                          (int *)((char *)options + numeric[i].place));
    switch (letter) {
    case 'H':
        options->host = optarg;
        return true;
    case 'p':
        return port(options);
    case 'm':
        return mix(options);
    case 'k':
        return seed(options);
    case 'S':
        return options->strangers = true;
    case 'U':
        return options->until_closed = true;
    case 'a':
        return ask(options);
    case 'w':
        options->history = optarg;
        return true;
    case 'j':
        options->judge = optarg;
        return true;
    case 'J':
        return options->json = true;
    default: // getopt has said what is wrong
        return false;
    }
}

static bool complete(int argc, char *argv[], const struct options *options)
{
    if (optind < argc)
        fprintf(stderr, "swarm: what is '%s'? (swarm --help)\n", argv[optind]);
    else if (options->ask != NULL &&
             (options->watchers > 0 || options->stuck > 0 || options->cut > 0 ||
              options->until_closed || options->history != NULL ||
              options->judge != NULL))
        fprintf(stderr, "swarm: --ask goes with none of --watchers, --stuck, "
                        "--cut, --until-closed, --history and --judge\n");
    else if (options->port == NULL && options->judge == NULL)
        fprintf(stderr, "swarm: --port is missing: which server? "
                        "(swarm --help)\n");
    else
        return true;
    return false;
}

enum options_result options_parse(int argc, char *argv[],
                                  struct options *options)
{
    int letter;

    *options = (struct options){
        .host = "::1",
        .clients = 8,
        .requests = 100,
        .mix = {[BOOK] = 5, [CANCEL] = 3, [MOVE] = 1, 1, 1, 1},
        .seed = 1,
        .timeout = 10,
    };
    if (argc == 1) {
        fputs(help, stdout);
        return OPTIONS_HELP;
    }
    while ((letter = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        if (letter == 'h') {
            fputs(help, stdout);
            return OPTIONS_HELP;
        }
        if (!parse_option(letter, options))
            return OPTIONS_WRONG;
    }
    return complete(argc, argv, options) ? OPTIONS_RUN : OPTIONS_WRONG;
}
