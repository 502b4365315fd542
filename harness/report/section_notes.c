// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_notes.c - what a reader must know before trusting a figure
 */
#include "sections.h"

#include <math.h>
#include <string.h>

#include "markdown.h"
#include "planned.h"
#include "analysis/words.h"

static bool put_unseen_phases(FILE *f, const struct report_group *g, const char *clock)
{
	CLEANUP_FREE char *label = md_escaped(g->label);
	bool any = false;
	unsigned int p;

	for (p = 0; p < PHASES; p++) {
		if (!g->phases[p].unseen)
			continue;
		md_item(f, "%s%s: the phase %s was not seen in %s reboots that came up; its time is "
			   "in a neighbour.",
			label, clock, phase_name(p), words_of(g->phases[p].unseen, g->successes).s);
		any = true;
	}
	return any;
}

static bool put_unseen_counters(FILE *f, const struct report *r)
{
	bool any = false;
	unsigned int c;
	size_t i;

	for (c = 0; c < PERF_COUNTERS && r->counted; c++) {
		size_t seen = 0;

		for (i = 0; i < r->groups.n; i++)
			seen += r->groups.at[i].perf[c].n;
		if (seen)
			continue;
		md_item(f, "Performance counter: %s (not on this host, or no reboot came up).",
			perf_name(c));
		any = true;
	}
	return any;
}

static bool put_unseen_samples(FILE *f, const struct report *r)
{
	CLEANUP_FREE char *state = md_escaped(r->run->state);
	struct planned plan = planned_of(r);

	if (plan.missing)
		md_item(f, "%s planned reboots: the run is %s.",
			words_of(plan.missing, plan.reboots).s, state);
	if (plan.faults)
		md_item(f, "%zu reboot%s in which the instrument failed; nothing is known of %s.",
			plan.faults, plan.faults == 1 ? "" : "s", plan.faults == 1 ? "it" : "them");
	return plan.missing || plan.faults;
}

/* Where a fact goes that could not be found out. */
struct unseen {
	FILE *f;
	bool any;
};

static void put_unseen_fact(void *arg, const char *path, const char *text)
{
	CLEANUP_FREE char *escaped = md_escaped(path);
	struct unseen *unseen = arg;

	if (text)
		return;
	md_item(unseen->f, "Provenance: %s could not be found out.", escaped);
	unseen->any = true;
}

static bool put_unseen_provenance(FILE *f, const struct report *r)
{
	struct unseen unseen = { .f = f };

	provenance_each(r->provenance, put_unseen_fact, &unseen);
	return unseen.any;
}

void section_unseen(FILE *f, const struct report *r)
{
	const struct report *of;
	bool any;
	size_t i;

	md_heading(f, 2, "What was not seen");
	any = put_unseen_samples(f, r);
	for (of = r; of; of = of->exact)
		for (i = 0; i < of->groups.n; i++)
			any |= put_unseen_phases(f, &of->groups.at[i],
						 of == r ? "" : ", by the exact clock");
	any |= put_unseen_counters(f, r);
	any |= put_unseen_provenance(f, r);
	if (!any)
		md_item(f, "Nothing: every planned reboot, every phase, every counter was.");
	fputc('\n', f);
}

static void put_short_phases(FILE *f, const struct report *r)
{
	unsigned int p;
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		CLEANUP_FREE char *label = md_escaped(r->groups.at[i].label);

		for (p = 0; p < PHASES; p++) {
			double median = r->groups.at[i].phases[p].of.median;
			double error = report_phase_error(r, &r->groups.at[i].phases[p]);

			if (median < error)
				md_item(f, "%s, %s: %s ms is less than the %s ms to which its "
					   "borders are exact: \"about nothing\".",
					label, phase_name(p), words_ms(median).s, words_ms(error).s);
		}
	}
	fputc('\n', f);
}

/* Which phases of the run have a border from a source, "firmware, kernel". */
static void put_phases_of(FILE *f, const struct report *r, enum event_source source)
{
	const char *before = "";

	for (unsigned int p = 0; p < PHASES; p++) {
		size_t seen = 0, i;

		for (i = 0; i < r->groups.n; i++) {
			const struct report_phase *phase = &r->groups.at[i].phases[p];

			seen += source == EVENT_CONSOLE ? phase->from_console :
				source == EVENT_MACHINE ? phase->from_event : 0;
		}
		if (!seen)
			continue;
		fprintf(f, "%s%s", before, phase_name(p));
		before = ", ";
	}
	if (!*before)
		fputs(source == EVENT_MARK ? "all others" : "none", f);
}

static void put_sources(FILE *f, const struct report *r)
{
	static const char *const names[EVENT_SOURCES] = {
		[EVENT_MARK] = "marks",
		[EVENT_CONSOLE] = "console text",
		[EVENT_MACHINE] = "libvirt's event of a reset",
	};
	static const char *const headers[] = { "source", "50 of 100 stamps, ms", "99 of 100, ms",
					       "phases with a border from it" };
	struct md_table *t = md_table_new("lrrl", headers);

	for (unsigned int s = 0; s < EVENT_SOURCES; s++) {
		struct provenance_lateness late = report_lateness(r, s);
		CLEANUP_FREE char *phases = NULL;
		size_t size;
		FILE *m = open_memstream(&phases, &size);

		if (!m)
			abort();
		put_phases_of(m, r, s);
		if (fclose(m) != 0)
			abort();
		md_cell(t, "%s", names[s]);
		md_cell(t, "%s", words_ms(late.p50_s).s);
		md_cell(t, "%s", words_ms(late.p99_s).s);
		md_cell(t, "%s", phases);
	}
	md_table_end(t, f);
}

