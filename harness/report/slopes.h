/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * slopes.h - how latency grows with a number that a run varies
 *
 * Theory of operation. The ways of a run whose variants differ in the word of one factor only
 * (plan/factor.h) are one series. Each of its chains is a point: the median of its reboots that
 * came up, by the virtual clock in instructions. Through the points of a series goes a straight
 * line, and another one for each phase. Pure.
 */
#ifndef SLOPES_H
#define SLOPES_H

#include "analysis/stats_line.h"
#include "model.h"
#include "plan/factor.h"

/* Values of a factor that a series has at least. */
#define SLOPE_VALUES_LEAST 3

/* One chain. */
struct slope_point {
	int value;			/* of the factor */
	double latency;			/* seconds, or instructions */
	double phases[PHASES];		/* 0 where it does not have one; NAN where it was not seen */
};

struct slope {
	char label[136];		/* of its ways, without the factor's word */
	VEC(struct slope_point) points;	/* the lowest value first */
	size_t failed;			/* chains none of whose reboots came up */
	struct stats_line line;		/* of the latency */
	double phases[PHASES];		/* slope of each; NAN where it was not always seen */
};

struct slopes {
	const struct factor *factor;	/* NULL: the run varies none */
	VEC(struct slope) of;
};

/* The series of the first factor that has one; to be freed with slopes_free(). */
struct slopes slopes_of(const struct report *r);
void slopes_free(struct slopes *s);

/* The model of a run that the figure is of, the exact one if it has a series; NULL without any. */
const struct report *slopes_model(const struct report *r);

#endif /* SLOPES_H */
