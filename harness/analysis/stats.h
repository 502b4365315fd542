/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stats.h - arrays in, numbers out
 *
 * Pure, on GSL. An observation that never came to its end (a reboot that failed)
 * is INFINITY: it takes its place above all others and is never left out, so a
 * quantile that falls on such an observation is INFINITY too. NAN means "cannot
 * be said from these data".
 */
#ifndef STATS_H
#define STATS_H

#include <stdbool.h>
#include <stddef.h>

/* Fewer observations than this cannot carry a 95 % interval of their median: 2 * 0.5^5 > 5 %. */
#define STATS_INTERVAL_LEAST 6

struct stats_interval {
	double low, high;		/* both NAN when there is none */
};

/* What a table shows of a set of observations. */
struct stats_summary {
	size_t n;			/* all, censored ones included */
	size_t censored;		/* how many of them are INFINITY */
	double least, most;
	double median, p25, p75, p95, p99;
	double mad;			/* as stats_mad() */
	struct stats_interval median_interval;	/* 95 % */
};

/* Sorts x in place, ascending. */
void stats_sort(double *x, size_t n);

/* Quantile p (0 to 1) of sorted observations: Hyndman and Fan's type 7. NAN for n == 0. */
double stats_quantile(const double *sorted, size_t n, double p);

/* The median of observations in any order, which stay as they are. NAN for n == 0. */
double stats_median(const double *x, size_t n);

/* Median distance from the median, times 1.4826: the standard deviation of normal data. */
double stats_mad(const double *x, size_t n);

/* All of struct stats_summary; x may be in any order and stays as it is. */
struct stats_summary stats_summarise(const double *x, size_t n, unsigned long seed);

/* Bootstrap percentile interval of the median; {NAN, NAN} below STATS_INTERVAL_LEAST. */
struct stats_interval stats_median_interval(const double *x, size_t n, double confidence,
					    unsigned long seed);

/* Wilson's score interval of the share k of n. {0, 1} for n == 0. */
struct stats_interval stats_wilson(size_t k, size_t n, double confidence);

/* Clopper and Pearson's exact interval of the share k of n. {0, 1} for n == 0. */
struct stats_interval stats_clopper_pearson(size_t k, size_t n, double confidence);

/* Largest rate of failures that n trials without one still allow at that one-sided confidence. */
double stats_zero_failures_bound(size_t n, double confidence);

/* The same bound at 95 % as people do it in their heads: 3/n, at most 1. */
double stats_rule_of_three(size_t n);

/* Mann and Kendall's test: two-sided probability of so much trend in time order by chance; 1
 * below 4. */
double stats_trend_p(const double *x, size_t n);

#endif /* STATS_H */
