// SPDX-License-Identifier: GPL-2.0-only
/*
 * figure_slopes.c - what slopes.gp draws: points of machines, and the lines through them
 */
#include "figure_data.h"

#include <math.h>

#include "gnuplot.h"
#include "slopes.h"

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
		"what x is\n%d %.6f %zu %d ", last, end, s.of.n, virtual);
	gnuplot_put_column(f, s.factor ? s.factor->name : "");
	fputc(' ', f);
	gnuplot_put_column(f, s.factor ? s.factor->unit : "");
	fputs("\n\n\n# line, way, intercept, slope, from, to\n", f);
	for (size_t i = 0; i < s.of.n; i++) {
		const struct slope *of = &s.of.at[i];

		fprintf(f, "%zu ", i + 1);
		gnuplot_put_column(f, of->label);
		fprintf(f, " %.9g %.9g %d %d\n", of->line.intercept / scale, of->line.slope / scale,
			of->points.at[0].value, of->points.at[of->points.n - 1].value);
	}
	fputs("\n\n# line, x, y\n", f);
	for (size_t i = 0; i < s.of.n; i++)
		for (size_t k = 0; k < s.of.at[i].points.n; k++)
			fprintf(f, "%zu %d %.9f\n", i + 1, s.of.at[i].points.at[k].value,
				s.of.at[i].points.at[k].latency / scale);
	slopes_free(&s);
}
