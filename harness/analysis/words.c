// SPDX-License-Identifier: GPL-2.0-only
/*
 * words.c - numbers as a reader of a report sees them
 */
#include "words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NONE "–"
#define NEVER "never"

static struct words literal(const char *text)
{
	struct words w;

	snprintf(w.s, sizeof(w.s), "%s", text);
	return w;
}

/* A number with so many decimals and a true minus sign. */
static struct words number(double x, int decimals)
{
	struct words w;

	if (isnan(x))
		return literal(NONE);
	if (isinf(x))
		return literal(x > 0 ? NEVER : "any");
	snprintf(w.s, sizeof(w.s), "%s%.*f", x < 0 ? "−" : "", decimals, fabs(x));
	return w;
}

static struct words with_unit(struct words w, const char *unit)
{
	struct words both;

	snprintf(both.s, sizeof(both.s), "%.40s%s", w.s, unit);
	return both;
}

static struct words from_to(struct words low, struct words high, const char *unit)
{
	struct words both;

	snprintf(both.s, sizeof(both.s), "%.25s to %.25s%s", low.s, high.s, unit);
	return both;
}

struct words words_seconds(double s)
{
	return isfinite(s) ? with_unit(number(s, 3), " s") : number(s, 3);
}

struct words words_seconds_interval(struct stats_interval i)
{
	if (isnan(i.low) || isnan(i.high))
		return literal(NONE);
	if (isinf(i.low) && i.low > 0)
		return literal(NEVER);
	return from_to(number(i.low, 3), number(i.high, 3), isinf(i.high) ? "" : " s");
}

static int ms_decimals(double ms)
{
	return fabs(ms) < 1 ? 3 : fabs(ms) < 100 ? 1 : 0;
}

struct words words_ms(double s)
{
	return number(s * 1e3, ms_decimals(s * 1e3));
}

struct words words_ms_interval(struct stats_interval i)
{
	if (isnan(i.low) || isnan(i.high))
		return literal(NONE);
	return from_to(words_ms(i.low), words_ms(i.high), "");
}

/* A share in per cent with a decimal only where it says something. */
static struct words percent(double share)
{
	if (share <= 0)
		return literal("0");
	if (share >= 1)
		return literal("100");
	/* Rounding must not say "all" or "none" of what is not. */
	return number(fmin(99.9, fmax(0.1, share * 100)), 1);
}

struct words words_million(double x)
{
	return number(x / 1e6, fabs(x) < 1e6 ? 3 : 1);
}

struct words words_percent(double share)
{
	return isnan(share) ? literal(NONE) : with_unit(percent(share), " %");
}

struct words words_percent_interval(struct stats_interval i)
{
	return from_to(percent(i.low), percent(i.high), " %");
}

struct words words_of(size_t k, size_t n)
{
	struct words w;

	snprintf(w.s, sizeof(w.s), "%zu of %zu", k, n);
	return w;
}

struct words words_count(double x)
{
	char digits[40];
	struct words w;
	size_t i, n, to = 0;

	if (!isfinite(x))
		return number(x, 0);
	snprintf(digits, sizeof(digits), "%.0f", x);
	n = strlen(digits);
	for (i = 0; i < n && to + 2 < sizeof(w.s); i++) {
		if (i && (n - i) % 3 == 0)
			w.s[to++] = ' ';
		w.s[to++] = digits[i];
	}
	w.s[to] = '\0';
	return w;
}