void section_clock(FILE *f, const struct report *r)
{
	md_heading(f, 2, "How exact the clock was");
	if (isnan(report_lateness(r, EVENT_MARK).p99_s)) {
		md_paragraph(f, "That was not measured in this run, so no phase of a few "
				"milliseconds is to be trusted.");
		return;
	}
	put_sources(f, r);
	md_paragraph(f, "A stamp is late by at most so much, as measured on this host when the run "
			"began (the worst of its starts): how long a message took from its sender to "
			"its stamp, and a reset from the request to libvirt's event. A dash: not "
			"measured. All times are of the host's monotonic clock.");
	if (r->provenance->discards)
		md_paragraph(f, "By emulation a reset is stamped inside the emulator, ahead of the first "
				"instruction behind it. That stamp goes through nothing that could make it "
				"late, so the phases around it are as exact as the marks at their other "
				"ends.");
	put_short_phases(f, r);
}

/* The figures of a way that have one of the doubts of single figures; "" for other doubts. */
static void put_figures(FILE *f, const struct report_group *g, unsigned int d)
{
	const char *before = ": ";

	for (unsigned int i = 0; i < REPORT_FIGURES; i++) {
		const struct report_figure *figure = &g->figures[i];

		if (!(d == DOUBT_INDEX_EFFECT && figure->by_index) &&
		    !(d == DOUBT_TWO_HUMPED && figure->two_humped))
			continue;
		fprintf(f, "%s%s", before, report_figure_name(i));
		before = ", ";
	}
}

/* One doubt of whole sets, with the ways it holds for. */
static bool put_set_doubt(FILE *f, const struct report *r, unsigned int d)
{
	CLEANUP_FREE char *ways = NULL;
	size_t i, size;
	FILE *m = open_memstream(&ways, &size);

	if (!m)
		abort();
	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		CLEANUP_FREE char *label = md_escaped(g->label);

		if (!g->n || !(g->doubts & DOUBT_BIT(d)))
			continue;
		fprintf(m, "%s%s", ftell(m) > 0 ? "; " : "", label);
		put_figures(m, g, d);
	}
	if (fclose(m) != 0)
		abort();
	if (*ways)
		md_item(f, "**%s** (%s) %s %s", doubt_name(d), ways, doubt_sentence(d),
			doubt_advice(d));
	return *ways;
}

static bool put_sample_doubts(FILE *f, const struct report *r, const char *clock)
{
	bool any = false;

	for (unsigned int d = 0; d < DOUBTS; d++) {
		if (!r->doubtful[d])
			continue;
		md_item(f, "**%s** (%s reboots%s) %s %s", doubt_name(d),
			words_of(r->doubtful[d], r->counted).s, clock, doubt_sentence(d),
			doubt_advice(d));
		any = true;
	}
	return any;
}

void section_doubts(FILE *f, const struct report *r)
{
	unsigned int d;
	bool any;

	md_heading(f, 2, "Doubts");
	any = put_sample_doubts(f, r, "");
	if (r->exact)
		any |= put_sample_doubts(f, r->exact, " by the exact clock");
	for (d = 0; d < DOUBTS; d++)
		any |= put_set_doubt(f, r, d);
	if (!any)
		md_item(f, "None that this program knows of.");
	fputc('\n', f);
}

static bool has_firmware(const struct report *r)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].phases[PHASE_FIRMWARE].s.n ||
		    r->groups.at[i].phases[PHASE_FIRMWARE].unseen)
			return true;
	return false;
}

static bool has_way(const struct report *r, const char *way)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++)
		if (strcmp(r->groups.at[i].way, way) == 0)
			return true;
	return false;
}

static bool has_kexec(const struct report *r)
{
	return has_way(r, "kexec");
}

static bool begins_cold(const struct report *r)
{
	return r->provenance->discards;
}

static bool begins_warm(const struct report *r)
{
	return report_emulated(r) && !report_virtual(r) && !begins_cold(r);
}

/* What is true of the subjects whatever was measured, shown where it bears on a figure. */
static const struct {
	bool (*applies)(const struct report *r);
	const char *text;
} footnotes[] = {
	{ has_firmware,
	  "Firmware in QEMU is far faster than on servers: no memory training, few devices, no "
	  "option ROMs. What a way gains by leaving the firmware out is more there than here." },
	{ has_kexec,
	  "kexec of Linux before 6.14 copies each page of the new kernel three times in the "
	  "handoff (it swaps source and destination); newer kernels copy it once." },
	{ has_kexec,
	  "kexec-tools lays a SHA-256 of the image beside it and checks it on the way, unless "
	  "`--no-checks` (`-i`) is given: a variant with that option is the fairer rival." },
	{ report_emulated,
	  "By emulation the time of a phase is what the emulator needs for it; on a processor "
	  "the phases have other shares of the whole." },
	{ begins_cold,
	  "The emulator throws all translated code away when a kernel is left. A "
	  "store into a page that holds such code is slow by emulation, so what had run before "
	  "decided how long a new kernel took: one image was unpacked in 25 to 2818 ms on one host, "
	  "and in 24 to 56 ms since (tables in results/README.md)." },
	{ begins_warm,
	  "A kernel that is copied or unpacked over a running one overwrites pages whose code "
	  "the emulator has translated; each such store is slow by emulation and is not on a "
	  "processor. Part of handoff and decompress is that, though the machines keep little "
	  "translated code at a time." },
};

void section_footnotes(FILE *f, const struct report *r)
{
	bool any = false;
	size_t i;

	for (i = 0; i < sizeof(footnotes) / sizeof(footnotes[0]); i++) {
		if (!footnotes[i].applies(r))
			continue;
		if (!any)
			md_heading(f, 2, "Footnotes");
		md_item(f, "%s", footnotes[i].text);
		any = true;
	}
	if (any)
		fputc('\n', f);
}
