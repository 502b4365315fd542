// SPDX-License-Identifier: GPL-2.0-only
/*
 * versus_record.c - the looks of a comparison, from the store and into it
 *
 * Nothing is kept between two looks: each is worked out from what is stored, so
 * an interrupted run looks at the same and decides the same.
 */
#include "versus_record.h"

#include <errno.h>

#include "base/json.h"
#include "plan/order.h"

char *versus_record_label(const struct scenario *s, int side)
{
	const struct scenario_way *way = &s->ways[side];
	char *label = NULL;

	if (asprintf(&label, "%s%s%s", way->way, *way->variant ? " " : "", way->variant) < 0)
		abort();
	return label;
}

static char *words_of_look(const struct versus_record *v, const struct versus_look *look, bool last)
{
	CLEANUP_FREE char *a = versus_record_label(v->scenario, 0);
	CLEANUP_FREE char *b = versus_record_label(v->scenario, 1);

	return versus_words(look, a, b, last);
}

int versus_record_enough(void *arg, int blocks, bool *enough, struct error **err)
{
	const struct versus_record *v = arg;
	machine_vec machines = { 0 };
	sample_vec samples = { 0 };
	int rc = store_machines(v->store, v->run, &machines, err);

	if (!rc)
		rc = store_samples(v->store, v->run, &samples, err);
	if (!rc) {
		struct versus_look look = versus_look(v->scenario, &machines, &samples, blocks);
		CLEANUP_FREE char *words = words_of_look(v, &look, false);

		*enough = look.exact || look.verdict != COMPARE_UNDECIDED;
		progress_note(v->progress, "%s", words);
	}
	vec_free(&machines);
	vec_free(&samples);
	return rc;
}

static json_t *side_json(const struct scenario_way *way, size_t n, size_t failed, double median_s)
{
	return json_pack("{s:s, s:s, s:I, s:I, s:o}", "way", way->way, "variant", way->variant,
			 "reboots", (json_int_t)n, "failed", (json_int_t)failed,
			 "median_s", json_number_or_null(median_s));
}

static json_t *look_json(const struct versus_record *v, const struct versus_look *look, bool last)
{
	CLEANUP_FREE char *words = words_of_look(v, look, last);
	const struct scenario_way *ways = v->scenario->ways;
	const struct compare_row *row = &look->latency;

	return json_pack("{s:i, s:b, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "pairs", look->pairs, "looked", look->looked,
			 "verdict", versus_verdict_name(look->verdict), "words", words,
			 "a", side_json(&ways[0], row->n_a, row->censored_a, row->a),
			 "b", side_json(&ways[1], row->n_b, row->censored_b, row->b),
			 "shift_s", json_number_or_null(row->by.shift),
			 "low_s", json_number_or_null(row->by.interval.low),
			 "high_s", json_number_or_null(row->by.interval.high),
			 "confidence", json_number_or_null(look->confidence));
}

static void into_provenance(struct run_row *row, json_t *looks, bool ended)
{
	CLEANUP_JSON json_t *json = json_loads(row->provenance_json, 0, NULL);
	json_t *versus = json_pack("{s:b, s:o}", "complete", ended, "looks", looks);

	json_object_set_new(json, "versus", versus);
	free(row->provenance_json);
	row->provenance_json = json_dumps(json, JSON_INDENT(1));
	if (!row->provenance_json)
		abort();
}

int versus_record_end(const struct versus_record *v, struct run_row *row,
		      const sample_vec *samples, bool ended, struct versus_look *last,
		      struct error **err)
{
	machine_vec machines = { 0 };
	json_t *looks = json_array();
	int rc = store_machines(v->store, v->run, &machines, err), pairs;

	if (rc) {
		json_decref(looks);
		return rc;
	}
	pairs = versus_pairs(v->scenario, &machines, samples, ended);
	*last = (struct versus_look){ 0 };
	for (int i = 1; i <= pairs; i++) {
		*last = versus_look(v->scenario, &machines, samples, i);
		json_array_append_new(looks, look_json(v, last, ended && i == pairs));
	}
	into_provenance(row, looks, ended);
	if (ended)
		row->samples_planned = order_planned(v->scenario, pairs);
	vec_free(&machines);
	return 0;
}
