// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_versus.c - the comparison of two sides within one run
 *
 * The verdict is the one that was stored when the run ended, for it is what the run
 * stopped at; where the time is lost or won is worked out from the samples.
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "analysis/compare.h"
#include "comparison_table.h"
#include "markdown.h"
#include "analysis/words.h"

#define SIDES 2

static void put_commit(struct md_table *t, const struct provenance_side *side)
{
	if (!side || !*side->commit)
		md_cell(t, "–");
	else
		md_cell(t, "%.10s%s", side->commit, side->dirty ? " with changes" : "");
}

static void put_sides(FILE *f, const struct provenance *p, const struct provenance_look *look)
{
	static const char *const headers[] = { "side", "way", "commit", "counted reboots", "failed",
					       "median" };
	struct md_table *t = md_table_new("lllrrr", headers);

	for (size_t i = 0; i < SIDES; i++) {
		const struct provenance_arm *arm = &look->arms[i];

		md_cell(t, "%s", i ? "B" : "A");
		md_cell(t, "%s%s%s", arm->way, *arm->variant ? " " : "", arm->variant);
		put_commit(t, i < p->sides.n ? &p->sides.at[i] : NULL);
		md_cell(t, "%zu", arm->reboots);
		md_cell(t, "%zu", arm->failed);
		md_cell(t, "%s", words_seconds(arm->median_s).s);
	}
	md_table_end(t, f);
}

/* How it came to the verdict, pair by pair. */
static void put_looks(FILE *f, const struct provenance *p)
{
	static const char *const headers[] = { "pairs", "reboots a side", "B − A, ms", "interval, ms",
					       "of confidence", "verdict" };
	struct md_table *t = md_table_new("rrrrrl", headers);

	for (size_t i = 0; i < p->looks.n; i++) {
		const struct provenance_look *look = &p->looks.at[i];
		struct stats_interval between = { look->low_s, look->high_s };

		md_cell(t, "%d", look->pairs);
		md_cell(t, "%zu, %zu", look->arms[0].reboots, look->arms[1].reboots);
		md_cell(t, "%s", words_ms(look->shift_s).s);
		md_cell(t, "%s", words_ms_interval(between).s);
		if (isnan(between.low))
			md_cell(t, "–");
		else
			md_cell(t, "%s", words_percent(look->confidence).s);
		md_cell(t, "%s", look->looked ? look->verdict : "not asked");
	}
	md_table_end(t, f);
}

static bool is_of(const struct sample *s, const struct provenance_arm *arm)
{
	return !strcmp(s->way, arm->way) && !strcmp(s->variant, arm->variant);
}

/* What the sides were given, where that is not the same: it is no difference of the ways. */
static void put_hints(FILE *f, const struct report *r, const struct provenance_look *look)
{
	const char *hints[SIDES] = { "", "" };
	CLEANUP_FREE char *a = NULL, *b = NULL;

	for (size_t i = 0; i < r->samples.n; i++)
		for (int k = 0; k < SIDES; k++)
			if (is_of(&r->samples.at[i], &look->arms[k]))
				hints[k] = r->samples.at[i].hints;
	if (!strcmp(hints[0], hints[1]))
		return;
	a = md_escaped(*hints[0] ? hints[0] : "none");
	b = md_escaped(*hints[1] ? hints[1] : "none");
	md_paragraph(f, "**The sides differ in hints:** A had %s, B had %s. What hints save is no difference "
		     "of the ways.", a, b);
}

/* Where it comes from. By a virtual clock the tables of phases say it, for they are exact. */
static void put_phases(FILE *f, const struct report *r, const struct provenance_look *look)
{
	const struct compare_options options = {
		.threshold = COMPARE_THRESHOLD, .confidence = COMPARE_CONFIDENCE,
	};
	sample_vec side[SIDES] = { 0 };
	struct comparison c;
	size_t i;

	for (i = 0; i < r->samples.n; i++)
		for (int k = 0; k < SIDES; k++)
			if (is_of(&r->samples.at[i], &look->arms[k]))
				vec_push(&side[k], r->samples.at[i]);
	if (side[0].n && side[1].n && !sample_is_virtual(&side[0].at[0])) {
		c = compare_samples(side[0].at, side[0].n, side[1].at, side[1].n, &options);
		comparison_table(f, &c, &options);
		md_paragraph(f, "This table looks once at all reboots; the verdict above is that of "
				"the looks at which the run could stop.");
	}
	vec_free(&side[0]);
	vec_free(&side[1]);
}

void section_versus(FILE *f, const struct report *r)
{
	const struct provenance *p = r->provenance;
	const struct provenance_look *last = p->looks.n ? &p->looks.at[p->looks.n - 1] : NULL;
	CLEANUP_FREE char *words = NULL;

	if (!p->comparison)
		return;
	md_heading(f, 2, "Side A against side B");
	if (!last) {
		md_paragraph(f, "The run was interrupted before its first pair of machines was "
				"through.");
		return;
	}
	words = md_escaped(last->words);
	md_paragraph(f, "**%s.**%s", words, p->comparison_complete ? "" :
		     " The run was interrupted: that is as far as it came.");
	put_sides(f, p, last);
	put_hints(f, r, last);
	put_phases(f, r, last);
	md_heading(f, 3, "How it was decided");
	md_paragraph(f, "A pair is one machine of each side, one right after the other, in the order "
			"AB, BA, AB ... More pairs were run only as long as the looks so far were "
			"undecided; together they call two sides that are the same different in at "
			"most 1 of 100 runs.");
	put_looks(f, p);
}
