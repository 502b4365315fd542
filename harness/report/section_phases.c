// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_phases.c - where the time of a reboot goes
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "analysis/words.h"
#include "markdown.h"
#include "staged.h"

static bool phase_anywhere(const struct report *r, unsigned int p)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].phases[p].s.n || r->groups.at[i].phases[p].unseen)
			return true;
	return false;
}

static void phase_cell(struct md_table *t, const struct report_group *g, unsigned int p)
{
	const struct report_phase *phase = &g->phases[p];

	if (!phase->s.n && !phase->unseen)
		md_cell(t, "–");
	else if (!phase->s.n)
		md_cell(t, "not seen (%s)", words_of(phase->unseen, g->successes).s);
	else if (phase->unseen)
		md_cell(t, "%s (not seen in %s)", words_ms(phase->of.median).s,
			words_of(phase->unseen, g->successes).s);
	else
		md_cell(t, "%s", words_ms(phase->of.median).s);
}

/* The groups that have phases to show. */
static size_t with_phases(const struct report *r, const struct report_group **to)
{
	size_t i, n = 0;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].successes)
			to[n++] = &r->groups.at[i];
	return n;
}

static void median_table(FILE *f, const struct report *r, const struct report_group **g, size_t n)
{
	CLEANUP_FREE const char **headers = calloc(n + 1, sizeof(*headers));
	CLEANUP_FREE char *columns = calloc(n + 2, 1);
	struct md_table *t;
	unsigned int p;
	size_t i;

	if (!headers || !columns)
		abort();
	headers[0] = "phase, median in ms";
	memset(columns, 'r', n + 1);
	columns[0] = 'l';
	for (i = 0; i < n; i++)
		headers[i + 1] = g[i]->label;
	t = md_table_new(columns, headers);
	for (p = 0; p < PHASES; p++) {
		if (!phase_anywhere(r, p))
			continue;
		md_cell(t, "%s", phase_name(p));
		for (i = 0; i < n; i++)
			phase_cell(t, g[i], p);
	}
	md_cell(t, "reboots that came up");
	for (i = 0; i < n; i++)
		md_cell(t, "%zu", g[i]->successes);
	md_table_end(t, f);
}

/* Of each kernel that reboots led to. */
static void median_tables(FILE *f, const struct report *r, const struct report_group **g)
{
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_kernel(r, c);
		size_t n = with_phases(&of, g);

		if (!n || !report_begins_kernel(r, c))
			continue;
		if (*of.among)
			md_heading(f, 3, "Reboots%s", of.among);
		median_table(f, &of, g, n);
	}
}

static void detail_table(FILE *f, const struct report_group **g, size_t n)
{
	static const char *const headers[] = { "way", "phase", "n", "median, ms", "95 % interval",
					       "middle half", "p95", "most" };
	struct md_table *t = md_table_new("llrrrrrr", headers);
	unsigned int p;
	size_t i;

	for (i = 0; i < n; i++) {
		for (p = 0; p < PHASES; p++) {
			const struct stats_summary s = g[i]->phases[p].of;

			if (!s.n)
				continue;
			md_cell(t, "%s", g[i]->label);
			md_cell(t, "%s", phase_name(p));
			md_cell(t, "%zu", s.n);
			md_cell(t, "%s", words_ms(s.median).s);
			md_cell(t, "%s", words_ms_interval(s.median_interval).s);
			md_cell(t, "%s",
				words_ms_interval((struct stats_interval){ s.p25, s.p75 }).s);
			md_cell(t, "%s", words_ms(s.p95).s);
			md_cell(t, "%s", words_ms(s.most).s);
		}
	}
	md_table_end(t, f);
}

/* One row of "faster": another way's figure against the subject's. */
static bool faster_row(struct md_table *t, const struct report_group *other,
		       const struct compare_row *row)
{
	struct stats_interval less = { -row->by.interval.high, -row->by.interval.low };

	if (row->verdict == COMPARE_NOTHING || row->absent_a || row->absent_b ||
	    !(row->by.shift < 0))
		return false;
	md_cell(t, "%s", compare_metric_name(row->metric));
	md_cell(t, "%s", other->label);
	md_cell(t, "%s", words_ms(row->b).s);
	md_cell(t, "%s", words_ms(row->a).s);
	md_cell(t, "%s", words_ms(-row->by.shift).s);
	md_cell(t, "%s", words_ms_interval(less).s);
	md_cell(t, "%.2g", row->p_all);
	md_cell(t, "%s", compare_verdict_words(row->metric, row->verdict));
	return true;
}

