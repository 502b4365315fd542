/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * cost.h - how much longer a reboot takes with a plugin in the machine
 */
#ifndef COST_H
#define COST_H

#include "subject.h"

/* The plugin whose cost is measured. */
struct cost_plugin {
	const char *name;		/* for people: "the witness" */
	const char *folder;		/* of results/, where its files are: "witness" */
	char *(*value)(const struct subject *s, const char *trace, struct error **err);
					/* as subject_plugin() */
};

/*
 * cost_measure() - reboot each subject with and without a plugin, in turn
 * @subjects:	after subject_open(), of a scenario by the wall clock: then latencies are compared;
 *		or by the virtual clock, which no plugin changes: then QEMU's processor times
 * @pairs:	of reboots for each, at least 1. In every round each subject has one pair; which
 *		of the two comes first changes from round to round, so that a slow minute of the
 *		host falls on both
 * @to:		the ratios, one line a subject: medians over the pairs
 * Keeps every pair in cost.json of the plugin's folder.
 *
 * Return: 0; 1 when a reboot failed, whose pair does not count; a negative errno with *err set.
 */
int cost_measure(const struct cost_plugin *plugin, struct subject *subjects, size_t n,
		 unsigned int pairs, FILE *to, struct error **err);

#endif /* COST_H */
