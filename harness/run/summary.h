/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * summary.h - the short table at the end of a run
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdio.h>

#include "store/store.h"

/*
 * summary_print() - one line for each way, variant, clock and kernel, the exact clock first
 * @samples:	n of one run; warm-ups are left out, failed reboots are in every
 *		column but the maximum, where only a reboot that ended has a figure
 */
void summary_print(FILE *out, const struct sample *samples, size_t n);

/* What became of the reboots of a run, warm-ups included. */
struct summary {
	size_t reboots;
	size_t failed;			/* the subject did not do what was asked */
	size_t faults;			/* of the instrument: nothing is known of the subject */
};

/* Counts n samples of one run, warm-ups included. Pure. */
struct summary summary_count(const struct sample *samples, size_t n);

/* Prints "12 reboots, 1 failed, 1 instrument fault"; faults only where there are any. */
void summary_print_count(FILE *out, const struct summary *s);

/*
 * summary_status() - the exit status of a complete run
 * @planned:	how many reboots it should have at least
 *
 * Return: 0 when all went well; 1 when a reboot failed, or some were given up after failures;
 * ERROR_INSTRUMENT when nothing but the instrument failed.
 */
int summary_status(const struct summary *s, size_t planned);

#endif /* SUMMARY_H */
