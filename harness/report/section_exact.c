// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_exact.c - what the virtual clock says, to the instruction
 *
 * There is no interval and no median: what repeats agree on is printed as it is, and what
 * varied is printed as a range and called so.
 */
#include "sections.h"

#include <inttypes.h>
#include <string.h>

#include "exact_words.h"
#include "markdown.h"
#include "reboot/virtual_clock.h"

static void count_cell(struct md_table *t, const struct exact_reboot *e, unsigned int span)
{
	struct exact_range r = e->instructions[span];

	if (r.least < 0)
		md_cell(t, "–");
	else if (r.least == r.most)
		md_cell(t, "%s", words_count((double)r.least).s);
	else
		md_cell(t, "%s to %s", words_count((double)r.least).s,
			words_count((double)r.most).s);
}

static void ns_cell(struct md_table *t, const struct exact_reboot *e, unsigned int span)
{
	struct exact_range r = e->ns[span];

	if (r.least < 0)
		md_cell(t, "–");
	else if (r.least == r.most)
		md_cell(t, "%.6f", (double)r.least / 1e6);
	else
		md_cell(t, "%.6f to %.6f", (double)r.least / 1e6, (double)r.most / 1e6);
}

/* Whether a way has the span; downtime is worth a row where it is not the latency. */
static bool has_span(const struct report_group *g, unsigned int span)
{
	const struct exact_range *ns = g->exact.ns;

	if (span < PHASES)
		return g->phases[span].s.n || g->phases[span].unseen;
	return span == EXACT_LATENCY || ns[span].least != ns[EXACT_LATENCY].least;
}

static void table(FILE *f, const struct report *r, const char *what,
		  void (*cell)(struct md_table *t, const struct exact_reboot *e, unsigned int span))
{
	const char *headers[2 + r->groups.n];
	char columns[2 + r->groups.n];
	struct md_table *t;

	memset(columns, 'r', sizeof(columns));
	columns[0] = 'l';
	columns[1 + r->groups.n] = '\0';
	headers[0] = what;
	for (size_t i = 0; i < r->groups.n; i++)
		headers[1 + i] = r->groups.at[i].label;
	t = md_table_new(columns, headers);
	for (unsigned int span = 0; span < EXACT_SPANS; span++) {
		bool anywhere = false;

		for (size_t i = 0; i < r->groups.n; i++)
			anywhere |= has_span(&r->groups.at[i], span);
		if (!anywhere)
			continue;
		md_cell(t, "%s", span == EXACT_LATENCY ? "request to ready" : exact_span_name(span));
		for (size_t i = 0; i < r->groups.n; i++)
			cell(t, &r->groups.at[i].exact, span);
	}
	md_table_end(t, f);
}

static void say_exactness(FILE *f, const struct report_group *g)
{
	const struct exactness *x = &g->exact.exactness;
	CLEANUP_FREE char *label = md_escaped(g->label), *why = exact_why_not(g);

	if (!why)
		md_item(f, "%s: exact. Each counted reboot was repeated on %zu machines or more, "
			"and no phase differs by an instruction or a nanosecond.", label, x->repeats);
	else
		md_item(f, "%s: **not exact**: %s.", label, why);
}

static void put_tables(FILE *f, const struct report *r)
{
	md_heading(f, 2, "Instructions of each phase");
	md_paragraph(f, "![The instructions of each phase, stacked in order, one bar a "
		     "way](figures/instructions.svg)");
	table(f, r, "instructions", count_cell);
	md_paragraph(f, "The exact clock is virtual: each instruction takes %d ns, and a processor that "
		     "waits skips to the next timer, which takes time and no instruction. It compares "
		     "kernels and ways with each other; it does not say how long a person waits. The "
		     "machine has SD cards as its disks, because their transfers repeat exactly, so "
		     "its drivers are not those of the machine by the wall clock.",
		     (int)VIRTUAL_CLOCK_TICK_NS);
	md_heading(f, 2, "Virtual time of each phase");
	table(f, r, "virtual ms", ns_cell);
	md_paragraph(f, "Both tables are of reboots with index %d, which is their place in their "
		     "machine's chain, from 0. A time that is more than %d ns an instruction holds "
		     "waiting.", r->exact_index, (int)VIRTUAL_CLOCK_TICK_NS);
}

void section_exact(FILE *f, const struct report *r)
{
	size_t faults = 0, came_up = 0;

	for (size_t i = 0; i < r->groups.n; i++) {
		faults += r->groups.at[i].faults;
		came_up += r->groups.at[i].successes;
	}
	if (came_up)
		put_tables(f, r);
	md_heading(f, 2, "Is it exact?");
	for (size_t i = 0; i < r->groups.n; i++)
		say_exactness(f, &r->groups.at[i]);
	fputc('\n', f);
	if (faults)
		md_paragraph(f, "%zu reboot%s did not count because the instrument failed, as each "
			     "says of itself, and %s run again.", faults, faults == 1 ? "" : "s",
			     faults == 1 ? "was" : "were");
}
