/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare_exact.h - what differs between two sets of samples of the virtual clock
 *
 * There is no chance within a side: the n-th reboot of each machine is the n-th of every
 * other, to the instruction. So no statistics: two sides are identical, or they differ
 * by exactly so much in these phases. One sample a side is enough to compare; that repeats
 * agree, only several machines show. Pure.
 */
#ifndef COMPARE_EXACT_H
#define COMPARE_EXACT_H

#include "base/error.h"
#include "compare.h"

/* A difference below that share of a's instructions or virtual time matters to nobody. */
#define COMPARE_EXACT_SHARE 0.0005
/*
 * Nor does one of fewer instructions tell anything: what a kernel draws at random, and where the
 * timer meets it, made up to 69 000 (results/README.md, "A comparison"). More than half of that is
 * added.
 */
#define COMPARE_EXACT_CHANCE 110000

/* b less a over all reboots that were compared: their median, the least, the most. */
struct exact_difference {
	int64_t typical, least, most;
};

struct exact_phase {
	enum phase phase;
	int64_t instructions_a, instructions_b;	/* of the first reboot compared; 0: has no such phase */
	struct exact_difference instructions, ns;
};

struct compare_exact {
	int first_index;			/* the first reboot that was compared */
	size_t reboots;				/* how many were, each with its like */
	size_t samples_a, samples_b;		/* how many samples these are: repeats agree */
	size_t repeats_a, repeats_b;		/* machines on which each reboot came up, at least */
	double threshold;			/* the share that decided */
	size_t failed_a, failed_b;		/* reboots that failed there on more of the machines */
	int64_t instructions_a, instructions_b;	/* of the first reboot: from request to ready */
	int64_t ns_a, ns_b;			/* the same in virtual time */
	struct exact_difference instructions, ns;
	struct exact_phase phases[PHASES];	/* those that differ, most instructions first */
	size_t phases_n;
	bool identical;
	char varied[256];			/* which repeats differ, so that no reboot was compared; or "" */
	enum compare_verdict verdict;
};

/*
 * compare_exact_share() - the threshold of exact figures that do not ask for another. Pure.
 * @instructions:	of the whole reboot, also where one phase of it is judged
 * Return: a share of the whole reboot, by instructions and by virtual time.
 */
double compare_exact_share(double instructions);

/*
 * compare_exact() - the n-th reboot of a against the n-th of b. Pure.
 * @threshold:	share of a's instructions, and of its virtual time; NAN: compare_exact_share()
 * Where repeats that came up differ nothing is compared but failures, and to->varied says so.
 * Return: 0; -EINVAL with *err set when they cannot be compared, repeats differ and neither side
 * failed more, or no reboot is on both sides.
 */
int compare_exact(const struct sample *a, size_t na, const struct sample *b, size_t nb,
		  double threshold, struct compare_exact *to, struct error **err);

/* True when the reboots that came up on both sides differ in anything. */
bool compare_exact_differs(const struct compare_exact *c);

#endif /* COMPARE_EXACT_H */
