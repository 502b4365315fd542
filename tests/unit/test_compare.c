// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_compare.c - what two sets of samples are said to differ in
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/compare.h"

#define MACHINES 8
#define REBOOTS 3
#define N (MACHINES * REBOOTS)

static const struct compare_options usual = {
	.threshold = COMPARE_THRESHOLD, .confidence = COMPARE_CONFIDENCE,
};

static void set_phase(struct sample *s, enum phase p, int64_t ns)
{
	s->phases.at[p].state = PHASE_SEEN;
	s->phases.at[p].ns = ns;
}

/* A reboot of 1 s: 0.2 s of shutdown, 0.7 s of kernel, 0.1 s of userspace, each a little more. */
static struct sample made(int machine, int index)
{
	struct sample s = { .machine = machine, .chain = machine, .index = index, .clock = "wall", .accel = "tcg" };
	int64_t more = 1000000 * (int64_t)(machine * 5 % 7 + index % 2);

	s.judgement.verdict = VERDICT_OK;
	s.judgement.proved = true;
	set_phase(&s, PHASE_SHUTDOWN, 200000000 + more / 4);
	set_phase(&s, PHASE_KERNEL, 700000000 + more / 2);
	set_phase(&s, PHASE_USERSPACE, 100000000 + more / 4);
	s.latency_ns = s.downtime_ns = 1000000000 + more;
	return s;
}

static void make(struct sample *to, int first_machine)
{
	for (int m = 0; m < MACHINES; m++)
		for (int i = 0; i < REBOOTS; i++)
			to[m * REBOOTS + i] = made(first_machine + m, i + 1);
}

static void slow_down(struct sample *s, enum phase p, int64_t ns)
{
	for (int i = 0; i < N; i++) {
		s[i].phases.at[p].ns += ns;
		s[i].latency_ns += ns;
		s[i].downtime_ns += ns;
	}
}

static void let_fail(struct sample *s)
{
	s->judgement.verdict = VERDICT_HUNG;
	s->latency_ns = s->downtime_ns = -1;
}

static void a_slower_phase_is_named(void **state)
{
	struct sample a[N], b[N];
	struct comparison c;

	(void)state;
	make(a, 0);
	make(b, 7);
	slow_down(b, PHASE_KERNEL, 50000000);
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_WORSE);
	assert_true(fabs(c.rows[COMPARE_LATENCY].of_latency - 0.05) < 0.003);
	assert_true(c.rows[COMPARE_LATENCY].by.interval.low > 0.04);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_KERNEL].verdict, COMPARE_WORSE);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_SHUTDOWN].verdict, COMPARE_SAME);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_USERSPACE].verdict, COMPARE_SAME);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_FIRMWARE].verdict, COMPARE_NOTHING);
	assert_int_equal(c.rows[COMPARE_SUCCESS].verdict, COMPARE_UNDECIDED);
	assert_int_equal(c.rows[COMPARE_LATENCY].test, COMPARE_RANKS);
	assert_true(c.rows[COMPARE_LATENCY].by_index);
	assert_true(c.rows[COMPARE_DOWNTIME].p_all > c.rows[COMPARE_DOWNTIME].p);
	c = compare_samples(b, N, a, N, &usual);
	assert_int_equal(c.verdict, COMPARE_BETTER);
}

static void the_threshold_makes_the_difference(void **state)
{
	struct compare_options strict = usual;
	struct sample a[N], b[N];

	(void)state;
	make(a, 0);
	make(b, 7);
	slow_down(b, PHASE_KERNEL, 12000000);
	assert_int_equal(compare_samples(a, N, b, N, &usual).verdict, COMPARE_SAME);
	strict.threshold = 0.01;
	assert_int_equal(compare_samples(a, N, b, N, &strict).verdict, COMPARE_WORSE);
}

/* Of machines that differ by 4 %, each with six reboots like each other, none is a difference. */
static void machines_are_what_is_compared(void **state)
{
	struct sample a[N], b[N];
	struct comparison c;

	(void)state;
	make(a, 0);
	make(b, 7);
	for (int i = 0; i < N; i++) {
		a[i].latency_ns += 40000000 * (int64_t)(i / REBOOTS % 3);
		b[i].latency_ns += 40000000 * (int64_t)((i / REBOOTS + 1) % 3);
	}
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_UNDECIDED);
	assert_int_equal(c.rows[COMPARE_LATENCY].machines_a, MACHINES);
	/* One machine a side says nothing of machines. */
	c = compare_samples(a, REBOOTS, b, REBOOTS, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_TOO_FEW);
	assert_true(c.rows[COMPARE_LATENCY].p == 1 && c.rows[COMPARE_LATENCY].p_least == 1);
}

