// SPDX-License-Identifier: GPL-2.0-only
/*
 * model.c - the samples of one run, grouped and counted
 */
#include "model_private.h"

#include <math.h>
#include <string.h>

static const char *const perf_names[PERF_COUNTERS] = {
	[PERF_TASK_CLOCK_NS] = "task clock",
	[PERF_PAGE_FAULTS] = "page faults",
	[PERF_CONTEXT_SWITCHES] = "context switches",
	[PERF_CYCLES] = "cycles",
	[PERF_INSTRUCTIONS] = "instructions",
};

const char *perf_name(enum perf_counter c)
{
	return perf_names[c];
}

/* In the order in which they were stored; those not stored yet in that of machines. */
static int by_time(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->machine != y->machine)
		return x->machine < y->machine ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

/* What cannot be said stands behind what is infinite. Return: 0 where neither tells. */
static int by_figure(double x, double y)
{
	if (isnan(x) || isnan(y))
		return !!isnan(x) - !!isnan(y);
	return (x > y) - (x < y);
}

static int by_speed(const void *a, const void *b)
{
	const struct report_group *x = a, *y = b;
	int by = by_figure(x->latency_of.median, y->latency_of.median);

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	if (by)
		return by;
	if (x->successes != y->successes)
		return x->successes > y->successes ? -1 : 1;
	return strcmp(x->label, y->label);
}

/* Virtual time can differ from instructions by waiting only; these are the figure of that clock. */
static int by_instructions(const void *a, const void *b)
{
	const struct report_group *x = a, *y = b;
	int by = by_figure(exact_middle(x->exact.instructions[EXACT_LATENCY]),
			   exact_middle(y->exact.instructions[EXACT_LATENCY]));

	if (x->class != y->class)
		return x->class < y->class ? -1 : 1;
	return by ? by : by_speed(a, b);
}

static struct report_group *find_group(const struct report *r, const char *way, const char *variant,
				       size_t class)
{
	size_t i;

	for (i = 0; i < r->groups.n; i++)
		if (r->groups.at[i].class == class && strcmp(r->groups.at[i].way, way) == 0 &&
		    strcmp(r->groups.at[i].variant, variant) == 0)
			return &r->groups.at[i];
	return NULL;
}

static struct report_group *group_for(struct report *r, const struct sample *s)
{
	struct report_group new = { .way = s->way, .variant = s->variant, .hints = s->hints,
				    .class = model_class_of(&r->classes, s) };
	struct report_group *found = find_group(r, s->way, s->variant, new.class);
	bool several = report_has_kernels(r);

	if (found)
		return found;
	snprintf(new.name, sizeof(new.name), "%s%s%s", s->way, *s->variant ? " " : "", s->variant);
	snprintf(new.label, sizeof(new.label), "%s%s%s", new.name, several ? " to " : "",
		 several ? r->classes.at[new.class].build : "");
	vec_push(&r->groups, new);
	return &r->groups.at[r->groups.n - 1];
}

const struct report_group *report_group_of(const struct report *r, const struct sample *s)
{
	return find_group(r, s->way, s->variant, model_class_of(&r->classes, s));
}

const struct report_group *report_same_way(const struct report *r, const struct report_group *g)
{
	return find_group(r, g->way, g->variant, g->class);
}

static void add_phases(struct report_group *g, const struct sample *s)
{
	unsigned int p;

	for (p = 0; p < PHASES; p++) {
		const struct phase_time *t = &s->phases.at[p];
		struct report_phase *to = &g->phases[p];

		if (t->state == PHASE_SEEN) {
			vec_push(&to->s, (double)t->ns / 1e9);
			to->from_console += t->from_console;
			to->from_event += t->from_event;
		} else if (t->state == PHASE_UNKNOWN) {
			to->unseen++;
		} else {
			to->absent++;
		}
	}
}

