// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_soak.c - how many reboots become chains
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/soak.h"

static void reboots_are_parted(void **state)
{
	static const struct {
		int counted, warmups, ways, processors;
		struct soak soak;
	} table[] = {
		{ 1000, 1, 1, 2, { 2, 501, 2 } },
		/* Five ways keep two processors busy with one machine each. */
		{ 300, 1, 5, 2, { 1, 301, 2 } },
		{ 300, 1, 5, 8, { 2, 151, 8 } },
		/* Every chain has as many, so there are 304. */
		{ 300, 0, 1, 8, { 8, 38, 8 } },
		/* No chain is short for the sake of processors. */
		{ 20, 1, 1, 64, { 2, 11, 2 } },
		{ 10, 1, 1, 64, { 1, 11, 1 } },
		{ 1, 1, 2, 64, { 1, 2, 2 } },
		/* No scenario has more machines side by side. */
		{ 99999, 1, 1, 1024, { 256, 392, 256 } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct soak s = soak_part(table[i].counted, table[i].warmups, table[i].ways,
					  table[i].processors);

		assert_int_equal(s.machines, table[i].soak.machines);
		assert_int_equal(s.reboots, table[i].soak.reboots);
		assert_int_equal(s.parallel, table[i].soak.parallel);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reboots_are_parted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
