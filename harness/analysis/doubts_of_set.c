// SPDX-License-Identifier: GPL-2.0-only
/*
 * doubts_of_set.c - the doubts that show only in many samples together
 */
#include "doubts_of_set.h"

#include <math.h>

#include "base/cleanup.h"
#include "reboot/doubt.h"
#include "stats.h"

/* Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993: |x - median| / (1.4826 MAD). */
#define FAR 3.5

/* A trend is reported when chance alone would show it in one set of a hundred ... */
#define TREND_P 0.01
/* ... and the last third differs from the first by so much of the median. */
#define TREND_SHARE 0.02

/* Below that, the median's interval is wide and no quantile above it means much. */
#define FEW 10

static bool is_far(double x, double median, double mad)
{
	return mad > 0 && fabs(x - median) > FAR * mad;
}

/* The first ones of all machines stand above the rest as far as an outlier does. */
static bool first_are_slow(const double *x, const bool *first, size_t n)
{
	CLEANUP_FREE double *firsts = calloc(n, sizeof(*firsts));
	CLEANUP_FREE double *rest = calloc(n, sizeof(*rest));
	double of_first, of_rest;
	size_t i, f = 0, r = 0;

	if (!firsts || !rest)
		abort();
	for (i = 0; i < n; i++) {
		if (first[i])
			firsts[f++] = x[i];
		else
			rest[r++] = x[i];
	}
	of_first = stats_median(firsts, f);
	of_rest = stats_median(rest, r);
	return r >= STATS_INTERVAL_LEAST && isfinite(of_first) && of_first > of_rest &&
	       is_far(of_first, of_rest, stats_mad(rest, r));
}

static bool has_drift(const double *x, size_t n, double median)
{
	double first, last;

	if (n < FEW || stats_trend_p(x, n) >= TREND_P)
		return false;
	first = stats_median(x, n / 3);
	last = stats_median(x + n - n / 3, n / 3);
	/* Failures at one end make a difference that is no number: that is drift too. */
	return !(fabs(last - first) <= TREND_SHARE * median);
}

uint64_t doubts_of_set(const double *x, const bool *first, size_t n)
{
	double median = stats_median(x, n), mad = stats_mad(x, n);
	uint64_t doubts = 0;
	size_t i;

	if (n < FEW)
		doubts |= DOUBT_BIT(DOUBT_TOO_FEW);
	if (n < STATS_INTERVAL_LEAST)
		return doubts;
	for (i = 0; i < n; i++)
		if (isfinite(x[i]) && is_far(x[i], median, mad))
			doubts |= DOUBT_BIT(DOUBT_OUTLIERS);
	if (first_are_slow(x, first, n))
		doubts |= DOUBT_BIT(DOUBT_FIRST_SLOW);
	if (has_drift(x, n, median))
		doubts |= DOUBT_BIT(DOUBT_DRIFT);
	return doubts;
}
