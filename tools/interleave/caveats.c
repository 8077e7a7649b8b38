#include "caveats.h"

static bool is_alone(const struct shared *shared)
{
    return shared->known.threads <= 1 && shared->order.clients == 0;
}

bool caveats_nothing_tested(const struct shared *shared)
{
    return is_alone(shared) &&
           (shared->known.status != 0 || shared->known.forks);
}

void caveats_write(FILE *file, const struct shared *shared)
{
    const struct known *known = &shared->known;

    if (is_alone(shared) && known->status != 0)
        fprintf(
            file,
            "main ended with status %d and made no thread: nothing was "
            "tested\n(its arguments go behind its name; run it by itself to "
            "see what it says)\n",
            known->status);
    else if (is_alone(shared) && !known->forks)
        fprintf(file, "main made no thread: there is only one order\n");
    else if (known->status != 0 && shared->order.exit_code == 0)
        fprintf(file,
                "it ended with status %d (--exit-code makes that a finding)\n",
                known->status);
    if (known->forks)
        fprintf(file, "what the processes do that it forks was not tested\n");
}

void caveats_of_proof(FILE *file, const struct shared *shared)
{
    const struct known *known = &shared->known;
    const char *because = known->weak                 ? "its atomics are weaker"
                          : shared->watched.count > 0 ? "it has data races"
                                                      : NULL;

    fprintf(file, "with these arguments%s",
            shared->order.clients > 0 ? " and clients" : "");
    if (known->wakes_early)
        fprintf(file, "; each place may end its waiting early once");
    if (because != NULL)
        fprintf(file, ";\nif memory is sequentially consistent: %s", because);
    fputc('\n', file);
}
