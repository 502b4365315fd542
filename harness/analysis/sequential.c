// SPDX-License-Identifier: GPL-2.0-only
/*
 * sequential.c - when a comparison in turns has seen enough
 *
 * Theory of operation. The budget of false alarms is spent as by Lan and DeMets,
 * Biometrika 70 (1983) 659-663: little early, most at the end, as O'Brien and
 * Fleming would. The rank sum grows by nearly independent normal steps, so the
 * chance to cross at a look and not before is had by integrating step by step
 * (Armitage, McPherson and Rowe, JRSS A 132 (1969) 235-244). The level of each look
 * is then a plain two-sided probability, the limit of the rank test's.
 */
#include "sequential.h"

#include <assert.h>
#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_roots.h>

#include "base/cleanup.h"
#include "plan/scenario.h"

#define FIRST SCENARIO_VERSUS_FIRST
#define STEP 5

static_assert(FIRST + STEP * (SEQUENTIAL_LOOKS - 1) == SCENARIO_VERSUS_MOST,
	      "the limit of a scenario is the last look");

/* Points of the density between the bounds; odd, for Simpson's rule. */
#define POINTS 81

/* No bound is further out, in standard deviations: its level is below 1e-14. */
#define FURTHEST 8.0

/* So exact is a bound. */
#define EXACT 1e-9

size_t sequential_samples(unsigned int look)
{
	return FIRST + STEP * look;
}

/* What of the budget is spent at share t of all samples: 2 - 2 Phi(z / sqrt(t)) on either side. */
static double spent(double alpha, double t)
{
	return 4 * gsl_cdf_ugaussian_Q(gsl_cdf_ugaussian_Qinv(alpha / 4) / sqrt(t));
}

/* The sum's density where no look has stopped it yet, at POINTS places from -end to end. */
struct density {
	double end, at[POINTS];
};

static double place(const struct density *d, unsigned int i)
{
	return d->end * (2.0 * i / (POINTS - 1) - 1);
}

/* Simpson's weight of the i-th place, times its density. */
static double mass(const struct density *d, unsigned int i)
{
	double step = 2 * d->end / (POINTS - 1);
	double weight = i == 0 || i == POINTS - 1 ? 1 : i % 2 ? 4 : 2;

	return weight * step / 3 * d->at[i];
}

/* The chance that a normal step of that standard deviation ends outside the bound. */
static double crossing(const struct density *d, double deviation, double bound)
{
	double sum = 0;
	unsigned int i;

	for (i = 0; i < POINTS; i++)
		sum += mass(d, i) * (gsl_cdf_gaussian_Q(bound - place(d, i), deviation) +
				     gsl_cdf_gaussian_P(-bound - place(d, i), deviation));
	return sum;
}

struct crossing {
	const struct density *from;
	double deviation, chance;
};

static double crossing_excess(double bound, void *arg)
{
	const struct crossing *c = arg;

	return crossing(c->from, c->deviation, bound) - c->chance;
}

DEFINE_CLEANUP(gsl_root_fsolver, gsl_root_fsolver_free)

/* The bound that is crossed first with that chance, by Brent's method. */
static double bound_for(const struct density *d, double deviation, double chance, double furthest)
{
	struct crossing c = { .from = d, .deviation = deviation, .chance = chance };
	gsl_function f = { .function = crossing_excess, .params = &c };
	CLEANUP(cleanup_gsl_root_fsolver_free) gsl_root_fsolver *solver =
		gsl_root_fsolver_alloc(gsl_root_fsolver_brent);

	if (!solver)
		abort();
	gsl_root_fsolver_set(solver, &f, 0, furthest);
	do {
		gsl_root_fsolver_iterate(solver);
	} while (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver),
					gsl_root_fsolver_x_upper(solver), EXACT, 0) ==
		 GSL_CONTINUE);
	return gsl_root_fsolver_root(solver);
}

static struct density step_on(const struct density *from, double deviation, double bound)
{
	struct density to = { .end = bound };
	unsigned int i, k;

	for (i = 0; i < POINTS; i++)
		for (k = 0; k < POINTS; k++)
			to.at[i] += mass(from, k) *
				    gsl_ran_gaussian_pdf(place(&to, i) - place(from, k), deviation);
	return to;
}

void sequential_levels(double alpha, const double *t, unsigned int looks, double *levels)
{
	double deviation = sqrt(t[0]);
	double bound = deviation * gsl_cdf_ugaussian_Qinv(spent(alpha, t[0]) / 2);
	struct density d = { .end = bound };
	unsigned int i, k;

	levels[0] = spent(alpha, t[0]);
	for (i = 0; i < POINTS; i++)
		d.at[i] = gsl_ran_gaussian_pdf(place(&d, i), deviation);
	for (k = 1; k < looks; k++) {
		deviation = sqrt(t[k] - t[k - 1]);
		bound = bound_for(&d, deviation, spent(alpha, t[k]) - spent(alpha, t[k - 1]),
				  FURTHEST * sqrt(t[k]));
		levels[k] = 2 * gsl_cdf_ugaussian_Q(bound / sqrt(t[k]));
		if (k + 1 < looks)
			d = step_on(&d, deviation, bound);
	}
}

double sequential_level(unsigned int look)
{
	double t[SEQUENTIAL_LOOKS], levels[SEQUENTIAL_LOOKS];
	unsigned int i;

	/* Later looks have no say in the level of one. */
	for (i = 0; i <= look; i++)
		t[i] = (double)sequential_samples(i) /
		       (double)sequential_samples(SEQUENTIAL_LOOKS - 1);
	sequential_levels(SEQUENTIAL_ALPHA, t, look + 1, levels);
	return levels[look];
}

static size_t counted(const struct sample *s, size_t n)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += sample_counts(&s[i]);
	return count;
}

/*
 * The look is the last one that both sides have samples enough for. Samples beyond
 * it are used too: that they came a little early costs a little of the budget, but
 * no sample is ever left out. That there is no difference may be said at every
 * look: it ends the run and raises no alarm.
 */
struct sequential sequential_decide(const struct sample *a, size_t na, const struct sample *b,
				    size_t nb, double threshold)
{
	size_t in_a = counted(a, na), in_b = counted(b, nb), n = in_a < in_b ? in_a : in_b;
	struct compare_options options = { .threshold = threshold };
	struct sequential s = { .more = true, .next = FIRST };

	if (n < FIRST)
		return s;
	while (s.look + 1 < SEQUENTIAL_LOOKS && n >= sequential_samples(s.look + 1))
		s.look++;
	s.looked = true;
	options.confidence = 1 - sequential_level(s.look);
	s.latency = compare_latency(a, na, b, nb, &options);
	s.more = !compare_is_decided(s.latency.verdict) && s.look + 1 < SEQUENTIAL_LOOKS;
	s.next = s.more ? sequential_samples(s.look + 1) : 0;
	return s;
}
