// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_failures.c - every reboot that did not come up as asked, with its evidence
 */
#include "sections.h"

#include <string.h>

#include "console.h"
#include "markdown.h"
#include "analysis/words.h"

/* Lines of console under each failure, and how many failures get theirs. */
#define TAIL_LINES 12
#define TAILS 20

static bool is_listed(const struct sample *s)
{
	return !sample_succeeded(s);
}

/* "hung in kernel", "wrong way", "came up, not proved" */
static void put_verdict(FILE *f, const struct sample *s)
{
	const struct judgement *j = &s->judgement;

	if (j->verdict == VERDICT_OK)
		fputs("came up, not proved", f);
	else
		fputs(verdict_name(j->verdict), f);
	if ((j->verdict == VERDICT_HUNG || j->verdict == VERDICT_PANICKED) && j->phase < PHASES)
		fprintf(f, " in phase %s", phase_name(j->phase));
}

/* How often each verdict came, by way. */
static void counts_table(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "way", "verdict", "reboots", "of them warm-ups" };
	struct md_table *t = md_table_new("llrr", headers);
	size_t i, k;
	unsigned int v;

	for (i = 0; i < r->groups.n; i++) {
		for (v = 0; v < VERDICTS; v++) {
			size_t all = 0, warm = 0;

			for (k = 0; k < r->samples.n; k++) {
				const struct sample *s = &r->samples.at[k];

				if (s->judgement.verdict != v || !is_listed(s) ||
				    report_group_of(r, s) != &r->groups.at[i])
					continue;
				all++;
				warm += s->warmup;
			}
			if (!all)
				continue;
			md_cell(t, "%s", r->groups.at[i].label);
			md_cell(t, "%s", v == VERDICT_OK ? "came up, not proved" : verdict_name(v));
			md_cell(t, "%zu", all);
			md_cell(t, "%zu", warm);
		}
	}
	md_table_end(t, f);
}

static void put_failure(FILE *f, const struct sample *s, const char *label, const char *consoles)
{
	CLEANUP_FREE char *tail = console_tail(consoles, s, TAIL_LINES);
	CLEANUP_FREE char *way = md_escaped(label), *reason = md_escaped(s->judgement.reason);
	CLEANUP_FREE char *trial = md_escaped(s->trial);
	CLEANUP_FREE char *verdict = NULL;
	size_t size;
	FILE *m = open_memstream(&verdict, &size);

	if (!m)
		abort();
	put_verdict(m, s);
	if (fclose(m) != 0)
		abort();
	md_heading(f, 3, "%s, machine %d, reboot %d%s: %s", way, s->machine, s->index,
		   s->warmup ? " (warm-up)" : "", verdict);
	md_paragraph(f, "%s Raw bytes: consoles/%s.console.", reason, trial);
	if (s->latency_ns >= 0)
		md_paragraph(f, "It was ready after %s, which counts in no figure.",
			     words_seconds((double)s->latency_ns / 1e9).s);
	if (tail)
		md_verbatim(f, tail);
	else
		md_paragraph(f, "Nothing of its console is there.");
}

void section_failures(FILE *f, const struct report *r, const char *consoles)
{
	size_t i, listed = 0;

	for (i = 0; i < r->samples.n; i++)
		listed += is_listed(&r->samples.at[i]);
	if (!r->samples.n)
		return;
	md_heading(f, 2, "What failed");
	if (!listed) {
		md_paragraph(f, "Nothing.");
		return;
	}
	counts_table(f, r);
	if (listed > TAILS)
		md_paragraph(f, "The first %d of %zu follow; `lobosbench show` shows any of them.",
			     TAILS, listed);
	for (i = 0, listed = 0; i < r->samples.n && listed < TAILS; i++) {
		const struct sample *s = &r->samples.at[i];

		if (!is_listed(s))
			continue;
		put_failure(f, s, report_group_of(r, s)->label, consoles);
		listed++;
	}
}
