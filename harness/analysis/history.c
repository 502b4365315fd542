// SPDX-License-Identifier: GPL-2.0-only
/*
 * history.c - all complete runs as series of nights
 *
 * What counts is what a report counts (sample.h): no warm-ups, no faults of the
 * instrument; a failed reboot is infinitely slow in the latency and has no phases.
 * By the wall clock a night's value is the median. By the virtual clock the n-th
 * reboot of each machine repeats that of the others: its value stands once, and the
 * night's value is the mean over n, which any step of any of them moves.
 */
#include "history.h"

#include <math.h>
#include <string.h>

#include "stats.h"

/* Standard error of a median of normal data in standard deviations of one observation. */
#define MEDIAN_ERROR 1.2533141373155001
/* The middle half of normal data in standard deviations. */
#define NORMAL_MIDDLE_HALF 1.3489795003921634

#define SUCCESS (HISTORY_METRICS - 1)

/* What one night gave for one metric. */
struct night {
	VEC(double) values;
	VEC(int) index;			/* which reboot of its machine each was */
};

static size_t metric_at(enum history_unit unit, enum phase phase)
{
	return (unit == HISTORY_INSTRUCTIONS ? PHASES + 1 : 0) +
	       (phase < PHASES ? (size_t)phase + 1 : 0);
}

const char *history_metric_name(const struct history_metric *m)
{
	if (m->unit == HISTORY_SHARE)
		return "success";
	return m->phase < PHASES ? phase_name(m->phase) : "latency";
}

const char *history_unit_name(enum history_unit unit)
{
	static const char *const names[HISTORY_UNITS] = { "ns", "instructions", "share" };

	return names[unit];
}

bool history_more_is_better(const struct history_metric *m)
{
	return m->unit == HISTORY_SHARE;
}

struct history *history_new(void)
{
	struct history *h = calloc(1, sizeof(*h));

	if (!h)
		abort();
	return h;
}

void history_free(struct history *h)
{
	if (!h)
		return;
	for (size_t i = 0; i < h->hosts.n; i++)
		free(h->hosts.at[i].words);
	for (size_t i = 0; i < h->texts.n; i++)
		free(h->texts.at[i]);
	for (size_t i = 0; i < h->runs.n; i++)
		free(h->runs.at[i].images);
	for (size_t i = 0; i < h->series.n; i++)
		for (size_t m = 0; m < HISTORY_METRICS; m++)
			vec_free(&h->series.at[i].metrics[m].points);
	vec_free(&h->hosts);
	vec_free(&h->texts);
	vec_free(&h->runs);
	vec_free(&h->series);
	free(h);
}

static char *copy_of(const char *text)
{
	char *copy = strdup(text ? text : "");

	if (!copy)
		abort();
	return copy;
}

static size_t find_host(struct history *h, const struct provenance *p)
{
	struct history_host host;

	provenance_host(p, host.id);
	/* The newest runs are the likeliest to be of the same host. */
	for (size_t i = h->hosts.n; i-- > 0;)
		if (!strcmp(h->hosts.at[i].id, host.id))
			return i;
	host.words = provenance_host_words(p);
	vec_push(&h->hosts, host);
	return h->hosts.n - 1;
}

static size_t find_text(struct history *h, const char *text)
{
	for (size_t i = h->texts.n; i-- > 0;)
		if (!strcmp(h->texts.at[i], text ? text : ""))
			return i;
	vec_push(&h->texts, copy_of(text));
	return h->texts.n - 1;
}

static size_t add_run(struct history *h, const struct run_row *row, const struct provenance *p)
{
	struct history_run run = { .target_ns = row->target_ns };

	memcpy(run.name, row->name, sizeof(run.name));
	memcpy(run.scenario, row->scenario, sizeof(run.scenario));
	memcpy(run.started, row->started, sizeof(run.started));
	snprintf(run.commit, sizeof(run.commit), "%s", p->commit ? p->commit : "");
	run.dirty = p->dirty;
	run.host = find_host(h, p);
	run.text = find_text(h, row->scenario_yaml);
	run.images = provenance_images(p);
	vec_push(&h->runs, run);
	return h->runs.n - 1;
}

static bool is_of(const struct history_series *s, size_t host, const struct sample *sample,
		  const struct machine_kind *machine)
{
	return s->host == host && !strcmp(s->way, sample->way) &&
	       !strcmp(s->variant, sample->variant) && !strcmp(s->scenario, sample->scenario) &&
	       !strcmp(s->clock, sample->clock) && machine_kind_agrees(&s->machine, machine);
}

static size_t find_series(struct history *h, size_t host, const struct sample *sample)
{
	struct history_series s = { .host = host, .machine = machine_kind_of(sample) };

	for (size_t i = 0; i < h->series.n; i++)
		if (is_of(&h->series.at[i], host, sample, &s.machine)) {
			machine_kind_learn(&h->series.at[i].machine, &s.machine);
			return i;
		}
	memcpy(s.scenario, sample->scenario, sizeof(s.scenario));
	memcpy(s.clock, sample->clock, sizeof(s.clock));
	memcpy(s.way, sample->way, sizeof(s.way));
	memcpy(s.variant, sample->variant, sizeof(s.variant));
	s.exact = sample_is_virtual(sample);
	for (size_t m = 0; m < SUCCESS; m++) {
		size_t part = m % (PHASES + 1);

		s.metrics[m].unit = m > PHASES ? HISTORY_INSTRUCTIONS : HISTORY_NS;
		s.metrics[m].phase = part ? (enum phase)(part - 1) : PHASES;
	}
	s.metrics[SUCCESS].unit = HISTORY_SHARE;
	s.metrics[SUCCESS].phase = PHASES;
	vec_push(&h->series, s);
	return h->series.n - 1;
}

