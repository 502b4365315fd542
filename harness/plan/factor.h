/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * factor.h - numbers that a way of a scenario can have of its own, so that a run can vary them
 *
 * A way that has one has it as a word of its variant, "memory_mib=64": by that word reports
 * find the reboots that differ in nothing else.
 */
#ifndef FACTOR_H
#define FACTOR_H

#include <stdio.h>

#include "scenario_machine.h"

/* Of one way; 0: as the scenario says. */
struct factor_values {
	int cpus, memory_mib;		/* of its machines */
	int ramdisk_mib;		/* for the scenario's "before", as $RAMDISK_MIB */
};

struct factor {
	const char *key;		/* of a way in a scenario, and of the word */
	const char *name;		/* for people: "memory" */
	const char *unit;		/* "MiB" */
	int min, max;
	size_t offset;			/* of the int in struct factor_values */
};

#define FACTORS 3
extern const struct factor factors[FACTORS];

/* A machine with what a way has of its own. It shares all texts. */
struct scenario_machine factor_machine(const struct scenario_machine *m,
				       const struct factor_values *own);

/* Writes the words of a way, each with @between in front, which is a blank from then on. */
void factor_put_words(FILE *f, const struct factor_values *own, const char **between);

/* The factor of a variant and its value, its first word that is one; NULL when there is none. */
const struct factor *factor_of(const char *variant, int *value);

/*
 * factor_check() - whether a way's machine can be made
 * @m:		of all ways, complete
 * @clock:	of the scenario
 * @f:		the file that it was read from
 * @at:		the key of the way there: "ways[0]"
 *
 * Return: 0, or -EINVAL with *err set.
 */
int factor_check(const struct scenario_machine *m, const struct factor_values *own,
		 const char *clock, struct yaml_file *f, const char *at, struct error **err);

#endif /* FACTOR_H */
