// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare_exact.c - what differs by the virtual clock, and by how much
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/comparison.h"

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

/* 0.2 % of a reboot in one phase, from one sample a side, beside small shifts elsewhere. */
static void a_planted_loop_is_named(void **state)
{
	struct sample a = made(0, 1), b = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&b, PHASE_KERNEL, KERNEL + 100 + 200000);
	set_phase(&b, PHASE_USERSPACE, 5000000 - 37);
	assert_int_equal(compare_exact(&a, 1, &b, 1, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_false(c.identical);
	assert_int_equal(c.phases_n, 2);
	assert_int_equal(c.phases[0].phase, PHASE_KERNEL);
	assert_int_equal(c.phases[0].instructions.typical, 200000);
	assert_int_equal(c.phases[0].ns.typical, 1600000);
	assert_int_equal(c.phases[1].phase, PHASE_USERSPACE);
	assert_int_equal(c.phases[1].instructions.typical, -37);
	assert_int_equal(c.instructions.typical, 200000 - 37);
	assert_int_equal(compare_exact(&b, 1, &a, 1, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
}

static void the_same_is_identical(void **state)
{
	struct sample a[] = { made(0, 1), made(0, 2), made(1, 1), made(1, 2) };
	struct sample b[] = { made(4, 2), made(4, 1) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	assert_int_equal(compare_exact(a, 4, b, 2, NAN, &c, &err), 0);
	assert_true(c.identical);
	assert_int_equal(c.verdict, COMPARE_SAME);
	assert_int_equal(c.reboots, 2);
	assert_int_equal(c.samples_a, 4);
	assert_int_equal(c.samples_b, 2);
	assert_int_equal(c.repeats_a, 2);
	assert_int_equal(c.repeats_b, 1);
	assert_int_equal(c.phases_n, 0);
}

/* A difference below the threshold is reported all the same. */
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
	assert_int_equal(compare_exact(a, 3, b, 3, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_SAME);
	assert_false(c.identical);
	assert_int_equal(c.instructions.least, 7);
	assert_int_equal(c.instructions.typical, 8);
	assert_int_equal(c.instructions.most, 9);
	assert_int_equal(compare_exact(a, 3, b, 3, 1e-8, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
}

/* One reboot of two: worse from one side is better from the other. */
static void both_sides_see_the_same(void **state)
{
	struct sample a[] = { made(0, 1), made(0, 2) }, b[] = { made(0, 1), made(0, 2) };
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&b[1], PHASE_KERNEL, 6 * KERNEL / 5);
	assert_int_equal(compare_exact(a, 2, b, 2, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.instructions.typical, (KERNEL / 5 - 200) / 2);
	assert_int_equal(compare_exact(b, 2, a, 2, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
	assert_int_equal(c.instructions.typical, -(KERNEL / 5 - 200) / 2);
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
	assert_int_equal(compare_exact(&a, 1, &b, 1, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.phases[0].phase, PHASE_SHUTDOWN);
	assert_int_equal(c.phases[0].instructions.typical, 0);
	assert_int_equal(c.ns.typical, 10000000);
}

/* Up to what chance can make a small reboot differs in nothing, unless asked for less. */
static void what_chance_makes_is_none(void **state)
{
	static const struct { int64_t more; double threshold; enum compare_verdict verdict; } table[] = {
		{ COMPARE_EXACT_CHANCE - 1, NAN, COMPARE_SAME },
		{ COMPARE_EXACT_CHANCE, NAN, COMPARE_WORSE },
		{ COMPARE_EXACT_CHANCE - 1, 0.0005, COMPARE_WORSE },
	};
	struct sample a = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct sample b = made(0, 1);

		set_phase(&b, PHASE_SHUTDOWN, 5000000 + table[i].more);
		assert_int_equal(compare_exact(&a, 1, &b, 1, table[i].threshold, &c, &err), 0);
		assert_int_equal(c.verdict, table[i].verdict);
	}
	assert_true(compare_exact_share(1e8) == COMPARE_EXACT_CHANCE / 1e8);
	assert_true(compare_exact_share(1e9) == COMPARE_EXACT_SHARE);
}

static void what_varies_is_refused_by_name(void **state)
{
	struct sample a[] = { made(0, 1), made(1, 1) }, b = made(0, 1);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	set_phase(&a[1], PHASE_KERNEL, KERNEL + 101);
	assert_true(compare_exact(a, 2, &b, 1, NAN, &c, &err) < 0);
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
	assert_int_equal(compare_exact(a, 2, b, 2, NAN, &c, &err), 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(compare_exact(a + 1, 1, b + 1, 1, NAN, &c, &err), 0);
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
	assert_int_equal(compare_exact(a, 3, b, 3, NAN, &c, &err), 0);
	assert_int_equal(c.failed_a, 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.reboots, 1);
	assert_false(c.identical);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(compare_exact(b, 3, a, 3, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
	assert_int_equal(compare_exact(b, 3, b, 3, NAN, &c, &err), 0);
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
	assert_int_equal(compare_exact(a, 2, b, 2, NAN, &c, &err), 0);
	assert_null(err);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.reboots, 0);
	assert_int_equal(c.failed_b, 1);
	assert_int_equal(c.samples_a, 2);
	assert_false(c.identical);
	assert_non_null(strstr(c.varied, "reboot 1 is not the same on each machine"));
	assert_int_equal(compare_exact(b, 2, a, 2, NAN, &c, &err), 0);
	assert_int_equal(c.verdict, COMPARE_BETTER);
}

/* What is written of the first na and nb samples; to be freed. */
static char *written(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		     double threshold, enum comparison_format format)
{
	struct comparison_set set = { .a = "A", .b = "B" };
	struct compared c = { .a = "lobos", .b = "lobos", .exact = true };
	struct error *err = NULL;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	assert_int_equal(compare_exact(a, na, b, nb, threshold, &c.exactly, &err), 0);
	c.options.threshold = c.exactly.threshold;
	vec_push(&set.pairs, c);
	comparison_write(f, &set, format);
	fclose(f);
	vec_free(&set.pairs);
	return text;
}

static void assert_written(char *text, const char *want, bool there)
{
	/* Lines of a paragraph may end anywhere. */
	for (char *p = text; *p; p++)
		if (*p == '\n')
			*p = ' ';
	if (!strstr(text, want) == there)
		fail_msg("%s \"%s\" in: %s", there ? "no" : "there is", want, text);
	free(text);
}

static void one_machine_is_not_called_exact(void **state)
{
	struct sample a[] = { made(0, 1), made(1, 1), made(2, 1) };
	struct sample b[] = { made(0, 1), made(1, 1), made(2, 1) };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		set_phase(&b[i], PHASE_KERNEL, KERNEL + 500100);
	assert_written(written(a, 1, b, 1, NAN, COMPARISON_TEXT), "exactly", false);
	assert_written(written(a, 1, b, 1, NAN, COMPARISON_TEXT),
		       "not exact: a reboot came up on 1 machine of A and 1 of B", true);
	assert_written(written(a, 1, b, 1, NAN, COMPARISON_TEXT), "repeats", false);
	assert_written(written(a, 3, b, 3, NAN, COMPARISON_TEXT), "slower: exactly +500 000", true);
	assert_written(written(a, 3, b, 3, NAN, COMPARISON_TEXT), "not exact", false);
}

static void a_threshold_within_chance_is_said(void **state)
{
	struct sample a = made(0, 1), b = made(0, 1);

	(void)state;
	set_phase(&b, PHASE_KERNEL, KERNEL + 500100);
	assert_written(written(&a, 1, &b, 1, 1e-5, COMPARISON_TEXT), "threshold lets pass", true);
	assert_written(written(&a, 1, &b, 1, NAN, COMPARISON_TEXT), "threshold lets pass", false);
}

/* A side that failed has no figures, not figures of 0. */
static void what_cannot_be_said_is_null(void **state)
{
	struct sample a = made(0, 1), b = made(0, 1);

	(void)state;
	b.judgement.verdict = VERDICT_HUNG;
	b.latency_ns = b.latency_instructions = -1;
	assert_written(written(&a, 1, &b, 1, NAN, COMPARISON_JSON), "\"instructions\": null", true);
	assert_written(written(&a, 1, &b, 1, NAN, COMPARISON_JSON), "\"ns_a\": null", true);
	b = made(0, 1);
	assert_written(written(&a, 1, &b, 1, NAN, COMPARISON_JSON), "\"ns_a\": null", false);
	assert_written(written(&a, 1, &b, 1, NAN, COMPARISON_JSON), "\"repeats_a\": 1", true);
}

static void nothing_in_common_is_refused(void **state)
{
	struct sample a = made(0, 1), b = made(0, 2);
	struct error *err = NULL;
	struct compare_exact c;

	(void)state;
	assert_true(compare_exact(&a, 1, &b, 1, NAN, &c, &err) < 0);
	assert_int_equal(err->class, ERROR_USAGE);
	error_free(err);
	err = NULL;
	strcpy(b.clock, "wall");
	assert_true(compare_exact(&a, 1, &b, 1, NAN, &c, &err) < 0);
	assert_non_null(strstr(err->message, "cannot be compared"));
	error_free(err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_planted_loop_is_named),
		cmocka_unit_test(the_same_is_identical),
		cmocka_unit_test(small_differences_are_told),
		cmocka_unit_test(both_sides_see_the_same),
		cmocka_unit_test(a_longer_sleep_is_found),
		cmocka_unit_test(what_chance_makes_is_none),
		cmocka_unit_test(what_varies_is_refused_by_name),
		cmocka_unit_test(a_failure_is_worse),
		cmocka_unit_test(a_failure_on_one_machine_is_worse),
		cmocka_unit_test(a_failure_is_worse_whatever_varies),
		cmocka_unit_test(one_machine_is_not_called_exact),
		cmocka_unit_test(a_threshold_within_chance_is_said),
		cmocka_unit_test(what_cannot_be_said_is_null),
		cmocka_unit_test(nothing_in_common_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
