// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_beaten.c - in what another way beats the one that the report is about
 *
 * Only what is sure: by instructions what repeats do not blur, by the wall clock what
 * the comparison calls faster. Both leave out what is too small to matter.
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "analysis/compare_exact.h"
#include "base/text.h"
#include "exact_words.h"
#include "markdown.h"
#include "staged.h"

/* Figures of the subject and of another way; NULL where a clock does not have it. */
struct rivals {
	const struct report *wall, *exact;
	const struct report_group *subject_wall, *subject_exact;
	struct comparison *compared;	/* of the wall clock: the subject with each group */
};

/* "latency 23.8 (9.2 %)": what the other way takes less by instructions, if that is sure. */
static bool put_span(FILE *f, const struct report_group *subject, const struct report_group *other,
		     unsigned int span, const char *before)
{
	struct exact_range a = subject->exact.instructions[span];
	struct exact_range b = other->exact.instructions[span];
	double whole = exact_middle(subject->exact.instructions[EXACT_LATENCY]);
	double less = exact_middle(a) - exact_middle(b);

	if (a.least < 0 || b.least < 0 || !exact_is_less(b, a, whole))
		return false;
	fprintf(f, "%s%s %s", before, exact_span_name(span), words_million(less).s);
	if (span == EXACT_LATENCY)
		fprintf(f, " (%s)", words_percent(less / whole).s);
	return true;
}

/* Whether the way serves until it is asked: then its downtime is its latency, and said with it. */
static bool is_latency(const struct report_group *g)
{
	const struct exact_range *n = g->exact.instructions;

	return n[EXACT_DOWNTIME].least == n[EXACT_LATENCY].least;
}

static void put_by_instructions(FILE *f, const struct rivals *r, const struct report_group *other)
{
	static const unsigned int first[] = { EXACT_LATENCY, EXACT_DOWNTIME };
	const struct report_group *subject = r->subject_exact;
	const char *before = "by instructions, millions fewer: ";
	bool exact = subject && other && subject->exact.exactness.exact &&
		     other->exact.exactness.exact;
	bool any = false;

	for (unsigned int i = 0; subject && other && i < EXACT_SPANS; i++) {
		unsigned int span = i < 2 ? first[i] : i - 2;

		if (span == EXACT_DOWNTIME && is_latency(subject) && is_latency(other))
			continue;
		if (!put_span(f, subject, other, span, before))
			continue;
		before = ", ";
		any = true;
	}
	if (any && !exact)
		fputs(" (not exact)", f);
}

/* "handoff 90.1 (89.7 to 91.1)": what the other way takes less by the wall clock. */
static bool put_row(FILE *f, const struct compare_row *row, const char *before)
{
	struct stats_interval less = { -row->by.interval.high, -row->by.interval.low };

	if (row->metric == COMPARE_SUCCESS || row->verdict != COMPARE_BETTER || row->absent_a ||
	    row->absent_b)
		return false;
	fprintf(f, "%s%s ", before, compare_metric_name(row->metric));
	if (isinf(row->by.shift))
		fprintf(f, "(most of the other reboots fail, p %.2g)", row->p_all);
	else if (isnan(less.low))
		fprintf(f, "%s (p %.2g)", words_ms(-row->by.shift).s, row->p_all);
	else
		fprintf(f, "%s (%s, p %.2g)", words_ms(-row->by.shift).s, words_ms_interval(less).s,
			row->p_all);
	return true;
}

static void put_by_wall(FILE *f, const struct rivals *r, const struct report_group *other)
{
	const char *before = "by the wall clock, ms less: ";
	const struct compare_row *rows;

	if (!r->subject_wall || !other || other == r->subject_wall)
		return;
	rows = r->compared[other - r->wall->groups.at].rows;
	for (unsigned int m = 0; m < COMPARE_METRICS; m++) {
		if (m == COMPARE_DOWNTIME && rows[m].a == rows[COMPARE_LATENCY].a &&
		    rows[m].b == rows[COMPARE_LATENCY].b)
			continue;
		if (put_row(f, &rows[m], before))
			before = ", ";
	}
}

static void put_both(FILE *f, void (*put)(FILE *f, const struct rivals *r,
					  const struct report_group *other),
		     const struct rivals *r, const struct report_group *other, const char *between)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	put(m, r, other);
	if (fclose(m) != 0)
		abort();
	if (*text)
		fprintf(f, "%s%s", between, text);
}

