// SPDX-License-Identifier: GPL-2.0-only
/*
 * stats_median.c - where a median may lie
 *
 * Theory of operation. The sign test, by machines. A value that is the median has about as
 * many reboots above it as below it. Each machine gives one number: its reboots above less
 * its reboots below. Were the value the median, the sign of that number would be chance,
 * and all ways to choose the signs of all machines would be equally likely (Larocque,
 * Nevalainen and Oja, Biometrika 94 (2007) 267-283, on sign tests for clusters). The
 * interval holds every value that this test does not reject. With one reboot a machine
 * it is the textbook's interval between two order statistics.
 */
#include "stats.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "base/cleanup.h"

/* Up to so many machines and observations all choices of signs are counted. */
#define COUNTED_MACHINES 49
#define COUNTED_OBSERVATIONS 1000

/* Two probabilities that are equal on paper differ by less than that share after rounding. */
#define SAME_SHARE 1e-7

struct observation {
	double x;
	int machine;
};

/* What the value that moves through the sorted observations has above and below it. */
struct signs {
	size_t n, machines;
	struct observation *sorted;
	size_t *of;		/* which machine each observation is of, from 0 */
	long *of_machine;	/* observations above less those below */
};

static void *zeroed(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		abort();
	return p;
}

static int by_value(const void *a, const void *b)
{
	const struct observation *x = a, *y = b;

	if (x->x != y->x)
		return x->x < y->x ? -1 : 1;
	return (x->machine > y->machine) - (x->machine < y->machine);
}

static void signs_make(struct signs *s, const double *x, const int *machine, size_t n)
{
	s->n = n;
	s->machines = 0;
	s->sorted = zeroed(n, sizeof(*s->sorted));
	s->of = zeroed(n, sizeof(*s->of));
	s->of_machine = zeroed(n, sizeof(*s->of_machine));
	for (size_t i = 0; i < n; i++)
		s->sorted[i] = (struct observation){ x[i], machine[i] };
	if (n)
		qsort(s->sorted, n, sizeof(*s->sorted), by_value);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (s->sorted[k].machine != s->sorted[i].machine)
			k++;
		s->of[i] = k == i ? s->machines++ : s->of[k];
	}
}

static void signs_free(struct signs *s)
{
	free(s->sorted);
	free(s->of);
	free(s->of_machine);
}

/* The chance that signs by chance give a total as far from 0, of all choices of signs. */
static double counted_chance(const struct signs *s, size_t total)
{
	CLEANUP_FREE double *ways = zeroed(s->n + 1, sizeof(*ways));
	size_t sum = 0, i, k;
	double tail = 0;

	ways[0] = 1;
	for (i = 0; i < s->machines; i++) {
		size_t size = (size_t)labs(s->of_machine[i]);

		sum += size;
		for (k = sum + 1; k-- > 0;)
			ways[k] = (ways[k] + (k >= size ? ways[k - size] : 0)) / 2;
	}
	/* Of the sizes with a plus, so much is needed for the total. */
	for (k = (sum + total + 1) / 2; k <= sum; k++)
		tail += ways[k];
	return fmin(1, 2 * tail);
}

/* The same by the normal approximation; a total moves in steps of two. */
static double normal_chance(const struct signs *s, size_t total)
{
	double variance = 0;

	for (size_t i = 0; i < s->machines; i++)
		variance += (double)s->of_machine[i] * (double)s->of_machine[i];
	if (total <= 1 || variance <= 0)
		return 1;
	return 2 * gsl_cdf_ugaussian_Q(((double)total - 1) / sqrt(variance));
}

static double chance(const struct signs *s, size_t total)
{
	if (s->machines <= COUNTED_MACHINES && s->n <= COUNTED_OBSERVATIONS)
		return counted_chance(s, total);
	return normal_chance(s, total);
}

/* How many observations lie outside the interval at one end. */
static size_t count_outside(struct signs *s, bool from_above, double alpha)
{
	size_t i;

	for (i = 0; i < s->machines; i++)
		s->of_machine[i] = 0;
	for (i = 0; i < s->n; i++)
		s->of_machine[s->of[i]]++;
	for (i = 0; 2 * i < s->n; i++) {
		if (chance(s, s->n - 2 * i) > alpha * (1 + SAME_SHARE))
			break;
		s->of_machine[s->of[from_above ? s->n - 1 - i : i]] -= 2;
	}
	return i;
}

struct stats_interval stats_median_interval(const double *x, const int *machine, size_t n,
					    double confidence)
{
	struct stats_interval interval = { NAN, NAN };
	struct signs s;
	size_t below, above;

	signs_make(&s, x, machine, n);
	below = count_outside(&s, false, 1 - confidence);
	above = count_outside(&s, true, 1 - confidence);
	if (below && above) {
		interval.low = s.sorted[below - 1].x;
		interval.high = s.sorted[n - above].x;
	}
	signs_free(&s);
	return interval;
}
