/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * call_tree.h - how many instructions each call path executed in each phase. Pure.
 */
#ifndef CALL_TREE_H
#define CALL_TREE_H

#include "reboot/phase.h"

/* One call path, seen from its last function. */
struct call_node {
	uint32_t parent;		/* its index in nodes */
	uint32_t function;		/* index of its name in functions */
	uint64_t instructions[PHASES];	/* its own, without those of what it called */
	uint64_t calls[PHASES];
};

struct call_tree {
	VEC(char *) functions;		/* names */
	VEC(struct call_node) nodes;	/* the first is the root; parents come before children */
};

/* All of one function, whoever called it. */
struct call_sum {
	uint32_t function;
	uint64_t own;			/* instructions */
	uint64_t all;			/* ... with what it called; recursion counts once */
	uint64_t passed;		/* of all: what the largest callee of each path took */
	uint64_t calls;
};

/* Bits 1 << phase of every phase. */
#define CALL_TREE_ALL	((1u << PHASES) - 1)

/* A tree with its root, to be freed with call_tree_free(). */
void call_tree_begin(struct call_tree *t);
void call_tree_free(struct call_tree *t);

/* Adds one more function or node. Return: its index. The name is copied. */
uint32_t call_tree_add_function(struct call_tree *t, const char *name);
uint32_t call_tree_add_node(struct call_tree *t, uint32_t parent, uint32_t function);

/* Gives functions with the same name one index, in order of their names; the nodes follow. */
void call_tree_sort_functions(struct call_tree *t);

/*
 * call_tree_totals() - instructions of each node with all below it
 * @phases:	bits 1 << phase of those that count
 * Return: as many as there are nodes, to be freed.
 */
uint64_t *call_tree_totals(const struct call_tree *t, unsigned int phases);

/* The instructions of a node itself, in these phases. */
uint64_t call_node_own(const struct call_node *node, unsigned int phases);

/*
 * call_tree_sums() - all functions, whoever called them
 * Return: as many as there are functions, in their order, to be freed.
 */
struct call_sum *call_tree_sums(const struct call_tree *t, unsigned int phases);

/*
 * call_tree_callees() - the same of what one function called directly, with all below it
 * Return: as many as there are functions, to be freed; NULL when there is no such caller.
 */
struct call_sum *call_tree_callees(const struct call_tree *t, const char *caller,
				   unsigned int phases);

/* qsort() order: most own instructions first; most with what they called first. */
int call_sum_compare_own(const void *a, const void *b);
int call_sum_compare_all(const void *a, const void *b);

#endif /* CALL_TREE_H */