/* One way that beats the subject. Return: false when it does in nothing. */
static bool put_way(FILE *f, const struct rivals *r, const struct report_group *wall,
		    const struct report_group *exact)
{
	CLEANUP_FREE char *label = md_escaped(exact ? exact->label : wall->label), *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	put_both(m, put_by_instructions, r, exact, "");
	put_both(m, put_by_wall, r, wall, ftell(m) > 0 ? "; " : "");
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_item(f, "**%s** %s.", label, text);
	return *text;
}

/* All other ways: those by the exact clock in its order, then those that only the wall clock has. */
static bool put_ways(FILE *f, const struct rivals *r)
{
	bool any = false;
	size_t i;

	for (i = 0; r->exact && i < r->exact->groups.n; i++) {
		const struct report_group *g = &r->exact->groups.at[i];

		if (g != r->subject_exact)
			any |= put_way(f, r, r->wall ? report_same_way(r->wall, g) : NULL, g);
	}
	for (i = 0; r->wall && i < r->wall->groups.n; i++) {
		const struct report_group *g = &r->wall->groups.at[i];

		if (g != r->subject_wall && !(r->exact && report_same_way(r->exact, g)))
			any |= put_way(f, r, g, NULL);
	}
	return any;
}

/* What is in the lists, by the clocks that they are of, and what is too small for them. */
static void put_rules(FILE *f, bool exact, bool wall)
{
	CLEANUP_FREE char *fewer = text_format(
		"Differences in instructions are exact unless marked. Those below 0.05 %% of a reboot, "
		"or below %s million, are left out: the kernel's random numbers can make as much. ",
		words_million(COMPARE_EXACT_CHANCE).s);

	md_paragraph(f, "%s%sA phase that only one of the two ways has is left out: what a way saves in "
		     "load it may pay in decompress. So is a downtime that equals the latency.",
		     exact ? fewer : "",
		     wall ? "By the wall clock only significant differences are listed, with "
			    "their 95 % interval and the p-value, corrected for all "
			    "comparisons. " : "");
}

/*
 * @among: which ways are looked at, of a run with several classes; else ""
 * Return: false when no way is in the list.
 */
static bool put_list(FILE *f, const struct rivals *r, const char *label, const char *among)
{
	CLEANUP_FREE char *list = NULL;
	size_t size;
	FILE *m = open_memstream(&list, &size);
	bool any;

	if (!m)
		abort();
	any = put_ways(m, r);
	if (fclose(m) != 0)
		abort();
	md_heading(f, 2, "Where another way%s beats %s", among, label);
	if (any)
		fprintf(f, "%s\n", list);
	else
		md_paragraph(f, "Nowhere that these figures can decide.");
	return any;
}

/* Which rules a reader of the lists needs. */
struct rules {
	bool any, exact, wall;
};

/* The ways of one class by each clock; NULL for a clock that the run does not have. */
static void put_class(FILE *f, const struct report *wall, const struct report *exact,
		      struct rules *rules)
{
	const struct report_group *subject = wall ? report_subject(wall) : NULL;
	struct rivals rivals = { .wall = wall, .exact = exact };
	CLEANUP_FREE char *label = NULL;

	if (!subject && exact)
		subject = report_subject(exact);
	if (!subject || ((!wall || wall->groups.n < 2) && (!exact || exact->groups.n < 2)))
		return;
	if (exact)
		rivals.subject_exact = report_same_way(exact, subject);
	if (wall)
		rivals.subject_wall = report_same_way(wall, subject);
	if (rivals.subject_wall && !rivals.subject_wall->n)
		rivals.subject_wall = NULL;
	if (rivals.subject_wall) {
		rivals.compared = calloc(wall->groups.n, sizeof(*rivals.compared));
		if (!rivals.compared)
			abort();
		report_compare(wall, rivals.subject_wall, rivals.compared);
	}
	label = md_escaped(subject->label);
	if (put_list(f, &rivals, label, (wall ? wall : exact)->among)) {
		rules->any = true;
		rules->exact |= rivals.subject_exact != NULL;
		rules->wall |= rivals.subject_wall != NULL;
	}
	free(rivals.compared);
}

void section_beaten(FILE *f, const struct report *r)
{
	const struct report *wall = report_wall(r), *exact = report_exact(r);
	struct rules rules = { 0 };

	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report w = wall ? report_class(wall, c) : (struct report){ 0 };
		const struct report e = exact ? report_class(exact, c) : (struct report){ 0 };

		put_class(f, wall ? &w : NULL, exact ? &e : NULL, &rules);
	}
	if (!rules.any)
		return;
	put_rules(f, rules.exact, rules.wall);
	staged_note(f, wall ? wall : exact);
}