static void add_log(struct report_group *g, const struct sample *s)
{
	if (s->log_state == PRESERVED_LOG_NONE) {
		g->logs_none++;
	} else if (s->log_state == PRESERVED_LOG_DAMAGED) {
		g->logs_damaged++;
	} else {
		g->logs_kept++;
		g->logs_incomplete += s->log_missing > 0;
		g->lines_missing += s->log_missing;
		vec_push(&g->log_lines, (double)s->log_lines);
	}
}

static void add_success(struct report_group *g, const struct sample *s, double target_s)
{
	unsigned int c;

	g->successes++;
	g->in_time += (double)s->latency_ns / 1e9 < target_s;
	add_phases(g, s);
	for (c = 0; c < PERF_COUNTERS; c++)
		if (s->perf[c] >= 0)
			vec_push(&g->perf[c], (double)s->perf[c]);
}

/* True when no counted sample of the same chain came before the i-th. */
static bool is_first(const struct report *r, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (sample_counts(&r->samples.at[k]) &&
		    r->samples.at[k].chain == r->samples.at[i].chain)
			return false;
	return true;
}

static void add_sample(struct report *r, size_t i)
{
	const struct sample *s = &r->samples.at[i];
	struct report_group *g = group_for(r, s);
	bool success = sample_succeeded(s);
	unsigned int d;

	if (!sample_counts(s)) {
		g->warmups += s->warmup;
		g->faults += !s->warmup;
		g->warmups_failed += s->warmup && !success &&
				     s->judgement.verdict != VERDICT_INSTRUMENT_FAULT;
		if (s->warmup)
			vec_push(&g->warmup_latency,
				 success ? (double)s->latency_ns / 1e9 : INFINITY);
		return;
	}
	g->n++;
	r->counted++;
	g->unproved += s->judgement.verdict == VERDICT_OK && !success;
	vec_push(&g->latency, success ? (double)s->latency_ns / 1e9 : INFINITY);
	/* A success whose downtime could not be seen says nothing of it, neither way. */
	if (!success || s->downtime_ns >= 0)
		vec_push(&g->downtime, success ? (double)s->downtime_ns / 1e9 : INFINITY);
	vec_push(&g->first, is_first(r, i));
	add_log(g, s);
	for (d = 0; d < DOUBTS; d++)
		r->doubtful[d] += (s->doubts & DOUBT_BIT(d)) != 0;
	if (success)
		add_success(g, s, r->target_s);
}

/* The model of the samples by one clock; all of them say which classes there are. */
static struct report *model_of(const struct run_row *run, const sample_vec *samples, bool virtual)
{
	struct report *r = calloc(1, sizeof(*r));
	size_t i;

	if (!r)
		abort();
	r->run = run;
	r->classes = model_classes(samples);
	r->provenance = provenance_parse(run->provenance_json);
	r->target_s = (double)run->target_ns / 1e9;
	for (i = 0; i < samples->n; i++)
		if (sample_is_virtual(&samples->at[i]) == virtual)
			vec_push(&r->samples, samples->at[i]);
	if (r->samples.n)
		qsort(r->samples.at, r->samples.n, sizeof(r->samples.at[0]), by_time);
	for (i = 0; i < r->samples.n; i++)
		add_sample(r, i);
	model_summarise(r);
	if (r->groups.n)
		qsort(r->groups.at, r->groups.n, sizeof(r->groups.at[0]),
		      virtual ? by_instructions : by_speed);
	return r;
}

struct report *report_model(const struct run_row *run, const sample_vec *samples)
{
	size_t virtual = 0, i;
	struct report *r;

	for (i = 0; i < samples->n; i++)
		virtual += sample_is_virtual(&samples->at[i]);
	r = model_of(run, samples, virtual && virtual == samples->n);
	if (virtual && virtual < samples->n)
		r->exact = model_of(run, samples, true);
	return r;
}

sample_vec report_samples_of(const struct report *r, const struct report_group *g)
{
	sample_vec samples = { 0 };
	size_t i;

	for (i = 0; i < r->samples.n; i++)
		if (report_group_of(r, &r->samples.at[i]) == g)
			vec_push(&samples, r->samples.at[i]);
	return samples;
}

