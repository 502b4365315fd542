/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_functions.h - the functions of a profile by name, and what differs between two profiles
 */
#ifndef PROFILE_FUNCTIONS_H
#define PROFILE_FUNCTIONS_H

#include "base/error.h"
#include "profile.h"

#define PROFILE_SCHEMA	1

struct profile_function {
	char *name;
	uint64_t own[PHASES];		/* instructions */
	uint64_t all[PHASES];		/* ... with what it called; recursion counts once */
	uint64_t calls[PHASES];
};

/* In order of names. */
typedef VEC(struct profile_function) profile_function_vec;

/*
 * profile_functions_of() - all functions of a profile
 * @p:	its functions are sorted
 * @to:	appended to; to be freed with profile_functions_free()
 */
void profile_functions_of(const struct profile *p, profile_function_vec *to);
void profile_functions_free(profile_function_vec *functions);

/* Writes them as JSON, see results/README.md. Return: 0, or a negative errno with *err set. */
int profile_functions_write(const struct profile *p, const char *path, struct error **err);

/* Reads them back, appending to @to. Return: 0, or a negative errno with *err set. */
int profile_functions_read(const char *path, profile_function_vec *to, struct error **err);

/* One function before and after; NULL where it was not executed. */
struct profile_change {
	const struct profile_function *before, *after;
};

typedef VEC(struct profile_change) profile_change_vec;

/* Every function of either side, in order of names, appended to @to. Pure. */
void profile_changes(const profile_function_vec *before, const profile_function_vec *after,
		     profile_change_vec *to);

/* The function's name, and how many more instructions it has in these phases (bits 1 << phase). */
const char *profile_change_name(const struct profile_change *c);
int64_t profile_change_own(const struct profile_change *c, unsigned int phases);
int64_t profile_change_all(const struct profile_change *c, unsigned int phases);

/* Sorts them: the greatest change of own (or all) instructions first, whether more or less. */
void profile_changes_sort(profile_change_vec *changes, bool all, unsigned int phases);

#endif /* PROFILE_FUNCTIONS_H */
