// interleave: decides which thread of a program runs next.
//
// usage: interleave cc|explore ...       see README.md
#include <stdio.h>
#include <string.h>

#include "cc.h"
#include "explore.h"
#include "play.h"
#include "replay.h"
#include "show.h"
#include "shrink_command.h"

static const char help[] =
    "usage: interleave cc [-o PROG] [cc options] FILE.c|FILE.o ...\n"
    "       interleave cc -c -o FILE.o [cc options] FILE.c\n"
    "       interleave explore [options] PROG [args]\n"
    "       interleave replay [options] FILE.sched PROG [args]\n"
    "       interleave shrink [options] FILE.sched PROG [args]\n"
    "       interleave show [options] FILE.sched PROG [args]\n"
    "       interleave play [options] PROG [args]\n"
    "\n"
    "  --strategy mix|random|pct|pos|surw|delay|places|dpor|all\n"
    "                    who goes on (mix)\n"
    "  --depth D         pct: D - 1 changes of priority (3)\n"
    "  --bound B         delay: B delays (2)\n"
    "  --jobs J          explore: so many runs at the same time (1)\n"
    "  --schedules N     how many to run at most (10000)\n"
    "  --time SECONDS    and how long (no limit)\n"
    "  --seed K          the same seed, the same schedules (1)\n"
    "  --steps N         a run with more steps is not judged (200000)\n"
    "  --cpu SECONDS     nor is one that computes so long without a step (2)\n"
    "  --client 'HELLO alice; BOOK 7'   a client inside the process, which "
    "talks\n"
    "                    to the server (once for each client)\n"
    "  --ignore-races    a data race is no finding, what comes of it is\n"
    "  --exit-code       an exit status other than 0 is a finding\n"
    "  --leaks           threads, descriptors and memory that are left at the\n"
    "                    end are findings\n"
    "  --save FILE       explore, shrink: write the schedule there\n"
    "  --wrapper COMMAND run this, with the program and its arguments behind "
    "it\n"
    "  --text|--svg|--json   show: lanes in text, a picture, data\n"
    "  --html FILE       show, play: a page for a browser\n"
    "  --title TEXT      what stands above it (the program's name)\n"
    "  --all             show, explore: every step, not only what matters\n"
    "  --json            one JSON object\n"
    "  --quiet           only the exit status\n"
    "\n"
    "exit status: 0 nothing found, 1 found, 2 usage or build trouble,\n"
    "             3 it could not be judged\n";

int main(int argc, char *argv[])
{
    static const struct {
        const char *name;
        int (*run)(int argc, char *argv[]);
    } commands[] = {
        {"cc", cc_main},         {"explore", explore_main},
        {"replay", replay_main}, {"shrink", shrink_main},
        {"show", show_main},     {"play", play_main},
    };

    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return 0;
    }
    if (argc > 1)
        fprintf(stderr, "interleave: what is '%s'?\n", argv[1]);
    fputs(help, stderr);
    return 2;
}
