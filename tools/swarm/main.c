// swarm: many customers at once, and a judge.
//
// Sends clients to a box office, records what each asked and was told and
// when, and decides whether one order of the requests explains every reply.
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>

#include "conversation.h"
#include "history.h"
#include "judge.h"
#include "load.h"
#include "options.h"
#include "summary.h"

enum { WRONG_USAGE = 2, NO_VERDICT = 3 };

static int judge_file(const struct options *options)
{
    struct history history;
    struct judgement judgement;
    FILE *file = fopen(options->judge, "r");

    if (file == NULL) {
        fprintf(stderr, "swarm: cannot open %s: %s\n", options->judge,
                strerror(errno));
        return WRONG_USAGE;
    }
    if (fseek(file, 0, SEEK_SET) != 0) {
        fprintf(stderr, "swarm: cannot read %s twice: %s (is it a pipe?)\n",
                options->judge, strerror(errno));
        fclose(file);
        return WRONG_USAGE;
    }
    history_init(&history, SEATS_LIMIT);
    int line = history_read(&history, file);
    fclose(file);
    if (line != 0) {
        fprintf(stderr,
                "swarm: %s:%d: this is no operation: 'alice 12 14 BOOK 7 -> "
                "OK 7' would be one\n",
                options->judge, line);
        history_release(&history);
        return WRONG_USAGE;
    }
    judge(&history, &judgement);
    struct summary summary = {.options = options,
                              .judgement = &judgement,
                              .operations = history.count};
    int status = summary_print(&summary);
    history_release(&history);
    return status;
}

// Writes the history down. Returns false, having said why, if that fails.
static bool keep(const struct history *history, FILE *file, const char *name)
{
    if (file == NULL)
        return true;
    bool written = history_write(history, file);
    if (fclose(file) != 0 || !written) {
        fprintf(stderr, "swarm: cannot write %s: %s\n", name, strerror(errno));
        return false;
    }
    return true;
}

static int run(const struct options *options, struct history *history,
               const struct addrinfo *server, FILE *file)
{
    struct load load;
    struct judgement judgement;
    struct summary summary = {options, &load, &judgement, 0, false};

    if (options->seats > history->seats) {
        fprintf(stderr, "swarm: --seats %d, but this house has %d\n",
                options->seats, history->seats);
        return WRONG_USAGE;
    }
    if (options->watchers + options->stuck > 0 &&
        !conversation_watch(server, options->timeout))
        return NO_VERDICT;
    if (!load_run(&load, history, options, server))
        return WRONG_USAGE;
    summary.died =
        !load.hung && !options->until_closed &&
        !conversation_audit(history, server, options->timeout, load.start);
    judge(history, &judgement);
    summary.operations = history->count;
    int status = summary_print(&summary);
    if (!keep(history, file, options->history))
        status = WRONG_USAGE;
    load_release(&load);
    return status;
}

// No box office: there is nothing to judge.
static int run_load(const struct options *options,
                    const struct addrinfo *server)
{
    struct history history;
    struct load load;
    struct summary summary = {.options = options, .load = &load};

    if (!conversation_reach(&server, options->timeout))
        return NO_VERDICT;
    history_init(&history, 0);
    int status = WRONG_USAGE;
    if (load_run(&load, &history, options, server)) {
        status = summary_print(&summary);
        load_release(&load);
    }
    history_release(&history);
    return status;
}

static int send_swarm(const struct options *options)
{
    struct history history;
    FILE *file = NULL;

    if (options->history != NULL &&
        (file = fopen(options->history, "w")) == NULL) {
        fprintf(stderr, "swarm: cannot write %s: %s\n", options->history,
                strerror(errno));
        return WRONG_USAGE;
    }
    struct addrinfo *addresses =
        conversation_look_up(options->host, options->port);
    if (addresses == NULL)
        return WRONG_USAGE;
    const struct addrinfo *server = addresses;
    history_init(&history, 0);
    int status = NO_VERDICT;
    if (options->ask != NULL)
        status = run_load(options, server);
    else if (conversation_begin(&history, &server, options->timeout))
        status = run(options, &history, server, file);
    history_release(&history);
    freeaddrinfo(addresses);
    return status;
}

int main(int argc, char *argv[])
{
    struct options options;

    switch (options_parse(argc, argv, &options)) {
    case OPTIONS_HELP:
        return 0;
    case OPTIONS_WRONG:
        return WRONG_USAGE;
    default:
        return options.judge != NULL ? judge_file(&options)
                                     : send_swarm(&options);
    }
}
