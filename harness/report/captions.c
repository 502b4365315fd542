// SPDX-License-Identifier: GPL-2.0-only
/*
 * captions.c - what stands below a figure in print
 *
 * All numbers are the model's. Who meets the figure alone, in a paper or on a
 * slide, learns from its caption what he would have found in the report.
 */
#include "captions.h"

#include <math.h>
#include <string.h>

#include "safe_text.h"
#include "slopes.h"
#include "analysis/words.h"

/* A text of the run's or the host's, on one line and without control characters. */
static void put_text(FILE *f, const char *text)
{
	CLEANUP_FREE char *safe = safe_text(text, strlen(text), false);

	fputs(safe, f);
}

/* "lobos (n = 12), kexec (n = 11)"; only_successes: those that came up, else all counted. */
static void put_ways(FILE *f, const struct report *r, bool only_successes)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		size_t n = only_successes ? g->successes : g->n;

		if (!n)
			continue;
		fputs(comma, f);
		put_text(f, g->label);
		fprintf(f, " (n = %zu)", n);
		comma = ", ";
	}
}

static void put_run(FILE *f, const struct report *r)
{
	size_t i, warmups = 0;

	for (i = 0; i < r->groups.n; i++)
		warmups += r->groups.at[i].warmups;
	fputs("Scenario ", f);
	put_text(f, r->run->scenario);
	fputs(", run ", f);
	put_text(f, r->run->name);
	fprintf(f, "; %zu reboot%s counted", r->counted, r->counted == 1 ? "" : "s");
	if (warmups)
		fprintf(f, ", %zu warm-up%s not", warmups, warmups == 1 ? "" : "s");
	fputs(".\n", f);
}

static void put_failures(FILE *f, const struct report *r, const char *what_becomes_of_them)
{
	const char *comma = "";
	size_t i, failed = 0;

	for (i = 0; i < r->groups.n; i++)
		failed += r->groups.at[i].n - r->groups.at[i].successes;
	if (!failed) {
		fputs("No reboot failed.\n", f);
		return;
	}
	fputs("Failed: ", f);
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (g->successes == g->n)
			continue;
		fprintf(f, "%s%s by ", comma, words_of(g->n - g->successes, g->n).s);
		put_text(f, g->label);
		comma = ", ";
	}
	fprintf(f, "; %s.\n", what_becomes_of_them);
}

/* ", what" for a fact that could be found out. */
static void put_fact(FILE *f, const char *before, const char *fact)
{
	if (!fact)
		return;
	fputs(before, f);
	put_text(f, fact);
}

static void put_host(FILE *f, const struct report *r)
{
	const struct provenance *p = r->provenance;
	const struct sample *s = &r->samples.at[0];
	struct machine_kind kind = report_machine(r);
	char machine[MACHINE_KIND_TEXT];

	machine_kind_words(&kind, machine);
	fputs("Host: ", f);
	if (p->cpu_count)
		fprintf(f, "%d × ", p->cpu_count);
	put_text(f, p->cpu_model ? p->cpu_model : "an unknown processor");
	if (p->memory_mib)
		fprintf(f, ", %.1f GiB", (double)p->memory_mib / 1024);
	put_fact(f, ", ", p->os);
	put_fact(f, ", Linux ", p->kernel_release);
	put_fact(f, ", QEMU ", p->hypervisor);
	fputs(".\n", f);
	fprintf(f, "Machines: %s, %s.\n", machine,
		strcmp(s->accel, "tcg") == 0 ? "emulated without hardware virtualisation (TCG)" :
					       "with hardware virtualisation (KVM)");
	if (report_emulated(r))
		fputs("These times compare the ways with each other, not with a server.\n", f);
}

static void put_target(FILE *f, const struct report *r)
{
	fprintf(f, "Dashed: the target of %g s.\n", r->target_s);
}

void caption_latency(FILE *f, const struct report *r)
{
	size_t i, medians = 0, intervals = 0, rows = 0;

	for (i = 0; i < r->groups.n; i++) {
		const struct stats_summary *s = &r->groups.at[i].latency_of;

		rows += r->groups.at[i].n > 0;
		medians += isfinite(s->median);
		intervals += isfinite(s->median_interval.low) && isfinite(s->median_interval.high);
	}
	fputs("Time from request to ready; less is better.\nEach point is one reboot, each row a "
	      "way to reboot: ", f);
	put_ways(f, r, false);
	fputs(".\n", f);
	if (medians)
		fputs("Vertical line: the median.\n", f);
	if (intervals)
		fprintf(f, "Grey: its 95 %% interval (sign test by machines)%s.\n",
			intervals < rows ? ", where there are enough machines for one" : "");
	put_target(f, r);
	put_failures(f, r, "not drawn, and infinitely slow in every median");
	put_run(f, r);
	put_host(f, r);
}

