// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_side.c - what one side of a comparison shows of one metric
 */
#include "compare_side.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "stats.h"

/* What is usual for an index is known from so many samples of each side. */
#define INDEX_LEAST 3

/* Seconds; INFINITY for a reboot that failed; NAN for what was not seen or is not there. */
static double value_of(const struct sample *s, enum compare_metric m)
{
	const struct phase_time *t;

	if (!sample_succeeded(s))
		return INFINITY;
	if (m == COMPARE_LATENCY)
		return (double)s->latency_ns / 1e9;
	if (m == COMPARE_DOWNTIME)
		return s->downtime_ns < 0 ? NAN : (double)s->downtime_ns / 1e9;
	t = &s->phases.at[m - COMPARE_PHASE];
	return t->state == PHASE_SEEN ? (double)t->ns / 1e9 : NAN;
}

struct compare_side compare_side_of(const struct sample *s, size_t n, enum compare_metric m)
{
	struct compare_side side = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		double x = sample_counts(&s[i]) ? value_of(&s[i], m) : NAN;

		if (isnan(x))
			continue;
		side.censored += isinf(x) != 0;
		vec_push(&side.x, x);
		vec_push(&side.index, s[i].index);
		vec_push(&side.machine, s[i].machine);
	}
	if (m >= COMPARE_PHASE && side.censored == side.x.n) {
		compare_side_free(&side);
		side.censored = 0;
	}
	return side;
}

void compare_side_free(struct compare_side *side)
{
	vec_free(&side->x);
	vec_free(&side->index);
	vec_free(&side->machine);
}

/* The least machine number above after; INT_MAX when there is none. */
static int next_machine(const struct compare_side *side, int after)
{
	int next = INT_MAX;
	size_t i;

	for (i = 0; i < side->x.n; i++)
		if (side->machine.at[i] > after && side->machine.at[i] < next)
			next = side->machine.at[i];
	return next;
}

size_t compare_side_machines(const struct compare_side *side)
{
	size_t n = 0;
	int m;

	for (m = next_machine(side, INT_MIN); m != INT_MAX; m = next_machine(side, m))
		n++;
	return n;
}

static size_t count_index(const struct compare_side *side, int index)
{
	size_t i, n = 0;

	for (i = 0; i < side->x.n; i++)
		n += side->index.at[i] == index;
	return n;
}

static bool has_indexes_of(const struct compare_side *a, const struct compare_side *b)
{
	size_t i;

	for (i = 0; i < b->x.n; i++)
		if (count_index(a, b->index.at[i]) < INDEX_LEAST)
			return false;
	return true;
}

bool compare_sides_by_index(const struct compare_side *a, const struct compare_side *b)
{
	return has_indexes_of(a, a) && has_indexes_of(a, b) && has_indexes_of(b, a) &&
	       has_indexes_of(b, b);
}

static void push_index(figure_vec *to, const struct compare_side *side, int index)
{
	size_t i;

	for (i = 0; i < side->x.n; i++)
		if (side->index.at[i] == index)
			vec_push(to, side->x.at[i]);
}

/*
 * The median of that index on both sides together, so that sides may change places; 0,
 * which takes nothing away, when so many failed that it has none.
 */
static double usual(const struct compare_side *a, const struct compare_side *b, int index)
{
	figure_vec x = { 0 };
	double median;

	push_index(&x, a, index);
	push_index(&x, b, index);
	median = stats_median(x.at, x.n);
	vec_free(&x);
	return isfinite(median) ? median : 0;
}

static double machine_figure(const struct compare_side *side, const struct compare_side *other,
			     int machine, bool by_index)
{
	figure_vec x = { 0 };
	double figure;
	size_t i;

	for (i = 0; i < side->x.n; i++) {
		if (side->machine.at[i] != machine)
			continue;
		vec_push(&x, side->x.at[i] -
			     (by_index ? usual(side, other, side->index.at[i]) : 0));
	}
	figure = stats_median(x.at, x.n);
	vec_free(&x);
	return figure;
}

figure_vec compare_side_figures(const struct compare_side *side, const struct compare_side *other,
				bool by_index)
{
	figure_vec figures = { 0 };
	int m;

	for (m = next_machine(side, INT_MIN); m != INT_MAX; m = next_machine(side, m))
		vec_push(&figures, machine_figure(side, other, m, by_index));
	return figures;
}
