// SPDX-License-Identifier: GPL-2.0-only
/*
 * staged.c - ways whose kernel was loaded before the request
 */
#include "staged.h"

#include <math.h>

#include "analysis/words.h"
#include "exact_words.h"
#include "markdown.h"

bool staged(const struct report_group *g)
{
	const struct report_phase *load = &g->phases[PHASE_LOAD];
	const struct report_phase *loader = &g->phases[PHASE_BOOTLOADER];

	return g->successes && load->absent == g->successes && loader->absent == g->successes;
}

const char *staged_words(const struct report_group *g)
{
	return staged(g) ? ", its kernel loaded before the request" : "";
}

/* "Loaded before the request: lobos loaded, kexec loaded". Return: false when there is none. */
static bool put_ways(FILE *f, const struct report *r)
{
	const char *before = "Loaded before the request: ";
	bool any = false;

	for (size_t i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);

		if (!staged(&r->groups.at[i]))
			continue;
		fprintf(f, "%s%s", before, label);
		before = ", ";
		any = true;
	}
	return any;
}

/* Whether it has the figure that ways are ranked by. */
static bool has_figure(const struct report *r, const struct report_group *g)
{
	if (report_virtual(r))
		return g->exact.instructions[EXACT_LATENCY].least >= 0;
	return isfinite(g->latency_of.median);
}

static void put_first_other(FILE *f, const struct report *r)
{
	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (staged(g) || !has_figure(r, g))
			continue;
		if (report_virtual(r))
			fprintf(f, "; of the other ways %s has the fewest, %s million", label,
				exact_millions(g->exact.instructions[EXACT_LATENCY]).s);
		else
			fprintf(f, "; of the other ways %s has the lowest median, %s", label,
				words_seconds(g->latency_of.median).s);
		return;
	}
}

void staged_sentence(FILE *f, const struct report *r)
{
	if (!put_ways(f, r))
		return;
	put_first_other(f, r);
	fputs(". ", f);
}

void staged_note(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);
	bool any;

	if (!m)
		abort();
	any = put_ways(m, r);
	if (fclose(m) != 0)
		abort();
	if (any)
		md_paragraph(f, "%s. Their latency has no load in it.", text);
}
