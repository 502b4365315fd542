// SPDX-License-Identifier: GPL-2.0-only
/*
 * comparison.c - comparisons as text and as Markdown
 */
#include "comparison.h"

#include <math.h>
#include <string.h>

#include "comparison_json.h"
#include "comparison_table.h"
#include "markdown.h"
#include "analysis/exact.h"
#include "analysis/words.h"

/* "+1 234" or "−5". */
static struct words signed_count(int64_t n)
{
	struct words w = words_count(fabs((double)n)), to;

	snprintf(to.s, sizeof(to.s), "%s%.55s", n < 0 ? "−" : n > 0 ? "+" : "", w.s);
	return to;
}

static void put_headline(FILE *f, const struct compared *c, const struct compare_options *o)
{
	const struct compare_row *r = &c->by_chance.rows[COMPARE_LATENCY];
	const struct compare_row *s = &c->by_chance.rows[COMPARE_SUCCESS];

	fprintf(f, "latency %s", compare_verdict_words(COMPARE_LATENCY, r->verdict));
	if (r->verdict == COMPARE_NOTHING)
		return;
	fprintf(f, " (A %s, B %s; ", words_seconds(r->a).s, words_seconds(r->b).s);
	if (isfinite(r->by.shift))
		fprintf(f, "shift %s ms, %s", comparison_ms(r->by.shift).s,
			comparison_percent(r->of_latency).s);
	else
		fputs("so many failed that there is no shift", f);
	if (isfinite(r->by.shift) && !isnan(r->by.interval.low))
		fprintf(f, ", %g %% interval %s ms", 100 * o->confidence,
			words_ms_interval(r->by.interval).s);
	if (!isnan(r->p))
		fprintf(f, ", p = %.2g", r->p_all);
	if (r->verdict == COMPARE_TOO_FEW)
		fprintf(f, ", the least of %zu and %zu machines is %.2g", r->machines_a,
			r->machines_b, r->p_all_least);
	fprintf(f, "); %s reboots of A came up, ", words_of(s->n_a - s->censored_a, s->n_a).s);
	fprintf(f, "%s of B", words_of(s->n_b - s->censored_b, s->n_b).s);
}

static void put_failed(FILE *f, size_t n, const char *side, const char *other)
{
	if (n)
		fprintf(f, "%zu reboot%s failed on %s, on more of its machines than of %s's; ", n,
			n == 1 ? "" : "s", side, other);
}

/* One machine repeats nothing: that others do the same is not known. */
static bool is_exact(const struct compare_exact *c)
{
	return c->repeats_a >= EXACT_REPEATS && c->repeats_b >= EXACT_REPEATS;
}

static void put_exact_headline(FILE *f, const struct compare_exact *c)
{
	bool failed = c->failed_a || c->failed_b;

	put_failed(f, c->failed_a, "A", "B");
	put_failed(f, c->failed_b, "B", "A");
	if (*c->varied) {
		fputs(c->varied, f);
	} else if (!c->reboots) {
		fputs("none came up on both", f);
	} else if (!compare_exact_differs(c)) {
		fprintf(f, "%sidentical to the instruction in every phase",
			failed ? "where both came up: " : "");
	} else {
		/* The verdict of failures says nothing of the times. */
		fprintf(f, "%s: %s%s instructions", failed ? "where both came up" :
			compare_verdict_words(COMPARE_LATENCY, c->verdict),
			is_exact(c) ? "exactly " : "",
			signed_count(c->instructions.typical).s);
		if (c->instructions_a > 0)
			fprintf(f, " (%s)", comparison_percent((double)c->instructions.typical /
							   (double)c->instructions_a).s);
		fprintf(f, ", %s ns of virtual time", signed_count(c->ns.typical).s);
		if (c->phases_n)
			fprintf(f, "; most of it in phase %s: %s instructions",
				phase_name(c->phases[0].phase),
				signed_count(c->phases[0].instructions.typical).s);
	}
	if (c->reboots && !is_exact(c))
		fprintf(f, "; not exact: a reboot came up on %zu machine%s of A and %zu of B, "
			"exact figures need %d", c->repeats_a, c->repeats_a == 1 ? "" : "s",
			c->repeats_b, EXACT_REPEATS);
}

static void put_range(struct md_table *t, const struct exact_difference *d)
{
	if (d->least == d->most)
		md_cell(t, "%s", signed_count(d->typical).s);
	else
		md_cell(t, "%s (%s to %s)", signed_count(d->typical).s, signed_count(d->least).s,
			signed_count(d->most).s);
}

