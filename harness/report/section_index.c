// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_index.c - figures that depend on how often a machine was rebooted before
 */
#include "sections.h"

#include <math.h>

#include "analysis/doubts_of_figures.h"
#include "markdown.h"
#include "analysis/words.h"

static void put_index(struct md_table *t, const struct index_figure *at, bool rate)
{
	md_cell(t, "%d", at->index);
	md_cell(t, "%zu", at->of.n);
	if (rate) {
		double k = at->mean * (double)at->of.n;

		md_cell(t, "%s", words_percent(at->mean).s);
		md_cell(t, "%s", words_percent_interval(stats_clopper_pearson(
					 k, (double)at->of.n, REPORT_CONFIDENCE)).s);
	} else {
		md_cell(t, "%s ms", words_ms(at->of.median).s);
		md_cell(t, "%s", words_ms_interval(at->of.median_interval).s);
	}
}

/* Return: how many figures depend on the index. */
static size_t put_table(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "figure", "index", "n", "median or share",
					       "95 % interval" };
	struct md_table *t = md_table_new("llrrrr", headers);
	CLEANUP_FREE char *text = NULL;
	size_t i, k, size, figures = 0;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (i = 0; i < r->groups.n; i++)
		for (unsigned int figure = 0; figure < REPORT_FIGURES; figure++) {
			const struct report_figure *at = &r->groups.at[i].figures[figure];

			figures += at->by_index;
			for (k = 0; k < at->indexes.n; k++) {
				md_cell(t, "%s", r->groups.at[i].label);
				md_cell(t, "%s", report_figure_name(figure));
				put_index(t, &at->indexes.at[k], report_figure_is_rate(figure));
			}
		}
	md_table_end(t, m);
	if (fclose(m) != 0)
		abort();
	if (figures)
		fputs(text, f);
	return figures;
}

static size_t count_tested(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->groups.n; i++)
		for (unsigned int figure = 0; figure < REPORT_FIGURES; figure++)
			n += !isnan(r->groups.at[i].figures[figure].p_index);
	return n;
}

void section_index(FILE *f, const struct report *r)
{
	size_t tested = count_tested(r);

	if (!r->counted || report_virtual(r))
		return;
	md_heading(f, 2, "Does it matter how often the machine was rebooted before?");
	if (!tested) {
		md_paragraph(f, "That was not tested: it takes %d machines of a way or more with two "
				"counted reboots each, and figures that differ by %g %% of the latency.",
			     INDEX_EFFECT_MACHINES, 100 * COMPARE_THRESHOLD);
		return;
	}
	if (!put_table(f, r))
		md_paragraph(f, "No figure was found that depends on it by %g %% of the latency or more.",
			     100 * COMPARE_THRESHOLD);
	md_paragraph(f, "The *index* of a reboot is its place in its machine's chain, from 0, warm-ups "
			"included. An F test of machines by indexes was made of each figure (time, "
			"phase or rate of a way) whose reboots differ by %g %% of the latency or "
			"more; there are %zu. So many tests find something by chance alone: of the "
			"figures listed, %g %% at most are expected to be such (Benjamini and Hochberg).",
		     100 * COMPARE_THRESHOLD, tested, 100 * DOUBTFUL_SHARE);
}
