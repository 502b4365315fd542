// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_exact.c - who is first by instructions
 */
#include "answer.h"

#include <math.h>

#include "exact_words.h"
#include "markdown.h"

static struct exact_range whole_of(const struct report_group *g)
{
	return g->exact.instructions[EXACT_LATENCY];
}

/* The next way with a figure at place i or behind it, or NULL: those without stand last. */
static const struct report_group *with_figure(const struct report *r, size_t i)
{
	return i < r->groups.n && whole_of(&r->groups.at[i]).least >= 0 ? &r->groups.at[i] : NULL;
}

/* How the first and the next one differ, or that they cannot be told apart. */
static void put_lead(FILE *f, const struct report_group *first, const struct report_group *next)
{
	CLEANUP_FREE char *a = md_escaped(first->label), *b = md_escaped(next->label);
	struct exact_range x = whole_of(first), y = whole_of(next);
	double by = exact_middle(y) - exact_middle(x);

	if (y.least > x.most) {
		fprintf(f, "**By instructions %s is first:** it executes %s million from request to "
			"ready; the next, %s, executes %s million (%s) more", a, exact_millions(x).s, b,
			words_million(by).s, words_percent(by / exact_middle(x)).s);
		return;
	}
	fprintf(f, "**By instructions %s and %s are equal:** ", a, b);
	if (x.least == y.most)
		fprintf(f, "both execute %s million from request to ready", exact_millions(x).s);
	else
		fprintf(f, "%s and %s million from request to ready, but repeats differ by as much",
			exact_millions(x).s, exact_millions(y).s);
}

/* "In order, in millions: lobos 123.4, kexec 234.5." */
static void put_order(FILE *f, const struct report *r)
{
	const struct report_group *g;
	bool exact = true;

	fputs(". In order, in millions: ", f);
	for (size_t i = 0; (g = with_figure(r, i)); i++) {
		CLEANUP_FREE char *label = md_escaped(g->label);

		fprintf(f, "%s%s %s", i ? ", " : "", label, exact_millions(whole_of(g)).s);
		exact &= g->exact.exactness.exact;
	}
	if (exact)
		fputs("; every machine executed the same, to the instruction", f);
}

/* "; of kexec no reboot came up" */
static void put_without(FILE *f, const struct report *r)
{
	const char *before = "; no reboot that counts came up by ";

	for (size_t i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);

		if (whole_of(&r->groups.at[i]).least >= 0)
			continue;
		fprintf(f, "%s%s", before, label);
		before = ", ";
	}
}

void answer_exact(FILE *f, const struct report *exact)
{
	const struct report_group *first = with_figure(exact, 0), *next = with_figure(exact, 1);
	CLEANUP_FREE char *label = first ? md_escaped(first->label) : NULL;

	if (!first) {
		fputs("**By instructions there is no answer: no reboot that counts came up.** ", f);
		return;
	}
	if (next) {
		put_lead(f, first, next);
		put_order(f, exact);
	} else {
		fprintf(f, "**%s executes** %s million instructions from request to ready", label,
			exact_millions(whole_of(first)).s);
	}
	put_without(f, exact);
	fputs(". ", f);
}
