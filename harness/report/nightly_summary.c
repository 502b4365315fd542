// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_summary.c - a night as a short Markdown text
 */
#include <string.h>

#include "markdown.h"
#include "nightly_outputs.h"
#include "nightly_words.h"

static void put_changes(FILE *f, const struct nightly *n, enum nightly_verdict verdict,
			const char *heading)
{
	static const char *const headers[] = {
		"metric", "before", "now", "change", "last good", "first bad", "functions",
	};
	struct md_table *t;

	if (!n->count[verdict])
		return;
	md_heading(f, 2, "%s", heading);
	t = md_table_new("lrrrlll", headers);
	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];
		CLEANUP_FREE char *functions = changed_functions_words(&m->functions);

		if (m->verdict != verdict)
			continue;
		md_cell(t, "%s", m->name);
		md_cell(t, "%s", nightly_value_words(m->metric, m->baseline).s);
		md_cell(t, "%s", nightly_value_words(m->metric, m->level).s);
		md_cell(t, "%s", nightly_change_words(m->metric, m->baseline, m->level).s);
		md_cell(t, "%s", m->change ?
			nightly_commit_words(nightly_good(n, m, m->change)).s : "–");
		md_cell(t, "%s", m->change ?
			nightly_commit_words(nightly_bad(n, m, m->change)).s : "–");
		md_cell(t, "%s", *functions ? functions : "–");
	}
	md_table_end(t, f);
}

static void put_broken(FILE *f, const struct nightly *n)
{
	if (nightly_verdict(n) != NIGHTLY_BROKEN)
		return;
	md_heading(f, 2, "Broken");
	for (size_t i = 0; i < n->faults.n; i++) {
		CLEANUP_FREE char *fault = md_escaped(n->faults.at[i]);

		md_item(f, "%s", fault);
	}
	for (size_t i = 0; i < n->metrics.n; i++) {
		CLEANUP_FREE char *name = md_escaped(n->metrics.at[i].name);

		if (n->metrics.at[i].verdict == NIGHTLY_BROKEN)
			md_item(f, "%s: %s", name, n->metrics.at[i].why);
	}
}

/* Ways that are not what they say, each once: by the metric that every way has. */
static void put_contradicted(FILE *f, const struct nightly *n)
{
	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];
		CLEANUP_FREE char *scenario = md_escaped(m->series->scenario);
		CLEANUP_FREE char *way = md_escaped(nightly_way_words(m->series).s);

		if (m->metric->unit == HISTORY_SHARE && !strcmp(m->why, NIGHTLY_CONTRADICTED))
			md_paragraph(f, "**%s is not what it says** (scenario %s, %s clock): %s. The "
				     "report of run %s has the signs.", way, scenario,
				     m->series->clock, m->why, nightly_run(n, m)->name);
	}
}

static void put_latencies(FILE *f, const struct nightly *n)
{
	static const char *const headers[] = {
		"scenario", "clock", "way", "latency", "baseline", "nights", "verdict",
		"witness",
	};
	struct md_table *t = md_table_new("lllrrrll", headers);

	md_heading(f, 2, "Latencies");
	for (size_t i = 0; i < n->metrics.n; i++) {
		const struct nightly_metric *m = &n->metrics.at[i];

		if (m->metric->unit != HISTORY_NS || m->metric->phase != PHASES ||
		    m->verdict == NIGHTLY_ENDED)
			continue;
		md_cell(t, "%s", m->series->scenario);
		md_cell(t, "%s", m->series->clock);
		md_cell(t, "%s", nightly_way_words(m->series).s);
		md_cell(t, "%s", nightly_value_words(m->metric, m->value).s);
		md_cell(t, "%s", nightly_value_words(m->metric, m->baseline).s);
		md_cell(t, "%zu", m->metric->points.n);
		md_cell(t, "%s", nightly_verdict_words(m->verdict).s);
		md_cell(t, "%s", nightly_witness_word(m));
	}
	md_table_end(t, f);
}

void nightly_summary_write(FILE *f, const struct nightly *n)
{
	CLEANUP_FREE char *words = md_escaped(n->history->hosts.at[n->host].words);
	CLEANUP_FREE char *run = md_escaped(n->newest->name);

	md_heading(f, 1, "Nightly: %s", nightly_status_words(n).s);
	md_paragraph(f, "Newest run %s of commit %s on host %s (%s). A change is news for %zu nights.",
		     run, nightly_commit_words(n->newest).s, n->history->hosts.at[n->host].id, words,
		     n->window);
	put_contradicted(f, n);
	put_broken(f, n);
	put_changes(f, n, NIGHTLY_REGRESSION, "Regressions");
	put_changes(f, n, NIGHTLY_IMPROVED, "Improvements");
	if (n->count[NIGHTLY_BASELINE])
		md_paragraph(f, "%zu metrics were measured for the first time: this night is their "
				"baseline, and nothing was compared.", n->count[NIGHTLY_BASELINE]);
	if (n->count[NIGHTLY_FEW])
		md_paragraph(f, "%zu metrics have too few nights to be judged: a noisy one needs %d.",
			     n->count[NIGHTLY_FEW], REGRESSION_LEAST);
	put_latencies(f, n);
}
