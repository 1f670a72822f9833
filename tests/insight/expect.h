/* Compares and frees a text that a function under test gave away. */
#ifndef TESTS_INSIGHT_EXPECT_H
#define TESTS_INSIGHT_EXPECT_H

#include "../cmocka_all.h"

#include <glib.h>

static inline void expect_text(char *actual, const char *expected)
{
    g_autofree char *owned = actual;
    assert_string_equal(owned, expected);
}

#endif
