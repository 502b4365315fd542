// SPDX-License-Identifier: GPL-2.0-only
/*
 * model_figures.c - the figures of each way, with their intervals and doubts
 */
#include "model_private.h"

#include <math.h>

#include "analysis/doubts_of_figures.h"
#include "analysis/doubts_of_set.h"

const char *report_figure_name(unsigned int figure)
{
	return figure == REPORT_IN_TIME ? "in time" :
	       figure == COMPARE_SUCCESS ? "came up" : compare_metric_name(figure);
}

bool report_figure_is_rate(unsigned int figure)
{
	return figure == COMPARE_SUCCESS || figure == REPORT_IN_TIME;
}

/* 1 for each counted reboot that is in the rate, 0 for each other one. */
static struct compare_side rate_side(const sample_vec *samples, unsigned int figure, double target_s)
{
	struct compare_side side = compare_side_of(samples->at, samples->n, COMPARE_LATENCY);

	for (size_t i = 0; i < side.x.n; i++)
		side.x.at[i] = figure == COMPARE_SUCCESS ? isfinite(side.x.at[i]) :
							   side.x.at[i] < target_s;
	return side;
}

/* All figures of one way; a phase that it does not have has no values. */
static void sides_of(const struct report *r, const struct report_group *g,
		     struct compare_side *sides)
{
	sample_vec samples = report_samples_of(r, g);

	for (unsigned int f = 0; f < REPORT_FIGURES; f++) {
		sides[f] = report_figure_is_rate(f) ? rate_side(&samples, f, r->target_s) :
					compare_side_of(samples.at, samples.n, f);
		if (sides[f].absent)
			compare_side_free(&sides[f]);
	}
	vec_free(&samples);
}

static struct stats_summary summary_of(const struct compare_side *side)
{
	return stats_summarise(side->x.at, side->machine.at, side->x.n);
}

/* The times of a phase are those of the reboots that came up. */
static void drop_failures(struct compare_side *side)
{
	size_t kept = 0;

	for (size_t i = 0; i < side->x.n; i++) {
		if (isinf(side->x.at[i]))
			continue;
		side->x.at[kept] = side->x.at[i];
		side->machine.at[kept] = side->machine.at[i];
		side->index.at[kept++] = side->index.at[i];
	}
	side->x.n = side->machine.n = side->index.n = kept;
}

static void summarise(struct report_group *g, struct compare_side *sides, bool virtual)
{
	g->latency_of = summary_of(&sides[COMPARE_LATENCY]);
	g->downtime_of = summary_of(&sides[COMPARE_DOWNTIME]);
	for (unsigned int p = 0; p < PHASES; p++) {
		drop_failures(&sides[COMPARE_PHASE + p]);
		g->phases[p].of = summary_of(&sides[COMPARE_PHASE + p]);
	}
	/* By the virtual clock nothing is left to chance: exact.h says what is to be doubted. */
	g->doubts = virtual ? 0 : doubts_of_set(g->latency.at, g->first.at, g->n);
}

/* Where indexes differ there is no one share; where machines do, they are what was repeated. */
static void put_share(struct report_figure *to, const struct compare_side *side,
		      const struct index_effect *effect)
{
	double k = 0, n = (double)side->x.n, machines;

	for (size_t i = 0; i < side->x.n; i++)
		k += side->x.at[i];
	to->by_machine = index_effect_of_machines(effect);
	if (to->by_machine) {
		machines = (double)compare_side_machines(side);
		k *= machines / n;
		n = machines;
	}
	to->share = stats_clopper_pearson(k, n, REPORT_CONFIDENCE);
	if (to->by_index)
		to->share = (struct stats_interval){ NAN, NAN };
}

static void put_figure(struct report_figure *to, const struct doubted_figure *f)
{
	to->by_index = f->by_index;
	to->two_humped = f->two_humped;
	to->p_index = f->effect.p_index;
	if (f->by_index)
		to->indexes = index_figures(f->side);
	if (f->is_rate)
		put_share(to, f->side, &f->effect);
}

/* Half of the reboots may fail, and then the others say what matters. */
static double usual_latency(const struct report_group *g)
{
	CLEANUP_FREE double *x = calloc(g->n + 1, sizeof(*x));
	size_t n = 0;

	if (!x)
		abort();
	for (size_t i = 0; i < g->n; i++)
		if (isfinite(g->latency.at[i]))
			x[n++] = g->latency.at[i];
	stats_sort(x, n);
	return isfinite(g->latency_of.median) ? g->latency_of.median : stats_quantile(x, n, 0.5);
}

static void put_doubts(struct report_group *g)
{
	for (unsigned int i = 0; i < REPORT_FIGURES; i++) {
		if (g->figures[i].by_index)
			g->doubts |= DOUBT_BIT(DOUBT_INDEX_EFFECT);
		if (g->figures[i].two_humped)
			g->doubts |= DOUBT_BIT(DOUBT_TWO_HUMPED);
	}
}

void model_summarise(struct report *r)
{
	size_t n = r->groups.n * REPORT_FIGURES, i;
	CLEANUP_FREE struct compare_side *sides = calloc(n + 1, sizeof(*sides));
	CLEANUP_FREE struct doubted_figure *asked = calloc(n + 1, sizeof(*asked));

	if (!sides || !asked)
		abort();
	if (report_virtual(r))
		model_exact(r);
	for (i = 0; i < r->groups.n; i++) {
		sides_of(r, &r->groups.at[i], sides + i * REPORT_FIGURES);
		summarise(&r->groups.at[i], sides + i * REPORT_FIGURES, report_virtual(r));
	}
	for (i = 0; i < n; i++)
		asked[i] = (struct doubted_figure){
			.side = &sides[i],
			.is_rate = report_figure_is_rate(i % REPORT_FIGURES),
			.latency = usual_latency(&r->groups.at[i / REPORT_FIGURES]),
			.effect = { .p_index = NAN, .p_machine = NAN }, .p_humps = NAN,
		};
	if (!report_virtual(r))
		doubts_of_figures(asked, n);
	for (i = 0; i < n; i++) {
		put_figure(&r->groups.at[i / REPORT_FIGURES].figures[i % REPORT_FIGURES], &asked[i]);
		compare_side_free(&sides[i]);
	}
	for (i = 0; i < r->groups.n; i++)
		put_doubts(&r->groups.at[i]);
}
