/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sequential.h - when a comparison in turns has seen enough
 *
 * Looking again and again until something differs finds a difference in the end
 * where there is none. Here the looks are fixed, and each spends a part of one
 * budget of false alarms. Pure.
 */
#ifndef SEQUENTIAL_H
#define SEQUENTIAL_H

#include "compare.h"

#define SEQUENTIAL_LOOKS 5
/* Of two sides that are the same, at most this share is called different by any look. */
#define SEQUENTIAL_ALPHA 0.01

/* Counted samples of each side at a look, from 0: 10, 15, 20, 25, 30. */
size_t sequential_samples(unsigned int look);

/* Two-sided probability below which a difference counts at that look. */
double sequential_level(unsigned int look);

/* The same for any budget and any looks, each at a share t of all samples, into levels[0..looks). */
void sequential_levels(double alpha, const double *t, unsigned int looks, double *levels);

struct sequential {
	bool looked;		/* false: there are fewer samples than the first look needs */
	unsigned int look;	/* that was taken, when looked */
	bool more;		/* undecided, and there is another look */
	size_t next;		/* counted samples of each side that it needs, when more */
	struct compare_row latency;	/* b against a; its verdict is the decision */
};

/*
 * sequential_decide() - faster, slower, no practical difference, undecided? Pure.
 * @a, @b:	all samples so far, warm-ups and faults included; b is the new one
 * @threshold:	as in struct compare_options
 */
struct sequential sequential_decide(const struct sample *a, size_t na, const struct sample *b,
				    size_t nb, double threshold);

#endif /* SEQUENTIAL_H */
