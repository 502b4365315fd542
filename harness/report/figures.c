// SPDX-License-Identifier: GPL-2.0-only
/*
 * figures.c - a report's figures: data files, scripts, pictures
 *
 * The scripts are files of their own in report/ and read everything from the
 * data beside them; here is only what goes into those data. A data file has
 * blocks with two empty lines between, addressed by number:
 *
 *	0	what the axes need: target, end of the axis, rows ...
 *	1	one line a way
 *	2	one line a point
 */
#include "figures.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "gnuplot.h"
#include "words.h"

/* How far from its row's middle a point may be moved, of the distance of rows. */
#define JITTER 0.30

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

/**
 * figure_latency_data() - every counted reboot as a point
 * @f:	where
 * @r:	the model
 */
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
	fputs("\n\n# row, distance from its middle, s; failed ones stand in block 1\n", f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		for (k = 0; k < g->n; k++)
			if (isfinite(g->latency.at[k]))
				fprintf(f, "%zu %.4f %.9f\n", row,
					JITTER * (2 * van_der_corput(k + 1) - 1), g->latency.at[k]);
		row += g->n > 0;
	}
}

/**
 * figure_cumulative_data() - the share that was ready after so many seconds
 * @f:	where
 * @r:	the model
 *
 * A failed reboot is one of all and never ready, so its way's line ends below 1.
 */
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

/* Sum of a group's phase medians: how long its bar is. */
static double bar_length(const struct report_group *g)
{
	double sum = 0;
	unsigned int p;

	for (p = 0; p < PHASES; p++)
		if (g->phases[p].s.n)
			sum += g->phases[p].median;
	return sum;
}

static void put_bar(FILE *f, const struct report_group *g, size_t row)
{
	double at = 0;
	unsigned int p;

	for (p = 0; p < PHASES; p++) {
		const struct report_phase *phase = &g->phases[p];

		if (!phase->s.n)
			continue;
		fprintf(f, "%zu %u %.9f %.9f %s %s\n", row, p + 1, at, at + phase->median,
			words_ms(phase->median).s, phase_name(p));
		at += phase->median;
	}
}

/**
 * figure_phases_data() - the medians of the phases, laid end to end
 * @f:	where
 * @r:	the model
 */
void figure_phases_data(FILE *f, const struct report *r)
{
	double end = 0;
	size_t i, row, rows = 0;
	bool firmware = false;

	for (i = 0; i < r->groups.n; i++) {
		rows += r->groups.at[i].successes > 0;
		end = fmax(end, bar_length(&r->groups.at[i]));
		firmware |= r->groups.at[i].phases[PHASE_FIRMWARE].s.n > 0;
	}
	fprintf(f, "# longest bar s, rows, 1 if any has a firmware phase\n%.6f %zu %d\n",
		end > 0 ? end : 1, rows, firmware);
	fputs("\n\n# row, way, reboots, length of the bar s, median of the latency s; -1: none\n",
	      f);
	for (i = 0, row = 1; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (!g->successes)
			continue;
		fprintf(f, "%zu ", row++);
		gnuplot_put_column(f, g->label);
		fprintf(f, " %zu", g->successes);
		put_number(f, bar_length(g));
		put_number(f, g->latency_of.median);
		fputc('\n', f);
	}
	fputs("\n\n# row, phase, from s, to s, ms, name\n", f);
	for (i = 0, row = 1; i < r->groups.n; i++)
		if (r->groups.at[i].successes)
			put_bar(f, &r->groups.at[i], row++);
}

static int open_below(const char *dir, const char *name, const char *mode, FILE **f,
		      struct error **err)
{
	CLEANUP_FREE char *path = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	*f = fopen(path, mode);
	return *f ? 0 : error_set(err, ERROR_HOST, errno, "%s", path);
}

static int copy_script(const char *from, const char *to, const char *name, struct error **err)
{
	CLEANUP_FCLOSE FILE *in = NULL;
	CLEANUP_FCLOSE FILE *out = NULL;
	char buf[4096];
	size_t n;
	int rc = open_below(from, name, "re", &in, err);

	if (!rc)
		rc = open_below(to, name, "we", &out, err);
	if (rc)
		return rc;
	while ((n = fread(buf, 1, sizeof(buf), in)) > 0)
		fwrite(buf, 1, n, out);
	if (ferror(in) || fflush(out) != 0)
		return error_set(err, ERROR_HOST, errno, "%s/%s", to, name);
	return 0;
}

struct figure {
	const char *name;
	void (*data)(FILE *f, const struct report *r);
	bool needs_success;		/* a picture of reboots that came up */
};

static const struct figure figures[] = {
	{ "latency", figure_latency_data, false },
	{ "cumulative", figure_cumulative_data, false },
	{ "phases", figure_phases_data, true },
};

static int draw(const struct report *r, const struct figure *figure, const char *scripts,
		const char *dir, struct error **err)
{
	CLEANUP_FREE char *data = NULL, *script = NULL, *load = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;
	int rc;

	if (asprintf(&data, "%s.dat", figure->name) < 0 ||
	    asprintf(&script, "%s.gp", figure->name) < 0 ||
	    asprintf(&load, "load '%s'", script) < 0)
		abort();
	rc = open_below(dir, data, "we", &f, err);
	if (rc)
		return rc;
	figure->data(f, r);
	if (fflush(f) != 0)
		return error_set(err, ERROR_HOST, errno, "%s/%s", dir, data);
	rc = copy_script(scripts, dir, script, err);
	return rc ? rc : gnuplot_run(dir, load, err);
}

/**
 * figures_write() - write figures/ of a report
 * @r:		the model
 * @scripts:	folder of the gnuplot scripts
 * @dir:	existing folder to write into
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set; what could be written stays.
 */
int figures_write(const struct report *r, const char *scripts, const char *dir, struct error **err)
{
	size_t i, successes = 0;
	int rc;

	for (i = 0; i < r->groups.n; i++)
		successes += r->groups.at[i].successes;
	if (!r->counted)
		return 0;
	rc = copy_script(scripts, dir, "style.gp", err);
	for (i = 0; !rc && i < sizeof(figures) / sizeof(figures[0]); i++)
		if (successes || !figures[i].needs_success)
			rc = draw(r, &figures[i], scripts, dir, err);
	return rc ? error_wrap(err, "figures") : 0;
}
