/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * find.h - the samples that a user means by a few words
 */
#ifndef FIND_H
#define FIND_H

#include "store.h"

/* One way of one run. */
struct compare_group {
	char way[32], variant[64];
	char label[100];		/* both, for people */
	sample_vec samples;
};

struct compare_found {
	char run[64];
	char words[256];		/* what was found, for people */
	VEC(struct compare_group) groups;	/* in the order in which they began */
};

/*
 * compare_find() - the run, and the ways of it, that WHAT[:WAY[/VARIANT]] names
 * @what:	a run's name, its folder or "latest"; else the beginning of a commit, at least 7
 *		digits; else a part of a kernel's name: of these the newest complete run
 * @to:		filled; to be freed with compare_found_free(), also on failure
 * Return: 0; a negative errno with *err set when nothing, or more than one thing, is meant.
 */
int compare_find(struct store *store, const char *results, const char *what,
		 struct compare_found *to, struct error **err);

/*
 * compare_found_free() - free what was found
 * @found:	the struct itself stays the caller's
 */
void compare_found_free(struct compare_found *found);

#endif /* FIND_H */
