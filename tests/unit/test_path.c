// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_path.c - names of files
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/path.h"

static void above(const char *path, unsigned int n, const char *expected)
{
	CLEANUP_FREE char *found = path_above(path, n);

	if (expected)
		assert_string_equal(found, expected);
	else
		assert_null(found);
}

static void a_path_loses_its_last_parts(void **state)
{
	(void)state;
	above("/top/build/lobosbench", 2, "/top");
	above("/a/top/build/lobosbench", 2, "/a/top");
	above("/a/b", 0, "/a/b");
}

/* As of a program that lies in / or in a folder of it. */
static void too_few_parts_leave_nothing(void **state)
{
	(void)state;
	above("/lobosbench", 2, NULL);
	above("/build/lobosbench", 2, NULL);
	above("lobosbench", 2, NULL);
	above("", 2, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_loses_its_last_parts),
		cmocka_unit_test(too_few_parts_leave_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
