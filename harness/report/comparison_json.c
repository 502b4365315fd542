// SPDX-License-Identifier: GPL-2.0-only
/*
 * comparison_json.c - comparisons for other programs
 */
#include "comparison_json.h"

#include "base/json.h"

#define SCHEMA 1

static const char *const verdicts[] = {
	[COMPARE_NOTHING] = "nothing",
	[COMPARE_TOO_FEW] = "too-few-machines",
	[COMPARE_UNDECIDED] = "undecided",
	[COMPARE_SAME] = "same",
	[COMPARE_BETTER] = "better",
	[COMPARE_WORSE] = "worse",
};

static const char *const tests[] = {
	[COMPARE_NO_TEST] = "none",
	[COMPARE_RANKS] = "permutation",
	[COMPARE_FISHER] = "fisher",
};

static json_t *row_json(const struct compare_row *r)
{
	json_t *o = json_object();

	json_object_set_new(o, "metric", json_string(compare_metric_name(r->metric)));
	json_object_set_new(o, "unit", json_string(r->metric == COMPARE_SUCCESS ? "share" : "s"));
	json_object_set_new(o, "good", json_string(compare_large_is_good(r->metric) ? "large" :
										      "small"));
	json_object_set_new(o, "verdict", json_string(verdicts[r->verdict]));
	json_object_set_new(o, "n_a", json_integer((json_int_t)r->n_a));
	json_object_set_new(o, "n_b", json_integer((json_int_t)r->n_b));
	json_object_set_new(o, "failed_a", json_integer((json_int_t)r->censored_a));
	json_object_set_new(o, "failed_b", json_integer((json_int_t)r->censored_b));
	json_object_set_new(o, "machines_a", json_integer((json_int_t)r->machines_a));
	json_object_set_new(o, "machines_b", json_integer((json_int_t)r->machines_b));
	json_object_set_new(o, "a", json_number_or_null(r->a));
	json_object_set_new(o, "b", json_number_or_null(r->b));
	json_object_set_new(o, "absent_a", json_boolean(r->absent_a));
	json_object_set_new(o, "absent_b", json_boolean(r->absent_b));
	json_object_set_new(o, "mean_a", json_number_or_null(r->mean_a));
	json_object_set_new(o, "mean_b", json_number_or_null(r->mean_b));
	json_object_set_new(o, "shift", json_number_or_null(r->by.shift));
	json_object_set_new(o, "low", json_number_or_null(r->by.interval.low));
	json_object_set_new(o, "high", json_number_or_null(r->by.interval.high));
	json_object_set_new(o, "of_latency", json_number_or_null(r->of_latency));
	json_object_set_new(o, "test", json_string(tests[r->test]));
	json_object_set_new(o, "by_index", json_boolean(r->by_index));
	json_object_set_new(o, "by_machine", json_boolean(r->by_machine));
	json_object_set_new(o, "p", json_number_or_null(r->p));
	json_object_set_new(o, "p_corrected", json_number_or_null(r->p_all));
	json_object_set_new(o, "p_least", json_number_or_null(r->p_all_least));
	return o;
}

static json_t *difference_json(const struct exact_difference *d, bool known)
{
	return !known ? json_null() : json_pack("{s:I, s:I, s:I}", "typical", (json_int_t)d->typical, "least",
			 (json_int_t)d->least, "most", (json_int_t)d->most);
}

static json_t *count_json(int64_t n, bool known)
{
	return known ? json_integer(n) : json_null();
}

