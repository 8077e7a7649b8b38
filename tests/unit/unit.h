// unit: what the unit tests share.
//
// A test's name is a sentence, as in Bats. Tests that are alike are rows of a
// table: the row is the test's state then.
//
//     TEST("a line without an end is no line", no_end),
//     TEST_OF("a seat that is sold twice", judge_row, &rows[3]),
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define TEST(sentence, function)                    \
    {                                               \
        .name = (sentence), .test_func = (function) \
    }

#define TEST_OF(sentence, function, row)             \
    {                                                \
        .name = (sentence), .test_func = (function), \
        .initial_state = (void *)(uintptr_t)(row),   \
    }

#define TEST_WITH(sentence, function, set_up, tear_down)                     \
    {                                                                        \
        .name = (sentence), .test_func = (function), .setup_func = (set_up), \
        .teardown_func = (tear_down),                                        \
    }

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static inline void assert_row_at(const char *row, const char *actual,
                                 const char *expected, const char *file,
                                 int line)
{
    static char left[1 << 15], right[1 << 15];

    snprintf(left, sizeof left, "%s: %s", row, actual);
    snprintf(right, sizeof right, "%s: %s", row, expected);
    _assert_string_equal(left, right, file, line);
}

// As assert_string_equal, for one of many: says which. (What fail_msg says is
// not a part of the report in TAP.)
#define assert_row(row, actual, expected) \
    assert_row_at(row, actual, expected, __FILE__, __LINE__)

#endif
