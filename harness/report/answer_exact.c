// SPDX-License-Identifier: GPL-2.0-only
/*
 * answer_exact.c - who is first by instructions
 */
#include "answer.h"

#include <stdlib.h>
#include <string.h>

#include "exact_words.h"
#include "markdown.h"
#include "staged.h"

static struct exact_range whole_of(const struct report_group *g)
{
	return g->exact.instructions[EXACT_LATENCY];
}

/* The next way with a figure at place i or behind it, or NULL: those without stand last. */
static const struct report_group *with_figure(const struct report *r, size_t i)
{
	return i < r->groups.n && whole_of(&r->groups.at[i]).least >= 0 ? &r->groups.at[i] : NULL;
}

static size_t failed(const struct report_group *g)
{
	return g->n - g->successes;
}

/* How the first and the next one differ, or that they cannot be told apart. */
static void put_lead(FILE *f, const struct report_group *first, const struct report_group *next)
{
	CLEANUP_FREE char *a = md_escaped(first->label), *b = md_escaped(next->label);
	struct exact_range x = whole_of(first), y = whole_of(next);
	double by = exact_middle(y) - exact_middle(x);

	if (exact_is_less(x, y, exact_middle(x))) {
		fprintf(f, "**By instructions %s is first%s", a, staged_words(first));
		if (failed(first))
			fprintf(f, ", but %s of its reboots failed",
				words_of(failed(first), first->n).s);
		fprintf(f, ":** it executes %s million from request to "
			"ready; the next, %s, executes %s million (%s) more", exact_millions(x).s, b,
			words_million(by).s, words_percent(by / exact_middle(x)).s);
		return;
	}
	fprintf(f, "**By instructions %s and %s %s:** ", a, b, exact_tie_words(x, y));
	if (x.least == y.most)
		fprintf(f, "both execute %s million from request to ready", exact_millions(x).s);
	else if (y.least <= x.most)
		fprintf(f, "%s and %s million from request to ready, but repeats differ by as much",
			exact_millions(x).s, exact_millions(y).s);
	else
		fprintf(f, "%s executes %s million more from request to ready, which is too little to "
			"tell anything", b, words_million(by).s);
}

/* "In order, in millions: lobos 123.4, kexec 234.5 (1 of 3 reboots failed)." */
static void put_order(FILE *f, const struct report *r)
{
	const struct report_group *g;
	bool exact = true;

	fputs(". In order, in millions: ", f);
	for (size_t i = 0; (g = with_figure(r, i)); i++) {
		CLEANUP_FREE char *label = md_escaped(g->label);

		fprintf(f, "%s%s %s", i ? ", " : "", label, exact_millions(whole_of(g)).s);
		if (failed(g))
			fprintf(f, " (%s reboots failed)", words_of(failed(g), g->n).s);
		exact &= g->exact.exactness.exact && !failed(g);
	}
	if (exact)
		fputs("; the repeats of each way executed the same number", f);
}

/* "; no reboot with index 1 came up by kexec" */
static void put_without(FILE *f, const struct report *r)
{
	const char *before = NULL;

	for (size_t i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);

		if (whole_of(&r->groups.at[i]).least >= 0)
			continue;
		if (before)
			fprintf(f, "%s%s", before, label);
		else
			fprintf(f, "; no figure at index %d of %s", r->exact_index, label);
		before = ", ";
	}
}

/* A way at one index. */
struct place {
	const struct report_group *way;
	struct exact_range latency;
};

static int by_middle(const void *a, const void *b)
{
	double x = exact_middle(((const struct place *)a)->latency);
	double y = exact_middle(((const struct place *)b)->latency);

	return (x > y) - (x < y);
}

static const struct exact_index *find_index(const struct report_group *g, int index)
{
	for (size_t i = 0; i < g->exact_indexes.n; i++)
		if (g->exact_indexes.at[i].index == index)
			return &g->exact_indexes.at[i];
	return NULL;
}

/* True when a reader sees another figure, or order, than at the index of the answer. */
static bool is_other(const struct report *r, const struct place *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (at[i].way != &r->groups.at[i] ||
		    strcmp(exact_millions(at[i].latency).s,
			   exact_millions(whole_of(at[i].way)).s) != 0)
			return true;
	return false;
}

/* " At index 2, in order: kexec 211.9, lobos 241.5." */
static void put_index(FILE *f, const struct report *r, int index)
{
	CLEANUP_FREE struct place *at = calloc(r->groups.n + 1, sizeof(*at));
	size_t n = 0;

	if (!at)
		abort();
	for (size_t i = 0; i < r->groups.n; i++) {
		const struct exact_index *found = find_index(&r->groups.at[i], index);

		if (found && found->latency.least >= 0)
			at[n++] = (struct place){ &r->groups.at[i], found->latency };
	}
	qsort(at, n, sizeof(*at), by_middle);
	if (!is_other(r, at, n))
		return;
	fprintf(f, " At index %d, in order:", index);
	for (size_t i = 0; i < n; i++) {
		CLEANUP_FREE char *label = md_escaped(at[i].way->label);

		fprintf(f, "%s %s %s", i ? "," : "", label, exact_millions(at[i].latency).s);
	}
	fputs(".", f);
}

void answer_indexes(FILE *f, const struct report *exact)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);
	int last = -1;

	if (!m)
		abort();
	for (size_t i = 0; i < exact->groups.n; i++) {
		const exact_index_vec *indexes = &exact->groups.at[i].exact_indexes;

		if (indexes->n && indexes->at[indexes->n - 1].index > last)
			last = indexes->at[indexes->n - 1].index;
	}
	for (int index = 0; index <= last; index++)
		if (index != exact->exact_index)
			put_index(m, exact, index);
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_paragraph(f, "*By index%s:* the instructions above are of reboots with index %d, and "
				"other reboots of the same machines differ.%s", exact->among,
			     exact->exact_index, text);
}

/* Reboots may have come up and their instructions not have been counted. */
static void put_no_answer(FILE *f, const struct report *exact)
{
	bool up = false;

	for (size_t i = 0; i < exact->groups.n; i++)
		up |= exact->groups.at[i].successes > 0;
	fprintf(f, "**By instructions there is no answer: %s.** ",
		up ? "they were not counted" : "no reboot that counts came up");
}

void answer_exact(FILE *f, const struct report *exact)
{
	const struct report_group *first = with_figure(exact, 0), *next = with_figure(exact, 1);
	CLEANUP_FREE char *label = first ? md_escaped(first->label) : NULL;

	if (!first) {
		put_no_answer(f, exact);
		return;
	}
	if (next) {
		put_lead(f, first, next);
		put_order(f, exact);
	} else {
		fprintf(f, "**%s executes** %s million instructions from request to ready%s",
			label, exact_millions(whole_of(first)).s, staged_words(first));
		if (failed(first))
			fprintf(f, " (%s reboots failed)", words_of(failed(first), first->n).s);
	}
	put_without(f, exact);
	fputs(". ", f);
	if (next)
		staged_sentence(f, exact);
}
