// SPDX-License-Identifier: GPL-2.0-only
/*
 * index_effect.c - does the place of a reboot in its machine's chain decide its figure?
 */
#include "index_effect.h"

#include <limits.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/cleanup.h"

/* A sum of squares below that share of all squares is rounding. */
#define ROUNDING 1e-18

#define MACHINES_DIFFER 0.05

typedef VEC(int) number_vec;

/* Machines by indexes, a row a machine. */
struct layout {
	number_vec machines, indexes;
	figure_vec x;
};

static bool has(const number_vec *numbers, int number)
{
	for (size_t i = 0; i < numbers->n; i++)
		if (numbers->at[i] == number)
			return true;
	return false;
}

/* The finite value of that machine and index; NAN when there is none. */
static double value_at(const struct compare_side *side, int machine, int index)
{
	for (size_t i = 0; i < side->x.n; i++)
		if (side->machine.at[i] == machine && side->index.at[i] == index &&
		    isfinite(side->x.at[i]))
			return side->x.at[i];
	return NAN;
}

static int next_index(const struct compare_side *side, int after)
{
	int next = INT_MAX;

	for (size_t i = 0; i < side->x.n; i++)
		if (side->index.at[i] > after && side->index.at[i] < next)
			next = side->index.at[i];
	return next;
}

static void add_machine(struct layout *l, const struct compare_side *side, int machine)
{
	size_t before = l->x.n;

	for (size_t k = 0; k < l->indexes.n; k++) {
		double x = value_at(side, machine, l->indexes.at[k]);

		if (isnan(x)) {
			l->x.n = before;
			return;
		}
		vec_push(&l->x, x);
	}
	vec_push(&l->machines, machine);
}

static void layout_make(struct layout *l, const struct compare_side *side)
{
	number_vec machines = { 0 };
	int index;

	for (size_t i = 0; i < side->x.n; i++)
		if (!has(&machines, side->machine.at[i]))
			vec_push(&machines, side->machine.at[i]);
	for (index = next_index(side, INT_MIN); index != INT_MAX; index = next_index(side, index)) {
		size_t count = 0;

		for (size_t i = 0; i < machines.n; i++)
			count += !isnan(value_at(side, machines.at[i], index));
		if (count >= INDEX_EFFECT_MACHINES)
			vec_push(&l->indexes, index);
	}
	for (size_t i = 0; i < machines.n; i++)
		add_machine(l, side, machines.at[i]);
	vec_free(&machines);
}

static void layout_free(struct layout *l)
{
	vec_free(&l->machines);
	vec_free(&l->indexes);
	vec_free(&l->x);
}

/* The mean of every step-th value of n, from the first on. */
static double mean_of(const double *x, size_t n, size_t step)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += x[i * step];
	return sum / (double)n;
}

static double f_test(double squares, double freedom, double rest, double rest_freedom,
		     double rounding)
{
	if (squares <= rounding)
		return 1;
	if (rest <= rounding)
		return 0;
	return gsl_cdf_fdist_Q(squares / freedom / (rest / rest_freedom), freedom, rest_freedom);
}

/* Squares are split into those between indexes, those between machines, and the rest. */
static void test_layout(const struct layout *l, struct index_effect *e)
{
	size_t m = l->machines.n, k = l->indexes.n, i;
	double all = mean_of(l->x.at, m * k, 1), of_index = 0, of_machine = 0, rest = 0;
	double sum = 0, freedom = (double)((m - 1) * (k - 1));

	for (i = 0; i < k; i++)
		of_index += (double)m * pow(mean_of(l->x.at + i, m, k) - all, 2);
	for (i = 0; i < m; i++)
		of_machine += (double)k * pow(mean_of(l->x.at + i * k, k, 1) - all, 2);
	for (i = 0; i < m * k; i++) {
		double expected = mean_of(l->x.at + i / k * k, k, 1) +
				  mean_of(l->x.at + i % k, m, k) - all;

		rest += pow(l->x.at[i] - expected, 2);
		sum += pow(l->x.at[i], 2);
	}
	e->p_index = f_test(of_index, (double)(k - 1), rest, freedom, ROUNDING * sum);
	e->p_machine = f_test(of_machine, (double)(m - 1), rest, freedom, ROUNDING * sum);
}

struct index_effect index_effect_of(const struct compare_side *side)
{
	struct index_effect e = { .p_index = NAN, .p_machine = NAN };
	struct layout l = { 0 };

	layout_make(&l, side);
	e.machines = l.machines.n;
	e.indexes = l.indexes.n;
	if (e.machines >= INDEX_EFFECT_MACHINES && e.indexes >= 2)
		test_layout(&l, &e);
	layout_free(&l);
	return e;
}

bool index_effect_of_machines(const struct index_effect *e)
{
	return e->p_machine <= MACHINES_DIFFER;
}

index_figure_vec index_figures(const struct compare_side *side)
{
	index_figure_vec figures = { 0 };
	int index;

	for (index = next_index(side, INT_MIN); index != INT_MAX; index = next_index(side, index)) {
		number_vec machine = { 0 };
		figure_vec x = { 0 };

		for (size_t i = 0; i < side->x.n; i++) {
			if (side->index.at[i] != index)
				continue;
			vec_push(&x, side->x.at[i]);
			vec_push(&machine, side->machine.at[i]);
		}
		vec_push(&figures, ((struct index_figure){
			index, mean_of(x.at, x.n, 1), stats_summarise(x.at, machine.at, x.n) }));
		vec_free(&x);
		vec_free(&machine);
	}
	return figures;
}

double index_figures_range(const index_figure_vec *figures, bool is_rate)
{
	double low = INFINITY, high = -INFINITY;

	for (size_t i = 0; i < figures->n; i++) {
		double x = is_rate ? figures->at[i].mean : figures->at[i].of.median;

		low = fmin(low, x);
		high = fmax(high, x);
	}
	return figures->n ? high - low : 0;
}
