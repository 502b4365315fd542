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

/* Times are whole nanoseconds: figures that are equal on paper tie when rounded to 1 / TIE s. */
#define TIE 1e12

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

/* A phase that is not there takes no time; one that was not seen is in its neighbours. */
static double seconds_of(const struct sample *s, enum compare_metric m)
{
	double x = value_of(s, m);

	return m >= COMPARE_PHASE && isnan(x) ? 0 : x;
}

static void push(struct compare_side *side, const struct sample *s, double x)
{
	side->censored += isinf(x) != 0;
	vec_push(&side->x, x);
	vec_push(&side->index, s->index);
	vec_push(&side->machine, s->chain);
}

/* What becomes of a phase that no reboot that came up has shown. */
static void settle_phase(struct compare_side *side, const struct sample *s, size_t n,
			 unsigned int phase)
{
	size_t i, came_up = 0;
	bool unseen = false;

	for (i = 0; i < n; i++)
		if (sample_counts(&s[i]) && sample_succeeded(&s[i])) {
			came_up++;
			unseen |= s[i].phases.at[phase].state == PHASE_UNKNOWN;
		}
	compare_side_free(side);
	*side = (struct compare_side){ .absent = came_up && !unseen };
	for (i = 0; side->absent && i < n; i++)
		if (sample_counts(&s[i]))
			push(side, &s[i], seconds_of(&s[i], COMPARE_PHASE + phase));
}

struct compare_side compare_side_of(const struct sample *s, size_t n, enum compare_metric m)
{
	struct compare_side side = { 0 };
	size_t i;

	for (i = 0; i < n; i++) {
		double x = sample_counts(&s[i]) ? value_of(&s[i], m) : NAN;

		if (!isnan(x))
			push(&side, &s[i], x);
	}
	if (m >= COMPARE_PHASE && side.censored == side.x.n)
		settle_phase(&side, s, n, m - COMPARE_PHASE);
	return side;
}

struct compare_side compare_side_came_up_or_not(const struct sample *s, size_t n)
{
	struct compare_side side = compare_side_of(s, n, COMPARE_LATENCY);

	for (size_t i = 0; i < side.x.n; i++)
		side.x.at[i] = isfinite(side.x.at[i]);
	return side;
}

double compare_side_mean(const struct sample *s, size_t n, enum compare_metric m)
{
	size_t i, came_up = 0;
	double sum = 0;

	for (i = 0; i < n; i++) {
		if (!sample_counts(&s[i]) || !sample_succeeded(&s[i]))
			continue;
		sum += seconds_of(&s[i], m);
		came_up++;
	}
	return came_up ? sum / (double)came_up : NAN;
}

struct compare_came_up compare_side_came_up(const struct sample *s, size_t n)
{
	double mean = compare_side_mean(s, n, COMPARE_LATENCY), squares = 0;
	struct compare_came_up c = { .unseen = mean };

	for (size_t i = 0; i < n; i++) {
		double x = (double)s[i].latency_ns / 1e9 - mean;

		if (!sample_counts(&s[i]) || !sample_succeeded(&s[i]))
			continue;
		squares += x * x;
		c.n++;
	}
	for (unsigned int p = 0; p < PHASES; p++)
		c.unseen -= compare_side_mean(s, n, COMPARE_PHASE + p);
	c.deviation = c.n < 2 ? NAN : sqrt(squares / (double)(c.n - 1));
	return c;
}

void compare_side_free(struct compare_side *side)
{
	vec_free(&side->x);
	vec_free(&side->index);
	vec_free(&side->machine);
}

int compare_side_next_machine(const struct compare_side *side, int after)
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

	for (m = compare_side_next_machine(side, INT_MIN); m != INT_MAX;
	     m = compare_side_next_machine(side, m))
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
	return isfinite(figure) ? round(figure * TIE) / TIE : figure;
}

figure_vec compare_side_figures(const struct compare_side *side, const struct compare_side *other,
				bool by_index)
{
	figure_vec figures = { 0 };
	int m;

	for (m = compare_side_next_machine(side, INT_MIN); m != INT_MAX;
	     m = compare_side_next_machine(side, m))
		vec_push(&figures, machine_figure(side, other, m, by_index));
	return figures;
}
