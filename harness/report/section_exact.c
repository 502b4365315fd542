// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_exact.c - what the virtual clock says, to the instruction
 *
 * A run is by one clock, so these tables and those of the wall clock are never in one
 * report. There is no interval and no median: what repeats agree on is printed as it
 * is, and what varied is printed as a range and called so.
 */
#include "sections.h"

#include <inttypes.h>
#include <string.h>

#include "analysis/exact.h"
#include "reboot/virtual_clock.h"
#include "markdown.h"
#include "analysis/words.h"

typedef VEC(const struct sample *) pointer_vec;

/* One way, and its good counted reboots that are the first of their machines to count. */
struct exact_group {
	const struct report_group *group;
	struct exactness exactness;
	int index;			/* their place in the chain */
	pointer_vec repeats;
};

typedef VEC(struct exact_group) exact_group_vec;

static struct exact_group gather(const struct report *r, const struct report_group *g)
{
	struct exact_group e = { .group = g, .index = -1 };
	sample_vec own = { 0 };

	for (size_t i = 0; i < r->samples.n; i++) {
		const struct sample *s = &r->samples.at[i];

		if (report_group_of(r, s) != g)
			continue;
		vec_push(&own, *s);
		if (sample_counts(s) && sample_succeeded(s) && (e.index < 0 || s->index < e.index))
			e.index = s->index;
	}
	for (size_t i = 0; i < r->samples.n; i++) {
		const struct sample *s = &r->samples.at[i];

		if (report_group_of(r, s) == g && sample_counts(s) && sample_succeeded(s) &&
		    s->index == e.index)
			vec_push(&e.repeats, s);
	}
	e.exactness = exactness_of(own.at, own.n);
	vec_free(&own);
	return e;
}

static int64_t count_of(const struct sample *s, unsigned int p)
{
	return p < PHASES ? s->phases.at[p].instructions : s->latency_instructions;
}

static int64_t ns_of(const struct sample *s, unsigned int p)
{
	return p < PHASES ? s->phases.at[p].ns : s->latency_ns;
}

/* Least and most over the repeats; both -1 when it was not seen in one of them. */
static void range_of(const struct exact_group *e, unsigned int p,
		     int64_t (*value)(const struct sample *s, unsigned int p), int64_t range[2])
{
	range[0] = range[1] = -1;
	for (size_t i = 0; i < e->repeats.n; i++) {
		const struct sample *s = e->repeats.at[i];
		int64_t x = p == PHASES || s->phases.at[p].state == PHASE_SEEN ? value(s, p) : -1;

		if (x < 0) {
			range[0] = range[1] = -1;
			return;
		}
		range[0] = !i || x < range[0] ? x : range[0];
		range[1] = !i || x > range[1] ? x : range[1];
	}
}

static void count_cell(struct md_table *t, const struct exact_group *e, unsigned int p)
{
	int64_t range[2];

	range_of(e, p, count_of, range);
	if (range[0] < 0)
		md_cell(t, "–");
	else if (range[0] == range[1])
		md_cell(t, "%s", words_count(range[0]).s);
	else
		md_cell(t, "%s to %s", words_count(range[0]).s, words_count(range[1]).s);
}

static void ns_cell(struct md_table *t, const struct exact_group *e, unsigned int p)
{
	int64_t range[2];

	range_of(e, p, ns_of, range);
	if (range[0] < 0)
		md_cell(t, "–");
	else if (range[0] == range[1])
		md_cell(t, "%.6f", range[0] / 1e6);
	else
		md_cell(t, "%.6f to %.6f", range[0] / 1e6, range[1] / 1e6);
}

static void table(FILE *f, const exact_group_vec *groups, const char *what,
		  void (*cell)(struct md_table *t, const struct exact_group *e, unsigned int p))
{
	const char *headers[2 + groups->n];
	char columns[2 + groups->n];
	struct md_table *t;

	memset(columns, 'r', sizeof(columns));
	columns[0] = 'l';
	columns[1 + groups->n] = '\0';
	headers[0] = what;
	for (size_t i = 0; i < groups->n; i++)
		headers[1 + i] = groups->at[i].group->label;
	t = md_table_new(columns, headers);
	for (unsigned int p = 0; p <= PHASES; p++) {
		bool anywhere = false;

		for (size_t i = 0; p < PHASES && i < groups->n; i++)
			for (size_t k = 0; k < groups->at[i].repeats.n; k++)
				anywhere |= groups->at[i].repeats.at[k]->phases.at[p].state !=
					    PHASE_ABSENT;
		if (p < PHASES && !anywhere)
			continue;
		md_cell(t, "%s", p < PHASES ? phase_name(p) : "request to ready");
		for (size_t i = 0; i < groups->n; i++)
			cell(t, &groups->at[i], p);
	}
	md_table_end(t, f);
}

static void say_exactness(FILE *f, const struct exact_group *e)
{
	const struct exactness *x = &e->exactness;
	CLEANUP_FREE char *label = md_escaped(e->group->label);
	const char *between = "";

	if (x->exact) {
		md_item(f, "%s: exact. Each counted reboot was repeated on %zu machines or more, "
			"and no phase differs by an instruction or a nanosecond.", label, x->repeats);
	} else if (!x->reboots) {
		md_item(f, "%s: no reboot that counts came up.", label);
	} else if (!x->varied) {
		md_item(f, "%s: **not called exact**: %zu repeat%s of a reboot, and it takes %d.",
			label, x->repeats, x->repeats == 1 ? "" : "s", EXACT_REPEATS);
	} else {
		fprintf(f, "- %s: **not exact**. What varied between repeats: ", label);
		for (enum phase p = 0; p < PHASES; p++) {
			if (!(x->varied & 1u << p))
				continue;
			fprintf(f, "%s%s", between, phase_name(p));
			between = ", ";
		}
		fputs(".\n", f);
	}
}

void section_exact(FILE *f, const struct report *r)
{
	exact_group_vec groups = { 0 };
	size_t faults = 0;

	for (size_t i = 0; i < r->groups.n; i++) {
		vec_push(&groups, gather(r, &r->groups.at[i]));
		faults += r->groups.at[i].faults;
	}
	md_heading(f, 2, "Is it exact?");
	md_paragraph(f, "All times here are the machine's own: it was emulated so that each "
		     "instruction takes %d ns, and a processor that waits skips to the next timer. "
		     "They compare kernels and ways with each other to the instruction; they say "
		     "nothing of what a person waits.", (int)VIRTUAL_CLOCK_TICK_NS);
	for (size_t i = 0; i < groups.n; i++)
		say_exactness(f, &groups.at[i]);
	fputc('\n', f);
	if (faults)
		md_paragraph(f, "%zu reboot%s did not count because the instrument failed, as each "
			     "says of itself, and %s run again.", faults, faults == 1 ? "" : "s",
			     faults == 1 ? "was" : "were");
	md_heading(f, 2, "Instructions of each phase");
	table(f, &groups, "instructions", count_cell);
	md_heading(f, 2, "Virtual time of each phase");
	md_paragraph(f, "![The virtual time of each phase, stacked in order, one bar a "
		     "way](figures/phases.svg)");
	table(f, &groups, "virtual ms", ns_cell);
	md_paragraph(f, "Of each way the first reboot of a machine that counts. A time that is more "
		     "than %d ns an instruction holds waiting.", (int)VIRTUAL_CLOCK_TICK_NS);
	for (size_t i = 0; i < groups.n; i++)
		vec_free(&groups.at[i].repeats);
	vec_free(&groups);
}
