// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_host_load.c - when host_load.c calls a host busy
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/host_load.h"

static void test_parse(void **state)
{
	int64_t stolen, all;

	(void)state;
	assert_int_equal(host_load_waited("some avg10=90.54 avg60=38.22 avg300=11.31 total=50775353\n"
					  "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"),
			 50775353);
	assert_int_equal(host_load_waited(""), -1);
	assert_true(host_load_ticks("cpu  10165 34824 11013 245062 828 0 157 125 9 0\ncpu0 1", &stolen,
				    &all));
	assert_int_equal(stolen, 125);
	assert_int_equal(all, 10165 + 34824 + 11013 + 245062 + 828 + 157 + 125);
	assert_false(host_load_ticks("cpu 1 2 3", &stolen, &all));
	assert_int_equal(stolen, -1);
	assert_int_equal(all, -1);
}

static void test_busy(void **state)
{
	struct host_load from = { .ns = 0, .waited_us = 1000, .stolen_ticks = 5, .all_ticks = 100 };
	struct host_load to = from;

	(void)state;
	to.ns = 10000000000;
	to.all_ticks = 2100;
	to.waited_us = 1000 + 1000000;
	to.stolen_ticks = 5 + 40;
	assert_false(host_load_busy(&from, &to));
	to.waited_us++;
	assert_true(host_load_busy(&from, &to));
	to.waited_us = 1000;
	to.stolen_ticks++;
	assert_true(host_load_busy(&from, &to));
	/* A host without the counters says nothing. */
	from.waited_us = to.waited_us = from.all_ticks = to.all_ticks = -1;
	from.stolen_ticks = to.stolen_ticks = -1;
	assert_false(host_load_busy(&from, &to));
}

/* Counters that are there only grow. */
static void test_read(void **state)
{
	struct host_load a = host_load_read(), b = host_load_read();

	(void)state;
	assert_true(b.ns >= a.ns && b.waited_us >= a.waited_us && b.all_ticks >= a.all_ticks);
	assert_true(a.all_ticks > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_busy),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
