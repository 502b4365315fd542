/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * find.h - the run, or the samples, that a user means by a few words
 */
#ifndef FIND_H
#define FIND_H

#include "base/json.h"
#include "reboot/machine_kind.h"
#include "store.h"

/*
 * find_run() - the run that a user means
 * @results:	the results folder
 * @given:	its name, its folder, or a link there such as "latest"; NULL: the newest
 *
 * Return: as store_run_get(); free with run_row_free().
 */
int find_run(struct store *store, const char *results, const char *given, struct run_row *run,
	     struct error **err);

/* One way of one run by one clock, to one kernel. */
struct found_group {
	char way[32], variant[64];
	char build[32];			/* of the kernel, as struct sample has it */
	char label[136];		/* way and variant, for people; and build where it tells two apart */
	bool exact;			/* the clock is the virtual one */
	sample_vec samples;		/* at least one */
};

struct found {
	char run[64];
	char words[384];		/* what was found, for people */
	struct machine_kind machine;	/* what the machines of all samples have in common */
	char emulator[128];		/* provenance_emulator() of the run */
	json_t *hints;			/* as in provenance; or NULL */
	proof_vec proofs;		/* what the witness says of the run's ways */
	VEC(struct found_group) groups;	/* in the order of their first machines */
};

/*
 * find_samples() - the run, and the ways of it, that WHAT[:WAY[/VARIANT]] names
 * @what:	a run's name, its folder or "latest"; else the beginning of a commit, at least 7
 *		digits; else a folder of build/kernels, or a part of a kernel's name: of these the
 *		newest complete run
 * @to:		filled; to be freed with found_free(), also on failure
 * Return: 0; a negative errno with *err set when nothing, or more than one thing, is meant.
 */
int find_samples(struct store *store, const char *results, const char *what,
		 struct found *to, struct error **err);

/*
 * found_free() - free what was found
 * @found:	the struct itself stays the caller's
 */
void found_free(struct found *found);

#endif /* FIND_H */
