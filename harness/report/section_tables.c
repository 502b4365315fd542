// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_tables.c - what was measured of each way as a whole
 */
#include "sections.h"

#include <math.h>

#include "analysis/words.h"
#include "markdown.h"
#include "staged.h"

/* Quantiles need so many samples before they are more than the largest one seen. */
#define ENOUGH_FOR_P95 20
#define ENOUGH_FOR_P99 100

static bool any_censored(const struct report *r)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].latency_of.censored)
			return true;
	return false;
}

/* The fewest counted samples of a group that has any. */
static size_t fewest(const struct report *r)
{
	size_t i, least = r->counted;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].n && r->groups.at[i].n < least)
			least = r->groups.at[i].n;
	return least;
}

/* "1.480 to 1.530 s": the middle half. */
static struct words middle_half(const struct stats_summary *s)
{
	return words_seconds_interval((struct stats_interval){ s->p25, s->p75 });
}

static void times_table(FILE *f, const struct report *r, bool downtime)
{
	static const char *const headers[] = { "way", "n", "median", "95 % interval", "middle half",
					       "p95", "p99", "least", "most" };
	struct md_table *t = md_table_new("lrrrrrrrr", headers);
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		const struct stats_summary *s = downtime ? &g->downtime_of : &g->latency_of;

		if (!g->n)
			continue;
		md_cell(t, "%s", g->label);
		md_cell(t, "%zu", s->n);
		md_cell(t, "%s", words_seconds(s->median).s);
		md_cell(t, "%s", words_seconds_interval(s->median_interval).s);
		md_cell(t, "%s", middle_half(s).s);
		md_cell(t, "%s", words_seconds(s->p95).s);
		md_cell(t, "%s", words_seconds(s->p99).s);
		md_cell(t, "%s", words_seconds(s->least).s);
		md_cell(t, "%s", words_seconds(s->most).s);
	}
	md_table_end(t, f);
}

/* What the fewest reboots of a way cannot say. */
static const char *few_note(size_t n)
{
	if (n < ENOUGH_FOR_P95)
		return " With so few reboots p95 and p99 are little more than the slowest seen.";
	if (n < ENOUGH_FOR_P99)
		return " With so few reboots p99 is little more than the slowest seen.";
	return "";
}

static void times_notes(FILE *f, const struct report *r)
{
	const char *never = "";

	if (any_censored(r))
		never = " A reboot that failed counts as infinitely slow, so *never* says that so "
			"many failed that the figure falls on one of them.";
	md_paragraph(f, "Quantiles are of Hyndman and Fan's type 7. The interval is that of the sign "
			"test by machines, exact, and takes %d machines or more. Half of the reboots "
			"lie in the middle half. How much longer one way takes than another is the "
			"shift of Hodges and Lehmann over one figure a machine, with Moses' interval and "
			"the exact rank test; it need not be the difference of two medians.%s%s",
		     STATS_INTERVAL_LEAST, never, few_note(fewest(r)));
}

void section_latency(FILE *f, const struct report *r)
{
	if (!r->counted)
		return;
	md_heading(f, 2, "How long a reboot takes");
	md_paragraph(f, "![Every counted reboot as a point, one row a way, with its median and the "
			"line at %g s](figures/latency.svg)", r->target_s);
	md_paragraph(f, "%srom request (a user asks) to ready (the new user space is up), fastest "
			"way first%s.", r->exact ? "By the wall clock, f" : "F",
		     report_has_kernels(r) ? ", kernel by kernel" : "");
	times_table(f, r, false);
	staged_note(f, r);
	times_notes(f, r);
}

void section_share_cell(struct md_table *t, const struct report_figure *figure)
{
	if (figure->by_index)
		md_cell(t, "by index, see below");
	else
		md_cell(t, "%s%s", words_percent_interval(figure->share).s,
			figure->by_machine ? " (by machine)" : "");
}

static void in_time_cells(struct md_table *t, const struct report_group *g)
{
	md_cell(t, "%s", words_of(g->in_time, g->n).s);
	md_cell(t, "%s", words_percent(g->n ? (double)g->in_time / (double)g->n : NAN).s);
	section_share_cell(t, &g->figures[REPORT_IN_TIME]);
}

static void put_no_failures(FILE *f, const struct report *r)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (!g->n || g->successes != g->n)
			continue;
		md_item(f, "%s: no failure in %zu still allows a failure rate of up to %s "
			   "(one-sided 95 %%; the rule of three says %s).",
			label, g->n, words_percent(stats_zero_failures_bound(g->n, 0.95)).s,
			words_percent(stats_rule_of_three(g->n)).s);
	}
	fputc('\n', f);
}

static size_t came_up(const struct report *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->groups.n; i++)
		n += r->groups.at[i].successes;
	return n;
}

