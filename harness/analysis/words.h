/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * words.h - numbers as a reader of a report sees them
 *
 * All of them return a struct by value, so that words_seconds(x).s may be
 * given to printf() directly. NAN is a dash, INFINITY is "never".
 */
#ifndef WORDS_H
#define WORDS_H

#include "stats.h"

struct words {
	char s[64];
};

/* "1.523 s" */
struct words words_seconds(double s);
/* "1.490 to 1.560 s" */
struct words words_seconds_interval(struct stats_interval i);
/* "12.3" or "1 234" ms by size, without the unit. */
struct words words_ms(double s);
/* "−12.0 to 3.4", in ms, without the unit */
struct words words_ms_interval(struct stats_interval i);
/* "97.5 %" of a share of 1; a share that is not all of it never reads as 100 %, nor one that is not
 * none as 0 %. */
struct words words_percent(double share);
/* "83.2 to 100 %" */
struct words words_percent_interval(struct stats_interval i);

/*
 * words_of() - so many of so many
 * @k:	how many
 * @n:	of how many
 *
 * Return: "k of n".
 */
struct words words_of(size_t k, size_t n);

/* 1234567 as "1.2" million, without the unit; below one million with three decimals. */
struct words words_million(double x);

/* 1234567 as "1 234 567", with thin gaps a table can be read by. */
struct words words_count(double x);

#endif /* WORDS_H */
