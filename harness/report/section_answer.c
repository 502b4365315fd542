// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_answer.c - the two sentences a reader came for
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "markdown.h"
#include "analysis/words.h"

/* The next group of at least one counted sample behind the i-th, or NULL. */
static const struct report_group *next_counted(const struct report *r, size_t i)
{
	for (; i < r->groups.n; i++)
		if (r->groups.at[i].n)
			return &r->groups.at[i];
	return NULL;
}

static void put_median(FILE *f, const struct report_group *g)
{
	const struct stats_summary *s = &g->latency_of;

	fprintf(f, "%s from request to ready", words_seconds(s->median).s);
	if (s->n == 1)
		fprintf(f, " (one reboot only)");
	else if (isnan(s->median_interval.low))
		fprintf(f, " (median of %zu reboots, too few for an interval)", s->n);
	else
		fprintf(f, " (median of %zu reboots, 95 %% interval %s)", s->n,
			words_seconds_interval(s->median_interval).s);
}

/* One way has a finite median and another is behind it. */
static void put_comparison(FILE *f, const struct report *r, const struct report_group *first,
			   const struct report_group *second)
{
	struct stats_shift shift = report_compare(r, first, second).rows[COMPARE_LATENCY].by;
	CLEANUP_FREE char *a = md_escaped(first->label), *b = md_escaped(second->label);
	double by = second->latency_of.median - first->latency_of.median;
	bool certain = !isnan(shift.interval.low) && shift.interval.low > 0;

	if (certain)
		fprintf(f, "**%s is the fastest way here:** ", a);
	else if (isnan(shift.interval.low))
		fprintf(f, "**%s came first, on too few machines to be sure:** ", a);
	else
		fprintf(f, "**%s and %s cannot be told apart here:** %s took ", a, b, a);
	put_median(f, first);
	if (isinf(by)) {
		fprintf(f, "; of the reboots of the next, %s, so many failed that it has no median",
			b);
		return;
	}
	fprintf(f, certain ? ", %s less than the next, %s" : ", %s less than %s",
		words_seconds(certain ? shift.shift : by).s, b);
	if (certain)
		fprintf(f, " (95 %% interval of the difference %s)",
			words_seconds_interval(shift.interval).s);
	else if (!isnan(shift.interval.low))
		fprintf(f, ", and the 95 %% interval of that difference, %s, holds 0",
			words_seconds_interval(shift.interval).s);
}

static void put_fastest(FILE *f, const struct report *r)
{
	const struct report_group *first = next_counted(r, 0);
	const struct report_group *second = NULL;
	CLEANUP_FREE char *label = md_escaped(first->label);

	if (!isfinite(first->latency_of.median)) {
		fprintf(f, "**No way is fast here: of the reboots of each so many failed that none "
			   "has a median.** ");
		return;
	}
	second = next_counted(r, (size_t)(first - r->groups.at) + 1);
	if (second) {
		put_comparison(f, r, first, second);
	} else {
		fprintf(f, "**%s took** ", label);
		put_median(f, first);
		fprintf(f, "; no other way was measured beside it");
	}
	fputs(". ", f);
}

/* "lobos 20 of 20, kexec 19 of 20" */
static void put_successes(FILE *f, const struct report *r)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (!g->n)
			continue;
		fprintf(f, "%s%s %s", comma, label, words_of(g->successes, g->n).s);
		comma = ", ";
	}
}

static void put_share(FILE *f, const struct report *r)
{
	const struct report_group *g = report_subject(r);
	CLEANUP_FREE char *label = md_escaped(g->label);

	fprintf(f, "Of %zu reboot%s by %s **%s ready in under %g s** (%s; 95 %% interval %s); "
		   "so many came up, the right way and proved: ",
		g->n, g->n == 1 ? "" : "s", label,
		g->in_time == g->n ? g->n == 1 ? "it was" : "all were" :
		g->in_time == 0 ? "none was" :
		g->in_time == 1 ? "1 was" : words_count((double)g->in_time).s, r->target_s,
		words_percent((double)g->in_time / (double)g->n).s,
		words_percent_interval(stats_wilson(g->in_time, g->n, 0.95)).s);
	put_successes(f, r);
	fputs(".", f);
}

static void put_warnings(FILE *f, const struct report *r)
{
	static const enum doubt grave[] = { DOUBT_FAULT_INJECTED, DOUBT_RESTS_ON_CONSOLE, DOUBT_EMULATED,
					    DOUBT_HOST_BUSY };
	CLEANUP_FREE char *text = NULL;
	size_t i, size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (i = 0; i < sizeof(grave) / sizeof(grave[0]); i++) {
		if (!r->doubtful[grave[i]])
			continue;
		fprintf(m, " %s", doubt_sentence(grave[i]));
		if (r->doubtful[grave[i]] < r->counted)
			fprintf(m, " (%s reboots.)", words_of(r->doubtful[grave[i]], r->counted).s);
		fprintf(m, " %s", doubt_advice(grave[i]));
	}
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_paragraph(f, "*Beware:*%s", text);
}

void section_answer(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m;

	if (!r->counted) {
		md_paragraph(f, "**No reboot was counted in this run, so it has no answer.** "
				"What there is of it stands below.");
		return;
	}
	m = open_memstream(&text, &size);
	if (!m)
		abort();
	put_fastest(m, r);
	put_share(m, r);
	if (fclose(m) != 0)
		abort();
	md_paragraph(f, "%s", text);
	put_warnings(f, r);
}
