// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_json.c - a night as JSON
 */
#include <math.h>

#include "base/json.h"
#include "nightly_outputs.h"
#include "nightly_words.h"

#define NIGHTLY_JSON_SCHEMA 1

/* Null for what is not known; JSON has no infinity, so "never" stands for it. */
static json_t *number(double x)
{
	if (isnan(x))
		return json_null();
	if (isinf(x))
		return json_string("never");
	return x == floor(x) && fabs(x) < 9e15 ? json_integer((json_int_t)x) : json_real(x);
}

static json_t *run_of(const struct history_run *run)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:b}", "run", json_text(run->name), "scenario",
			 json_text(run->scenario), "started", json_text(run->started), "commit",
			 *run->commit ? json_text(run->commit) : json_null(), "dirty", run->dirty);
}

static json_t *change_of(const struct nightly *n, const struct nightly_metric *m,
			 const struct regression_change *c)
{
	return json_pack("{s:o, s:o, s:b, s:o, s:o, s:o}", "before", number(c->before), "after",
			 number(c->after), "worse", nightly_worse(m, c), "confidence",
			 number(c->confidence), "last_good", run_of(nightly_good(n, m, c)),
			 "first_bad", run_of(nightly_bad(n, m, c)));
}

static json_t *metric_of(const struct nightly *n, const struct nightly_metric *m)
{
	const struct history_series *s = m->series;
	json_t *changes = json_array();
	char machine[MACHINE_KIND_TEXT];

	machine_kind_words(&s->machine, machine);
	for (size_t i = 0; i < m->changes.n; i++)
		json_array_append_new(changes, change_of(n, m, &m->changes.at[i]));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o, "
			 "s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:o}",
			 "name", json_text(m->name), "scenario", json_text(s->scenario), "clock",
			 json_text(s->clock), "way", json_text(s->way), "variant",
			 json_text(s->variant), "arch", json_text(s->machine.arch), "metric",
			 history_metric_name(m->metric), "unit", history_unit_name(m->metric->unit), "better",
			 history_more_is_better(m->metric) ? "more" : "less", "verdict",
			 nightly_verdict_name(m->verdict), "why", m->why, "nights",
			 (int)m->metric->points.n, "value", number(m->value), "level",
			 number(m->level), "baseline", number(m->baseline), "noise",
			 number(m->scale), "run", run_of(nightly_run(n, m)), "change",
			 m->change ? change_of(n, m, m->change) : json_null(), "changes", changes, "witness",
			 nightly_witness_word(m), "functions", changed_functions_json(&m->functions), "machine",
			 json_text(machine));
}

void nightly_json_write(FILE *f, const struct nightly *n)
{
	CLEANUP_JSON json_t *root = NULL;
	const struct history_host *host = &n->history->hosts.at[n->host];
	json_t *metrics = json_array(), *faults = json_array();

	for (size_t i = 0; i < n->metrics.n; i++)
		json_array_append_new(metrics, metric_of(n, &n->metrics.at[i]));
	for (size_t i = 0; i < n->faults.n; i++)
		json_array_append_new(faults, json_text(n->faults.at[i]));
	root = json_pack("{s:i, s:s, s:i, s:{s:s, s:o}, s:o, s:I, s:i, s:o, s:o}", "schema",
			 NIGHTLY_JSON_SCHEMA, "verdict", nightly_verdict_name(nightly_verdict(n)),
			 "status", nightly_status(n), "host", "id", host->id, "words",
			 json_text(host->words), "newest", run_of(n->newest), "target_ns",
			 (json_int_t)n->newest->target_ns, "window_nights", (int)n->window, "faults",
			 faults, "metrics", metrics);
	if (!root)
		abort();
	json_dumpf(root, f, JSON_INDENT(1));
	fputc('\n', f);
}
