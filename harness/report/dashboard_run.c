// SPDX-License-Identifier: GPL-2.0-only
/*
 * dashboard_run.c - the page of one run: its samples, phase by phase
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "analysis/words.h"
#include "console.h"
#include "dashboard_page.h"
#include "dashboard_pages.h"
#include "html.h"
#include "nightly_words.h"
#include "reboot/doubt.h"

/* Lines of a console on the page. */
#define LINES 25

static void put_fact(FILE *f, const char *name, const char *value)
{
	fprintf(f, "<tr><th scope=\"row\">%s</th><td>", name);
	html_put_safe(f, value);
	fputs("</td></tr>\n", f);
}

static void put_facts(FILE *f, const struct history_run *run, const struct history_host *host,
		      const char *report)
{
	fputs("<table class=\"facts\">\n", f);
	put_fact(f, "scenario", run->scenario);
	put_fact(f, "started", run->started);
	put_fact(f, "commit", *run->commit ? run->commit : "unknown");
	if (run->dirty)
		put_fact(f, "checkout", "had changes that were not committed");
	put_fact(f, "host", host->id);
	put_fact(f, "", host->words);
	fputs("</table>\n", f);
	if (!report)
		return;
	fputs("<p><a href=\"", f);
	html_put(f, report);
	fputs("\">The report of this run</a></p>\n", f);
}

/* One reboot as a bar of its phases; its words are in the columns beside it. */
static void put_bar(FILE *f, const struct sample *s)
{
	fputs("<td><div class=\"bar\" aria-hidden=\"true\">", f);
	for (unsigned int p = 0; p < PHASES; p++) {
		const struct phase_time *t = &s->phases.at[p];

		if (t->state == PHASE_SEEN && t->ns > 0)
			fprintf(f, "<i class=\"p%u\" style=\"flex:%" PRId64 "\" title=\"%s\"></i>", p,
				t->ns / 1000, phase_name(p));
	}
	fputs("</div></td>", f);
}

static void put_phase(FILE *f, const struct phase_time *t)
{
	static const char *const words[] = {
		[PHASE_ABSENT] = "", [PHASE_UNKNOWN] = "not seen",
	};

	if (t->state == PHASE_SEEN)
		fprintf(f, "<td>%s</td>", words_ms((double)t->ns / 1e9).s);
	else
		fprintf(f, "<td>%s</td>", words[t->state]);
}

static void put_sample(FILE *f, const struct sample *s, const bool shown[PHASES])
{
	fprintf(f, "<tr id=\"sample-%" PRId64 "\"%s><th scope=\"row\">%" PRId64 "</th><td>%d/%d%s"
		"</td><td>%s%s</td><td>%s</td>", s->id,
		s->judgement.verdict == VERDICT_OK ? "" : " class=\"bad\"", s->id, s->machine,
		s->index, s->warmup ? ", warm-up" : "", verdict_name(s->judgement.verdict),
		s->judgement.proved ? "" : ", not proved",
		words_ms(s->latency_ns < 0 ? NAN : (double)s->latency_ns / 1e9).s);
	put_bar(f, s);
	for (unsigned int p = 0; p < PHASES; p++)
		if (shown[p])
			put_phase(f, &s->phases.at[p]);
	fputs("</tr>\n", f);
}

static bool same_way(const struct sample *a, const struct sample *b)
{
	return !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant) &&
	       !strcmp(a->clock, b->clock);
}

/* A table of one way's samples by one clock. */
static void put_way(FILE *f, const struct sample *samples, size_t n, size_t first)
{
	const struct sample *of = &samples[first];
	bool shown[PHASES] = { 0 };

	fputs("<h2>", f);
	html_put_safe(f, of->way);
	fputc(' ', f);
	html_put_safe(f, of->variant);
	if (sample_is_virtual(of))
		fputs(" (virtual clock)", f);
	fprintf(f, "</h2>\n<p>Witness: %s.</p>\n", proof_word(of->witness));
	fputs("<table>\n<thead><tr><th scope=\"col\">sample</th><th scope=\"col\">machine"
		"</th><th scope=\"col\">verdict</th><th scope=\"col\">latency</th>"
		"<th scope=\"col\">phases, all times in ms</th>", f);
	for (size_t i = first; i < n; i++)
		for (unsigned int p = 0; same_way(&samples[i], of) && p < PHASES; p++)
			shown[p] |= samples[i].phases.at[p].state != PHASE_ABSENT;
	for (unsigned int p = 0; p < PHASES; p++)
		if (shown[p])
			fprintf(f, "<th scope=\"col\"><i class=\"key p%u\"></i>%s</th>", p,
				phase_name(p));
	fputs("</tr></thead>\n<tbody>\n", f);
	for (size_t i = first; i < n; i++)
		if (same_way(&samples[i], of))
			put_sample(f, &samples[i], shown);
	fputs("</tbody>\n</table>\n", f);
}

/* What stands behind a sample: why it failed, and what its console said. */
static void put_console(FILE *f, const struct sample *s, const char *consoles)
{
	CLEANUP_FREE char *tail = console_tail(consoles, s, LINES);

	if (!tail && !*s->judgement.reason)
		return;
	fprintf(f, "<details id=\"console-%" PRId64 "\"%s>\n<summary>Sample %" PRId64 ": ", s->id,
		s->judgement.verdict == VERDICT_OK ? "" : " open", s->id);
	html_put_safe(f, s->way);
	fprintf(f, " %d/%d, %s</summary>\n", s->machine, s->index,
		verdict_name(s->judgement.verdict));
	if (*s->judgement.reason) {
		fputs("<p>", f);
		html_put_safe(f, s->judgement.reason);
		fputs("</p>\n", f);
	}
	if (tail) {
		fputs("<pre tabindex=\"0\">", f);
		html_put(f, tail);
		fputs("</pre>\n", f);
	}
	fputs("</details>\n", f);
}

static bool is_first_of_way(const struct sample *samples, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same_way(&samples[k], &samples[i]))
			return false;
	return true;
}

void dashboard_run(FILE *f, const struct history_run *run, const struct history_host *host,
		   const char *report, const char *consoles, const struct sample *samples, size_t n)
{
	dashboard_begin(f, run->name, "../");
	fputs("<p><a href=\"../index.html\">All metrics</a> · <a href=\"../runs.html\">All runs</a>"
	      "</p>\n<h1>Run ", f);
	html_put_safe(f, run->name);
	fputs("</h1>\n", f);
	put_facts(f, run, host, report);
	if (!n)
		fputs("<p>It has no samples.</p>\n", f);
	for (size_t i = 0; i < n; i++)
		if (is_first_of_way(samples, i))
			put_way(f, samples, n, i);
	if (access(consoles, F_OK) == 0)
		fputs("<h2>Consoles</h2>\n", f);
	for (size_t i = 0; i < n; i++)
		put_console(f, &samples[i], consoles);
	dashboard_end(f);
}
