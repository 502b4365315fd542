/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * versus.h - the two sides of a comparison within one run
 *
 * Pure. A pair is one machine of each side, one right after the other. What is
 * known after a pair is judged by sequential.h, whose looks come at fixed numbers of
 * counted reboots: a pair that reaches none of them decides nothing. Side A is what
 * there was, side B what is asked about: a positive shift says that B takes longer.
 *
 * With a virtual clock nothing is left to chance (compare_exact.h), so the first pair
 * decides: the n-th reboots of both machines are the same or are not.
 */
#ifndef VERSUS_H
#define VERSUS_H

#include "compare.h"
#include "plan/scenario.h"
#include "store/store.h"

struct versus_look {
	int pairs;
	bool exact;			/* virtual clock: the interval is the range of all differences */
	bool looked;			/* the last pair reached a look, so the verdict counts */
	bool identical;			/* exact: phase by phase the same instructions */
	int64_t instructions;		/* exact: executed by B more than by A */
	char reason[256];		/* exact: why they cannot be compared, or "" */
	double confidence;		/* of the interval */
	struct compare_row latency;	/* of no use below the first look */
	enum compare_verdict verdict;	/* too few, undecided, same, better, worse */
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

/* "undecided", "same", "better", "worse"; as stored. */
const char *versus_verdict_name(enum compare_verdict v);

#endif /* VERSUS_H */
