// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_doubts_of_figures.c - planted effects of the index and planted humps, and none where none are
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analysis/doubts_of_figures.h"

/* A bench of six ways, each with eight times and two phases nobody needs to look at. */
#define FIGURES 60
#define MACHINES 5
#define INDEXES 2
#define LATENCY 1.5

static gsl_rng *rng;

static int make_rng(void **state)
{
	(void)state;
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	return 0;
}

static int free_rng(void **state)
{
	(void)state;
	gsl_rng_free(rng);
	return 0;
}

static void assert_near(double is, double should_be, double within)
{
	if (!(fabs(is - should_be) <= within))
		fail_msg("%.9g is not within %g of %.9g", is, within, should_be);
}

/* Reboots of machines that differ a little from each other, each by chance. */
static struct compare_side make_side(int machines, int indexes, double middle, double noise)
{
	struct compare_side side = { 0 };

	for (int m = 0; m < machines; m++) {
		double own = middle + gsl_ran_gaussian(rng, noise);

		for (int i = 0; i < indexes; i++) {
			vec_push(&side.x, own + gsl_ran_gaussian(rng, noise));
			vec_push(&side.machine, m);
			vec_push(&side.index, i + 1);
		}
	}
	return side;
}

struct bench {
	struct compare_side sides[FIGURES];
	struct doubted_figure figures[FIGURES];
};

static void bench_make(struct bench *b, int machines, int indexes)
{
	for (int i = 0; i < FIGURES; i++) {
		b->sides[i] = make_side(machines, indexes, 0.1 * (1 + i % 9), 0.01 * (1 + i % 3));
		b->figures[i] = (struct doubted_figure){ .side = &b->sides[i], .latency = LATENCY };
	}
}

static void bench_free(struct bench *b)
{
	for (int i = 0; i < FIGURES; i++)
		compare_side_free(&b->sides[i]);
}

static void count_doubts(const struct bench *b, size_t *by_index, size_t *humped)
{
	for (int i = 0; i < FIGURES; i++) {
		*by_index += b->figures[i].by_index;
		*humped += b->figures[i].two_humped;
	}
}

/* scipy.stats.ttest_rel() of the two columns, and f.sf() of the sums of squares of the rows. */
static void the_test_is_that_of_a_layout(void **state)
{
	const double x[] = { 80, 30, 85, 31, 79, 29, 82, 55 };
	struct compare_side side = { 0 };
	struct index_effect e;

	(void)state;
	for (int i = 0; i < 8; i++) {
		vec_push(&side.x, x[i]);
		vec_push(&side.machine, i / 2);
		vec_push(&side.index, i % 2);
	}
	e = index_effect_of(&side);
	assert_int_equal(e.machines, 4);
	assert_int_equal(e.indexes, 2);
	assert_near(e.p_index, 0.005203520282, 1e-6);
	assert_near(e.p_machine, 0.452145017824, 1e-6);
	/* A failure leaves its machine out, and three machines are too few. */
	side.x.at[3] = INFINITY;
	assert_true(isnan(index_effect_of(&side).p_index));
	compare_side_free(&side);
}

/* LOBOS's quiesce once took 79 to 85 ms at index 1 and 29 to 31 at index 2, on all machines. */
static void a_planted_effect_of_the_index_is_found(void **state)
{
	struct bench b;
	size_t by_index = 0, humped = 0;
	index_figure_vec at;

	(void)state;
	bench_make(&b, MACHINES, INDEXES);
	for (int i = 0; i < MACHINES * INDEXES; i++)
		b.sides[17].x.at[i] = i % 2 ? 0.029 + 0.0005 * (i / 2) : 0.079 + 0.0015 * (i / 2);
	doubts_of_figures(b.figures, FIGURES);
	count_doubts(&b, &by_index, &humped);
	assert_true(b.figures[17].by_index);
	assert_int_equal(by_index, 1);
	at = index_figures(&b.sides[17]);
	assert_int_equal(at.n, 2);
	assert_int_equal(at.at[0].index, 1);
	assert_near(at.at[0].of.median, 0.082, 1e-9);
	assert_near(at.at[1].of.median, 0.030, 1e-9);
	assert_near(index_figures_range(&at, false), 0.052, 1e-9);
	vec_free(&at);
	bench_free(&b);
}