/* Five machines a side decide one question at 99 %, for 2/252 is less; not so twelve of them. */
static void few_machines_are_called_too_few(void **state)
{
	struct sample a[N], b[N];
	const struct compare_row *row;
	struct comparison c;

	(void)state;
	make(a, 0);
	make(b, 7);
	slow_down(b, PHASE_KERNEL, 100000000);
	c = compare_samples(a, 5 * REBOOTS, b, 5 * REBOOTS, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_WORSE);
	row = &c.rows[COMPARE_PHASE + PHASE_KERNEL];
	assert_int_equal(row->verdict, COMPARE_TOO_FEW);
	assert_true(fabs(row->p - 2.0 / 252) < 1e-12);
	/* Downtime, success and three phases were asked. */
	assert_true(fabs(row->p_all_least - 5 * 2.0 / 252) < 1e-12);
	c = compare_samples(a, 4 * REBOOTS, b, 4 * REBOOTS, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_TOO_FEW);
}

/* How sure one wants to be changes what is said of a difference, never the difference. */
static void confidence_changes_no_estimate(void **state)
{
	struct sample a[N], b[N];

	(void)state;
	make(a, 0);
	make(b, 7);
	slow_down(b, PHASE_KERNEL, 50000000);
	for (int machines = 2; machines <= MACHINES; machines++) {
		double shift = NAN;

		for (double confidence = 0.6; confidence < 1; confidence += 0.13) {
			struct compare_options o = { .threshold = 0.02, .confidence = confidence };
			struct comparison c = compare_samples(a, (size_t)machines * REBOOTS, b,
							      (size_t)machines * REBOOTS, &o);

			if (!isnan(shift))
				assert_true(c.rows[COMPARE_LATENCY].by.shift == shift);
			shift = c.rows[COMPARE_LATENCY].by.shift;
		}
	}
}

/* What one side does not have takes no time there; and the means of all rows add up. */
static void a_phase_of_one_side_has_a_row(void **state)
{
	struct sample a[N], b[N];
	const struct compare_row *row;
	struct comparison c;
	double sum;

	(void)state;
	make(a, 0);
	make(b, 7);
	for (int i = 0; i < N; i++) {
		set_phase(&b[i], PHASE_DECOMPRESS, 40000000 + i * 1000);
		b[i].latency_ns += 40000000 + i * 1000;
	}
	/* One phase of one reboot could not be seen: its time is in no phase. */
	a[4].phases.at[PHASE_USERSPACE].state = PHASE_UNKNOWN;
	let_fail(&a[9]);
	c = compare_samples(a, N, b, N, &usual);
	row = &c.rows[COMPARE_PHASE + PHASE_DECOMPRESS];
	assert_int_equal(row->verdict, COMPARE_WORSE);
	assert_true(row->absent_a && !row->absent_b);
	assert_true(fabs(row->by.shift - 0.04) < 0.0001);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_FIRMWARE].verdict, COMPARE_NOTHING);
	assert_int_equal(c.came_up_a.n, N - 1);
	sum = c.came_up_b.unseen - c.came_up_a.unseen;
	assert_true(fabs(c.came_up_a.unseen - 0.1 / (N - 1)) < 0.0001);
	for (unsigned int p = 0; p < PHASES; p++)
		sum += c.rows[COMPARE_PHASE + p].mean_b - c.rows[COMPARE_PHASE + p].mean_a;
	row = &c.rows[COMPARE_LATENCY];
	assert_true(fabs(sum - (row->mean_b - row->mean_a)) < 1e-12);
	/* A phase that could not be seen on one side is not absent there. */
	for (int i = 0; i < N; i++)
		a[i].phases.at[PHASE_DECOMPRESS].state = PHASE_UNKNOWN;
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_DECOMPRESS].verdict, COMPARE_NOTHING);
}

/* Comparisons that are read together are one family: more questions, larger p. */
static void comparisons_are_judged_together(void **state)
{
	struct comparison c[3];
	struct sample a[N], b[N];

	(void)state;
	make(a, 0);
	make(b, 7);
	slow_down(b, PHASE_KERNEL, 50000000);
	for (int i = 0; i < 3; i++)
		c[i] = compare_samples(a, N, b, N, &usual);
	compare_judge(c, 3, &usual);
	assert_true(fabs(c[0].rows[COMPARE_LATENCY].p_all - 3 * c[0].rows[COMPARE_LATENCY].p) < 1e-12);
	assert_int_equal(c[1].rows[COMPARE_LATENCY].verdict, COMPARE_WORSE);
	assert_true(c[2].rows[COMPARE_DOWNTIME].p_all > 10 * c[2].rows[COMPARE_DOWNTIME].p);
}

/* Every third reboot takes twice as long on either side: by index that is no noise. */
static void humps_of_an_index_are_taken_away(void **state)
{
	struct sample a[N], b[N];
	struct comparison c;

	(void)state;
	make(a, 0);
	make(b, 7);
	for (int i = 0; i < N; i++) {
		a[i].latency_ns += a[i].index == 2 ? 1000000000 : 0;
		b[i].latency_ns += b[i].index == 2 ? 1000000000 : 0;
	}
	slow_down(b, PHASE_KERNEL, 50000000);
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_WORSE);
	assert_true(fabs(c.rows[COMPARE_LATENCY].by.shift - 0.05) < 0.004);
}

