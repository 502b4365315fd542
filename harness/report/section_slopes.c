// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_slopes.c - how latency grows with a number that the run varies
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "analysis/words.h"
#include "markdown.h"
#include "slopes.h"

/* A phase whose slope is a smaller share of those of all phases is not named. */
#define SHARE_LEAST 0.05

static struct words in_seconds(double s)
{
	return words_seconds(s);
}

static struct words in_millions(double instructions)
{
	return words_million(instructions);
}

static void interval_cell(struct md_table *t, struct stats_interval i, bool virtual)
{
	if (isnan(i.low) || !virtual)
		md_cell(t, "%s", words_ms_interval(i).s);
	else
		md_cell(t, "%s to %s", words_count(i.low).s, words_count(i.high).s);
}

/* The phases that grow or shrink, each with its share, in their order. */
static void phases_cell(struct md_table *t, const struct slope *s)
{
	char text[PHASES * 32] = "";
	double all = 0;
	int n = 0;

	for (unsigned int p = 0; p < PHASES; p++)
		all += isnan(s->phases[p]) ? 0 : fabs(s->phases[p]);
	for (unsigned int p = 0; p < PHASES; p++)
		if (fabs(s->phases[p]) >= SHARE_LEAST * all && all > 0)
			n += snprintf(text + n, sizeof(text) - (size_t)n, "%s%s%s %.0f %%",
				      n ? ", " : "", s->phases[p] < 0 ? "−" : "", phase_name(p),
				      100 * fabs(s->phases[p]) / all);
	md_cell(t, "%s", n ? text : "–");
}

static void put_row(struct md_table *t, const struct slope *s, bool virtual)
{
	struct words (*words)(double) = virtual ? in_millions : in_seconds;
	const struct slope_point *first = &s->points.at[0], *last = &s->points.at[s->points.n - 1];

	md_cell(t, "%s", s->label);
	md_cell(t, "%zu%s", s->points.n, s->failed ? " and failures" : "");
	md_cell(t, "%s at %d", words(first->latency).s, first->value);
	md_cell(t, "%s at %d", words(last->latency).s, last->value);
	md_cell(t, "%s", virtual ? words_count(s->line.slope).s : words_ms(s->line.slope).s);
	interval_cell(t, s->line.slope_interval, virtual);
	phases_cell(t, s);
}

static void put_slopes(FILE *f, const struct report *r, bool drawn)
{
	struct slopes s = slopes_of(r);
	bool virtual = report_virtual(r);
	char slope[64];
	const char *const headers[] = { "way", "machines", "at the least", "at the most", slope,
					"95 % interval", "which phases grow" };
	struct md_table *t;

	if (!s.factor)
		return;
	snprintf(slope, sizeof(slope), "%s per %s", virtual ? "instructions" : "ms", s.factor->unit);
	md_heading(f, 2, "Latency against %s%s", s.factor->name,
		   virtual ? ", by the exact clock" : "");
	t = md_table_new("lrrrrrl", headers);
	for (size_t i = 0; i < s.of.n; i++)
		put_row(t, &s.of.at[i], virtual);
	md_table_end(t, f);
	if (drawn)
		md_paragraph(f, "![Latency against %s: a point a machine, a line a way]"
			     "(figures/slopes.svg)", s.factor->name);
	md_paragraph(f, "Latency is from request to ready%s; a machine's is the median of its counted "
			"reboots. The slope is that of the straight line by least squares, its interval "
			"by Student's t: it is wide where the points are not on a line. Each phase has "
			"such a slope too, and the last column says what share of all their slopes it "
			"is; one that shrinks has a minus, and those below %.0f %% are left out.",
		     virtual ? ", in millions of instructions" : "", 100 * SHARE_LEAST);
	slopes_free(&s);
}

/* "lobos 11 314 instructions (11 000 to 11 600)" */
static void put_cost(FILE *f, const struct slope *s, bool virtual)
{
	CLEANUP_FREE char *label = md_escaped(s->label);
	struct stats_interval i = s->line.slope_interval;

	fprintf(f, "%s %s %s", label,
		virtual ? words_count(s->line.slope).s : words_ms(s->line.slope).s,
		virtual ? "instructions" : "ms");
	if (!isnan(i.low))
		fprintf(f, " (%s to %s)", virtual ? words_count(i.low).s : words_ms(i.low).s,
			virtual ? words_count(i.high).s : words_ms(i.high).s);
}

bool section_slopes_answer(FILE *f, const struct report *r)
{
	const struct report *model = slopes_model(r);
	CLEANUP_FREE char *costs = NULL;
	struct slopes s;
	size_t size;
	FILE *list;

	if (!model)
		return false;
	s = slopes_of(model);
	list = open_memstream(&costs, &size);
	if (!list)
		abort();
	for (size_t i = 0; i < s.of.n; i++) {
		fputs(i ? ", " : "", list);
		put_cost(list, &s.of.at[i], report_virtual(model));
	}
	if (fclose(list) != 0)
		abort();
	md_paragraph(f, "**Each %s%s%s costs %s.** That is the slope of latency, with its %g %% interval. "
			"The ways below differ in that number, too, so which of them is first says "
			"little.", strcmp(s.factor->unit, "CPU") ? s.factor->unit : "further CPU",
		     strcmp(s.factor->unit, "CPU") ? " of " : "",
		     strcmp(s.factor->unit, "CPU") ? s.factor->name : "", costs,
		     100 * REPORT_CONFIDENCE);
	slopes_free(&s);
	return true;
}

void section_slopes(FILE *f, const struct report *r)
{
	const struct report *drawn = slopes_model(r);

	for (; r; r = r->exact)
		put_slopes(f, r, r == drawn);
}
