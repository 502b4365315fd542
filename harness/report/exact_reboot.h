/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exact_reboot.h - what one reboot of a way takes by the virtual clock
 *
 * There is no interval and no median: what repeats agree on is the figure, and where they
 * do not it is a range. Only reboots with the same index can be compared. Pure.
 */
#ifndef EXACT_REBOOT_H
#define EXACT_REBOOT_H

#include "analysis/exact.h"
#include "store/store.h"

/* The spans of a reboot that have figures: its phases, then these. */
enum {
	EXACT_LATENCY = PHASES,
	EXACT_DOWNTIME,
	EXACT_SPANS
};

/* Of all repeats; both -1 when the span is not there or was not seen in one of them. */
struct exact_range {
	int64_t least, most;
};

struct exact_reboot {
	struct exactness exactness;	/* of all counted reboots of the way */
	size_t repeats;			/* of this one; 0: none that counts came up */
	struct exact_range instructions[EXACT_SPANS], ns[EXACT_SPANS];
};

/*
 * exact_reboot_of() - the figures of one way
 * @s:		n samples of one way and variant by the virtual clock
 * @index:	place of the reboot in the chain of its machine
 */
struct exact_reboot exact_reboot_of(const struct sample *s, size_t n, int index);

/* True when it counts and came up, so that the figures are of it and its repeats. */
bool exact_is_good(const struct sample *s);

/* The middle of a range; NAN when there is none. */
double exact_middle(struct exact_range r);

/*
 * exact_is_less() - whether a is sure to be less than b, both ranges of instructions
 * @whole:	instructions of the whole reboot, which say how much chance can make (compare_exact.h)
 */
bool exact_is_less(struct exact_range a, struct exact_range b, double whole);

/* What of a span's virtual time executes nothing, in ns: waiting; NAN when it is not known. */
double exact_waiting(const struct exact_reboot *e, unsigned int span);

/* "latency", "downtime", or the phase. */
const char *exact_span_name(unsigned int span);

#endif /* EXACT_REBOOT_H */
