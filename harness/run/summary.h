/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * summary.h - the short table at the end of a run
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdio.h>

#include "store/store.h"

/*
 * summary_print() - one line for each way and variant
 * @samples:	n of one run; warm-ups are left out, failed reboots are in every
 *		column but the maximum, where only a reboot that ended has a figure
 */
void summary_print(FILE *out, const struct sample *samples, size_t n);

/* How many samples were no good reboot, warm-ups included. */
size_t summary_failed(const struct sample *samples, size_t n);

#endif /* SUMMARY_H */
