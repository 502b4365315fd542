// SPDX-License-Identifier: GPL-2.0-only
/*
 * summary.c - the short table at the end of a run
 */
#include "summary.h"

#include <math.h>
#include <string.h>

#include "analysis/stats.h"

#define LABEL_WIDTH	32

/* Figures of two clocks, or of reboots to two kernels, have nothing to do with each other. */
static bool same_table(const struct sample *a, const struct sample *b)
{
	return !strcmp(a->clock, b->clock) && !strcmp(a->build, b->build);
}

static bool same_way(const struct sample *a, const struct sample *b)
{
	return same_table(a, b) && !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant);
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

static bool is_first(const struct sample *samples, size_t i,
		     bool (*same)(const struct sample *a, const struct sample *b))
{
	for (size_t k = 0; k < i; k++)
		if (same(&samples[k], &samples[i]))
			return false;
	return true;
}

/* The ways by the clock and to the kernel of samples[first]; the kernel is named among several. */
static void print_table(FILE *out, const struct sample *samples, size_t n, size_t first)
{
	const struct sample *of = &samples[first];
	char header[80];
	int length = snprintf(header, sizeof(header), "way%s",
			      sample_is_virtual(of) ? ", million instructions" : "");

	for (size_t i = 0; i < n; i++)
		if (strcmp(samples[i].build, of->build))
			snprintf(header + length, sizeof(header) - (size_t)length, ", to %s",
				 of->build);
	fprintf(out, "%-*s %5s %5s %11s %11s\n", LABEL_WIDTH, header, "n", "ok", "median", "max");
	for (size_t i = first; i < n; i++)
		if (same_table(&samples[i], of) && is_first(samples, i, same_way))
			print_way(out, samples, n, i);
}

void summary_print(FILE *out, const struct sample *samples, size_t n)
{
	for (int virtual = 1; virtual >= 0; virtual--)
		for (size_t i = 0; i < n; i++)
			if (sample_is_virtual(&samples[i]) == virtual &&
			    is_first(samples, i, same_table))
				print_table(out, samples, n, i);
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
