/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * versus.h - the two sides of a comparison within one run
 *
 * Pure. A pair is one machine of each side, one right after the other. A look
 * judges the counted reboots of all whole pairs so far, a failed one as INFINITY;
 * a run goes on to the next pair as long as its look is undecided and its plan
 * allows. A shift is B - A: positive when B takes longer.
 *
 * With a virtual clock nothing is left to chance, so the first pair decides:
 * reboots in the same place of both machines are the same or are not.
 */
#ifndef VERSUS_H
#define VERSUS_H

#include "scenario.h"
#include "stats.h"
#include "store.h"

enum versus_verdict {
	VERSUS_UNDECIDED,
	VERSUS_SAME,			/* no difference that would matter */
	VERSUS_B_SLOWER,
	VERSUS_B_FASTER,
	VERSUS_DIFFERS,			/* by a virtual clock: as long, but not the same work */
	VERSUS_VERDICTS
};

/* Of one side, over the pairs of a look. */
struct versus_side {
	size_t n, failed;		/* counted reboots; those of them that failed */
	double median_s;		/* NAN without any */
};

struct versus_look {
	int pairs;
	struct versus_side side[2];	/* A, B */
	bool exact;			/* a virtual clock: the interval is the range of differences */
	double shift_s;			/* NAN when nothing can be said of it */
	struct stats_interval interval;	/* 95 % */
	enum versus_verdict verdict;
};

/*
 * versus_look() - judge the first pairs of a run
 * @s:		resolved, a comparison
 * @machines:	of the run
 * @samples:	of the run, by (machine, index)
 * @pairs:	1 or more; later ones are not looked at
 */
struct versus_look versus_look(const struct scenario *s, const machine_vec *machines,
			       const sample_vec *samples, int pairs);

/*
 * versus_pairs() - how many pairs of a run are whole
 * @ended:	the run is complete, so its last pair is whole whatever it lacks
 */
int versus_pairs(const struct scenario *s, const machine_vec *machines, const sample_vec *samples,
		 bool ended);

/* "undecided", "same", "slower", "faster", "differs"; as stored. */
const char *versus_verdict_name(enum versus_verdict v);

/*
 * versus_words() - a look as one sentence without a full stop
 * @a, @b:	labels of the sides
 * @last:	no pair will follow
 * Return: to be freed.
 */
char *versus_words(const struct versus_look *look, const char *a, const char *b, bool last);

#endif /* VERSUS_H */