static void failures_are_kept(void **state)
{
	struct sample a[N], b[N];
	struct comparison c;

	(void)state;
	make(a, 0);
	make(b, 7);
	for (int i = 0; i < N; i += 2)
		let_fail(&b[i]);
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].n_b, N);
	assert_int_equal(c.rows[COMPARE_LATENCY].censored_b, N / 2);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_KERNEL].n_b, N);
	assert_int_equal(c.rows[COMPARE_SUCCESS].verdict, COMPARE_WORSE);
	assert_true(fabs(c.rows[COMPARE_SUCCESS].by.shift + 0.5) < 1e-9);
	assert_int_equal(c.verdict, COMPARE_WORSE);
	assert_int_equal(compare_samples(b, N, a, N, &usual).rows[COMPARE_SUCCESS].verdict,
			 COMPARE_BETTER);
	for (int i = 0; i < N; i++)
		let_fail(&b[i]);
	c = compare_samples(a, N, b, N, &usual);
	assert_int_equal(c.rows[COMPARE_PHASE + PHASE_KERNEL].verdict, COMPARE_NOTHING);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_WORSE);
}

static void warm_ups_and_faults_are_passed_over(void **state)
{
	struct sample a[N], b[N];

	(void)state;
	make(a, 0);
	make(b, 7);
	a[0].warmup = true;
	a[0].latency_ns = 9000000000;
	b[0].judgement.verdict = VERDICT_INSTRUMENT_FAULT;
	assert_int_equal(compare_samples(a, N, b, N, &usual).rows[COMPARE_LATENCY].n_a, N - 1);
	assert_int_equal(compare_samples(a, N, b, N, &usual).rows[COMPARE_LATENCY].n_b, N - 1);
	assert_int_equal(compare_samples(NULL, 0, b, N, &usual).verdict, COMPARE_NOTHING);
}

static void clocks_and_accelerators_are_not_mixed(void **state)
{
	struct sample a[N], b[N];
	struct error *err = NULL;

	(void)state;
	make(a, 0);
	make(b, 7);
	assert_int_equal(compare_possible(a, N, b, N, &err), 0);
	strcpy(b[N - 1].clock, "virtual");
	assert_true(compare_possible(a, N, b, N, &err) < 0);
	assert_non_null(strstr(err->message, "virtual clock"));
	error_free(err);
	err = NULL;
	make(b, 7);
	strcpy(b[3].accel, "kvm");
	assert_true(compare_possible(a, N, b, N, &err) < 0);
	assert_non_null(strstr(err->message, "kvm"));
	error_free(err);
}

static void every_metric_has_words_and_a_direction(void **state)
{
	unsigned int m;

	(void)state;
	for (m = 0; m < COMPARE_METRICS; m++) {
		assert_true(*compare_metric_name(m) != '\0');
		assert_int_equal(compare_large_is_good(m), m == COMPARE_SUCCESS);
		assert_string_not_equal(compare_verdict_words(m, COMPARE_BETTER),
					compare_verdict_words(m, COMPARE_WORSE));
	}
	assert_string_equal(compare_metric_name(COMPARE_PHASE + PHASE_KERNEL), "kernel");
}

/* Machines that fail at every reboot are few failures, not many. */
static void machines_that_fail_count_once(void **state)
{
	struct sample a[N], b[N];
	struct compare_row r;

	(void)state;
	make(a, 0);
	make(b, 7);
	for (int i = 0; i < 2 * REBOOTS; i++)
		let_fail(&b[i]);
	r = compare_samples(a, N, b, N, &usual).rows[COMPARE_SUCCESS];
	assert_true(r.by_machine);
	assert_int_equal(r.test, COMPARE_RANKS);
	assert_true(fabs(r.by.shift + 2.0 / MACHINES) < 1e-9);
	assert_true(r.p > 0.05);
	assert_true(r.by.interval.high > 0);
	for (int m = 0; m < MACHINES; m++)
		for (int i = 0; i < REBOOTS; i++)
			b[m * REBOOTS + i] = made(7 + m, i + 1);
	assert_false(compare_samples(a, N, b, N, &usual).rows[COMPARE_SUCCESS].by_machine);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slower_phase_is_named),
		cmocka_unit_test(the_threshold_makes_the_difference),
		cmocka_unit_test(machines_are_what_is_compared),
		cmocka_unit_test(few_machines_are_called_too_few),
		cmocka_unit_test(confidence_changes_no_estimate),
		cmocka_unit_test(a_phase_of_one_side_has_a_row),
		cmocka_unit_test(comparisons_are_judged_together),
		cmocka_unit_test(humps_of_an_index_are_taken_away),
		cmocka_unit_test(failures_are_kept),
		cmocka_unit_test(warm_ups_and_faults_are_passed_over),
		cmocka_unit_test(clocks_and_accelerators_are_not_mixed),
		cmocka_unit_test(every_metric_has_words_and_a_direction),
		cmocka_unit_test(machines_that_fail_count_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
