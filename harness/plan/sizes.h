/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sizes.h - how many lines each way is made of
 *
 * The rule stands in impls/README.md, "Sizes". What is pure is in sizes.c; only
 * sizes_count() reads files and runs the counter, cloc.
 */
#ifndef SIZES_H
#define SIZES_H

#include <jansson.h>

#include "base/vec.h"
#include "impl.h"
#include "portability.h"

struct size {
	char way[32];
	long kernel;			/* code lines of kernel files of its own, a module's too */
	long arch_dependent;		/* of these, for one architecture only */
	long assembly;			/* of these */
	long user;			/* code lines of its programs */
	long shared;			/* and of what those share with other ways */
	long stock_added, stock_removed;	/* lines of stock kernel files */
	struct portability parts;	/* of kernel; all 0 in what older runs recorded */
};

struct sizes {
	char counter[32];		/* "cloc 1.96"; "" when there was nothing to count */
	VEC(struct size) ways;
};

/*
 * sizes_add_cloc() - what belongs to one way in cloc's report
 * @to:		added to
 * @report:	of `cloc --json --by-file`; NULL: nothing was counted
 * @impl:	whose folder's files stand in it, by paths that begin with impl->dir
 * Return: 0; -EINVAL with *err set when impl.yaml names files that are not there.
 */
int sizes_add_cloc(struct size *to, json_t *report, const struct impl *impl, struct error **err);

/* The part of a file of cloc's report by its name; PARTS: it is no kernel file of the way. */
enum part sizes_part_of(const struct impl *impl, const char *path, const char *language);

/*
 * sizes_add_patch() - the lines of stock files that a unified diff adds and removes
 * Return: 0; -EINVAL with *err set for a text that is no whole diff.
 */
int sizes_add_patch(struct size *to, const char *diff, struct error **err);

/* The way's row, or NULL. */
const struct size *sizes_of(const struct sizes *sizes, const char *way);
/* {"counter": ..., "ways": [...]}, as results/README.md has it; a new reference. */
json_t *sizes_json(const struct sizes *sizes);
/* The other way round. Return: false, and nothing in *to, for anything else. */
bool sizes_from_json(struct sizes *to, const json_t *json);

/*
 * sizes_count() - counts every way of a list
 * @to:		empty; to be freed with sizes_free() whatever is returned
 * Return: 0; a negative errno with *err set: ERROR_HOST when cloc is missing.
 */
int sizes_count(struct sizes *to, const struct impl_list *impls, struct error **err);
void sizes_free(struct sizes *sizes);

#endif /* SIZES_H */
