// SPDX-License-Identifier: GPL-2.0-only
/*
 * summary.c - the short table at the end of a run
 */
#include "summary.h"

#include <math.h>
#include <string.h>

#include "analysis/stats.h"

#define LABEL_WIDTH	32

static bool same_way(const struct sample *a, const struct sample *b)
{
	return !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant) &&
	       !strcmp(a->clock, b->clock);
}

/* Instructions are the figure of the virtual clock: its seconds are none that a person waits. */
static double figure_of(const struct sample *s)
{
	return sample_is_virtual(s) ? s->latency_instructions / 1e6 : s->latency_ns / 1e9;
}

static void print_figure(FILE *out, double figure, const char *unit)
{
	if (isfinite(figure) && figure >= 0)
		fprintf(out, " %9.3f %s", figure, unit);
	else
		fprintf(out, " %11s", "-");
}

/* The line of the way that samples[first] belongs to. */
static void print_way(FILE *out, const struct sample *samples, size_t n, size_t first)
{
	CLEANUP_FREE double *figures = calloc(n, sizeof(*figures));
	const struct sample *of = &samples[first];
	const char *unit = sample_is_virtual(of) ? "M" : "s";
	char label[sizeof(of->way) + sizeof(of->variant) + 1];
	size_t counted = 0, ok = 0;
	double most = -1;

	if (!figures)
		abort();
	for (size_t i = first; i < n; i++) {
		const struct sample *s = &samples[i];
		bool good = s->judgement.verdict == VERDICT_OK && s->latency_ns >= 0;

		/* An instrument fault says nothing of the way. */
		if (!same_way(s, of) || s->warmup ||
		    s->judgement.verdict == VERDICT_INSTRUMENT_FAULT)
			continue;
		figures[counted++] = good ? figure_of(s) : INFINITY;
		ok += good;
		if (good && figure_of(s) > most)
			most = figure_of(s);
	}
	snprintf(label, sizeof(label), "%s%s%s", of->way, of->variant[0] ? " " : "", of->variant);
	fprintf(out, "%-*s %5zu %5zu", LABEL_WIDTH, label, counted, ok);
	print_figure(out, counted ? stats_median(figures, counted) : -1, unit);
	print_figure(out, most, unit);
	fputc('\n', out);
}

/* The ways by one clock; nothing when there are none. */
static void print_clock(FILE *out, const struct sample *samples, size_t n, bool virtual)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		bool seen = sample_is_virtual(&samples[i]) != virtual;

		for (size_t k = 0; k < i && !seen; k++)
			seen = same_way(&samples[k], &samples[i]);
		if (seen)
			continue;
		if (!any)
			fprintf(out, "%-*s %5s %5s %11s %11s\n", LABEL_WIDTH,
				virtual ? "way, million instructions" : "way", "n", "ok", "median",
				"max");
		any = true;
		print_way(out, samples, n, i);
	}
}

void summary_print(FILE *out, const struct sample *samples, size_t n)
{
	print_clock(out, samples, n, true);
	print_clock(out, samples, n, false);
}

struct summary summary_count(const struct sample *samples, size_t n)
{
	struct summary s = { .reboots = n };

	for (size_t i = 0; i < n; i++) {
		enum verdict v = samples[i].judgement.verdict;

		s.faults += v == VERDICT_INSTRUMENT_FAULT;
		s.failed += v != VERDICT_OK && v != VERDICT_INSTRUMENT_FAULT;
	}
	return s;
}

void summary_print_count(FILE *out, const struct summary *s)
{
	fprintf(out, "%zu reboots, %zu failed", s->reboots, s->failed);
	if (s->faults)
		fprintf(out, ", %zu instrument fault%s", s->faults, s->faults == 1 ? "" : "s");
	fputc('\n', out);
}

int summary_status(const struct summary *s, size_t planned)
{
	if (s->failed)
		return 1;
	if (s->faults)
		return ERROR_INSTRUMENT;
	return s->reboots < planned;
}
