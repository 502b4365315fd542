/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cost.h - how much longer a reboot takes with the witness in the machine
 */
#ifndef COST_H
#define COST_H

#include "subject.h"

/*
 * cost_measure() - reboot each subject with and without the witness, in turn
 * @subjects:	after subject_open()
 * @pairs:	of reboots for each, at least 1. In every round each subject has one pair; which
 *		of the two comes first changes from round to round, so that a slow minute of the
 *		host falls on both
 * @to:		the ratios, one line a subject: medians over the pairs
 * Keeps every pair in results/witness/cost.json.
 *
 * Return: 0; 1 when a reboot failed, whose pair does not count; a negative errno with *err set.
 */
int cost_measure(struct subject *subjects, size_t n, unsigned int pairs, FILE *to,
		 struct error **err);

#endif /* COST_H */
