/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * revision.h - another commit of this checkout, unpacked and built beside it
 *
 * A commit lies in <cache>/revision-<id>, where <cache> is LOBOSBENCH_CACHE or
 * ~/.cache/lobosbench: its files as `git archive` gives them, so that no work tree
 * is left behind in the user's repository, and what its own build scripts make
 * below build/. These scripts keep kernels and disks in the same cache by the hash
 * of their inputs, so a commit with the same kernel costs no build of a kernel.
 */
#ifndef REVISION_H
#define REVISION_H

#include "base/options.h"
#include "scenario.h"

struct revision {
	char *commit;			/* its full id */
	char *top;			/* folder with its files, absolute */
	struct impl_list *impls;	/* of its impls/ */
};

struct revisions {
	struct revision *at;
	size_t n;
};

/*
 * revision_commit() - the full id of a revision, as `git rev-parse` knows it
 * @top:	the checkout
 * @revision:	as written by the user: "HEAD~1", a branch, a tag, an id
 * Return: to be freed; NULL with *err set.
 */
char *revision_commit(const char *top, const char *revision, struct error **err);

/*
 * revisions_open() - unpack each revision that a scenario names, read its ways
 * @revisions:	filled; to be freed with revisions_free() in any case, after the scenario
 * @scenario:	each way of a revision gets it
 * Refused is a revision that is not in the repository, whose impl.yaml this program does
 * not understand, or whose marks have other numbers. Nothing is built.
 * Return: 0, or a negative errno with *err set.
 */
int revisions_open(struct revisions *revisions, const struct settings *global,
		   struct scenario *scenario, struct error **err);

/*
 * revisions_build() - what the machines of a scenario boot from, by the revisions' own scripts
 * What they say goes to standard error. One that is interrupted goes on where it stopped.
 * Return: 0, or a negative errno with *err set.
 */
int revisions_build(const struct revisions *revisions, const struct scenario *scenario,
		    struct error **err);

/* Frees what revisions_open() filled in; the struct itself stays the caller's. */
void revisions_free(struct revisions *revisions);

/*
 * revision_marks_differ() - the first mark that two reboot_marks.h give another number
 * @ours, @theirs: texts of both
 * A mark that only one of them has does not count. Pure.
 * Return: its name, to be freed; NULL when there is none.
 */
char *revision_marks_differ(const char *ours, const char *theirs);

#endif /* REVISION_H */
