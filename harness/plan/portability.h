/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * portability.h - which lines of a way are for which architectures and versions of Linux
 *
 * The rule stands in impls/README.md, "Portability". Pure.
 */
#ifndef PORTABILITY_H
#define PORTABILITY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* A kernel line is in one of these. */
enum part { PART_COMMON, PART_X86, PART_I386, PART_X86_64, PART_VERSIONS, PARTS };

#define HOOKS_MOST 8

/* What hooks/VERSION.patch does to stock files. */
struct hook {
	char version[16];
	long touched;		/* lines added and removed */
	long differ;		/* of these, not in the patch of every version */
};

struct portability {
	long lines[PARTS];
	struct hook hooks[HOOKS_MOST];	/* the oldest version first */
	unsigned int hook_count;
};

/* The part of a whole file by its name; @arch_dependent: it is for x86 only. */
enum part portability_of_file(const char *path, bool arch_dependent);

/*
 * portability_split() - moves lines in conditions on architecture or version to their parts
 * @of:		the part that all lines of the file have been added to
 * @text:	the file, C or assembly
 */
void portability_split(struct portability *p, enum part of, const char *text);

/*
 * portability_set_hooks() - compares the patches of all versions
 * @versions, @diffs:	of n patches, the oldest version first; whole unified diffs
 */
void portability_set_hooks(struct portability *p, const char *const versions[],
			   const char *const diffs[], unsigned int n);

/* The patch that a version uses: its own or the nearest older one's; NULL when it has none. */
const struct hook *portability_hook(const struct portability *p, const char *version);

/* All lines. */
long portability_total(const struct portability *p);

/* {"common": ..., "hooks": [...]}, as results/README.md has it; a new reference. */
json_t *portability_json(const struct portability *p);
/* The other way round. Return: false for anything else, such as what older runs have: nothing. */
bool portability_from_json(struct portability *p, const json_t *json);

#endif /* PORTABILITY_H */
