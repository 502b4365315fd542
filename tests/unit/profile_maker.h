/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_maker.h - profiles of few call paths
 */
#ifndef PROFILE_MAKER_H
#define PROFILE_MAKER_H

#include <string.h>

#include "analysis/changed_functions.h"
#include "analysis/profile_functions.h"
#include "base/folder.h"
#include "base/path.h"

/* The node of a path "start_kernel;mem_init", which is made unless it is there. */
static inline struct call_node *profile_path(struct profile *p, const char *path)
{
	struct call_tree *t = &p->tree;
	uint32_t node = 0;

	while (*path) {
		char *name = strndup(path, strcspn(path, ";"));
		uint32_t next = 0;

		for (uint32_t i = 1; i < t->nodes.n; i++)
			if (t->nodes.at[i].parent == node &&
			    !strcmp(t->functions.at[t->nodes.at[i].function], name))
				next = i;
		node = next ? next : call_tree_add_node(t, node, call_tree_add_function(t, name));
		free(name);
		path += strcspn(path, ";");
		path += *path == ';';
	}
	return &t->nodes.at[node];
}

/* Adds instructions of one call of a path, which the exact clock has counted, too. */
static inline void profile_add(struct profile *p, enum phase phase, const char *path, uint64_t n)
{
	struct call_node *node = profile_path(p, path);

	node->instructions[phase] += n;
	node->calls[phase]++;
	if (p->clock[phase] < 0)
		p->clock[phase] = 0;
	p->clock[phase] += (int64_t)n;
}

/* Without anything in it; to be freed with profile_free(). */
static inline void profile_make(struct profile *p, const char *way)
{
	*p = (struct profile){ .way = strdup(way), .kernel = strdup("6.1.0-made") };
	for (int i = 0; i < PHASES; i++)
		p->clock[i] = -1;
	call_tree_begin(&p->tree);
}

/* Stores its functions as those of one way of a run, and frees it. */
static inline void profile_store(struct profile *p, const struct profile_of *of)
{
	CLEANUP_FREE char *path = profile_path_of(of), *folder = path_above(path, 1);
	struct error *err = NULL;

	call_tree_sort_functions(&p->tree);
	assert_int_equal(folder_make(folder, &err), 0);
	assert_int_equal(profile_functions_write(p, path, &err), 0);
	profile_free(p);
}

#endif /* PROFILE_MAKER_H */
