// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_exact.c - when repeats of a reboot are the same, and when they are not
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/exact.h"
#include "sample_maker.h"

/* Machine m's warm-up and its one counted reboot. */
static size_t add_machine(struct sample *to, int m)
{
	to[0] = make_sample("r", m, 0);
	to[1] = make_sample("r", m, 1);
	return 2;
}

static void test_exact(void **state)
{
	struct sample s[6];
	struct exactness e;
	size_t n = 0;

	(void)state;
	for (int m = 0; m < 3; m++)
		n += add_machine(s + n, m);
	/* Nobody asks warm-ups to agree. */
	s[2].phases.at[PHASE_KERNEL].ns++;
	e = exactness_of(s, n);
	assert_true(e.exact);
	assert_int_equal(e.reboots, 1);
	assert_int_equal(e.repeats, 3);
	assert_int_equal(e.varied, 0);
}

static void test_too_few(void **state)
{
	struct sample s[4];
	struct exactness e;

	(void)state;
	add_machine(s, 0);
	add_machine(s + 2, 1);
	e = exactness_of(s, 4);
	assert_false(e.exact);
	assert_int_equal(e.repeats, 2);
	assert_int_equal(e.varied, 0);
	assert_false(exactness_of(s, 0).exact);
}

/* One nanosecond, one instruction, a phase not seen: each is told with its phase. */
static void test_varied(void **state)
{
	struct sample s[6];
	struct exactness e;

	(void)state;
	for (int m = 0; m < 3; m++)
		add_machine(s + 2 * m, m);
	s[5].phases.at[PHASE_KERNEL].instructions++;
	s[3].phases.at[PHASE_LOAD].ns--;
	s[5].phases.at[PHASE_HANDOFF].state = PHASE_UNKNOWN;
	e = exactness_of(s, 6);
	assert_false(e.exact);
	assert_int_equal(e.varied, 1u << PHASE_KERNEL | 1u << PHASE_LOAD | 1u << PHASE_HANDOFF);
}

/* A failure is no repeat; what is left may be too few. */
static void test_failed(void **state)
{
	struct sample s[6];

	(void)state;
	for (int m = 0; m < 3; m++)
		add_machine(s + 2 * m, m);
	s[1].judgement.verdict = VERDICT_INSTRUMENT_FAULT;
	s[1].phases.at[PHASE_KERNEL].ns++;
	assert_int_equal(exactness_of(s, 6).repeats, 2);
	assert_int_equal(exactness_of(s, 6).varied, 0);
}

/* The repeats of each place in the chain are counted for themselves. */
static void test_chain(void **state)
{
	struct sample s[5];

	(void)state;
	for (int m = 0; m < 3; m++)
		s[m] = make_sample("r", m, 1);
	s[3] = make_sample("r", 0, 2);
	s[4] = make_sample("r", 1, 2);
	s[3].phases.at[PHASE_KERNEL].ns += 50;
	s[4].phases.at[PHASE_KERNEL].ns += 50;
	assert_int_equal(exactness_of(s, 5).reboots, 2);
	assert_int_equal(exactness_of(s, 5).repeats, 2);
	assert_int_equal(exactness_of(s, 5).varied, 0);
	assert_false(exactness_of(s, 5).exact);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_too_few),
		cmocka_unit_test(test_varied),
		cmocka_unit_test(test_failed),
		cmocka_unit_test(test_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
