// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_text_line.c - the lines of a text, one by one
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text_line.h"

static void each_line_comes_once(void **state)
{
	static const char *const expected[] = { "one", "", "three " };
	const char *whole = "one\n\nthree \ncut off", *at = whole;
	CLEANUP_FREE char *line = NULL;
	size_t n = 0;

	(void)state;
	while (text_line_next(&at, &line))
		assert_string_equal(line, expected[n++]);
	assert_int_equal(n, 3);
	assert_null(line);
	assert_string_equal(at, "cut off");
}

static void a_text_without_lines_has_none(void **state)
{
	CLEANUP_FREE char *line = NULL;
	const char *at = "";

	(void)state;
	assert_false(text_line_next(&at, &line));
	assert_null(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_comes_once),
		cmocka_unit_test(a_text_without_lines_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
