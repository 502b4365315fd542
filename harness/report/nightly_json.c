// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_json.c - a night as JSON
 */
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "nightly_outputs.h"
#include "safe_text.h"

#define NIGHTLY_JSON_SCHEMA 1

DEFINE_CLEANUP(json_t, json_decref)

/* A text that may come from anywhere; JSON holds UTF-8 only. */
static json_t *text(const char *from)
{
	CLEANUP_FREE char *safe = safe_text(from, strlen(from), false);

	return json_string(safe);
}

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
	return json_pack("{s:o, s:o, s:o, s:o, s:b}", "run", text(run->name), "scenario",
			 text(run->scenario), "started", text(run->started), "commit",
			 *run->commit ? text(run->commit) : json_null(), "dirty", run->dirty);
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

	for (size_t i = 0; i < m->changes.n; i++)
		json_array_append_new(changes, change_of(n, m, &m->changes.at[i]));
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o, "
			 "s:o, s:o, s:o, s:o, s:o}",
			 "name", text(m->name), "scenario", text(s->scenario), "clock",
			 text(s->clock), "way", text(s->way), "variant", text(s->variant), "arch",
			 text(s->arch), "metric", history_metric_name(m->metric), "unit",
			 history_unit_name(m->metric->unit), "better",
			 history_more_is_better(m->metric) ? "more" : "less", "verdict",
			 nightly_verdict_name(m->verdict), "why", m->why, "nights",
			 (int)m->metric->points.n, "value", number(m->value), "level",
			 number(m->level), "baseline", number(m->baseline), "noise",
			 number(m->scale), "run", run_of(nightly_run(n, m)), "change",
			 m->change ? change_of(n, m, m->change) : json_null(), "changes", changes);
}

void nightly_json_write(FILE *f, const struct nightly *n)
{
	CLEANUP(cleanup_json_decref) json_t *root = NULL;
	const struct history_host *host = &n->history->hosts.at[n->host];
	json_t *metrics = json_array(), *faults = json_array();

	for (size_t i = 0; i < n->metrics.n; i++)
		json_array_append_new(metrics, metric_of(n, &n->metrics.at[i]));
	for (size_t i = 0; i < n->faults.n; i++)
		json_array_append_new(faults, text(n->faults.at[i]));
	root = json_pack("{s:i, s:s, s:i, s:{s:s, s:o}, s:o, s:I, s:i, s:o, s:o}", "schema",
			 NIGHTLY_JSON_SCHEMA, "verdict", nightly_verdict_name(nightly_verdict(n)),
			 "status", nightly_status(n), "host", "id", host->id, "words",
			 text(host->words), "newest", run_of(n->newest), "target_ns",
			 (json_int_t)n->newest->target_ns, "window_nights", (int)n->window, "faults",
			 faults, "metrics", metrics);
	if (!root || json_dumpf(root, f, JSON_INDENT(1)) != 0)
		abort();
	fputc('\n', f);
}
