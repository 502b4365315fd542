// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_answer.c - the sentences a reader came for
 */
#include "sections.h"

#include <ctype.h>
#include <string.h>

#include "answer.h"
#include "exact_words.h"
#include "markdown.h"
#include "paper_observed.h"
#include "planned.h"

/* "lobos 20 of 20, kexec 19 of 20" */
static void put_successes(FILE *f, const struct report *r)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (!g->n)
			continue;
		fprintf(f, "%s%s %s", comma, label, words_of(g->successes, g->n).s);
		comma = ", ";
	}
}

/* What it rests on that they went the right way. */
static struct words witnessed(const struct report *r)
{
	struct words to = { "no way was witnessed" };
	size_t confirmed = 0, ways = 0;

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		const struct proof *p = r->facts ? proof_find(&r->facts->proofs, g->way, g->variant) :
						   NULL;

		if (!report_begins_way(r, g))
			continue;
		ways++;
		confirmed += p && p->word == PROOF_CONFIRMED;
	}
	if (confirmed)
		snprintf(to.s, sizeof(to.s), "%.40s ways witnessed", words_of(confirmed, ways).s);
	return to;
}

/* "all were", "none was", "1 was", "7 were" */
static struct words were_in_time(const struct report_group *g)
{
	struct words to = { "none was" };

	if (g->in_time == g->n)
		snprintf(to.s, sizeof(to.s), g->n == 1 ? "it was" : "all were");
	else if (g->in_time)
		snprintf(to.s, sizeof(to.s), "%zu %s", g->in_time, g->in_time == 1 ? "was" : "were");
	return to;
}

/* How many reboots of the way that the report is about were in time. */
static void put_in_time(FILE *f, const struct report *r)
{
	const struct report_group *g = report_subject(r);
	CLEANUP_FREE char *label = g ? md_escaped(g->label) : NULL;
	char share[100] = "it depends on the index, see below";

	if (!g)
		return;
	if (!g->figures[REPORT_IN_TIME].by_index)
		snprintf(share, sizeof(share), "95 %% interval %s",
			 words_percent_interval(g->figures[REPORT_IN_TIME].share).s);
	fprintf(f, "Of %zu %s reboot%s, **%s ready in under %g s** (%s; %s). ",
		g->n, label, g->n == 1 ? "" : "s",
		were_in_time(g).s, r->target_s,
		words_percent((double)g->in_time / (double)g->n).s, share);
	if (g->warmups_failed)
		fprintf(f, "**Of %zu warm-up reboot%s of %s, %zu failed**; warm-ups are in no rate, "
			"see \"What failed\". ", g->warmups, g->warmups == 1 ? "" : "s", label,
			g->warmups_failed);
}

/* Whether put_in_time() was about it. */
static bool is_subject(const struct report *r, const struct report_group *g)
{
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_class(r, c);

		if (report_subject(&of) == g)
			return true;
	}
	return false;
}

#define FAILED_EXACT "Failed warm-up reboots by the exact clock, which are in no figure: "

/* Which warm-ups failed, of ways of which that is not said yet. */
static void put_warmups(FILE *f, const struct report *r, const char *before, bool said)
{
	const char *after = "";

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (!g->warmups_failed || (said && is_subject(r, g)))
			continue;
		fprintf(f, "%s%s %s", before, label, words_of(g->warmups_failed, g->warmups).s);
		before = ", ";
		after = "; see \"What failed\".";
	}
	fputs(after, f);
}

/* The same of all classes, and who came up. */
static void put_share(FILE *f, const struct report *r)
{
	for (size_t c = 0; c < r->classes.n; c++) {
		const struct report of = report_class(r, c);

		put_in_time(f, &of);
	}
	fprintf(f, "Reboots that came up, and by the right way (%s): ", witnessed(r).s);
	put_successes(f, r);
	fputs(".", f);
	put_warmups(f, r, " Failed warm-up reboots of other ways, which are in no rate: ", true);
}

static void put_warnings(FILE *f, const struct report *r)
{
	const struct report *exact = report_exact(r);
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (size_t c = 0; c < r->classes.n && !report_virtual(r); c++) {
		const struct report of = report_class(r, c);

		answer_doubts(m, &of);
	}
	if (!report_virtual(r))
		answer_host_speed(m, r);
	answer_grave(m, r, NULL);
	if (r->exact)
		answer_grave(m, r->exact, r);
	if (exact)
		put_warmups(m, exact, " " FAILED_EXACT, false);
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_paragraph(f, "*Beware:*%s", text);
}

