// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_limit.c - each way's instructions, with its hints, beside the least that a reboot could take
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "exact_words.h"
#include "limit.h"
#include "markdown.h"
#include "staged.h"

/* "1.05" times the limit; a dash without a figure or a limit. */
static void ratio_cell(struct md_table *t, double instructions, const struct limit *l)
{
	if (*l->why_not || isnan(instructions))
		md_cell(t, "–");
	else
		md_cell(t, "%.2f", instructions / limit_whole(l));
}

static void way_row(struct md_table *t, const struct report_group *g, const struct limit *l)
{
	static const unsigned int spans[] = { EXACT_LATENCY, EXACT_DOWNTIME };

	md_cell(t, "%s", g->label);
	md_cell(t, "%s", report_is_hinted(g) ? g->hints : "none");
	for (size_t i = 0; i < sizeof(spans) / sizeof(spans[0]); i++) {
		md_cell(t, "%s", exact_millions(g->exact.instructions[spans[i]]).s);
		ratio_cell(t, exact_middle(g->exact.instructions[spans[i]]), l);
	}
}

static void limit_row(struct md_table *t, const struct limit *l)
{
	md_cell(t, "the limit, which is no way");
	md_cell(t, "–");
	for (int i = 0; i < 2; i++) {
		md_cell(t, "%s", words_million(limit_whole(l)).s);
		ratio_cell(t, limit_whole(l), l);
	}
}

static bool any_hinted(const struct report *r)
{
	for (size_t i = 0; i < r->groups.n; i++)
		if (report_is_hinted(&r->groups.at[i]))
			return true;
	return false;
}

/* What the limit consists of, and how far that can be believed. */
static void put_parts(FILE *f, const struct report *r, const struct limit *l)
{
	CLEANUP_FREE char *kernel = md_escaped(l->kernel_of->label);
	CLEANUP_FREE char *userspace = md_escaped(l->userspace_of->label);

	md_paragraph(f, "The limit is %s million for one plain copy of the kernel's %s bytes, %s of "
		     "them an instruction; %s million for the kernel phase of %s, the smallest that was "
		     "measured here, which stands for a kernel that finds everything as it was; and %s "
		     "million for the user space of %s, the smallest, too. Asking, loading, shutting down "
		     "and stopping devices take nothing in it.%s",
		     words_million(l->copy).s, words_count((double)l->bytes).s,
		     l->at_once == 8 ? "eight" : "four", words_million(l->kernel).s, kernel, words_million(l->userspace).s, userspace,
		     any_hinted(r) ? "" : " No way of this run had hints, so that kernel found out by "
					    "itself what the old one knew.");
}

void section_limit(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "hints", "request to ready", "of the limit",
					       "downtime", "of the limit" };
	const struct limit l = limit_of(r);
	struct md_table *t;

	md_heading(f, 2, "How far each way is from the limit");
	if (*l.why_not && !any_hinted(r)) {
		md_paragraph(f, "That cannot be said: %s.", l.why_not);
		return;
	}
	t = md_table_new("llrrrr", headers);
	for (size_t i = 0; i < r->groups.n; i++)
		way_row(t, &r->groups.at[i], &l);
	if (!*l.why_not)
		limit_row(t, &l);
	md_table_end(t, f);
	md_paragraph(f, "Millions of instructions of the same reboots as below, those without hints "
		     "before those with, each by their latency. *Downtime* leaves out what is done while "
		     "the old system still serves.");
	staged_note(f, r);
	if (*l.why_not)
		md_paragraph(f, "The row of the limit is left out: %s.", l.why_not);
	else
		put_parts(f, r, &l);
}
