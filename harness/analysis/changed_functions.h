/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * changed_functions.h - the functions that two stored profiles of a way differ in most
 */
#ifndef CHANGED_FUNCTIONS_H
#define CHANGED_FUNCTIONS_H

#include <jansson.h>

#include "reboot/phase.h"

#define CHANGED_FUNCTIONS	5

struct changed_functions {
	struct {
		char name[96];
		int64_t more;		/* instructions of the function itself, B less A */
	} at[CHANGED_FUNCTIONS];	/* the greatest change first, whether more or less */
	size_t n;			/* 0: nothing changed, or one of the two has no profile */
};

/* Of which run and way a profile is. */
struct profile_of {
	const char *results;		/* the results folder */
	const char *run;
	const char *way, *variant;	/* as in a sample */
};

/* Where that profile is kept, to be freed. */
char *profile_path_of(const struct profile_of *of);

/*
 * changed_functions() - what changed from one profile to another
 * @phase:	in which phase; PHASES: in the whole reboot
 * Left out is what changed by less than a tenth of what changed most.
 */
struct changed_functions changed_functions(const struct profile_of *a, const struct profile_of *b,
					   enum phase phase);

/* "reboot_mark +300 000, mem_init -1 200", to be freed; "" when there are none. */
char *changed_functions_words(const struct changed_functions *c);

/* An array of objects with "function" and "instructions"; a new reference. */
json_t *changed_functions_json(const struct changed_functions *c);

#endif /* CHANGED_FUNCTIONS_H */
