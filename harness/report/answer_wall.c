// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_wall.c - who is first by the wall clock
 */
#include "answer.h"

#include <math.h>

#include "analysis/words.h"
#include "markdown.h"
#include "staged.h"

const struct report_group *answer_counted(const struct report *r, size_t i)
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
		fprintf(f, " (median of %zu reboots, too few machines for an interval)", s->n);
	else
		fprintf(f, " (median of %zu reboots, 95 %% interval %s)", s->n,
			words_seconds_interval(s->median_interval).s);
}

/* The ways with that verdict, "a, b and c". Return: how many. */
static size_t put_ways(FILE *f, const struct report *r, const struct comparison *c,
		       enum compare_verdict verdict)
{
	size_t all = 0, said = 0, i;

	for (i = 0; i < r->groups.n; i++)
		all += c[i].rows[COMPARE_LATENCY].verdict == verdict;
	for (i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);

		if (c[i].rows[COMPARE_LATENCY].verdict != verdict)
			continue;
		if (said++)
			fputs(said == all ? " and " : ", ", f);
		fputs(label, f);
	}
	return all;
}

/* How sure it is that no other way is faster than the first, and whether that was loaded ahead. */
static void put_rank(FILE *f, const struct report *r, const struct comparison *c, const char *first,
		     const char *ahead)
{
	static const struct {
		enum compare_verdict verdict;
		const char *words;
	} unsure[] = {
		{ COMPARE_UNDECIDED, "cannot be told apart from it" },
		{ COMPARE_TOO_FEW, "ran on too few machines to be told apart from it" },
		{ COMPARE_SAME, "took as long in practice" },
		{ COMPARE_BETTER, "took less time machine by machine" },
	};
	const char *between = "";
	CLEANUP_FREE char *text = NULL;
	size_t size, i, few = 0, others = 0;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (i = 0; i < r->groups.n; i++) {
		few += c[i].rows[COMPARE_LATENCY].verdict == COMPARE_TOO_FEW;
		others += c[i].rows[COMPARE_LATENCY].verdict != COMPARE_NOTHING;
	}
	for (i = 0; i < sizeof(unsure) / sizeof(unsure[0]); i++) {
		CLEANUP_FREE char *ways = NULL;
		size_t length;
		FILE *w = open_memstream(&ways, &length);

		if (!w)
			abort();
		if (!put_ways(w, r, c, unsure[i].verdict)) {
			fclose(w);
			continue;
		}
		fclose(w);
		fprintf(m, "%s%s %s", between, ways, unsure[i].words);
		between = ", ";
	}
	if (fclose(m) != 0)
		abort();
	if (few && few == others)
		fprintf(f, "**%s came first%s, on too few machines to be sure:** %s took ", first,
			ahead, first);
	else if (*text)
		fprintf(f, "**%s has the lowest median%s, but %s:** %s took ", first, ahead, text,
			first);
	else
		fprintf(f, "**%s is the fastest way here%s:** ", first, ahead);
}

/* "took 0.089 s longer (95 % interval 0.083 to 0.095 s)": failures can leave it without bounds. */
static void put_longer(FILE *f, const struct stats_shift *by)
{
	if (!isfinite(by->shift)) {
		fputs("failed too often to say how much longer it took", f);
		return;
	}
	/* Medians of all reboots and differences between machines can point different ways. */
	fprintf(f, "%stook %s %s", by->shift < 0 ? "has a longer median but " : "",
		words_seconds(fabs(by->shift)).s,
		by->shift < 0 ? "less machine by machine" : "longer");
	if (isnan(by->interval.low))
		return;
	if (isinf(by->interval.low) || isinf(by->interval.high))
		fputs(" (failures leave its interval without bounds)", f);
	else
		fprintf(f, " (95 %% interval%s %s)", by->shift < 0 ? " of the difference" : "",
			words_seconds_interval(by->interval).s);
}

/* One way has a finite median and another is behind it. */
static void put_comparison(FILE *f, const struct report *r, const struct report_group *first,
			   const struct report_group *second)
{
	CLEANUP_FREE struct comparison *c = calloc(r->groups.n, sizeof(*c));
	CLEANUP_FREE char *a = md_escaped(first->label), *b = md_escaped(second->label);
	const struct compare_row *next;

	if (!c)
		abort();
	report_compare(r, first, c);
	next = &c[second - r->groups.at].rows[COMPARE_LATENCY];
	put_rank(f, r, c, a, staged_words(first));
	put_median(f, first);
	if (isinf(second->latency_of.median)) {
		fprintf(f, "; so many reboots of the next, %s, failed that it has no median",
			b);
		return;
	}
	fprintf(f, "; the next, %s, ", b);
	put_longer(f, &next->by);
}

void answer_wall(FILE *f, const struct report *r)
{
	const struct report_group *first = answer_counted(r, 0);
	const struct report_group *second = NULL;
	CLEANUP_FREE char *label = md_escaped(first->label);

	if (!isfinite(first->latency_of.median)) {
		fprintf(f, "**No way is the fastest: so many reboots of every way failed that none "
			   "has a median.** ");
		return;
	}
	second = answer_counted(r, (size_t)(first - r->groups.at) + 1);
	if (second) {
		put_comparison(f, r, first, second);
	} else {
		fprintf(f, "**%s took** ", label);
		put_median(f, first);
		fprintf(f, "%s; no other way was measured beside it%s", staged_words(first),
			r->among);
	}
	fputs(". ", f);
	if (second)
		staged_sentence(f, r);
}
