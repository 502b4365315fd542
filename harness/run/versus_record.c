// SPDX-License-Identifier: GPL-2.0-only
/*
 * versus_record.c - the looks of a comparison, from the store and into it
 *
 * Nothing is kept between two looks: each is worked out from what is stored, so
 * an interrupted run looks at the same and decides the same.
 */
#include "versus_record.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>

#include "analysis/sequential.h"
#include "analysis/words.h"
#include "base/json.h"
#include "plan/order.h"
#include "store/provenance.h"

char *versus_record_label(const struct scenario *s, int side)
{
	const struct scenario_way *way = &s->ways[side];
	char *label = NULL;

	if (asprintf(&label, "%s%s%s", way->way, *way->variant ? " " : "", way->variant) < 0)
		abort();
	return label;
}

/* "B (kexec again) is slower than A (kexec)" */
static void put_verdict(FILE *f, const struct versus_look *look, const char *a, const char *b,
			bool last)
{
	if (look->verdict == COMPARE_WORSE)
		fprintf(f, "B (%s) is slower than A (%s)", b, a);
	else if (look->verdict == COMPARE_BETTER)
		fprintf(f, "B (%s) is faster than A (%s)", b, a);
	else if (*look->reason)
		fprintf(f, "A (%s) and B (%s) cannot be compared: %s", a, b, look->reason);
	else if (look->identical)
		fprintf(f, "A (%s) and B (%s) execute the same, phase by phase", a, b);
	else if (look->verdict == COMPARE_SAME)
		fprintf(f, "no practical difference between A (%s) and B (%s)", a, b);
	else
		fprintf(f, last ? "A (%s) and B (%s) could not be told apart" :
			"A (%s) and B (%s) cannot be told apart yet", a, b);
}

static void put_shift(FILE *f, const struct versus_look *look)
{
	const struct compare_row *row = &look->latency;

	if (isfinite(row->by.shift))
		fprintf(f, ": B takes %s%s ms (%+.2f %%)", row->by.shift >= 0 ? "+" : "",
			words_ms(row->by.shift).s, 100 * row->of_latency);
	if (isnan(row->by.interval.low))
		return;
	if (look->exact)
		fprintf(f, ", reboot by reboot %s ms, and %+" PRId64 " instructions",
			words_ms_interval(row->by.interval).s, look->instructions);
	else
		fprintf(f, ", %s interval %s ms", words_percent(look->confidence).s,
			words_ms_interval(row->by.interval).s);
}

char *versus_record_words(const struct scenario *s, const struct versus_look *look, bool last)
{
	CLEANUP_FREE char *a = versus_record_label(s, 0), *b = versus_record_label(s, 1);
	const struct compare_row *row = &look->latency;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	put_verdict(f, look, a, b, last);
	put_shift(f, look);
	fprintf(f, "; %zu and %zu reboots in %d pair%s", row->n_a, row->n_b, look->pairs,
		look->pairs == 1 ? "" : "s");
	if (row->censored_a || row->censored_b)
		fprintf(f, ", of which %zu and %zu failed", row->censored_a, row->censored_b);
	if (look->verdict == COMPARE_TOO_FEW)
		fprintf(f, ", on %zu and %zu machines, too few to tell at this look",
			row->machines_a, row->machines_b);
	if (!look->exact && isnan(row->a))
		fprintf(f, ", the first look is at %zu", sequential_samples(0));
	fclose(f);
	return text;
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
		CLEANUP_FREE char *words = versus_record_words(v->scenario, &look, false);

		*enough = look.exact || compare_is_decided(look.verdict);
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
	CLEANUP_FREE char *words = versus_record_words(v->scenario, look, last);
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
	provenance_put(&row->provenance_json, "versus",
		       json_pack("{s:b, s:o}", "complete", ended, "looks", looks));
	if (ended)
		row->samples_planned = order_planned(v->scenario, pairs);
	vec_free(&machines);
	return 0;
}