/* What the figures rest on, and from which difference on they mean something. */
static void put_basis(FILE *f, const struct compare_exact *c)
{
	double least = c->threshold * (double)c->instructions_a;

	md_paragraph(f, "Virtual clock, no statistics: %zu reboot%s of A, each compared with the same "
			"one of B (%zu and %zu samples%s). Phases that are not here are the same. "
			"A difference below %.3g %% of A's reboot, %s instructions, is none in "
			"practice. Other kernels draw other random numbers and meet the timer at "
			"other moments: differences of up to %s instructions, of the whole or of a "
			"phase, can be chance%s.",
		     c->reboots, c->reboots == 1 ? "" : "s", c->samples_a, c->samples_b,
		     is_exact(c) ? ", repeats that came up identical" : "", 100 * c->threshold,
		     words_count(least).s, words_count(COMPARE_EXACT_CHANCE).s,
		     least < COMPARE_EXACT_CHANCE ? ", also those that the threshold lets pass" : "");
}

static void put_exactly(FILE *f, const struct compare_exact *c)
{
	static const char *const headers[] = { "phase", "A, instructions", "B", "B − A",
					       "of A's reboot", "B − A, virtual ns" };
	struct md_table *t = md_table_new("lrrrrr", headers);

	for (size_t i = 0; i < c->phases_n; i++) {
		const struct exact_phase *p = &c->phases[i];

		md_cell(t, "%s", phase_name(p->phase));
		md_cell(t, "%s", words_count((double)p->instructions_a).s);
		md_cell(t, "%s", words_count((double)p->instructions_b).s);
		put_range(t, &p->instructions);
		md_cell(t, "%s", c->instructions_a > 0 ?
			comparison_percent((double)p->instructions.typical /
				       (double)c->instructions_a).s : "–");
		put_range(t, &p->ns);
	}
	md_cell(t, "whole reboot");
	md_cell(t, "%s", words_count((double)c->instructions_a).s);
	md_cell(t, "%s", words_count((double)c->instructions_b).s);
	put_range(t, &c->instructions);
	md_cell(t, "%s", c->instructions_a > 0 ? comparison_percent((double)c->instructions.typical /
								(double)c->instructions_a).s : "–");
	put_range(t, &c->ns);
	md_table_end(t, f);
	put_basis(f, c);
}

static void put_functions(FILE *f, const struct changed_functions *functions, bool markdown)
{
	CLEANUP_FREE char *words = changed_functions_words(functions), *escaped = md_escaped(words);

	if (functions->n)
		md_paragraph(f, "Functions that changed most, instructions of their own: %s.",
			     markdown ? escaped : words);
}

static void put_pair(FILE *f, const struct compared *c, bool markdown)
{
	CLEANUP_FREE char *a = md_escaped(c->a), *b = md_escaped(c->b);
	const char *strong = markdown ? "**" : "";
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	if (c->exact)
		put_exact_headline(m, &c->exactly);
	else
		put_headline(m, c, &c->options);
	if (fclose(m) != 0)
		abort();
	if (strcmp(a, b))
		md_paragraph(f, "%s%s (A) against %s (B):%s %s.", strong, markdown ? a : c->a,
			     markdown ? b : c->b, strong, text);
	else
		md_paragraph(f, "%s%s:%s %s.", strong, markdown ? a : c->a, strong, text);
	if (c->exact && c->exactly.reboots && compare_exact_differs(&c->exactly)) {
		put_exactly(f, &c->exactly);
		put_functions(f, &c->functions, markdown);
	} else if (!c->exact) {
		comparison_table(f, &c->by_chance, &c->options);
	}
}

static void put_lone(FILE *f, const char *side, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		CLEANUP_FREE char *name = md_escaped(names[i]);

		md_paragraph(f, "Only %s has %s.", side, name);
	}
}

static void put_sentences(FILE *f, const char *const *sentences, size_t n, bool markdown)
{
	for (size_t i = 0; i < n; i++) {
		CLEANUP_FREE char *escaped = md_escaped(sentences[i]);

		md_paragraph(f, "%s", markdown ? escaped : sentences[i]);
	}
}

void comparison_write(FILE *f, const struct comparison_set *set, enum comparison_format format)
{
	bool markdown = format == COMPARISON_MARKDOWN;
	CLEANUP_FREE char *a = md_escaped(set->a), *b = md_escaped(set->b);

	if (format == COMPARISON_JSON) {
		comparison_write_json(f, set);
		return;
	}
	if (markdown)
		md_heading(f, 1, "B against A");
	fprintf(f, "A: %s%s\nB: %s\n\n", markdown ? a : set->a, markdown ? "  " : "",
		markdown ? b : set->b);
	put_sentences(f, (const char *const *)set->doubts.at, set->doubts.n, markdown);
	put_sentences(f, (const char *const *)set->hints.at, set->hints.n, markdown);
	for (size_t i = 0; i < set->pairs.n; i++)
		put_pair(f, &set->pairs.at[i], markdown);
	put_lone(f, "A", set->only_a.at, set->only_a.n);
	put_lone(f, "B", set->only_b.at, set->only_b.n);
	put_sentences(f, (const char *const *)set->left_out.at, set->left_out.n, markdown);
}