size_t report_doubtful(const struct report *r, const struct report_group *g, enum doubt doubt)
{
	size_t n = 0;

	for (size_t i = 0; i < r->samples.n; i++)
		n += sample_counts(&r->samples.at[i]) &&
		     r->samples.at[i].doubts & DOUBT_BIT(doubt) &&
		     report_group_of(r, &r->samples.at[i]) == g;
	return n;
}

void report_compare(const struct report *r, const struct report_group *a, struct comparison *to)
{
	const struct compare_options options = {
		.threshold = COMPARE_THRESHOLD, .confidence = REPORT_CONFIDENCE,
	};
	sample_vec sa = report_samples_of(r, a);
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		sample_vec sb = { 0 };

		if (&r->groups.at[i] != a)
			sb = report_samples_of(r, &r->groups.at[i]);
		to[i] = compare_samples(sa.at, sa.n, sb.at, sb.n, &options);
		vec_free(&sb);
	}
	compare_judge(to, r->groups.n, &options);
	vec_free(&sa);
}

static void free_group(struct report_group *g)
{
	unsigned int i;

	vec_free(&g->latency);
	vec_free(&g->first);
	vec_free(&g->downtime);
	vec_free(&g->warmup_latency);
	vec_free(&g->log_lines);
	vec_free(&g->exact_indexes);
	for (i = 0; i < PHASES; i++)
		vec_free(&g->phases[i].s);
	for (i = 0; i < REPORT_FIGURES; i++)
		vec_free(&g->figures[i].indexes);
	for (i = 0; i < PERF_COUNTERS; i++)
		vec_free(&g->perf[i]);
}

void report_model_free(struct report *r)
{
	size_t i;

	if (!r)
		return;
	report_model_free(r->exact);
	for (i = 0; i < r->groups.n; i++)
		free_group(&r->groups.at[i]);
	vec_free(&r->groups);
	vec_free(&r->classes);
	vec_free(&r->samples);
	provenance_free(r->provenance);
	free(r);
}

struct machine_kind report_machine(const struct report *r)
{
	struct machine_kind all = machine_kind_of(&r->samples.at[0]);

	for (size_t i = 1; i < r->samples.n; i++) {
		const struct machine_kind one = machine_kind_of(&r->samples.at[i]);

		machine_kind_share(&all, &one);
	}
	return all;
}

bool report_emulated(const struct report *r)
{
	return r->doubtful[DOUBT_EMULATED] > 0;
}

bool report_virtual(const struct report *r)
{
	return r->samples.n && sample_is_virtual(&r->samples.at[0]);
}

const struct report *report_wall(const struct report *r)
{
	return report_virtual(r) ? NULL : r;
}

const struct report *report_exact(const struct report *r)
{
	return report_virtual(r) ? r : r->exact;
}

struct provenance_lateness report_lateness(const struct report *r, enum event_source source)
{
	struct provenance_lateness late = r->provenance->lateness[source];

	/* Older runs keep that of the marks in their row only. */
	if (source == EVENT_MARK && isnan(late.p99_s) && r->run->clock_error_p99_ns >= 0)
		late = (struct provenance_lateness){
			(double)r->run->clock_error_p50_ns / 1e9,
			(double)r->run->clock_error_p99_ns / 1e9,
		};
	return late;
}

double report_phase_error(const struct report *r, const struct report_phase *phase)
{
	const bool rests_on[EVENT_SOURCES] = {
		[EVENT_MARK] = true,
		[EVENT_CONSOLE] = phase->from_console,
		[EVENT_MACHINE] = phase->from_event,
	};
	double error = 0;

	for (unsigned int s = 0; s < EVENT_SOURCES; s++) {
		double late = report_lateness(r, s).p99_s;

		if (rests_on[s])
			error = isnan(late) || isnan(error) ? NAN : fmax(error, late);
	}
	return error;
}
