// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_error.c - what an error says, where it comes from and what main makes of it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"

static char *printed(const struct error *err)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	error_print(err, f);
	fclose(f);
	return text;
}

static void message_has_code_and_words(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = NULL;

	(void)state;
	assert_int_equal(error_set(&err, ERROR_HOST, ENOENT, "cannot read %s", "x.img"), -ENOENT);
	assert_int_equal(err->class, ERROR_HOST);
	text = printed(err);
	assert_string_equal(text, "lobosbench: cannot read x.img (No such file or directory)\n");
}

static void no_code_is_eio_and_says_nothing_of_it(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = NULL;

	(void)state;
	assert_int_equal(error_set(&err, ERROR_INSTRUMENT, 0, "it broke"), -EIO);
	text = printed(err);
	assert_string_equal(text, "lobosbench: it broke\n");
}

static void callers_add_outermost_first(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	error_set(&err, ERROR_HOST, ENOSPC, "cannot write");
	assert_int_equal(error_wrap(&err, "sample %d", 7), -ENOSPC);
	assert_int_equal(error_wrap(&err, "run %s", "x"), -ENOSPC);
	assert_string_equal(err->message, "run x: sample 7: cannot write");
}

static void last_hint_stays(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = NULL;

	(void)state;
	error_set(&err, ERROR_USAGE, 0, "no");
	error_hint(&err, "try %d", 1);
	error_hint(&err, "try %d", 2);
	text = printed(err);
	assert_string_equal(text, "lobosbench: no\nlobosbench: try 2\n");
}

static void freeing_nothing_is_fine(void **state)
{
	(void)state;
	error_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(message_has_code_and_words),
		cmocka_unit_test(no_code_is_eio_and_says_nothing_of_it),
		cmocka_unit_test(callers_add_outermost_first),
		cmocka_unit_test(last_hint_stays),
		cmocka_unit_test(freeing_nothing_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
