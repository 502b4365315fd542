// SPDX-License-Identifier: GPL-2.0-only
/*
 * cost.c - how much longer a reboot takes with a plugin in the machine
 */
#include "cost.h"

#include <errno.h>
#include <math.h>

#include "base/folder.h"
#include "analysis/stats.h"
#include "base/json.h"
#include "base/text.h"
#include "base/vec.h"

#define COST_SCHEMA	1

/* Of one subject: pair i is without[i] and with[i]. */
struct cost {
	VEC(struct sample) without, with;
};

static void costs_free(struct cost *costs, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		vec_free(&costs[i].without);
		vec_free(&costs[i].with);
	}
	free(costs);
}

/* One pair. A pair of which one reboot failed is none. */
static int take_pair(const struct cost_plugin *plugin, struct subject *s, struct cost *cost,
		     bool with_first, FILE *to, struct error **err)
{
	CLEANUP_FREE char *dir = text_format("%s/%s/%s/cost", s->results, plugin->folder, s->name);
	CLEANUP_FREE char *trace = text_format("%s.trace", dir);
	CLEANUP_FREE char *value = plugin->value(s, trace, err);
	struct sample pair[2];
	int rc = value ? 0 : -ENOENT;

	for (int i = 0; !rc && i < 2; i++) {
		bool with = with_first != i;

		rc = subject_reboot(s, dir, with ? value : NULL, to, err);
		pair[with] = s->sample;
	}
	unlink(trace);
	folder_remove(dir);
	if (rc)
		return rc;
	vec_push(&cost->without, pair[0]);
	vec_push(&cost->with, pair[1]);
	return 0;
}

static double processor(const struct sample *s)
{
	return s->perf[PERF_TASK_CLOCK_NS] > 0 ? s->perf[PERF_TASK_CLOCK_NS] : NAN;
}

/* Of the host. By the virtual clock the latency is none. */
static double duration(const struct sample *s)
{
	return s->latency_instructions < 0 ? s->latency_ns : processor(s);
}

/* Sorted ratios of the pairs, with to without, to be freed. */
static double *ratios_of(const struct cost *c, double (*what)(const struct sample *))
{
	double *ratios = calloc(c->with.n + 1, sizeof(*ratios));

	if (!ratios)
		abort();
	for (size_t i = 0; i < c->with.n; i++)
		ratios[i] = what(&c->with.at[i]) / what(&c->without.at[i]);
	stats_sort(ratios, c->with.n);
	return ratios;
}

static double median_ms(const struct sample *samples, size_t n)
{
	CLEANUP_FREE double *ms = calloc(n, sizeof(*ms));

	if (!ms)
		abort();
	for (size_t i = 0; i < n; i++)
		ms[i] = duration(&samples[i]) / 1e6;
	return stats_median(ms, n);
}

static void print_line(const struct subject *s, const struct cost *c, FILE *to)
{
	CLEANUP_FREE double *ratios = ratios_of(c, duration), *used = ratios_of(c, processor);
	size_t n = c->with.n;
	double median = stats_quantile(ratios, n, 0.5), used_median = stats_quantile(used, n, 0.5);

	if (isnan(median)) {
		fprintf(to, "%-32s %3zu %s\n", s->name, n,
			n ? "(this host does not count processor time)" : "");
		return;
	}
	fprintf(to, "%-32s %3zu %9.0f ms %9.0f ms  %5.2f  %5.2f to %-5.2f", s->name, n,
		median_ms(c->without.at, n), median_ms(c->with.at, n),
		median, ratios[0], ratios[n - 1]);
	if (isnan(used_median))
		fputs("          -\n", to);
	else
		fprintf(to, "      %5.2f\n", used_median);
}

static json_t *json_of(const struct sample *s)
{
	json_t *phases = json_object();

	for (int p = 0; p < PHASES; p++)
		if (s->phases.at[p].state == PHASE_SEEN)
			json_object_set_new(phases, phase_name(p),
					    json_integer(s->phases.at[p].ns));
	return json_pack("{s:I, s:I, s:o}", "latency_ns", (json_int_t)s->latency_ns,
			 "processor_ns", (json_int_t)s->perf[PERF_TASK_CLOCK_NS], "phases_ns",
			 phases);
}

static json_t *json_of_subject(const struct subject *s, const struct cost *c)
{
	CLEANUP_FREE double *ratios = ratios_of(c, duration);
	json_t *pairs = json_array();

	for (size_t i = 0; i < c->with.n; i++)
		json_array_append_new(pairs, json_pack("{s:o, s:o}", "without",
						       json_of(&c->without.at[i]), "with",
						       json_of(&c->with.at[i])));
	return json_pack("{s:s, s:s, s:I, s:o, s:o}", "way", s->way->way, "variant",
			 s->way->variant, "n", (json_int_t)c->with.n, "ratio",
			 json_number_or_null(stats_quantile(ratios, c->with.n, 0.5)), "pairs", pairs);
}

static int keep(const struct cost_plugin *plugin, const struct subject *subjects,
		const struct cost *costs, size_t n, struct error **err)
{
	CLEANUP_FREE char *path = text_format("%s/%s/cost.json", subjects->results, plugin->folder);
	CLEANUP_JSON json_t *all = NULL;
	json_t *ways = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(ways, json_of_subject(&subjects[i], &costs[i]));
	all = json_pack("{s:i, s:o}", "schema", COST_SCHEMA, "ways", ways);
	return json_write(path, all, JSON_INDENT(1) | JSON_REAL_PRECISION(4), err);
}

static void print(const struct cost_plugin *plugin, const struct subject *subjects,
		  const struct cost *costs, size_t n, FILE *to)
{
	fprintf(to, "what %s costs: pairs of reboots, without and with it, medians\n\n"
		"way                            pairs      without         with  ratio"
		"   single pairs   processor\n", plugin->name);
	for (size_t i = 0; i < n; i++)
		print_line(&subjects[i], &costs[i], to);
	fflush(to);
}

static int measure(const struct cost_plugin *plugin, struct subject *subjects, struct cost *costs,
		   size_t n, unsigned int pairs, FILE *to, struct error **err)
{
	int worst = 0;

	for (unsigned int round = 0; round < pairs; round++) {
		for (size_t i = 0; i < n; i++) {
			int rc = take_pair(plugin, &subjects[i], &costs[i], round % 2, to,
					   err);

			if (rc < 0)
				return rc;
			worst = rc ? rc : worst;
		}
		fprintf(stderr, "cost: pair %u of %u\n", round + 1, pairs);
	}
	return worst;
}

int cost_measure(const struct cost_plugin *plugin, struct subject *subjects, size_t n,
		 unsigned int pairs, FILE *to, struct error **err)
{
	struct cost *costs = calloc(n, sizeof(*costs));
	int rc, kept;

	if (!costs)
		abort();
	rc = measure(plugin, subjects, costs, n, pairs, to, err);
	if (rc >= 0) {
		print(plugin, subjects, costs, n, to);
		kept = keep(plugin, subjects, costs, n, err);
		rc = kept ? kept : rc;
	}
	costs_free(costs, n);
	return rc;
}