/* A reboot under 3 s in 0 of 5 and in 5 of 5 is no share of 50 %. */
static void a_rate_that_depends_on_the_index_is_found(void **state)
{
	struct bench b;
	size_t by_index = 0, humped = 0;

	(void)state;
	bench_make(&b, MACHINES, INDEXES);
	for (int i = 0; i < MACHINES * INDEXES; i++) {
		b.sides[3].x.at[i] = i % 2;
		b.sides[4].x.at[i] = i % 3 == 0;
	}
	b.figures[3].is_rate = b.figures[4].is_rate = true;
	doubts_of_figures(b.figures, FIGURES);
	count_doubts(&b, &by_index, &humped);
	assert_true(b.figures[3].by_index);
	assert_int_equal(by_index, 1);
	bench_free(&b);
}

static void planted_humps_of_a_phase_are_found(void **state)
{
	struct bench b;
	size_t by_index = 0, humped = 0;

	(void)state;
	bench_make(&b, MACHINES, INDEXES);
	/* Two kinds of reboots in no order of machines or indexes. */
	for (int i = 0; i < MACHINES * INDEXES; i++)
		b.sides[23].x.at[i] = (i * 7 % 10 < 5 ? 0.08 : 0.17) + 0.001 * i;
	doubts_of_figures(b.figures, FIGURES);
	count_doubts(&b, &by_index, &humped);
	assert_true(b.figures[23].two_humped);
	assert_int_equal(humped, 1);
	bench_free(&b);
}

/* What differs by less than 2 % of the latency is worth no doubt, however sure it is. */
static void small_differences_do_not_matter(void **state)
{
	struct bench b;
	size_t by_index = 0, humped = 0;

	(void)state;
	bench_make(&b, MACHINES, INDEXES);
	for (int i = 0; i < MACHINES * INDEXES; i++)
		b.sides[17].x.at[i] = i % 2 ? 0.002 : 0.025;
	doubts_of_figures(b.figures, FIGURES);
	count_doubts(&b, &by_index, &humped);
	assert_int_equal(by_index + humped, 0);
	bench_free(&b);
}

/* Of benches without any effect at most one in twenty has a doubt of either kind. */
static void false_doubts_are_rare(void **state)
{
	const struct { int machines, indexes; } designs[] = { { 5, 2 }, { 8, 2 }, { 5, 10 } };
	size_t trials = 200, d;

	(void)state;
	for (d = 0; d < 3; d++) {
		size_t of_index = 0, of_humps = 0;

		for (size_t i = 0; i < trials; i++) {
			struct bench b;
			size_t by_index = 0, humped = 0;

			bench_make(&b, designs[d].machines, designs[d].indexes);
			doubts_of_figures(b.figures, FIGURES);
			count_doubts(&b, &by_index, &humped);
			of_index += by_index > 0;
			of_humps += humped > 0;
			bench_free(&b);
		}
		print_message("# %d machines, %d reboots each: of %zu benches without an effect %zu "
			      "with a doubt of the index, %zu of humps\n", designs[d].machines,
			      designs[d].indexes, trials, of_index, of_humps);
		assert_true(of_index <= trials / 14 && of_humps <= trials / 20);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_test_is_that_of_a_layout),
		cmocka_unit_test(a_planted_effect_of_the_index_is_found),
		cmocka_unit_test(a_rate_that_depends_on_the_index_is_found),
		cmocka_unit_test(planted_humps_of_a_phase_are_found),
		cmocka_unit_test(small_differences_do_not_matter),
		cmocka_unit_test(false_doubts_are_rare),
	};

	return cmocka_run_group_tests(tests, make_rng, free_rng);
}