void caption_cumulative(FILE *f, const struct report *r)
{
	fputs("Share of the reboots that were ready after a time; further left is better.\n"
	      "One line a way to reboot: ", f);
	put_ways(f, r, false);
	fputs(".\nMarks only tell the lines apart.\n", f);
	put_target(f, r);
	put_failures(f, r, "never ready, so the line of their way ends below 100 %");
	put_run(f, r);
	put_host(f, r);
}

void caption_phases(FILE *f, const struct report *r)
{
	size_t i, firmware = 0;

	for (i = 0; i < r->groups.n; i++)
		firmware += r->groups.at[i].phases[PHASE_FIRMWARE].s.n;
	fputs("Where the time of a reboot goes: the median of each phase in ms, laid end to end.\n"
	      "Of the reboots that came up: ", f);
	put_ways(f, r, true);
	fputs(".\nAbove each bar the median of the time from request to ready, of all reboots of "
	      "the way; medians of parts need not add up to it.\n"
	      "Phases too narrow for a number have it below the bar.\n", f);
	if (firmware)
		fputs("The firmware is QEMU's: on a server that phase takes minutes.\n", f);
	put_failures(f, r, "not in the bars, and infinitely slow in the medians above them");
	put_run(f, r);
	put_host(f, r);
}

void caption_instructions(FILE *f, const struct report *r)
{
	size_t i, exact = 0, rows = 0;

	for (i = 0; i < r->groups.n; i++) {
		rows += r->groups.at[i].successes > 0;
		exact += r->groups.at[i].exact.exactness.exact;
	}
	fputs("What a reboot executes: the instructions of each phase in millions, laid end to end; "
	      "above each bar those from request to ready.\nOf the reboots that came up: ", f);
	put_ways(f, r, true);
	fprintf(f, ".\n%s\n", exact == rows ?
		"Every machine executed the same, to the instruction." :
		"Not all machines of a way executed the same: then a bar is the middle of them.");
	put_failures(f, r, "not in the bars");
	put_run(f, r);
	put_host(f, r);
}

void caption_slopes(FILE *f, const struct report *r)
{
	struct slopes s = slopes_of(r);

	fprintf(f, "Latency from request to ready against %s%s; less is better.\n"
		"Each point is the median of one machine's reboots, each line that of least squares, "
		"its slope with a %g %% interval (Student's t):\n", s.factor->name,
		report_virtual(r) ? ", in instructions" : "", 100 * REPORT_CONFIDENCE);
	for (size_t i = 0; i < s.of.n; i++) {
		const struct stats_line *line = &s.of.at[i].line;
		bool virtual = report_virtual(r);

		put_text(f, s.of.at[i].label);
		fprintf(f, ": %s (%s to %s) %s per %s%s\n",
			virtual ? words_count(line->slope).s : words_ms(line->slope).s,
			virtual ? words_count(line->slope_interval.low).s :
				  words_ms(line->slope_interval.low).s,
			virtual ? words_count(line->slope_interval.high).s :
				  words_ms(line->slope_interval.high).s,
			virtual ? "instructions" : "ms", s.factor->unit, i + 1 < s.of.n ? ";" : ".");
	}
	slopes_free(&s);
	put_failures(f, r, "not in the points");
	put_run(f, r);
	put_host(f, r);
}

void caption_put_tex(FILE *f, const char *text)
{
	static const struct {
		char c;
		const char *tex;
	} special[] = {
		{ '\\', "\\textbackslash{}" }, { '~', "\\textasciitilde{}" },
		{ '^', "\\textasciicircum{}" }, { '<', "\\textless{}" }, { '>', "\\textgreater{}" },
		{ '|', "\\textbar{}" }, { '"', "\\textquotedbl{}" }, { '#', "\\#" }, { '$', "\\$" },
		{ '%', "\\%" }, { '&', "\\&" }, { '_', "\\_" }, { '{', "\\{" }, { '}', "\\}" },
	};
	size_t i, n = sizeof(special) / sizeof(special[0]);

	for (; *text; text++) {
		for (i = 0; i < n && special[i].c != *text; i++)
			;
		if (i < n)
			fputs(special[i].tex, f);
		else
			fputc(*text, f);
	}
}
