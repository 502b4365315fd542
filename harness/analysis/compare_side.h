/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare_side.h - what one side of a comparison shows of one metric
 *
 * Theory of operation. Reboots of one machine resemble each other more than those of
 * two: the machine is what was repeated independently, so each has one figure, the
 * median of its reboots. In some ways the n-th reboot of every machine differs from the
 * next; where both sides have enough n-th reboots each is taken against the usual one.
 * A machine that replaced a failed one continues its chain of reboots, and both count as
 * one machine: here a machine is the number of a chain.
 */
#ifndef COMPARE_SIDE_H
#define COMPARE_SIDE_H

#include "base/vec.h"
#include "compare_metric.h"
#include "reboot/sample.h"

typedef VEC(double) figure_vec;

struct compare_side {
	figure_vec x;			/* of each reboot; INFINITY for one that failed */
	VEC(int) index, machine;	/* as long */
	size_t censored;
	bool absent;			/* a phase that no reboot had: 0 in each that came up */
};

/* The reboots of one side that came up. */
struct compare_came_up {
	size_t n;
	double deviation;		/* standard deviation of the latency, seconds; NAN below 2 */
	double unseen;			/* mean time that no phase was seen in, seconds */
};

/*
 * compare_side_of() - the values of one metric
 * @s:	samples, warm-ups and instrument faults among them
 * @n:	how many
 * @m:	the metric, any but COMPARE_SUCCESS
 *
 * A reboot that failed is INFINITY in every metric. There are no values of a phase that
 * could not be seen, or when no reboot came up that could have shown it.
 *
 * Return: to be freed with compare_side_free().
 */
struct compare_side compare_side_of(const struct sample *s, size_t n, enum compare_metric m);

/* 1 for each counted reboot that came up, 0 for each other one; as compare_side_of(). */
struct compare_side compare_side_came_up_or_not(const struct sample *s, size_t n);

/*
 * compare_side_free() - free what a side holds
 * @side:	the struct itself stays the caller's
 */
void compare_side_free(struct compare_side *side);

/*
 * compare_side_machines() - how many machines the values are from
 * @side:	the side
 *
 * Return: the number.
 */
size_t compare_side_machines(const struct compare_side *side);

/* The least machine number above after; INT_MAX when there is none. */
int compare_side_next_machine(const struct compare_side *side, int after);

/*
 * compare_side_mean() - the mean of one metric
 * @s:	samples, warm-ups and instrument faults among them
 * @n:	how many
 * @m:	the metric, any but COMPARE_SUCCESS
 *
 * Return: over the reboots that came up, in seconds; those that do not have a phase take
 * no time in it. NAN without any, or where the downtime of one is not known.
 */
double compare_side_mean(const struct sample *s, size_t n, enum compare_metric m);

/* How many came up, and what the means of their phases leave out. */
struct compare_came_up compare_side_came_up(const struct sample *s, size_t n);

/* True when every index is on both sides often enough to know what is usual for it. */
bool compare_sides_by_index(const struct compare_side *a, const struct compare_side *b);

/*
 * One figure a machine, in the order of their numbers; to be freed with vec_free(). Only
 * differences between figures of two sides mean anything when by_index.
 */
figure_vec compare_side_figures(const struct compare_side *side, const struct compare_side *other,
				bool by_index);

#endif /* COMPARE_SIDE_H */
