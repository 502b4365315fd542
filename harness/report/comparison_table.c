// SPDX-License-Identifier: GPL-2.0-only
/*
 * comparison_table.c - one comparison by the wall clock as a table
 */
#include "comparison_table.h"

#include <math.h>

#include "base/cleanup.h"
#include "markdown.h"

/* A mean time in no phase below this is rounding, seconds. */
#define UNSEEN_LEAST 1e-9

struct words comparison_percent(double share)
{
	double percent = 100 * fabs(share);
	struct words to;

	if (!isfinite(share))
		snprintf(to.s, sizeof(to.s), "–");
	else
		snprintf(to.s, sizeof(to.s), "%s%.*f %%", share < 0 ? "−" : "+",
			 percent < 1 ? 3 : 1, percent);
	return to;
}

struct words comparison_ms(double s)
{
	struct words w = words_ms(s), to;

	snprintf(to.s, sizeof(to.s), "%s%.55s", s > 0 && isfinite(s) ? "+" : "", w.s);
	return to;
}

static void chance_cell(struct md_table *t, double p)
{
	if (isnan(p))
		md_cell(t, "–");
	else
		md_cell(t, "%.2g", p);
}

/* All with the same decimals, so that a reader can add them up. */
static struct words added_ms(double s)
{
	struct words to;

	if (isnan(s))
		snprintf(to.s, sizeof(to.s), "–");
	else
		snprintf(to.s, sizeof(to.s), "%s%.2f", s < 0 ? "−" : "+", 1e3 * fabs(s));
	return to;
}

/* A difference of shares. */
static struct words points(double share)
{
	struct words to;

	snprintf(to.s, sizeof(to.s), "%s%.1f", share < 0 ? "−" : "+", 100 * fabs(share));
	return to;
}

static void put_row(struct md_table *t, const struct compare_row *r)
{
	bool share = r->metric == COMPARE_SUCCESS;

	md_cell(t, "%s", compare_metric_name(r->metric));
	if (share) {
		md_cell(t, "%s", words_percent(r->a).s);
		md_cell(t, "%s", words_percent(r->b).s);
		md_cell(t, "%s points", points(r->by.shift).s);
		md_cell(t, "%s to %s%s", points(r->by.interval.low).s,
			points(r->by.interval.high).s, r->by_machine ? " (by machine)" : "");
		md_cell(t, "–");
	} else {
		md_cell(t, "%s", r->absent_a ? "–" : words_ms(r->a).s);
		md_cell(t, "%s", r->absent_b ? "–" : words_ms(r->b).s);
		md_cell(t, "%s", isfinite(r->by.shift) ? comparison_ms(r->by.shift).s : "–");
		md_cell(t, "%s", words_ms_interval(r->by.interval).s);
		md_cell(t, "%s", comparison_percent(r->of_latency).s);
	}
	chance_cell(t, r->p_all);
	md_cell(t, "%s", compare_verdict_words(r->metric, r->verdict));
	md_cell(t, "%s", share || r->metric == COMPARE_DOWNTIME ? "–" :
		added_ms(r->mean_b - r->mean_a).s);
}

/* Time of reboots that no phase was seen in: without it the phases do not add up. */
static void put_unseen(struct md_table *t, const struct comparison *c)
{
	double a = c->came_up_a.unseen, b = c->came_up_b.unseen;

	if (!(fabs(a) > UNSEEN_LEAST || fabs(b) > UNSEEN_LEAST))
		return;
	md_cell(t, "in no phase that was seen");
	for (int i = 0; i < 7; i++)
		md_cell(t, "–");
	md_cell(t, "%s", added_ms(b - a).s);
}

static void put_side_mean(FILE *f, const char *side, const struct compare_came_up *c)
{
	fprintf(f, "%zu of %s", c->n, side);
	if (!isnan(c->deviation))
		fprintf(f, ", standard deviation of the latency %s ms", words_ms(c->deviation).s);
}

/* What each column is: a reader must be able to work it out again. */
static void put_methods(FILE *f, const struct comparison *c, const struct compare_options *o)
{
	const struct compare_row *latency = &c->rows[COMPARE_LATENCY];
	CLEANUP_FREE char *means = NULL;
	size_t size;
	FILE *m = open_memstream(&means, &size);

	if (!m)
		abort();
	put_side_mean(m, "A", &c->came_up_a);
	fputs("; ", m);
	put_side_mean(m, "B", &c->came_up_b);
	if (fclose(m) != 0)
		abort();
	md_paragraph(f, "%zu reboots on %zu machines of A, %zu on %zu of B. *A* and *B* are medians "
			"of the reboots, or shares. *B − A* of times is the shift of Hodges and "
			"Lehmann over one figure a machine%s; its %g %% interval is Moses'; *p* is "
			"that of the exact rank test. Shares: Clopper and Pearson's intervals, joined "
			"by Newcombe's method 10, and Fisher's exact test. Where the reboots of one "
			"machine are alike (F test, 5 %%), each machine counts as one reboot, and the "
			"test is that of ranks of the machines' shares: *by machine*.",
		     latency->n_a, latency->machines_a, latency->n_b, latency->machines_b,
		     latency->by_index ? ", n-th reboots compared with n-th reboots" : "",
		     100 * o->confidence);
	md_paragraph(f, "*p* of the rows below the first is corrected for their number (Holm); the "
			"least that %zu and %zu machines could give there is %.2g. A difference "
			"below %g %% of A's latency is none in practice. Medians and shifts do not "
			"add up; the last column does: the difference of the means of the reboots "
			"that came up (%s).",
		     latency->machines_a, latency->machines_b,
		     c->rows[COMPARE_DOWNTIME].p_all_least, 100 * o->threshold, means);
}

void comparison_table(FILE *f, const struct comparison *c, const struct compare_options *options)
{
	static const char *const headers[] = { "metric", "A, ms", "B, ms", "B − A", "interval",
					       "of latency", "p", "B is", "means, B − A" };
	struct md_table *t = md_table_new("lrrrrrrlr", headers);

	for (unsigned int m = 0; m < COMPARE_METRICS; m++)
		if (c->rows[m].verdict != COMPARE_NOTHING)
			put_row(t, &c->rows[m]);
	put_unseen(t, c);
	md_table_end(t, f);
	put_methods(f, c, options);
}
