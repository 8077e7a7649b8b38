// histories: compares the judge with a simple one, on random small histories.
//
// usage: histories SEED COUNT [CUTS [LISTENERS]]
//
// About half of them are spoiled. CUTS, LISTENERS: random_history.h. Prints
// every history about which the two disagree, in the form that swarm --judge
// reads, and then how many histories were linearizable, violated and undecided.
#include <stdio.h>
#include <stdlib.h>

#include "judge.h"
#include "random_history.h"
#include "simple_judge.h"

struct tally {
    int seen[3]; // by verdict
    int wrong;   // verdicts
    int doubted; // undecided, although they are linearizable
    int missed;  // linearizable, although an event is wrong
};

// The judge may be in doubt if clients went on without a reply, and does not
// look at everything that was heard (tools/swarm/README.md). But what is right
// is never violated.
static bool agree(struct tally *tally, const struct recipe *recipe,
                  enum verdict verdict, bool right)
{
    bool doubted = verdict == UNDECIDED && recipe->cuts > 0;
    bool missed = verdict == LINEARIZABLE && !right && recipe->listeners > 0;

    tally->doubted += doubted && right;
    tally->missed += missed;
    return doubted || missed || verdict == (right ? LINEARIZABLE : VIOLATED);
}

static void compare(struct tally *tally, struct recipe *recipe)
{
    struct history history;
    struct judgement judgement;

    random_history_make(&history, recipe);
    if (random_history_draw(recipe, 2))
        random_history_spoil(&history, recipe);
    judge(&history, &judgement);
    tally->seen[judgement.verdict]++;
    bool right = simple_judge(&history);
    if (!agree(tally, recipe, judgement.verdict, right)) {
        tally->wrong++;
        printf("# linearizable: %s; the judge says: %s\n", right ? "yes" : "no",
               judgement.verdict == LINEARIZABLE ? "yes" : judgement.story);
        history_write(&history, stdout);
    }
    history_release(&history);
}

int main(int argc, char *argv[])
{
    struct recipe recipe = {0};
    struct tally tally = {0};

    if (argc < 3 || argc > 5) {
        fprintf(stderr, "usage: histories SEED COUNT [CUTS [LISTENERS]]\n");
        return 2;
    }
    recipe.state = strtoull(argv[1], NULL, 10);
    recipe.cuts = argc > 3 ? atoi(argv[3]) : 0;
    recipe.listeners = argc > 4 ? atoi(argv[4]) : 0;
    for (int i = 0; i < atoi(argv[2]); i++)
        compare(&tally, &recipe);
    printf("%d linearizable, %d violated, %d undecided, %d wrong\n",
           tally.seen[LINEARIZABLE], tally.seen[VIOLATED],
           tally.seen[UNDECIDED], tally.wrong);
    printf("%d undecided that are linearizable, %d missed\n", tally.doubted,
           tally.missed);
    return tally.wrong == 0 ? 0 : 1;
}
