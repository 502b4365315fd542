// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare_exact.c - what differs by the virtual clock, and by how much
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/compare_exact.h"

#define KERNEL 90000000

static void set_phase(struct sample *s, enum phase p, int64_t instructions)
{
	s->latency_instructions += instructions - s->phases.at[p].instructions;
	s->latency_ns = s->downtime_ns = 8 * s->latency_instructions;
	s->phases.at[p] = (struct phase_time){
		.state = PHASE_SEEN, .instructions = instructions, .ns = 8 * instructions,
	};
}

static struct sample made(int machine, int index)
{
	struct sample s = {
		.machine = machine, .chain = machine, .index = index, .clock = "virtual", .way = "lobos",
	};

	s.judgement.verdict = VERDICT_OK;
	s.judgement.proved = true;
	set_phase(&s, PHASE_SHUTDOWN, 5000000);
	set_phase(&s, PHASE_KERNEL, KERNEL + 100 * index);
	set_phase(&s, PHASE_USERSPACE, 5000000);
	return s;
}

/* 0.1 % of a reboot in one phase, from one sample a side, beside small shifts elsewhere. */
static void a_planted_loop_is_named(void **state)
{
	struct sample a = made(0, 1), b = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&b, PHASE_KERNEL, KERNEL + 100 + 100000);
	set_phase(&b, PHASE_USERSPACE, 5000000 - 37);
	assert_int_equal(compare_exact(&a, 1, &b, 1, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_false(c.identical);
	assert_int_equal(c.phases_n, 2);
	assert_int_equal(c.phases[0].phase, PHASE_KERNEL);
	assert_int_equal(c.phases[0].instructions.typical, 100000);
	assert_int_equal(c.phases[0].ns.typical, 800000);
	assert_int_equal(c.phases[1].phase, PHASE_USERSPACE);
	assert_int_equal(c.phases[1].instructions.typical, -37);
	assert_int_equal(c.instructions.typical, 100000 - 37);
	assert_int_equal(compare_exact(&b, 1, &a, 1, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
}

static void the_same_is_identical(void **state)
{
	struct sample a[] = { made(0, 1), made(0, 2), made(1, 1), made(1, 2) };
	struct sample b[] = { made(4, 2), made(4, 1) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	assert_int_equal(compare_exact(a, 4, b, 2, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_true(c.identical);
	assert_int_equal(c.verdict, COMPARE_SAME);
	assert_int_equal(c.reboots, 2);
	assert_int_equal(c.samples_a, 4);
	assert_int_equal(c.samples_b, 2);
	assert_int_equal(c.phases_n, 0);
}

/* A difference below the threshold is told all the same. */
static void small_differences_are_told(void **state)
{
	struct sample a[] = { made(0, 1), made(0, 2), made(0, 3) };
	struct sample b[] = { made(0, 1), made(0, 2), made(0, 3) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&b[0], PHASE_KERNEL, KERNEL + 100 + 7);
	set_phase(&b[1], PHASE_KERNEL, KERNEL + 200 + 9);
	set_phase(&b[2], PHASE_KERNEL, KERNEL + 300 + 8);
	assert_int_equal(compare_exact(a, 3, b, 3, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_SAME);
	assert_false(c.identical);
	assert_int_equal(c.instructions.least, 7);
	assert_int_equal(c.instructions.typical, 8);
	assert_int_equal(c.instructions.most, 9);
	assert_int_equal(compare_exact(a, 3, b, 3, 1e-8, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
}

/* Time that passes without instructions, a sleep, counts too. */
static void a_longer_sleep_is_found(void **state)
{
	struct sample a = made(0, 1), b = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	b.phases.at[PHASE_SHUTDOWN].ns += 10000000;
	b.latency_ns += 10000000;
	assert_int_equal(compare_exact(&a, 1, &b, 1, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.phases[0].phase, PHASE_SHUTDOWN);
	assert_int_equal(c.phases[0].instructions.typical, 0);
	assert_int_equal(c.ns.typical, 10000000);
}

static void what_varies_is_refused_by_name(void **state)
{
	struct sample a[] = { made(0, 1), made(1, 1) }, b = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&a[1], PHASE_KERNEL, KERNEL + 101);
	assert_true(compare_exact(a, 2, &b, 1, COMPARE_EXACT_THRESHOLD, &c, &err) < 0);
	assert_int_equal(err->class, ERROR_INSTRUMENT);
	assert_non_null(strstr(err->message, "kernel took 90000100 instructions on machine 0, "
			       "90000101 on machine 1"));
	error_free(err);
}

static void a_failure_is_worse(void **state)
{
	struct sample a[] = { made(0, 1), made(0, 2) }, b[] = { made(0, 1), made(0, 2) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	b[1].judgement.verdict = VERDICT_HUNG;
	b[1].latency_ns = b[1].latency_instructions = -1;
	assert_int_equal(compare_exact(a, 2, b, 2, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(compare_exact(a + 1, 1, b + 1, 1, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.reboots, 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
}

/* One machine of three hung, the others came up as before: that is no fault of the clock. */
static void a_failure_on_one_machine_is_worse(void **state)
{
	struct sample a[] = { made(0, 1), made(1, 1), made(2, 1) };
	struct sample b[] = { made(0, 1), made(1, 1), made(2, 1) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	b[0].judgement.verdict = VERDICT_HUNG;
	b[0].latency_ns = b[0].latency_instructions = -1;
	assert_int_equal(compare_exact(a, 3, b, 3, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.failed_a, 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.reboots, 1);
	assert_false(c.identical);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(compare_exact(b, 3, a, 3, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
	assert_int_equal(compare_exact(b, 3, b, 3, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_SAME);
}

/* What came up cannot be compared, what failed can. */
static void a_failure_is_worse_whatever_varies(void **state)
{
	struct sample a[] = { made(0, 1), made(1, 1) }, b[] = { made(0, 1), made(1, 1) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&a[1], PHASE_KERNEL, KERNEL + 101);
	b[0].judgement.verdict = VERDICT_HUNG;
	b[0].latency_ns = b[0].latency_instructions = -1;
	assert_int_equal(compare_exact(a, 2, b, 2, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_null(err);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.reboots, 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.samples_a, 2);
	assert_false(c.identical);
	assert_non_null(strstr(c.varied, "reboot 1 is not the same on each machine"));
	assert_int_equal(compare_exact(b, 2, a, 2, COMPARE_EXACT_THRESHOLD, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
}

static void nothing_in_common_is_refused(void **state)
{
	struct sample a = made(0, 1), b = made(0, 2);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	assert_true(compare_exact(&a, 1, &b, 1, COMPARE_EXACT_THRESHOLD, &c, &err) < 0);
	assert_int_equal(err->class, ERROR_USAGE);
	error_free(err);
	err = NULL;
	strcpy(b.clock, "wall");
	assert_true(compare_exact(&a, 1, &b, 1, COMPARE_EXACT_THRESHOLD, &c, &err) < 0);
	assert_non_null(strstr(err->message, "cannot be compared"));
	error_free(err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_planted_loop_is_named),
		cmocka_unit_test(the_same_is_identical),
		cmocka_unit_test(small_differences_are_told),
		cmocka_unit_test(a_longer_sleep_is_found),
		cmocka_unit_test(what_varies_is_refused_by_name),
		cmocka_unit_test(a_failure_is_worse),
		cmocka_unit_test(a_failure_on_one_machine_is_worse),
		cmocka_unit_test(a_failure_is_worse_whatever_varies),
		cmocka_unit_test(nothing_in_common_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
