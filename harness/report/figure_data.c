// SPDX-License-Identifier: GPL-2.0-only
/*
 * figure_data.c - what the scripts of a report's figures draw
 *
 * The scripts are files of their own in report/ and read everything from the
 * data beside them; here is only what goes into those data. A data file has
 * blocks with two empty lines between, addressed by number:
 *
 *	0	what the axes need: target, end of the axis, rows ...
 *	1	one line a way
 *	2	one line a point
 */
#include "figure_data.h"

#include <math.h>
#include <string.h>

#include "gnuplot.h"
#include "analysis/words.h"

/* What cannot be said is -1: gnuplot leaves out a whole line for a NaN in it. */
static void put_number(FILE *f, double x)
{
	if (isfinite(x))
		fprintf(f, " %.9f", x);
	else
		fputs(" -1", f);
}

/* Where the axis of seconds ends: behind the slowest reboot and behind the target. */
static double axis_end(const struct report *r)
{
	double end = r->target_s;
	size_t i, k;

	for (i = 0; i < r->groups.n; i++)
		for (k = 0; k < r->groups.at[i].latency.n; k++)
			if (isfinite(r->groups.at[i].latency.at[k]))
				end = fmax(end, r->groups.at[i].latency.at[k]);
	return end > 0 ? end * 1.06 : 1;
}

static size_t rows_of(const struct report *r)
{
	size_t i, n = 0;

	for (i = 0; i < r->groups.n; i++)
		n += r->groups.at[i].n > 0;
	return n;
}

static void put_axes(FILE *f, const struct report *r)
{
	fprintf(f, "# target s, end of axis s, rows\n%g %.6f %zu\n", r->target_s, axis_end(r),
		rows_of(r));
}

/*
 * The k-th number of van der Corput's sequence to the base 2: even, repeatable,
 * and neighbours in time lie far apart.
 */
static double van_der_corput(size_t k)
{
	double x = 0, digit = 0.5;

	for (; k; k >>= 1, digit /= 2)
		if (k & 1)
			x += digit;
	return x;
}

void figure_latency_data(FILE *f, const struct report *r)
{
	size_t i, k, row;

	put_axes(f, r);
	fputs("\n\n# row, way, n, failed, median s, its interval from, to, under the target; -1: "
	      "none\n",
	      f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (!g->n)
			continue;
		fprintf(f, "%zu ", row++);
		gnuplot_put_column(f, g->label);
		fprintf(f, " %zu %zu", g->n, g->latency_of.censored);
		put_number(f, g->latency_of.median);
		put_number(f, g->latency_of.median_interval.low);
		put_number(f, g->latency_of.median_interval.high);
		fprintf(f, " %zu\n", g->in_time);
	}
	fputs("\n\n# row, place in it from -1 to 1, s; failed ones stand in block 1\n", f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		for (k = 0; k < g->n; k++)
			if (isfinite(g->latency.at[k]))
				fprintf(f, "%zu %.4f %.9f\n", row,
					2 * van_der_corput(k + 1) - 1, g->latency.at[k]);
		row += g->n > 0;
	}
}

void figure_cumulative_data(FILE *f, const struct report *r)
{
	double end = axis_end(r);
	size_t i, k, row;

	put_axes(f, r);
	fputs("\n\n# row, way, n, came up\n", f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (!g->n)
			continue;
		fprintf(f, "%zu ", row++);
		gnuplot_put_column(f, g->label);
		fprintf(f, " %zu %zu\n", g->n, g->successes);
	}
	fputs("\n\n# row, s, share ready by then\n", f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE double *x = calloc(g->n + 1, sizeof(*x));

		if (!x)
			abort();
		if (!g->n)
			continue;
		memcpy(x, g->latency.at, g->n * sizeof(*x));
		stats_sort(x, g->n);
		fprintf(f, "%zu %.9f 0\n", row, isfinite(x[0]) ? x[0] : 0);
		for (k = 0; k < g->n && isfinite(x[k]); k++)
			fprintf(f, "%zu %.9f %.6f\n", row, x[k], (double)(k + 1) / (double)g->n);
		fprintf(f, "%zu %.6f %.6f\n", row++, end, (double)k / (double)g->n);
	}
}

/* One bar: what the phases of a way take, end to end; NAN where it does not have one. */
struct bar {
	const struct report_group *group;
	double phase[PHASES], whole;
};

typedef VEC(struct bar) bar_vec;

static double length_of(const struct bar *b)
{
	double sum = 0;

	for (unsigned int p = 0; p < PHASES; p++)
		sum += isnan(b->phase[p]) ? 0 : b->phase[p];
	return sum;
}

static void put_bar(FILE *f, const struct bar *b, size_t row, struct words (*words)(double x))
{
	double at = 0;

	for (unsigned int p = 0; p < PHASES; p++) {
		if (isnan(b->phase[p]))
			continue;
		fprintf(f, "%zu %u %.9f %.9f %s %s\n", row, p + 1, at, at + b->phase[p],
			words(b->phase[p]).s, phase_name(p));
		at += b->phase[p];
	}
}

static void put_bars(FILE *f, const bar_vec *bars, bool instructions,
		     struct words (*words)(double x))
{
	double end = 0;
	bool firmware = false;
	size_t i;

	for (i = 0; i < bars->n; i++) {
		end = fmax(end, length_of(&bars->at[i]));
		firmware |= !isnan(bars->at[i].phase[PHASE_FIRMWARE]);
	}
	fprintf(f,
		"# longest bar, rows, 1 if any has a firmware phase, 1 for millions of instructions "
		"instead of seconds\n%.6f %zu %d %d\n",
		end > 0 ? end : 1, bars->n, firmware, instructions);
	fputs("\n\n# row, way, reboots, length of the bar, request to ready; -1: none\n", f);
	for (i = 0; i < bars->n; i++) {
		fprintf(f, "%zu ", i + 1);
		gnuplot_put_column(f, bars->at[i].group->label);
		fprintf(f, " %zu", bars->at[i].group->successes);
		put_number(f, length_of(&bars->at[i]));
		put_number(f, bars->at[i].whole);
		fputc('\n', f);
	}
	fputs("\n\n# row, phase, from, to, in words, name\n", f);
	for (i = 0; i < bars->n; i++)
		put_bar(f, &bars->at[i], i + 1, words);
}

void figure_phases_data(FILE *f, const struct report *r)
{
	bar_vec bars = { 0 };

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		struct bar b = { .group = g, .whole = g->latency_of.median };

		if (!g->successes)
			continue;
		for (unsigned int p = 0; p < PHASES; p++)
			b.phase[p] = g->phases[p].s.n ? g->phases[p].of.median : NAN;
		vec_push(&bars, b);
	}
	put_bars(f, &bars, false, words_ms);
	vec_free(&bars);
}

static struct words words_of_millions(double millions)
{
	return words_million(millions * 1e6);
}

void figure_instructions_data(FILE *f, const struct report *r)
{
	bar_vec bars = { 0 };

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		const struct exact_range *of = g->exact.instructions;
		struct bar b = { .group = g, .whole = exact_middle(of[EXACT_LATENCY]) / 1e6 };

		if (!g->successes)
			continue;
		for (unsigned int p = 0; p < PHASES; p++)
			b.phase[p] = exact_middle(of[p]) / 1e6;
		vec_push(&bars, b);
	}
	put_bars(f, &bars, true, words_of_millions);
	vec_free(&bars);
}
