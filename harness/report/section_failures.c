// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_failures.c - every reboot that did not come up as asked, with its evidence
 */
#include "sections.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
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

static void count_verdict(struct md_table *t, const struct report *r, const struct report_group *g,
			  enum verdict v, bool with_clock)
{
	size_t all = 0, warm = 0;

	for (size_t k = 0; k < r->samples.n; k++) {
		const struct sample *s = &r->samples.at[k];

		if (s->judgement.verdict != v || !is_listed(s) || report_group_of(r, s) != g)
			continue;
		all++;
		warm += s->warmup;
	}
	if (!all)
		return;
	md_cell(t, "%s", g->label);
	if (with_clock)
		md_cell(t, "%s", r->samples.at[0].clock);
	md_cell(t, "%s", v == VERDICT_OK ? "came up, not proved" : verdict_name(v));
	md_cell(t, "%zu", all);
	md_cell(t, "%zu", warm);
}

/* How often each verdict came, by way, and by clock in a run by both. */
static void counts_table(FILE *f, const struct report *r)
{
	static const char *const both[] = { "way", "clock", "verdict", "reboots",
					    "of them warm-ups" };
	static const char *const one[] = { "way", "verdict", "reboots", "of them warm-ups" };
	bool with_clock = r->exact;
	struct md_table *t = with_clock ? md_table_new("lllrr", both) : md_table_new("llrr", one);

	for (; r; r = r->exact)
		for (size_t i = 0; i < r->groups.n; i++)
			for (unsigned int v = 0; v < VERDICTS; v++)
				count_verdict(t, r, &r->groups.at[i], v, with_clock);
	md_table_end(t, f);
}

/* What is known of a reboot that failed, and where what is kept of its machine lies. */
static void put_evidence(FILE *f, const struct sample *s, const char *consoles)
{
	CLEANUP_FREE char *registers = text_format("%s/%s.registers", consoles, s->trial);
	CLEANUP_FREE char *trial = md_escaped(s->trial), *reason = md_escaped(s->judgement.reason);
	enum phase last = s->phases.last_begun;

	md_paragraph(f, "%s Raw bytes: consoles/%s.console.", reason, trial);
	if (!access(registers, F_OK))
		md_paragraph(f, "Registers of each CPU: consoles/%s.registers.", trial);
	if (s->latency_ns < 0 && s->judgement.phase == PHASES && last < PHASES)
		md_paragraph(f, "The last phase that began is %s.", phase_name(last));
}

static void put_failure(FILE *f, const struct sample *s, const char *label, const char *consoles)
{
	CLEANUP_FREE char *tail = console_tail(consoles, s, TAIL_LINES);
	CLEANUP_FREE char *way = md_escaped(label);
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
	put_evidence(f, s, consoles);
	if (s->latency_ns >= 0)
		md_paragraph(f, "It was ready after %s, which counts in no figure.",
			     words_seconds((double)s->latency_ns / 1e9).s);
	if (tail)
		md_verbatim(f, tail);
	else
		md_paragraph(f, "Nothing of its console is there.");
}

/* Those of one model, from the said-th of all on. Return: how many are said now. */
static size_t put_failures(FILE *f, const struct report *r, const char *consoles, size_t said)
{
	for (size_t i = 0; i < r->samples.n && said < TAILS; i++) {
		const struct sample *s = &r->samples.at[i];

		if (!is_listed(s))
			continue;
		put_failure(f, s, report_group_of(r, s)->label, consoles);
		said++;
	}
	return said;
}

void section_failures(FILE *f, const struct report *r, const char *consoles)
{
	size_t listed = 0, said = 0, samples = 0;
	const struct report *of;

	for (of = r; of; of = of->exact) {
		samples += of->samples.n;
		for (size_t i = 0; i < of->samples.n; i++)
			listed += is_listed(&of->samples.at[i]);
	}
	if (!samples)
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
	for (of = r; of; of = of->exact)
		said = put_failures(f, of, consoles, said);
}