void section_success(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "came up", "rate", "95 % interval",
					       "faults", "under the target", "share",
					       "95 % interval", "witness" };
	static const char *const exact[] = { "way", "came up", "rate", "95 % interval", "faults",
					     "witness" };
	struct md_table *t;
	size_t i;

	if (!r->groups.n)
		return;
	md_heading(f, 2, "How often it works");
	if (r->counted && !report_virtual(r))
		md_paragraph(f, "![Share of the reboots that were ready after so many seconds, one "
				"line a way](figures/cumulative.svg)");
	if (r->exact)
		md_paragraph(f, "These are the reboots by the wall clock; of those by the exact clock %s "
			     "came up.",
			     words_of(came_up(r->exact), r->exact->counted).s);
	/* Virtual time is none that a person waits, so no target is for it. */
	t = report_virtual(r) ? md_table_new("lrrrrl", exact) : md_table_new("lrrrrrrrl", headers);
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		md_cell(t, "%s", g->label);
		md_cell(t, "%s", words_of(g->successes, g->n).s);
		md_cell(t, "%s", words_percent(g->n ? (double)g->successes / (double)g->n : NAN).s);
		section_share_cell(t, &g->figures[COMPARE_SUCCESS]);
		md_cell(t, "%zu", g->faults);
		if (!report_virtual(r))
			in_time_cells(t, g);
		md_cell(t, "%s", section_proof_word(r, g));
	}
	md_table_end(t, f);
	md_paragraph(f, "*Came up* counts reboots that reached ready, the way they were asked to, "
		     "with proof. Intervals are Clopper and Pearson's, which cover 95 %% or more at "
		     "any rate. Where the reboots of one machine are alike (F test, 5 %%), each "
		     "machine counts as one reboot: *by machine*. *Faults* are the instrument's: "
		     "they say nothing about the way and are in no figure. *Witness*: whether what "
		     "was executed is that way, see below.");
	if (!report_virtual(r))
		md_paragraph(f, "The target is %g s.", r->target_s);
	put_no_failures(f, r);
	section_proof(f, r);
}

void section_downtime(FILE *f, const struct report *r)
{
	if (!r->counted)
		return;
	md_heading(f, 2, "Downtime");
	md_paragraph(f, "Latency without what was done while the old system still served, as "
			"loading the new image ahead of time.");
	times_table(f, r, true);
}

/* A counter's median in its unit; the clock is kept in ns and read in ms. */
static struct words perf_words(enum perf_counter c, const double_vec *x)
{
	double median = stats_median(x->at, x->n);

	return c == PERF_TASK_CLOCK_NS ? words_ms(median / 1e9) : words_count(median);
}

static struct words perf_half(enum perf_counter c, const double_vec *x)
{
	double scale = c == PERF_TASK_CLOCK_NS ? 1e9 : 1;
	struct stats_summary s = stats_summarise(x->at, NULL, x->n);
	struct words low, high, both;

	if (c == PERF_TASK_CLOCK_NS) {
		low = words_ms(s.p25 / scale);
		high = words_ms(s.p75 / scale);
	} else {
		low = words_count(s.p25);
		high = words_count(s.p75);
	}
	snprintf(both.s, sizeof(both.s), "%.28s to %.28s", low.s, high.s);
	return both;
}

void section_perf(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "counter", "n", "median", "middle half" };
	struct md_table *t;
	size_t i;
	unsigned int c;

	if (!r->counted)
		return;
	md_heading(f, 2, "What a reboot cost the host");
	t = md_table_new("llrrr", headers);
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		for (c = 0; c < PERF_COUNTERS; c++) {
			if (!g->perf[c].n)
				continue;
			md_cell(t, "%s", g->label);
			md_cell(t, "%s%s", perf_name(c), c == PERF_TASK_CLOCK_NS ? ", ms" : "");
			md_cell(t, "%zu", g->perf[c].n);
			md_cell(t, "%s", perf_words(c, &g->perf[c]).s);
			md_cell(t, "%s", perf_half(c, &g->perf[c]).s);
		}
	}
	md_table_end(t, f);
	md_paragraph(f, "Performance events of the machine's process from request to ready, of the "
			"reboots that came up. A counter that is not listed is not to be had on "
			"this host.");
}

void section_logs(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "n", "kept", "lines, median",
					       "with lines missing", "lines missing", "damaged",
					       "nothing" };
	struct md_table *t;
	size_t i;

	if (!r->counted)
		return;
	md_heading(f, 2, "The old kernel's log in the new kernel");
	t = md_table_new("lrrrrrrr", headers);
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (!g->n)
			continue;
		md_cell(t, "%s", g->label);
		md_cell(t, "%zu", g->n);
		md_cell(t, "%zu", g->logs_kept);
		md_cell(t, "%s", words_count(stats_median(g->log_lines.at, g->log_lines.n)).s);
		md_cell(t, "%zu", g->logs_incomplete);
		md_cell(t, "%s", words_count(g->logs_kept ? (double)g->lines_missing : NAN).s);
		md_cell(t, "%zu", g->logs_damaged);
		md_cell(t, "%zu", g->logs_none);
	}
	md_table_end(t, f);
	md_paragraph(f, "*Lines missing* were on the console and are not in the log that came "
			"over. Only a way that keeps the log can have one.");
}

void section_warmups(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "warm-ups", "failed", "median", "least",
					       "most" };
	struct md_table *t;
	size_t i, all = 0;

	for (i = 0; i < r->groups.n; i++)
		all += r->groups.at[i].warmups;
	if (!all)
		return;
	md_heading(f, 2, "Warm-ups");
	md_paragraph(f, "The first reboots of each machine: as many as the scenario says, and more where "
			"a machine replaced another, so that what was left kept its place in the chain. "
			"Rates, plots and other tables of times leave them out. Failed ones are in "
			"*What failed*, too.");
	t = md_table_new("lrrrrr", headers);
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		struct stats_summary s = stats_summarise(g->warmup_latency.at, NULL,
							 g->warmup_latency.n);

		if (!s.n)
			continue;
		md_cell(t, "%s", g->label);
		md_cell(t, "%zu", s.n);
		md_cell(t, "%zu", s.censored);
		md_cell(t, "%s", words_seconds(s.median).s);
		md_cell(t, "%s", words_seconds(s.least).s);
		md_cell(t, "%s", words_seconds(s.most).s);
	}
	md_table_end(t, f);
}
