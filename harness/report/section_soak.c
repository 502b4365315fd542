// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_soak.c - what many reboots of one machine do to it
 */
#include "sections.h"

#include <math.h>

#include "analysis/stats_line.h"
#include "analysis/words.h"
#include "markdown.h"
#include "plan/soak.h"

/* The claim that a cluster asks for. */
#define CLAIMED_RATE	0.999

#define PAGE_KIB	4

/* How a figure of one way moves with the number of the reboot: a point a reboot. */
struct course {
	double_vec index, value;
	VEC(int) machine;
};

/* What the kernel had after a reboot. */
struct memory {
	int index;
	int64_t kib;			/* 0: no machine said so */
};

/* How often the machine of a sample had been rebooted behind it. */
static int rebooted(const struct sample *s)
{
	return s->index + 1;
}

static bool is_long(const struct report *r)
{
	for (size_t i = 0; i < r->samples.n; i++)
		if (sample_counts(&r->samples.at[i]) && rebooted(&r->samples.at[i]) >= SOAK_CHAIN_LEAST)
			return true;
	return false;
}

static int longest(const sample_vec *samples)
{
	int most = 0;

	for (size_t i = 0; i < samples->n; i++)
		if (sample_succeeded(&samples->at[i]) && rebooted(&samples->at[i]) > most)
			most = rebooted(&samples->at[i]);
	return most;
}

static void claim_cell(struct md_table *t, const struct report_group *g)
{
	size_t needed = stats_trials_to_claim(g->n - g->successes, CLAIMED_RATE, REPORT_CONFIDENCE);

	md_cell(t, "%s", needed > g->n ? words_count((double)(needed - g->n)).s : "none");
}

static void put_rates(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "came up", "rate", "95 % interval", "faults",
					       "longest chain", "more for 99.9 %" };
	struct md_table *t = md_table_new("lrrrrrr", headers);

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		sample_vec samples = report_samples_of(r, g);

		md_cell(t, "%s", g->label);
		md_cell(t, "%s", words_of(g->successes, g->n).s);
		md_cell(t, "%s", words_percent(g->n ? (double)g->successes / (double)g->n : NAN).s);
		section_share_cell(t, &g->figures[COMPARE_SUCCESS]);
		md_cell(t, "%zu", g->faults);
		md_cell(t, "%d", longest(&samples));
		claim_cell(t, g);
		vec_free(&samples);
	}
	md_table_end(t, f);
	md_paragraph(f, "*Longest chain*: how often one machine was rebooted, warm-ups included. *More for "
			"99.9 %%*: so many more reboots, none of which fails, and a rate of 99.9 %% can be "
			"claimed at 95 %% (Clopper and Pearson, one-sided; where reboots fail independently "
			"of each other). *Faults* are the instrument's and count nowhere.");
}

static void add_point(struct course *c, const struct sample *s, double value)
{
	vec_push(&c->index, (double)s->index);
	vec_push(&c->value, value);
	vec_push(&c->machine, s->machine);
}

static struct stats_line end_course(struct course *c)
{
	struct stats_line line = stats_line_within(c->index.at, c->value.at, c->machine.at, c->index.n,
						   REPORT_CONFIDENCE);

	vec_free(&c->index);
	vec_free(&c->value);
	vec_free(&c->machine);
	return line;
}

static struct stats_line latency_course(const sample_vec *samples)
{
	struct course c = { 0 };

	for (size_t i = 0; i < samples->n; i++)
		if (sample_counts(&samples->at[i]) && sample_succeeded(&samples->at[i]))
			add_point(&c, &samples->at[i], (double)samples->at[i].latency_ns / 1e6);
	return end_course(&c);
}

static struct stats_line memory_course(const sample_vec *samples)
{
	struct course c = { 0 };

	for (size_t i = 0; i < samples->n; i++)
		if (sample_counts(&samples->at[i]) && samples->at[i].memory_kib)
			add_point(&c, &samples->at[i], (double)samples->at[i].memory_kib / PAGE_KIB);
	return end_course(&c);
}

/* After the first of its counted reboots, or the last; of several machines that with the least. */
static struct memory memory_at(const sample_vec *samples, bool last)
{
	struct memory m = { 0 };

	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *s = &samples->at[i];
		bool further = last ? s->index > m.index : s->index < m.index;

		if (!sample_counts(s) || !s->memory_kib)
			continue;
		if (!m.kib || further || (s->index == m.index && s->memory_kib < m.kib))
			m = (struct memory){ s->index, s->memory_kib };
	}
	return m;
}

static void memory_cell(struct md_table *t, struct memory m)
{
	if (m.kib)
		md_cell(t, "%s KiB (reboot %d)", words_count((double)m.kib).s, m.index + 1);
	else
		md_cell(t, "–");
}

/* "−0.250" */
static struct words number(double x)
{
	struct words w;

	snprintf(w.s, sizeof(w.s), "%s%.3f", x <= -0.0005 ? "−" : "", fabs(x));
	return w;
}

static void slope_cell(struct md_table *t, const struct stats_line *line)
{
	if (isnan(line->slope))
		md_cell(t, "–");
	else if (isnan(line->slope_interval.low))
		md_cell(t, "%s", number(line->slope).s);
	else
		md_cell(t, "%s (%s to %s)", number(line->slope).s, number(line->slope_interval.low).s,
			number(line->slope_interval.high).s);
}

static bool shrinks(const struct stats_line *memory)
{
	return memory->slope_interval.high < 0;
}

static void put_row(struct md_table *t, FILE *losers, const struct report_group *g,
		    const sample_vec *samples)
{
	struct stats_line memory = memory_course(samples), latency = latency_course(samples);
	CLEANUP_FREE char *label = md_escaped(g->label);

	md_cell(t, "%s", g->label);
	memory_cell(t, memory_at(samples, false));
	memory_cell(t, memory_at(samples, true));
	slope_cell(t, &memory);
	md_cell(t, "%s", words_of(g->logs_kept, g->n).s);
	slope_cell(t, &latency);
	if (shrinks(&memory))
		fprintf(losers, "%s%s loses %s pages a reboot", ftell(losers) ? ", " : "", label,
			number(-memory.slope).s);
}

static void put_courses(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "memory after the first", "after the last",
					       "pages per reboot", "log kept", "latency, ms per reboot" };
	struct md_table *t = md_table_new("lrrrrr", headers);
	CLEANUP_FREE char *losers = NULL;
	size_t size;
	FILE *list = open_memstream(&losers, &size);

	if (!list)
		abort();
	for (size_t i = 0; i < r->groups.n; i++) {
		sample_vec samples = report_samples_of(r, &r->groups.at[i]);

		put_row(t, list, &r->groups.at[i], &samples);
		vec_free(&samples);
	}
	if (fclose(list) != 0)
		abort();
	md_paragraph(f, "%s%s%s", *losers ? "**Memory is lost: " : "No way has less memory with each reboot.",
		     losers, *losers ? ".**" : "");
	md_table_end(t, f);
	md_paragraph(f, "Memory is MemTotal of the kernel that came up; of several machines the least is "
			"shown. Both slopes are over the number of the reboot in its machine, by least "
			"squares with an intercept for each machine, with their 95 %% intervals by Student's "
			"t; a page has %d KiB. Failed reboots have no part in that of latency, and a host "
			"whose speed changes can make one.", PAGE_KIB);
}

void section_soak(FILE *f, const struct report *r, bool always)
{
	if (!r->counted || !(always || is_long(r)))
		return;
	md_heading(f, 2, "What many reboots of one machine do");
	put_rates(f, r);
	put_courses(f, r);
}
