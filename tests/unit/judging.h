// judging: histories that are written in the test, and what the judge says.
#ifndef JUDGING_H
#define JUDGING_H

#include "unit.h"

#include <string.h>

#include "history_text.h"
#include "swarm/judge.h"

enum { NOT_RIGHT = -1 }; // violated or undecided: nobody promises which

struct judged {
    const char *name;
    int verdict;
    const char *story; // NULL: any
    const char *history;
};

static inline const char *verdict_name(int verdict)
{
    static const char *const names[] = {
        [LINEARIZABLE] = "linearizable",
        [VIOLATED] = "violated",
        [UNDECIDED] = "undecided",
    };

    return names[verdict];
}

static inline void judge_row(void **state)
{
    const struct judged *row = *state;
    struct judgement judgement;
    struct history history;

    assert_int_equal(read_text(&history, row->history), 0);
    judge(&history, &judgement);
    history_release(&history);
    if (row->verdict == NOT_RIGHT)
        assert_int_not_equal(judgement.verdict, LINEARIZABLE);
    else
        assert_string_equal(verdict_name(judgement.verdict),
                            verdict_name(row->verdict));
    if (row->story != NULL)
        assert_string_equal(judgement.story, row->story);
}

static inline void judging_tests(struct CMUnitTest *tests,
                                 const struct judged *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tests[i] =
            (struct CMUnitTest)TEST_OF(rows[i].name, judge_row, &rows[i]);
}

#endif
