// SPDX-License-Identifier: GPL-2.0-only
/*
 * slopes.c - how latency grows with a number that a run varies
 */
#include "slopes.h"

#include <math.h>
#include <string.h>

/* The label of a way without the word of a factor. */
static void name_series(const struct report_group *g, const struct factor *factor, char *to,
			size_t size)
{
	const char *word = strstr(g->label, factor->key);
	size_t before = (size_t)(word - g->label);

	/* The blank in front of the word goes with it. */
	snprintf(to, size, "%.*s%s", (int)before - 1, g->label, word + strcspn(word, " "));
}

static struct slope *series_for(struct slopes *s, const struct report_group *g)
{
	struct slope new = { .line = { NAN, NAN, { NAN, NAN } } };

	name_series(g, s->factor, new.label, sizeof(new.label));
	for (size_t i = 0; i < s->of.n; i++)
		if (!strcmp(s->of.at[i].label, new.label))
			return &s->of.at[i];
	vec_push(&s->of, new);
	return &s->of.at[s->of.n - 1];
}

static double latency_of(const struct sample *s, bool virtual)
{
	return virtual ? (double)s->latency_instructions : (double)s->latency_ns / 1e9;
}

static double phase_of(const struct sample *s, unsigned int phase, bool virtual)
{
	const struct phase_time *t = &s->phases.at[phase];

	if (t->state == PHASE_ABSENT)
		return 0;
	if (t->state != PHASE_SEEN)
		return NAN;
	return virtual ? (double)t->instructions : (double)t->ns / 1e9;
}

/* Not a number where one is not. */
static double median_of(const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(x[i]))
			return NAN;
	return stats_median(x, n);
}

/* The point of the chain that the first of n samples is of. Return: false when none came up. */
static bool make_point(const struct sample *s, size_t n, struct slope_point *point)
{
	bool virtual = sample_is_virtual(s);
	double latency[n], phases[PHASES][n];
	size_t good = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i].chain != s->chain || !sample_succeeded(&s[i]))
			continue;
		latency[good] = latency_of(&s[i], virtual);
		for (unsigned int p = 0; p < PHASES; p++)
			phases[p][good] = phase_of(&s[i], p, virtual);
		good++;
	}
	if (!good)
		return false;
	point->latency = median_of(latency, good);
	for (unsigned int p = 0; p < PHASES; p++)
		point->phases[p] = median_of(phases[p], good);
	return true;
}

static void add_group(struct slope *to, const struct report *r, const struct report_group *g,
		      int value)
{
	sample_vec samples = report_samples_of(r, g);

	for (size_t i = 0; i < samples.n; i++) {
		struct slope_point point = { .value = value };
		bool seen = !sample_counts(&samples.at[i]);

		for (size_t k = 0; !seen && k < i; k++)
			seen = sample_counts(&samples.at[k]) &&
			       samples.at[k].chain == samples.at[i].chain;
		if (seen)
			continue;
		if (make_point(&samples.at[i], samples.n - i, &point))
			vec_push(&to->points, point);
		else
			to->failed++;
	}
	vec_free(&samples);
}

static int by_value(const void *a, const void *b)
{
	const struct slope_point *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

static size_t values_of(const struct slope *s)
{
	size_t n = s->points.n > 0;

	for (size_t i = 1; i < s->points.n; i++)
		n += s->points.at[i].value != s->points.at[i - 1].value;
	return n;
}

static void fit(struct slope *s)
{
	size_t n = s->points.n;
	double x[n], y[n];

	if (!n)
		return;
	for (size_t i = 0; i < n; i++) {
		x[i] = s->points.at[i].value;
		y[i] = s->points.at[i].latency;
	}
	s->line = stats_line(x, y, n, REPORT_CONFIDENCE);
	for (unsigned int p = 0; p < PHASES; p++) {
		bool seen = true;

		for (size_t i = 0; i < n; i++) {
			y[i] = s->points.at[i].phases[p];
			seen &= !isnan(y[i]);
		}
		s->phases[p] = seen ? stats_line(x, y, n, REPORT_CONFIDENCE).slope : NAN;
	}
}

/* Series of one factor; those with too few values are left out. */
static void collect(struct slopes *s, const struct report *r)
{
	size_t kept = 0;
	int value;

	for (size_t i = 0; i < r->groups.n; i++)
		if (factor_of(r->groups.at[i].variant, &value) == s->factor)
			add_group(series_for(s, &r->groups.at[i]), r, &r->groups.at[i], value);
	for (size_t i = 0; i < s->of.n; i++) {
		struct slope *of = &s->of.at[i];

		if (of->points.n)
			qsort(of->points.at, of->points.n, sizeof(of->points.at[0]), by_value);
		if (values_of(of) < SLOPE_VALUES_LEAST) {
			vec_free(&of->points);
			continue;
		}
		fit(of);
		s->of.at[kept++] = *of;
	}
	s->of.n = kept;
}

struct slopes slopes_of(const struct report *r)
{
	struct slopes s = { NULL, { 0 } };

	for (size_t i = 0; i < FACTORS; i++) {
		s.factor = &factors[i];
		collect(&s, r);
		if (s.of.n)
			return s;
	}
	s.factor = NULL;
	return s;
}

void slopes_free(struct slopes *s)
{
	for (size_t i = 0; i < s->of.n; i++)
		vec_free(&s->of.at[i].points);
	vec_free(&s->of);
}

const struct report *slopes_model(const struct report *r)
{
	const struct report *const models[] = { report_exact(r), report_wall(r) };

	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
		struct slopes s = { 0 };

		if (models[i])
			s = slopes_of(models[i]);
		slopes_free(&s);
		if (s.factor)
			return models[i];
	}
	return NULL;
}
