// SPDX-License-Identifier: GPL-2.0-only
/*
 * dashboard_plots.c - the plot of each metric over the nights
 *
 * One gnuplot draws all of them. A plot shows each night as long as there are no more
 * than a few for a pixel; beyond that the least and the greatest of each pixel's nights,
 * so that no extreme is lost.
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "dashboard_page.h"
#include "dashboard_pages.h"
#include "gnuplot.h"

/* Columns of a plot that can be told apart. */
#define COLUMNS 360
/* A target further above than so many times what the figures span would press them flat. */
#define FAR 2

static double moment(const struct history_run *run)
{
	struct tm tm = { 0 };

	return strptime(run->started, "%Y-%m-%dT%H:%M:%S", &tm) ? (double)timegm(&tm) : 0;
}

/*
 * Begins a block of data for gnuplot. It has a point out of sight, for gnuplot complains
 * of a block without any.
 */
static void begin_block(FILE *f, const char *name, const char *columns)
{
	fprintf(f, "$%s << EOD\n# %s\n0 0\n\n", name, columns);
}

/* In the unit of the axis: milliseconds, thousands of instructions, per cent. */
static double on_axis(const struct history_metric *m, double value)
{
	static const double scale[HISTORY_UNITS] = { 1e-6, 1e-3, 100 };

	return value * scale[m->unit];
}

static double point_time(const struct nightly *n, const struct nightly_metric *m, size_t i)
{
	return moment(&n->history->runs.at[m->metric->points.at[i].run]);
}

static void put_point(FILE *f, const struct nightly *n, const struct nightly_metric *m, size_t i)
{
	double value = m->metric->points.at[i].value;

	if (isfinite(value))
		fprintf(f, "%.0f %.9g\n", point_time(n, m, i), on_axis(m->metric, value));
}

/* The nights of one column of the plot: its least and its greatest, in their order. */
static void put_column(FILE *f, const struct nightly *n, const struct nightly_metric *m,
		       size_t from, size_t end)
{
	size_t least = from, most = from;

	for (size_t i = from; i < end; i++) {
		double value = m->metric->points.at[i].value;

		if (value < m->metric->points.at[least].value)
			least = i;
		if (isfinite(value) && !(value <= m->metric->points.at[most].value))
			most = i;
	}
	put_point(f, n, m, least < most ? least : most);
	if (least != most)
		put_point(f, n, m, least < most ? most : least);
}

static void put_points(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	size_t points = m->metric->points.n;

	begin_block(f, "points", "time, value");
	if (points <= 2 * COLUMNS) {
		for (size_t i = 0; i < points; i++)
			put_point(f, n, m, i);
	} else {
		for (size_t c = 0; c < COLUMNS; c++)
			put_column(f, n, m, c * points / COLUMNS, (c + 1) * points / COLUMNS);
	}
	fputs("EOD\n", f);
}

/* Nights in which nothing came up stand at the upper edge. */
static void put_never(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	begin_block(f, "never", "time of a night that has no figure");
	for (size_t i = 0; i < m->metric->points.n; i++)
		if (!isfinite(m->metric->points.at[i].value))
			fprintf(f, "%.0f 0\n", point_time(n, m, i));
	fputs("EOD\n", f);
}

static void put_level(FILE *f, const struct nightly *n, const struct nightly_metric *m,
		      size_t from, size_t end, double level)
{
	if (!isfinite(level))
		return;
	fprintf(f, "%.0f %.9g\n%.0f %.9g\n\n", point_time(n, m, from), on_axis(m->metric, level),
		point_time(n, m, end - 1), on_axis(m->metric, level));
}

static void put_changes(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	size_t from = 0;

	begin_block(f, "levels", "time, level: two lines a level");
	for (size_t i = 0; i <= m->changes.n; i++) {
		bool last = i == m->changes.n;
		size_t end = last ? m->metric->points.n : m->changes.at[i].at;
		double level = !m->changes.n ? m->level :
			last ? m->changes.at[i - 1].after : m->changes.at[i].before;

		put_level(f, n, m, from, end, level);
		from = end;
	}
	fputs("EOD\n", f);
	begin_block(f, "changes", "time of a change, 1: for the worse");
	for (size_t i = 0; i < m->changes.n; i++)
		fprintf(f, "%.0f %d\n", point_time(n, m, m->changes.at[i].at),
			nightly_worse(m, &m->changes.at[i]));
	fputs("EOD\n", f);
}

/* What the axes need. */
static void put_ranges(FILE *f, const struct nightly *n, const struct nightly_metric *m)
{
	double first = point_time(n, m, 0), last = point_time(n, m, m->metric->points.n - 1);
	double least = INFINITY, most = -INFINITY, room;
	double target = m->metric->unit == HISTORY_NS && m->metric->phase == PHASES &&
		!m->series->exact ? on_axis(m->metric, (double)nightly_run(n, m)->target_ns) : -1;

	for (size_t i = 0; i < m->metric->points.n; i++) {
		double value = on_axis(m->metric, m->metric->points.at[i].value);

		if (!isfinite(value))
			continue;
		least = fmin(least, value);
		most = fmax(most, value);
	}
	if (!isfinite(least))
		least = most = 0;
	if (target > 0 && target < most + FAR * (most - least)) {
		least = fmin(least, target);
		most = fmax(most, target);
	}
	room = most > least ? 0.08 * (most - least) : fmax(0.01 * most, 1);
	if (m->metric->unit == HISTORY_SHARE) {
		least = fmin(least, 90);
		most = 100;
		room = 4;
	}
	fprintf(f, "from = %.0f\nend = %.0f\nlow = %.12g\nhigh = %.12g\ntarget = %.9g\n",
		first - 43200, last + 43200, fmax(least - room, 0), most + room, target);
}

static void put_plot(FILE *script, const struct nightly *n, size_t metric)
{
	static const char *const units[HISTORY_UNITS] = {
		"ms", "1000 instructions", "% came up",
	};
	const struct nightly_metric *m = &n->metrics.at[metric];
	struct page_name name = dashboard_plot_name(n, metric);

	put_points(script, n, m);
	put_never(script, n, m);
	put_changes(script, n, m);
	put_ranges(script, n, m);
	fprintf(script, "nights = %zu\nunit = '%s'\noutput_name = '%s.svg'\nload 'history.gp'\n",
		m->metric->points.n, units[m->metric->unit], name.s);
}

int dashboard_plots(const struct nightly *const *hosts, size_t n, const char *scripts,
		    const char *dir, struct error **err)
{
	CLEANUP_FREE char *script = NULL;
	size_t size;
	FILE *f = open_memstream(&script, &size);
	int rc;

	if (!f)
		abort();
	fputs("load 'style.gp'\n", f);
	for (size_t i = 0; i < n; i++)
		for (size_t m = 0; m < hosts[i]->metrics.n; m++)
			put_plot(f, hosts[i], m);
	if (fclose(f) != 0)
		abort();
	rc = file_copy(scripts, dir, "style.gp", err);
	if (!rc)
		rc = file_copy(scripts, dir, "history.gp", err);
	return rc ? rc : gnuplot_run(dir, script, err);
}
