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
	.threshold = COMPARE_THRESHOLD, .confidence = COMPARE_CONFIDENCE, .seed = 1,
};

static void set_phase(struct sample *s, enum phase p, int64_t ns)
{
	s->phases.at[p].state = PHASE_SEEN;
	s->phases.at[p].ns = ns;
}

/* A reboot of 1 s: 0.2 s of shutdown, 0.7 s of kernel, 0.1 s of userspace, each a little more. */
static struct sample made(int machine, int index)
{
	struct sample s = { .machine = machine, .index = index, .clock = "wall", .accel = "tcg" };
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
	/* Two machines a side: a t test, and only a large difference is found. */
	c = compare_samples(a, 2 * REBOOTS, b, 2 * REBOOTS, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].test, COMPARE_MEANS);
	/* One machine a side says nothing of machines. */
	c = compare_samples(a, REBOOTS, b, REBOOTS, &usual);
	assert_int_equal(c.rows[COMPARE_LATENCY].test, COMPARE_NO_TEST);
	assert_int_equal(c.rows[COMPARE_LATENCY].verdict, COMPARE_UNDECIDED);
	assert_true(isnan(c.rows[COMPARE_LATENCY].p));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slower_phase_is_named),
		cmocka_unit_test(the_threshold_makes_the_difference),
		cmocka_unit_test(machines_are_what_is_compared),
		cmocka_unit_test(humps_of_an_index_are_taken_away),
		cmocka_unit_test(failures_are_kept),
		cmocka_unit_test(warm_ups_and_faults_are_passed_over),
		cmocka_unit_test(clocks_and_accelerators_are_not_mixed),
		cmocka_unit_test(every_metric_has_words_and_a_direction),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
