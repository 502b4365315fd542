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
	return !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant);
}

static void print_seconds(FILE *out, double ns)
{
	if (isfinite(ns) && ns >= 0)
		fprintf(out, " %9.3f s", ns / 1e9);
	else
		fprintf(out, " %11s", "-");
}

/* The line of the way that samples[first] belongs to. */
static void print_way(FILE *out, const struct sample *samples, size_t n, size_t first)
{
	CLEANUP_FREE double *latency = calloc(n, sizeof(*latency));
	const struct sample *of = &samples[first];
	char label[sizeof(of->way) + sizeof(of->variant) + 1];
	size_t counted = 0, ok = 0;
	double most = -1;

	if (!latency)
		abort();
	for (size_t i = first; i < n; i++) {
		const struct sample *s = &samples[i];
		bool good = s->judgement.verdict == VERDICT_OK && s->latency_ns >= 0;

		/* An instrument fault says nothing of the way. */
		if (!same_way(s, of) || s->warmup ||
		    s->judgement.verdict == VERDICT_INSTRUMENT_FAULT)
			continue;
		latency[counted++] = good ? s->latency_ns : INFINITY;
		ok += good;
		if (good && s->latency_ns > most)
			most = s->latency_ns;
	}
	snprintf(label, sizeof(label), "%s%s%s", of->way, of->variant[0] ? " " : "", of->variant);
	fprintf(out, "%-*s %5zu %5zu", LABEL_WIDTH, label, counted, ok);
	print_seconds(out, counted ? stats_median(latency, counted) : -1);
	print_seconds(out, most);
	fputc('\n', out);
}

void summary_print(FILE *out, const struct sample *samples, size_t n)
{
	fprintf(out, "%-*s %5s %5s %11s %11s\n", LABEL_WIDTH, "way", "n", "ok", "median", "max");
	for (size_t i = 0; i < n; i++) {
		bool seen = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = same_way(&samples[k], &samples[i]);
		if (!seen)
			print_way(out, samples, n, i);
	}
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