/* Which figures of the exact clock are not what its name says. */
static void put_inexact(FILE *f, const struct report *exact)
{
	const char *before = "*Not exact:* ";
	CLEANUP_FREE char *text = NULL;
	size_t i, size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	for (i = 0; i < exact->groups.n; i++) {
		const struct report_group *g = &exact->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label), *why = exact_why_not(g);

		if (!why)
			continue;
		fprintf(m, "%s%s (%s)", before, label, why);
		before = ", ";
	}
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_paragraph(f, "%s.", text);
}

/* Who is first, by each clock there is. */
static void put_first(FILE *f, const struct report *wall, const struct report *exact)
{
	bool counted = wall && answer_counted(wall, 0);

	if (exact)
		answer_exact(f, exact);
	if (exact && wall)
		fputs("By the wall clock: ", f);
	if (counted)
		answer_wall(f, wall);
	else if (wall)
		fputs("no reboot was counted. ", f);
	if (counted && exact)
		answer_clocks(f, wall, exact);
}

/* The same of one class, in a paragraph of its own. */
static void put_class(FILE *f, const struct report *wall, const struct report *exact, size_t class)
{
	const struct report w = wall ? report_class(wall, class) : (struct report){ 0 };
	const struct report e = exact ? report_class(exact, class) : (struct report){ 0 };
	const char *among = (wall ? &w : &e)->among + 1;
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	put_first(m, wall ? &w : NULL, exact ? &e : NULL);
	if (fclose(m) != 0)
		abort();
	md_paragraph(f, "*%c%s:* %s", toupper(*among), among + 1, text);
}

/* A run with several classes: the first of each, then how sure that is. */
static void put_classes(FILE *f, const struct report *wall, const struct report *exact)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	answer_lead(m, wall, exact);
	if (fclose(m) != 0)
		abort();
	md_paragraph(f, "%s", text);
	for (size_t c = 0; c < (wall ? wall : exact)->classes.n; c++)
		put_class(f, wall, exact, c);
}

/* By one clock the share is short enough for the same paragraph. */
static void put_one_class(FILE *f, const struct report *wall, const struct report *exact)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	put_first(m, wall, exact);
	if (wall && wall->counted && !exact)
		put_share(m, wall);
	if (fclose(m) != 0)
		abort();
	md_paragraph(f, "%s", text);
}

/* A paragraph of what put() has to say, if anything. */
static void put_alone(FILE *f, const struct report *r, void (*put)(FILE *, const struct report *))
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *m = open_memstream(&text, &size);

	if (!m)
		abort();
	put(m, r);
	if (fclose(m) != 0)
		abort();
	if (*text)
		md_paragraph(f, "%s", text);
}

/* Where nothing was counted, warm-ups may be all that failed. */
static void put_failed_warmups(FILE *f, const struct report *r)
{
	put_warmups(f, r, report_virtual(r) ? FAILED_EXACT : "Failed warm-up reboots, which are in no rate: ",
		    false);
}

/* A run that was interrupted, or could not repeat a reboot, has fewer than it planned. */
static void put_missing(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *state = md_escaped(r->run->state);
	struct planned plan = planned_of(r);

	if (plan.missing || strcmp(r->run->state, "complete") != 0)
		md_paragraph(f, "*Incomplete:* %s planned reboots are missing; the run is %s.",
			     words_of(plan.missing, plan.reboots).s, state);
}

void section_answer(FILE *f, const struct report *r)
{
	const struct report *wall = report_wall(r), *exact = report_exact(r);
	bool classes = r->classes.n > 1;

	if (!r->counted && !(r->exact && r->exact->counted)) {
		md_paragraph(f, "**No reboot was counted in this run, so it has no answer.** "
				"What was recorded is below.");
		for (const struct report *of = r; of; of = of->exact)
			put_alone(f, of, put_failed_warmups);
		put_missing(f, r);
		return;
	}
	if (classes)
		put_classes(f, wall, exact);
	else
		put_one_class(f, wall, exact);
	if (wall && !wall->counted)
		put_alone(f, wall, put_failed_warmups);
	else if (wall && (exact || classes))
		put_alone(f, wall, put_share);
	for (size_t c = 0; exact && c < r->classes.n; c++) {
		const struct report of = report_class(exact, c);

		answer_indexes(f, &of);
	}
	if (exact)
		put_inexact(f, exact);
	put_missing(f, r);
	put_warnings(f, r);
}
