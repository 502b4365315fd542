// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_lead.c - the first sentence of a run that has several classes of ways
 *
 * It names the first of each class and compares it with none of another: what hints save is no merit of
 * a way, and how fast a kernel starts is none either.
 */
#include "answer.h"

#include <math.h>

#include "analysis/words.h"
#include "exact_words.h"
#include "markdown.h"
#include "staged.h"

static struct exact_range whole_of(const struct report_group *g)
{
	return g->exact.instructions[EXACT_LATENCY];
}

/* ", though 1 of 3 of its reboots failed" */
static void put_failed(FILE *f, const struct report_group *g)
{
	if (g->successes < g->n)
		fprintf(f, ", though %s of its reboots failed", words_of(g->n - g->successes, g->n).s);
}

/* "lobos is first without hints (218.2 million instructions from request to ready)" */
static void put_exact(FILE *f, const struct report *r)
{
	const struct report_group *first = r->groups.n ? &r->groups.at[0] : NULL;
	const struct report_group *next = r->groups.n > 1 ? &r->groups.at[1] : NULL;
	CLEANUP_FREE char *a = first ? md_escaped(first->name) : NULL;
	CLEANUP_FREE char *b = next ? md_escaped(next->name) : NULL;

	if (!first || whole_of(first).least < 0) {
		fprintf(f, "no way%s has a figure", r->among);
	} else if (next && whole_of(next).least >= 0 &&
		   !exact_is_less(whole_of(first), whole_of(next), exact_middle(whole_of(first)))) {
		fprintf(f, "%s and %s %s%s (%s and %s million)", a, b,
			exact_tie_words(whole_of(first), whole_of(next)), r->among,
			exact_millions(whole_of(first)).s, exact_millions(whole_of(next)).s);
	} else {
		fprintf(f, "%s is first%s (%s million%s", a, r->among,
			exact_millions(whole_of(first)).s, staged_words(first));
		put_failed(f, first);
		fputc(')', f);
	}
}

/* "lobos has the lowest median without hints (1.425 s)" */
static void put_wall(FILE *f, const struct report *r)
{
	const struct report_group *first = answer_counted(r, 0);
	CLEANUP_FREE char *a = first ? md_escaped(first->name) : NULL;

	if (!first || !isfinite(first->latency_of.median)) {
		fprintf(f, "no way%s has a median", r->among);
		return;
	}
	fprintf(f, "%s has the lowest median%s (%s%s", a, r->among,
		words_seconds(first->latency_of.median).s, staged_words(first));
	put_failed(f, first);
	fputc(')', f);
}

static void put_clock(FILE *f, const struct report *r, const char *clock,
		      void (*put)(FILE *f, const struct report *r))
{
	fprintf(f, "**%s, from request to ready, ", clock);
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_class(r, c);

		fputs(!c ? "" : c + 1 < r->classes.n ? ", " : ", and ", f);
		put(f, &of);
	}
	fputs(".** ", f);
}

void answer_lead(FILE *f, const struct report *wall, const struct report *exact)
{
	if (exact)
		put_clock(f, exact, "By instructions", put_exact);
	if (wall)
		put_clock(f, wall, "By the wall clock", put_wall);
	if (report_has_kernels(wall ? wall : exact))
		fputs("Reboots to each kernel are ranked among themselves: how fast it starts is no merit "
		      "of a way. ", f);
	if (report_has_hints_and_none(wall ? wall : exact))
		fputs("Ways with hints are ranked among themselves, and so are those without: what a hint "
		      "saves is no merit of a way. ", f);
}
