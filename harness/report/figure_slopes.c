// SPDX-License-Identifier: GPL-2.0-only
/*
 * figure_slopes.c - what slopes.gp draws: points of machines, and the lines through them
 */
#include "figure_data.h"

#include <math.h>

#include "analysis/words.h"
#include "gnuplot.h"
#include "slopes.h"

/* "11 300 (11 000 to 11 600)"; the interval of a line through two points is not known. */
static void put_slope(FILE *f, const struct stats_line *line, bool virtual)
{
	const struct stats_interval *i = &line->slope_interval;
	struct words (*words)(double) = virtual ? words_count : words_ms;
	char text[4 * sizeof(struct words)];

	if (isnan(i->low))
		snprintf(text, sizeof(text), "%s", words(line->slope).s);
	else
		snprintf(text, sizeof(text), "%s (%s to %s)", words(line->slope).s, words(i->low).s,
			 words(i->high).s);
	gnuplot_put_column(f, text);
}

static void put_legend(FILE *f, const struct slopes *s, bool virtual)
{
	char text[100];

	snprintf(text, sizeof(text), "slope in %s per %s (%g %% interval)", virtual ? "instructions" : "ms",
		 s->factor ? s->factor->unit : "", 100 * REPORT_CONFIDENCE);
	gnuplot_put_column(f, text);
}

void figure_slopes_data(FILE *f, const struct report *r)
{
	struct slopes s = slopes_of(r);
	bool virtual = report_virtual(r);
	double scale = virtual ? 1e6 : 1, end = 0;
	int last = 0;

	for (size_t i = 0; i < s.of.n; i++)
		for (size_t k = 0; k < s.of.at[i].points.n; k++) {
			end = fmax(end, s.of.at[i].points.at[k].latency / scale);
			last = s.of.at[i].points.at[k].value > last ? s.of.at[i].points.at[k].value :
								     last;
		}
	fprintf(f, "# end of x, end of y, lines, 1 for millions of instructions instead of seconds, "
		"what x is, its unit, what slopes are\n%d %.6f %zu %d ", last, end, s.of.n, virtual);
	gnuplot_put_column(f, s.factor ? s.factor->name : "");
	fputc(' ', f);
	gnuplot_put_column(f, s.factor ? s.factor->unit : "");
	fputc(' ', f);
	put_legend(f, &s, virtual);
	fputs("\n\n\n# line, way, intercept, slope, from, to, slope in words\n", f);
	for (size_t i = 0; i < s.of.n; i++) {
		const struct slope *of = &s.of.at[i];

		fprintf(f, "%zu ", i + 1);
		gnuplot_put_column(f, of->label);
		fprintf(f, " %.9g %.9g %d %d ", of->line.intercept / scale, of->line.slope / scale,
			of->points.at[0].value, of->points.at[of->points.n - 1].value);
		put_slope(f, &of->line, virtual);
		fputc('\n', f);
	}
	fputs("\n\n# line, x, y\n", f);
	for (size_t i = 0; i < s.of.n; i++)
		for (size_t k = 0; k < s.of.at[i].points.n; k++)
			fprintf(f, "%zu %d %.9f\n", i + 1, s.of.at[i].points.at[k].value,
				s.of.at[i].points.at[k].latency / scale);
	slopes_free(&s);
}
