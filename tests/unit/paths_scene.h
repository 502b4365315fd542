/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paths_scene.h - a machine that is made up block by block, and the call paths that it has
 */
#ifndef PATHS_SCENE_H
#define PATHS_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "witness/paths.h"

#define STACK_A		0xc2002000	/* tops of two stacks of 8 KiB */
#define STACK_B		0xc4004000

static struct path_function start = { .name = "start" }, one = { .name = "one" },
	two = { .name = "two" };

/* A machine: how far it is, and its paths. */
struct machine {
	struct paths paths;
	uint64_t now;
};

static inline int set_up(void **state)
{
	struct machine *m = calloc(1, sizeof(*m));

	paths_begin(&m->paths, 13);
	*state = m;
	return 0;
}

static inline int tear_down(void **state)
{
	paths_free(&((struct machine *)*state)->paths);
	free(*state);
	return 0;
}

/* A block of 10 instructions of the kernel. */
static inline void block(struct machine *m, struct path_function *f)
{
	if (m->paths.running != f)
		paths_block(&m->paths, f, false, NULL, m->now);
	m->now += 10;
}

/* The same where an interrupt or a system call enters. */
static inline void entry(struct machine *m, struct path_function *f, struct path_function *program)
{
	paths_block(&m->paths, f, true, program, m->now);
	m->now += 10;
}

static inline void program(struct machine *m, struct path_function *f)
{
	paths_outside(&m->paths, f, m->now);
	m->now += 10;
}

static inline void call(struct machine *m, uint64_t slot)
{
	paths_call(&m->paths, slot, m->now);
}

static inline void ret(struct machine *m, uint64_t slot)
{
	paths_return(&m->paths, slot, m->now);
}

static inline void iret(struct machine *m)
{
	paths_interrupt_return(&m->paths, m->now);
}

static inline struct path_node *below(struct path_node *node, const char *name, size_t length)
{
	for (struct path_node *n = node->below; n; n = n->beside)
		if (strlen(n->function->name) == length && !strncmp(n->function->name, name, length))
			return n;
	return NULL;
}

/* Instructions of a path "start;one;two"; -1: there is none. */
static inline int64_t counted(struct machine *m, const char *path)
{
	struct path_node *node = &m->paths.root;

	paths_count(&m->paths, m->now);
	for (; node && *path; path += strcspn(path, ";"), path += *path == ';')
		node = below(node, path, strcspn(path, ";"));
	return node ? (int64_t)node->instructions : -1;
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif /* PATHS_SCENE_H */
