// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_slopes.c - latency against a number that a run varies
 */
#include <math.h>

#include "report/slopes.h"
#include "report_text.h"

/* The kernel takes 1000 ms and one more for each 8 MiB; all else is the same. */
static const struct made_way ways[] = {
	{ "lobos", "memory_mib=1024", { 122, 22, 2, 90, -1, -1, -1, 1128, 95 } },
	{ "lobos", "memory_mib=64", { 122, 22, 2, 90, -1, -1, -1, 1008, 95 } },
	{ "lobos", "memory_mib=256", { 122, 22, 2, 90, -1, -1, -1, 1032, 95 } },
	{ "kexec", "vmlinux memory_mib=64 hinted", { 121, 80, 2, 95, -1, -1, -1, 1075, 95 } },
	{ "kexec", "vmlinux memory_mib=256 hinted", { 121, 80, 2, 95, -1, -1, -1, 1075, 95 } },
};

#define WAYS (sizeof(ways) / sizeof(ways[0]))
#define MACHINES 2

static void made_wall(sample_vec *to)
{
	for (int i = 0; i < MACHINES * MADE_CHAIN; i++)
		for (size_t w = 0; w < WAYS; w++) {
			struct sample s = made_sample(&ways[w], (int)w, i);

			made_phases(&s, ways[w].ms, 0);
			s.id = 1 + i * (int)WAYS + (int)w;
			s.machine = s.chain = (int)w + (int)WAYS * (i / MADE_CHAIN);
			vec_push(to, s);
		}
}

static void made_exact(sample_vec *to)
{
	for (size_t w = 0; w < WAYS; w++)
		for (int m = 0; m < MACHINES; m++) {
			made_exact_machine(to, &ways[w], (int)w, m);
			to->at[to->n - 2].chain = to->at[to->n - 1].chain += 500 * (int)w;
		}
}

static void near(double is, double should_be)
{
	if (!(fabs(is - should_be) <= 1e-9 * fabs(should_be)))
		fail_msg("%.12g is not %.12g", is, should_be);
}

static void a_way_with_three_values_has_a_slope(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	struct report *r;
	struct slopes s;

	(void)state;
	made_wall(&samples);
	r = report_model(&run, &samples);
	s = slopes_of(r);
	assert_string_equal(s.factor->key, "memory_mib");
	assert_int_equal(s.of.n, 1);
	assert_string_equal(s.of.at[0].label, "lobos");
	assert_int_equal(s.of.at[0].points.n, 3 * MACHINES);
	assert_int_equal(s.of.at[0].points.at[0].value, 64);
	near(s.of.at[0].line.slope, 0.001 / 8);
	near(s.of.at[0].phases[PHASE_KERNEL], 0.001 / 8);
	assert_true(fabs(s.of.at[0].phases[PHASE_HANDOFF]) < 1e-12);
	assert_true(s.of.at[0].phases[PHASE_FIRMWARE] == 0);
	assert_ptr_equal(slopes_model(r), r);
	slopes_free(&s);
	report_model_free(r);
	vec_free(&samples);
}

/* A chain in which every reboot failed is counted and is no point; one failed reboot is left out. */
static void failures_are_no_points(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	struct report *r;
	struct slopes s;

	(void)state;
	made_wall(&samples);
	for (size_t i = 0; i < samples.n; i++) {
		bool whole_chain = samples.at[i].chain == 1;

		if (!samples.at[i].warmup && (whole_chain || samples.at[i].index == 2))
			make_fail(&samples.at[i], VERDICT_PANICKED, PHASE_KERNEL);
	}
	r = report_model(&run, &samples);
	s = slopes_of(r);
	assert_int_equal(s.of.at[0].points.n, 3 * MACHINES - 1);
	assert_int_equal(s.of.at[0].failed, 1);
	near(s.of.at[0].line.slope, 0.001 / 8);
	slopes_free(&s);
	report_model_free(r);
	vec_free(&samples);
}

/* By both clocks there is a table of each. */
static void the_report_has_both_clocks(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	char *text;

	(void)state;
	made_wall(&samples);
	made_exact(&samples);
	text = report_of(&samples, &run);
	assert_reads(text, "**Each MiB of memory costs lobos ");
	assert_reads(text, " That is the slope of latency, with its ");
	assert_silent(text, " beats lobos");
	assert_says(text, "## Latency against memory\n");
	assert_says(text, "## Latency against memory, by the exact clock\n");
	assert_says(text, "| instructions per MiB |");
	assert_says(text, "| kernel 100 % ");
	/* Of machines that differ in memory, the rest is said. */
	assert_says(text, "| i386 ");
	assert_says(text, "](figures/slopes.svg)");
	free(text);
}

static void a_run_that_varies_nothing_has_none(void **state)
{
	struct run_row run = made_run(0);
	sample_vec samples = { 0 };
	struct report *r;
	int value;

	(void)state;
	made_samples(&samples, MADE_WAYS, 2 * MADE_CHAIN);
	r = report_model(&run, &samples);
	assert_null(slopes_model(r));
	report_model_free(r);
	vec_free(&samples);
	assert_null(factor_of("vmlinux memory_mib= cpus=x cpus=4x no-cpus=4", &value));
	assert_string_equal(factor_of("vmlinux cpus=4 hinted", &value)->key, "cpus");
	assert_int_equal(value, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_way_with_three_values_has_a_slope),
		cmocka_unit_test(failures_are_no_points),
		cmocka_unit_test(the_report_has_both_clocks),
		cmocka_unit_test(a_run_that_varies_nothing_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