static void put(struct night *night, double value, int index)
{
	vec_push(&night->values, value);
	vec_push(&night->index, index);
}

static void add_sample(struct night nights[], const struct sample *s)
{
	bool good = sample_succeeded(s), exact = sample_is_virtual(s);

	put(&nights[SUCCESS], good, s->index);
	put(&nights[metric_at(HISTORY_NS, PHASES)], good ? (double)s->latency_ns : INFINITY,
	    s->index);
	if (exact && (!good || s->latency_instructions >= 0))
		put(&nights[metric_at(HISTORY_INSTRUCTIONS, PHASES)],
		    good ? (double)s->latency_instructions : INFINITY, s->index);
	for (unsigned int p = 0; good && p < PHASES; p++) {
		const struct phase_time *t = &s->phases.at[p];

		if (t->state != PHASE_SEEN)
			continue;
		put(&nights[metric_at(HISTORY_NS, p)], (double)t->ns, s->index);
		if (exact && t->instructions >= 0)
			put(&nights[metric_at(HISTORY_INSTRUCTIONS, p)], (double)t->instructions,
			    s->index);
	}
}

/* Successes of n as a share; its error is that of the Bayes-Laplace posterior, which is never 0. */
static void share_of(struct history_point *point, const struct night *night)
{
	double k = (double)(point->n - point->failed), n = (double)night->values.n, p;

	point->value = point->low = point->high = k / n;
	p = (k + 1) / (n + 2);
	point->error = sqrt(p * (1 - p) / (n + 3));
}

static void wall_value(struct history_point *point, struct night *night)
{
	size_t n = night->values.n;

	stats_sort(night->values.at, n);
	point->value = stats_quantile(night->values.at, n, 0.5);
	point->low = stats_quantile(night->values.at, n, 0.25);
	point->high = stats_quantile(night->values.at, n, 0.75);
	if (isfinite(point->high))
		point->error = MEDIAN_ERROR * (point->high - point->low) / NORMAL_MIDDLE_HALF /
			       sqrt((double)n);
}

static void exact_value(struct history_point *point, const struct night *night)
{
	double sum = 0;
	size_t different = 0;

	for (size_t i = 0; i < night->values.n; i++) {
		bool first = true;

		for (size_t k = 0; k < i && first; k++) {
			if (night->index.at[k] != night->index.at[i])
				continue;
			first = false;
			point->varied |= night->values.at[k] != night->values.at[i];
		}
		if (!first)
			continue;
		sum += night->values.at[i];
		different++;
	}
	point->value = point->low = point->high = sum / (double)different;
}

static void add_points(struct history_series *series, size_t run, enum proof_word witness,
		       struct night nights[])
{
	size_t n = nights[SUCCESS].values.n, failed = 0;

	for (size_t i = 0; i < n; i++)
		failed += nights[SUCCESS].values.at[i] == 0;
	for (size_t m = 0; m < HISTORY_METRICS; m++) {
		struct history_point point = { .run = run, .n = n, .failed = failed,
					       .witness = witness };

		if (nights[m].values.n) {
			if (m == SUCCESS)
				share_of(&point, &nights[m]);
			else if (series->exact)
				exact_value(&point, &nights[m]);
			else
				wall_value(&point, &nights[m]);
			vec_push(&series->metrics[m].points, point);
		}
		vec_free(&nights[m].values);
		vec_free(&nights[m].index);
	}
}

bool history_add(struct history *h, const struct run_row *row, const struct sample *samples,
		 size_t n)
{
	CLEANUP_FREE size_t *series = calloc(n + 1, sizeof(*series));
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(row->provenance_json);
	size_t run;

	if (!series)
		abort();
	if (p->comparison)
		return false;
	run = add_run(h, row, p);
	if (n)
		h->runs.at[run].machine = machine_kind_of(&samples[0]);
	for (size_t i = 0; i < n; i++)
		series[i] = sample_counts(&samples[i]) ?
			find_series(h, h->runs.at[run].host, &samples[i]) : SIZE_MAX;
	for (size_t i = 0; i < n; i++) {
		struct night nights[HISTORY_METRICS] = { 0 };
		size_t of = series[i];

		if (of == SIZE_MAX)
			continue;
		for (size_t k = i; k < n; k++) {
			if (series[k] != of)
				continue;
			add_sample(nights, &samples[k]);
			series[k] = SIZE_MAX;
		}
		add_points(&h->series.at[of], run, samples[i].witness, nights);
	}
	return true;
}

struct history *history_read(struct store *s, history_visit_fn visit, void *context,
			     struct error **err)
{
	CLEANUP_HISTORY struct history *h = history_new();
	sample_vec samples = { 0 };
	run_vec runs = { 0 };
	int rc = store_runs(s, &runs, err);

	for (size_t i = 0; !rc && i < runs.n; i++) {
		const struct run_row *run = &runs.at[i];

		if (strcmp(run->state, "complete") != 0)
			continue;
		samples.n = 0;
		rc = store_samples(s, run->name, &samples, err);
		if (rc)
			break;
		if (history_add(h, run, samples.at, samples.n) && visit)
			rc = visit(context, h, run, samples.at, samples.n, err);
	}
	for (size_t i = 0; i < runs.n; i++)
		run_row_free(&runs.at[i]);
	vec_free(&runs);
	vec_free(&samples);
	return rc ? NULL : steal_ptr(&h);
}
