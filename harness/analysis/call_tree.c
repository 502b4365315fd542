// SPDX-License-Identifier: GPL-2.0-only
/*
 * call_tree.c - how many instructions each call path executed in each phase
 */
#include "call_tree.h"

#include <string.h>

static void *zeroed(size_t n, size_t size)
{
	void *memory = calloc(n ? n : 1, size);

	if (!memory)
		abort();
	return memory;
}

void call_tree_begin(struct call_tree *t)
{
	*t = (struct call_tree){ 0 };
	call_tree_add_node(t, 0, call_tree_add_function(t, ""));
}

void call_tree_free(struct call_tree *t)
{
	for (size_t i = 0; i < t->functions.n; i++)
		free(t->functions.at[i]);
	vec_free(&t->functions);
	vec_free(&t->nodes);
}

uint32_t call_tree_add_function(struct call_tree *t, const char *name)
{
	char *copy = strdup(name);

	if (!copy)
		abort();
	vec_push(&t->functions, copy);
	return (uint32_t)(t->functions.n - 1);
}

uint32_t call_tree_add_node(struct call_tree *t, uint32_t parent, uint32_t function)
{
	struct call_node node = { .parent = parent, .function = function };

	vec_push(&t->nodes, node);
	return (uint32_t)(t->nodes.n - 1);
}

struct named {
	char *name;
	uint32_t index;
};

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->name, ((const struct named *)b)->name);
}

void call_tree_sort_functions(struct call_tree *t)
{
	size_t n = t->functions.n, kept = 0;
	struct named *named = zeroed(n, sizeof(*named));
	uint32_t *now = zeroed(n, sizeof(*now));

	for (size_t i = 0; i < n; i++)
		named[i] = (struct named){ t->functions.at[i], (uint32_t)i };
	qsort(named, n, sizeof(*named), compare_names);
	for (size_t i = 0; i < n; i++) {
		if (kept && !strcmp(t->functions.at[kept - 1], named[i].name))
			free(named[i].name);
		else
			t->functions.at[kept++] = named[i].name;
		now[named[i].index] = (uint32_t)(kept - 1);
	}
	t->functions.n = kept;
	for (size_t i = 0; i < t->nodes.n; i++)
		t->nodes.at[i].function = now[t->nodes.at[i].function];
	free(named);
	free(now);
}

static uint64_t in_phases(const uint64_t *counts, unsigned int phases)
{
	uint64_t sum = 0;

	for (int p = 0; p < PHASES; p++)
		if (phases & 1u << p)
			sum += counts[p];
	return sum;
}

uint64_t call_node_own(const struct call_node *node, unsigned int phases)
{
	return in_phases(node->instructions, phases);
}

uint64_t *call_tree_totals(const struct call_tree *t, unsigned int phases)
{
	uint64_t *totals = zeroed(t->nodes.n, sizeof(*totals));

	for (size_t i = t->nodes.n; i-- > 0; ) {
		totals[i] += call_node_own(&t->nodes.at[i], phases);
		if (i)
			totals[t->nodes.at[i].parent] += totals[i];
	}
	return totals;
}

/* Whether a function is above one of its own calls. */
static bool is_recursion(const struct call_tree *t, const struct call_node *node)
{
	uint32_t function = node->function;

	while (node != t->nodes.at) {
		node = &t->nodes.at[node->parent];
		if (node->function == function)
			return true;
	}
	return false;
}

static struct call_sum *no_sums(const struct call_tree *t)
{
	struct call_sum *sums = zeroed(t->functions.n, sizeof(*sums));

	for (size_t i = 0; i < t->functions.n; i++)
		sums[i].function = (uint32_t)i;
	return sums;
}

/* What each node's largest child took with all below it, to be freed. */
static uint64_t *largest_children(const struct call_tree *t, const uint64_t *totals)
{
	uint64_t *largest = zeroed(t->nodes.n, sizeof(*largest));

	for (size_t i = 1; i < t->nodes.n; i++) {
		uint32_t parent = t->nodes.at[i].parent;

		if (totals[i] > largest[parent])
			largest[parent] = totals[i];
	}
	return largest;
}

struct call_sum *call_tree_sums(const struct call_tree *t, unsigned int phases)
{
	struct call_sum *sums = no_sums(t);
	uint64_t *totals = call_tree_totals(t, phases);
	uint64_t *largest = largest_children(t, totals);

	for (size_t i = 0; i < t->nodes.n; i++) {
		const struct call_node *node = &t->nodes.at[i];
		struct call_sum *sum = &sums[node->function];

		if (!totals[i])
			continue;
		sum->own += call_node_own(node, phases);
		sum->calls += in_phases(node->calls, phases);
		if (is_recursion(t, node))
			continue;
		sum->all += totals[i];
		sum->passed += largest[i];
	}
	free(totals);
	free(largest);
	return sums;
}

struct call_sum *call_tree_callees(const struct call_tree *t, const char *caller,
				   unsigned int phases)
{
	struct call_sum *sums;
	uint64_t *totals;
	uint32_t function = 0;

	while (function < t->functions.n && strcmp(t->functions.at[function], caller))
		function++;
	if (function == t->functions.n)
		return NULL;
	sums = no_sums(t);
	totals = call_tree_totals(t, phases);
	for (size_t i = 1; i < t->nodes.n; i++) {
		const struct call_node *node = &t->nodes.at[i];

		if (t->nodes.at[node->parent].function != function || !totals[i])
			continue;
		sums[node->function].own += call_node_own(node, phases);
		sums[node->function].all += totals[i];
		sums[node->function].calls += in_phases(node->calls, phases);
	}
	free(totals);
	return sums;
}

int call_sum_compare_own(const void *left, const void *right)
{
	const struct call_sum *a = left, *b = right;

	if (a->own != b->own)
		return a->own > b->own ? -1 : 1;
	return a->function < b->function ? -1 : a->function > b->function;
}

int call_sum_compare_all(const void *left, const void *right)
{
	const struct call_sum *a = left, *b = right;

	if (a->all != b->all)
		return a->all > b->all ? -1 : 1;
	return call_sum_compare_own(a, b);
}
