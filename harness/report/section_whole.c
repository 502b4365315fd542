// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_whole.c - whether the machine that came up is the one that went down
 */
#include "sections.h"

#include <string.h>

#include "analysis/words.h"
#include "markdown.h"

struct tally {
	size_t compared, whole;
	size_t differences[DIFFERENCES];
};

/* Of warm-ups too: what the first reboot of a machine loses stays lost in all that follow. */
static struct tally tally(const struct report *r, const struct report_group *g)
{
	sample_vec samples = report_samples_of(r, g);
	struct tally t = { 0 };

	for (size_t i = 0; i < samples.n; i++) {
		const struct sample *s = &samples.at[i];

		if (s->judgement.verdict == VERDICT_INSTRUMENT_FAULT || s->whole == WHOLE_UNKNOWN)
			continue;
		t.compared++;
		t.whole += s->whole == WHOLE_YES;
		for (enum difference d = 0; d < DIFFERENCES; d++)
			t.differences[d] += (s->differences & DIFFERENCE_BIT(d)) != 0;
	}
	vec_free(&samples);
	return t;
}

/* "cpus in 2, tsc in 1", or a dash. */
static void differences_cell(struct md_table *table, const struct tally *t)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (enum difference d = 0; d < DIFFERENCES; d++)
		if (t->differences[d])
			fprintf(f, "%s%s in %zu", ftell(f) ? ", " : "", difference_name(d),
				t->differences[d]);
	if (fclose(f) != 0)
		abort();
	md_cell(table, "%s", *text ? text : "–");
	free(text);
}

/* Rows of one model. Return: how many. */
static size_t put_rows(struct md_table *table, const struct report *r, bool with_clock)
{
	size_t rows = 0;

	for (size_t i = 0; i < r->groups.n; i++) {
		struct tally t = tally(r, &r->groups.at[i]);

		if (!t.compared)
			continue;
		rows++;
		md_cell(table, "%s", r->groups.at[i].label);
		if (with_clock)
			md_cell(table, "%s", r->samples.at[0].clock);
		md_cell(table, "%s", words_of(t.whole, t.compared).s);
		differences_cell(table, &t);
	}
	return rows;
}

void section_whole(FILE *f, const struct report *r)
{
	static const char *const both[] = { "way", "clock", "came up whole",
					    "what was poorer, or other" };
	static const char *const one[] = { "way", "came up whole", "what was poorer, or other" };
	struct md_table *table = r->exact ? md_table_new("llrl", both) : md_table_new("lrl", one);
	CLEANUP_FREE char *text = NULL;
	size_t size, rows = 0;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (const struct report *of = r; of; of = of->exact)
		rows += put_rows(table, of, r->exact);
	md_table_end(table, m);
	if (fclose(m) != 0)
		abort();
	if (!rows)
		return;
	md_heading(f, 2, "Is it the machine that it was?");
	fputs(text, f);
	md_paragraph(f, "What the machine has after ready is compared with what it had just before the "
			"request: CPUs online, memory, its map, clock source, calibrated TSC, block "
			"devices, interrupt controllers, taint, warnings in the kernel's log, and "
			"EFI's runtime services. More CPUs, memory or block devices are no "
			"difference. What changed for the worse counts in each later reboot of the "
			"chain, too, until that is restored; a clock source, a TSC or a warning "
			"that changed between two reboots counts from the next one on. "
			"The table is of all reboots, warm-ups too, whose machines said what they "
			"have, before and after.");
}