/* Each figure of the subject against each other way, which makes one family of tests. */
static bool faster_rows(struct md_table *t, const struct report *r,
			const struct report_group *subject, double *least)
{
	CLEANUP_FREE struct comparison *c = calloc(r->groups.n, sizeof(*c));
	bool any = false;

	if (!c)
		abort();
	report_compare(r, subject, c);
	*least = 0;
	for (unsigned int m = 0; m < COMPARE_METRICS; m++)
		for (size_t i = 0; i < r->groups.n; i++) {
			if (m == COMPARE_SUCCESS)
				continue;
			any |= faster_row(t, &r->groups.at[i], &c[i].rows[m]);
			if (!isnan(c[i].rows[m].p_all_least))
				*least = fmax(*least, c[i].rows[m].p_all_least);
		}
	return any;
}

/*
 * Where the way that the report is about is beaten. Said even when it is nowhere,
 * for that is news too.
 */
static void faster_table(FILE *f, const struct report *r, const struct report_group *subject)
{
	static const char *const headers[] = { "figure", "faster way", "its median, ms", "against",
					       "by, ms", "95 % interval", "p", "it is" };
	CLEANUP_FREE char *label = md_escaped(subject->label);
	struct md_table *t = md_table_new("llrrrrrl", headers);
	CLEANUP_FREE char *text = NULL;
	double least;
	size_t size;
	bool any;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	any = faster_rows(t, r, subject, &least);
	md_table_end(t, m);
	if (fclose(m) != 0)
		abort();
	md_heading(f, 3, "Where another way%s is faster than %s", r->among, label);
	if (!any) {
		md_paragraph(f, "In no phase that both have.");
		return;
	}
	fputs(text, f);
	md_paragraph(f, "*By* is the shift of Hodges and Lehmann over one figure a machine, with "
			"Moses' 95 %% interval for this row alone; *p* is that of the exact rank test, "
			"corrected by Holm for all figures of all ways, faster or not (the latencies "
			"by themselves). It is at least %.2g for so many machines.%s",
		     least, least > 1 - REPORT_CONFIDENCE ?
		     " **So this run cannot show that any of these differences is no chance:** it "
		     "takes more machines." : "");
	md_paragraph(f, "A phase need not be the same work in two ways: one that goes through the "
			"firmware hands over with a reset, and leaves reading and copying to its boot "
			"loader.");
	staged_note(f, r);
}

/* To how much the borders of the phases are exact, those of an own error apart. */
static void put_exactness(FILE *f, const struct report *r, const struct report_group **g, size_t n)
{
	double marks = report_lateness(r, EVENT_MARK).p99_s;

	if (isnan(marks))
		return;
	md_paragraph(f, "99 of 100 borders from marks are exact to %s ms.", words_ms(marks).s);
	for (size_t i = 0; i < n; i++) {
		CLEANUP_FREE char *label = md_escaped(g[i]->label);

		for (unsigned int p = 0; p < PHASES; p++) {
			const struct report_phase *phase = &g[i]->phases[p];
			double error = report_phase_error(r, phase);

			if (!phase->s.n || error == marks)
				continue;
			if (isnan(error))
				md_item(f, "%s, %s: nobody measured how exact its borders are.",
					label, phase_name(p));
			else
				md_item(f, "%s, %s: exact to %s ms.", label, phase_name(p),
					words_ms(error).s);
		}
	}
	fputc('\n', f);
}

static void phase_notes(FILE *f, const struct report *r, const struct report_group **g, size_t n)
{
	bool firmware = false;
	size_t i;

	for (i = 0; i < n; i++)
		firmware |= g[i]->phases[PHASE_FIRMWARE].s.n > 0;
	md_paragraph(f, "Every moment from request to ready is in exactly one phase, so the phases "
			"of one reboot add up to its latency; their medians need not. A dash: this "
			"way has no such phase.");
	if (firmware)
		md_paragraph(f, "**Firmware in a virtual machine is far faster than on a server**, "
				"where it takes minutes: read the firmware bars as the least there "
				"can be.");
	put_exactness(f, r, g, n);
}

void section_phases(FILE *f, const struct report *r)
{
	CLEANUP_FREE const struct report_group **g = calloc(r->groups.n + 1, sizeof(*g));
	size_t n;

	if (!g)
		abort();
	n = with_phases(r, g);
	if (!n)
		return;
	md_heading(f, 2, "Where the time goes");
	md_paragraph(f, "![The median of each phase, stacked in order, one bar a way]"
			"(figures/phases.svg)");
	median_tables(f, r, g);
	n = with_phases(r, g);
	phase_notes(f, r, g, n);
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_class(r, c);
		const struct report_group *subject = report_subject(&of);

		if (with_phases(&of, g) > 1 && subject && subject->successes)
			faster_table(f, &of, subject);
	}
	n = with_phases(r, g);
	md_heading(f, 3, "Phases in detail");
	detail_table(f, g, n);
}
