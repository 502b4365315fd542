// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_phases.c - where the time of a reboot goes
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "markdown.h"
#include "analysis/words.h"

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
		md_cell(t, "%s (not seen in %s)", words_ms(phase->median).s,
			words_of(phase->unseen, g->successes).s);
	else
		md_cell(t, "%s", words_ms(phase->median).s);
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

static void detail_table(FILE *f, const struct report_group **g, size_t n)
{
	static const char *const headers[] = { "way", "phase", "n", "median, ms", "95 % interval",
					       "middle half", "p95", "most" };
	struct md_table *t = md_table_new("llrrrrrr", headers);
	unsigned int p;
	size_t i;

	for (i = 0; i < n; i++) {
		for (p = 0; p < PHASES; p++) {
			const double_vec *x = &g[i]->phases[p].s;
			struct stats_summary s;

			if (!x->n)
				continue;
			s = stats_summarise(x->at, x->n, REPORT_SEED);
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

/* One row of "faster": another way's phase against the subject's. */
static bool faster_row(struct md_table *t, const struct report_group *subject,
		       const struct report_group *other, const struct comparison *c, unsigned int p)
{
	const struct stats_shift *by = &c->rows[COMPARE_PHASE + p].by;

	if (!(subject->phases[p].median > other->phases[p].median))
		return false;
	md_cell(t, "%s", phase_name(p));
	md_cell(t, "%s", other->label);
	md_cell(t, "%s", words_ms(other->phases[p].median).s);
	md_cell(t, "%s", words_ms(subject->phases[p].median).s);
	md_cell(t, "%s", words_ms(subject->phases[p].median - other->phases[p].median).s);
	md_cell(t, "%s", words_ms_interval(by->interval).s);
	md_cell(t, "%s", isnan(by->interval.low) ? "too few to say" :
		by->interval.low > 0 ? "no" : "may be");
	return true;
}

/*
 * Where the way that the report is about is beaten. Said even when it is nowhere,
 * for that is news too.
 */
static void faster_table(FILE *f, const struct report *r, const struct report_group **g, size_t n,
			 const struct report_group *subject)
{
	static const char *const headers[] = { "phase", "faster way", "its median, ms", "against",
					       "by, ms", "95 % interval", "chance?" };
	CLEANUP_FREE char *label = md_escaped(subject->label);
	struct md_table *t = md_table_new("llrrrrl", headers);
	CLEANUP_FREE char *text = NULL;
	CLEANUP_FREE struct comparison *c = calloc(n, sizeof(*c));
	bool any = false;
	unsigned int p;
	size_t i, size;
	FILE *m = open_memstream(&text, &size);

	if (!m || !c)
		abort();
	for (i = 0; i < n; i++)
		if (g[i] != subject)
			c[i] = report_compare(r, g[i], subject);
	for (p = 0; p < PHASES; p++)
		for (i = 0; i < n; i++)
			if (g[i] != subject)
				any |= faster_row(t, subject, g[i], &c[i], p);
	md_table_end(t, m);
	if (fclose(m) != 0)
		abort();
	md_heading(f, 3, "Where another way is faster than %s", label);
	if (!any) {
		md_paragraph(f, "In no phase that both have.");
		return;
	}
	fputs(text, f);
	md_paragraph(f, "*Chance?* asks whether the 95 %% interval of the difference, which is "
			"taken from machine to machine, holds 0. A phase need not be the same work in "
			"two ways: one that goes through the firmware hands over with a reset, and "
			"leaves reading and copying to its boot loader.");
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
	if (r->run->clock_error_p99_ns > 0)
		md_paragraph(f, "A border of a phase is exact to %s ms (99 of 100 stamps here).",
			     words_ms((double)r->run->clock_error_p99_ns / 1e9).s);
}

void section_phases(FILE *f, const struct report *r)
{
	const struct report_group *subject = report_subject(r);
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
	median_table(f, r, g, n);
	phase_notes(f, r, g, n);
	if (n > 1 && subject && subject->successes)
		faster_table(f, r, g, n, subject);
	md_heading(f, 3, "Phases in detail");
	detail_table(f, g, n);
}
