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
#include "base/json.h"
#include "markdown.h"
#include "analysis/words.h"

#define SIDES 2

static void put_commit(struct md_table *t, json_t *side)
{
	const char *commit = json_text_at(side, "commit");

	if (!*commit)
		md_cell(t, "–");
	else
		md_cell(t, "%.10s%s", commit,
			json_is_true(json_object_get(side, "dirty")) ? " with changes" : "");
}

static void put_sides(FILE *f, json_t *look, json_t *sides)
{
	static const char *const headers[] = { "side", "way", "commit", "counted reboots", "failed",
					       "median" };
	struct md_table *t = md_table_new("lllrrr", headers);

	for (int i = 0; i < SIDES; i++) {
		json_t *side = json_object_get(look, i ? "b" : "a");
		const char *variant = json_text_at(side, "variant");

		md_cell(t, "%s", i ? "B" : "A");
		md_cell(t, "%s%s%s", json_text_at(side, "way"), *variant ? " " : "", variant);
		put_commit(t, json_array_get(sides, i));
		md_cell(t, "%lld", (long long)json_int_at(side, "reboots"));
		md_cell(t, "%lld", (long long)json_int_at(side, "failed"));
		md_cell(t, "%s", words_seconds(json_number_at(side, "median_s")).s);
	}
	md_table_end(t, f);
}

/* How it came to the verdict, pair by pair. */
static void put_looks(FILE *f, json_t *looks)
{
	static const char *const headers[] = { "pairs", "reboots a side", "B − A, ms", "interval, ms",
					       "of confidence", "verdict" };
	struct md_table *t = md_table_new("rrrrrl", headers);
	json_t *look;
	size_t i;

	json_array_foreach(looks, i, look) {
		struct stats_interval between = { json_number_at(look, "low_s"),
						  json_number_at(look, "high_s") };
		bool looked = json_is_true(json_object_get(look, "looked"));

		md_cell(t, "%lld", (long long)json_int_at(look, "pairs"));
		md_cell(t, "%lld, %lld",
			(long long)json_int_at(json_object_get(look, "a"), "reboots"),
			(long long)json_int_at(json_object_get(look, "b"), "reboots"));
		md_cell(t, "%s", words_ms(json_number_at(look, "shift_s")).s);
		md_cell(t, "%s", words_ms_interval(between).s);
		if (isnan(between.low))
			md_cell(t, "–");
		else
			md_cell(t, "%s", words_percent(json_number_at(look, "confidence")).s);
		md_cell(t, "%s", looked ? json_text_at(look, "verdict") : "not asked");
	}
	md_table_end(t, f);
}

static bool is_of(const struct sample *s, json_t *side)
{
	return !strcmp(s->way, json_text_at(side, "way")) &&
	       !strcmp(s->variant, json_text_at(side, "variant"));
}

static void put_row(struct md_table *t, const struct compare_row *row)
{
	if (row->verdict == COMPARE_NOTHING)
		return;
	md_cell(t, "%s", compare_metric_name(row->metric));
	if (row->metric == COMPARE_SUCCESS) {
		md_cell(t, "%s", words_percent(row->a).s);
		md_cell(t, "%s", words_percent(row->b).s);
		md_cell(t, "–");
		md_cell(t, "–");
	} else {
		md_cell(t, "%s", words_ms(row->a).s);
		md_cell(t, "%s", words_ms(row->b).s);
		md_cell(t, "%s", words_ms(row->by.shift).s);
		md_cell(t, "%s", words_ms_interval(row->by.interval).s);
	}
	if (isnan(row->p_all))
		md_cell(t, "–");
	else
		md_cell(t, "%.2g", row->p_all);
	md_cell(t, "%s", compare_verdict_words(row->metric, row->verdict));
}

/* Where it comes from. By a virtual clock the tables of phases say it, for they are exact. */
static void put_phases(FILE *f, const struct report *r, json_t *look)
{
	static const char *const headers[] = { "metric", "A, ms", "B, ms", "B − A, ms",
					       "interval, ms", "chance", "B is" };
	const struct compare_options options = {
		.threshold = COMPARE_THRESHOLD, .confidence = COMPARE_CONFIDENCE,
		.seed = REPORT_SEED,
	};
	sample_vec side[SIDES] = { 0 };
	struct comparison c;
	size_t i;

	for (i = 0; i < r->samples.n; i++)
		for (int k = 0; k < SIDES; k++)
			if (is_of(&r->samples.at[i], json_object_get(look, k ? "b" : "a")))
				vec_push(&side[k], r->samples.at[i]);
	if (side[0].n && side[1].n && strcmp(side[0].at[0].clock, "virtual") != 0) {
		struct md_table *t = md_table_new("lrrrrrl", headers);

		c = compare_samples(side[0].at, side[0].n, side[1].at, side[1].n, &options);
		for (i = 0; i < COMPARE_METRICS; i++)
			put_row(t, &c.rows[i]);
		md_table_end(t, f);
		md_paragraph(f, "*Chance* is the probability of so large a difference between sides "
				"that are the same, all rows having been asked. This table looks "
				"once at all reboots; the verdict above is that of the looks at "
				"which the run could stop.");
	}
	vec_free(&side[0]);
	vec_free(&side[1]);
}

void section_versus(FILE *f, const struct report *r)
{
	const char *text = r->run->provenance_json ? r->run->provenance_json : "{}";
	CLEANUP_JSON json_t *json = json_loads(text, 0, NULL);
	json_t *versus = json_object_get(json, "versus");
	json_t *looks = json_object_get(versus, "looks");
	json_t *last = json_array_get(looks, json_array_size(looks) - 1);
	CLEANUP_FREE char *words = NULL;

	if (!versus)
		return;
	md_heading(f, 2, "Side A against side B");
	if (!last) {
		md_paragraph(f, "The run was interrupted before its first pair of machines was "
				"through.");
		return;
	}
	words = md_escaped(json_text_at(last, "words"));
	md_paragraph(f, "**%s.**%s", words, json_is_true(json_object_get(versus, "complete")) ? "" :
		     " The run was interrupted: that is as far as it came.");
	put_sides(f, last, json_object_get(json, "sides"));
	put_phases(f, r, last);
	md_heading(f, 3, "How it was decided");
	md_paragraph(f, "A pair is one machine of each side, one right after the other, in the order "
			"AB, BA, AB ... More pairs were run only as long as the looks so far were "
			"undecided; together they call two sides that are the same different in at "
			"most 1 of 100 runs.");
	put_looks(f, looks);
}