static json_t *exact_json(const struct compare_exact *c)
{
	json_t *o = json_object(), *phases = json_array();
	bool known = c->reboots > 0;

	json_object_set_new(o, "identical", json_boolean(c->identical));
	json_object_set_new(o, "varied", *c->varied ? json_text(c->varied) : json_null());
	json_object_set_new(o, "reboots", json_integer((json_int_t)c->reboots));
	json_object_set_new(o, "samples_a", json_integer((json_int_t)c->samples_a));
	json_object_set_new(o, "samples_b", json_integer((json_int_t)c->samples_b));
	json_object_set_new(o, "failed_a", json_integer((json_int_t)c->failed_a));
	json_object_set_new(o, "failed_b", json_integer((json_int_t)c->failed_b));
	json_object_set_new(o, "repeats_a", json_integer((json_int_t)c->repeats_a));
	json_object_set_new(o, "repeats_b", json_integer((json_int_t)c->repeats_b));
	json_object_set_new(o, "instructions_a", count_json(c->instructions_a, known));
	json_object_set_new(o, "instructions_b", count_json(c->instructions_b, known));
	json_object_set_new(o, "ns_a", count_json(c->ns_a, known));
	json_object_set_new(o, "ns_b", count_json(c->ns_b, known));
	json_object_set_new(o, "instructions", difference_json(&c->instructions, known));
	json_object_set_new(o, "ns", difference_json(&c->ns, known));
	for (size_t i = 0; i < c->phases_n; i++) {
		const struct exact_phase *p = &c->phases[i];

		json_array_append_new(phases, json_pack("{s:s, s:I, s:I, s:o, s:o}",
			"phase", phase_name(p->phase),
			"instructions_a", (json_int_t)p->instructions_a,
			"instructions_b", (json_int_t)p->instructions_b,
			"instructions", difference_json(&p->instructions, true),
			"ns", difference_json(&p->ns, true)));
	}
	json_object_set_new(o, "phases", phases);
	return o;
}

static json_t *pair_json(const struct compared *c)
{
	json_t *o = json_object(), *rows = json_array();

	json_object_set_new(o, "a", json_text(c->a));
	json_object_set_new(o, "b", json_text(c->b));
	json_object_set_new(o, "clock", json_string(c->exact ? "virtual" : "wall"));
	json_object_set_new(o, "threshold", json_number_or_null(c->options.threshold));
	json_object_set_new(o, "verdict", json_string(verdicts[c->exact ? c->exactly.verdict :
							       c->by_chance.verdict]));
	if (c->exact) {
		json_object_set_new(o, "exact", exact_json(&c->exactly));
		json_object_set_new(o, "functions", changed_functions_json(&c->functions));
		json_decref(rows);
		return o;
	}
	for (unsigned int m = 0; m < COMPARE_METRICS; m++)
		if (c->by_chance.rows[m].verdict != COMPARE_NOTHING)
			json_array_append_new(rows, row_json(&c->by_chance.rows[m]));
	json_object_set_new(o, "metrics", rows);
	json_object_set_new(o, "unseen_a", json_number_or_null(c->by_chance.came_up_a.unseen));
	json_object_set_new(o, "unseen_b", json_number_or_null(c->by_chance.came_up_b.unseen));
	return o;
}

static json_t *names(const char *const *at, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_text(at[i]));
	return array;
}

void comparison_write_json(FILE *f, const struct comparison_set *set)
{
	const struct compare_options *options = &set->pairs.at[0].options;
	json_t *o = json_object(), *pairs = json_array();

	for (size_t i = 0; i < set->pairs.n; i++)
		json_array_append_new(pairs, pair_json(&set->pairs.at[i]));
	json_object_set_new(o, "schema", json_integer(SCHEMA));
	json_object_set_new(o, "a", json_text(set->a));
	json_object_set_new(o, "b", json_text(set->b));
	json_object_set_new(o, "threshold", json_number_or_null(options->threshold));
	json_object_set_new(o, "confidence", json_real(options->confidence));
	json_object_set_new(o, "verdict", json_string(verdicts[comparison_verdict(set)]));
	json_object_set_new(o, "pairs", pairs);
	json_object_set_new(o, "only_a", names(set->only_a.at, set->only_a.n));
	json_object_set_new(o, "only_b", names(set->only_b.at, set->only_b.n));
	json_object_set_new(o, "doubts", names((const char *const *)set->doubts.at, set->doubts.n));
	json_object_set_new(o, "left_out", names((const char *const *)set->left_out.at, set->left_out.n));
	json_object_set_new(o, "hints", names((const char *const *)set->hints.at, set->hints.n));
	json_dumpf(o, f, JSON_INDENT(2) | JSON_ENSURE_ASCII);
	fputc('\n', f);
	json_decref(o);
}
