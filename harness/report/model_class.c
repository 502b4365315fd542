// SPDX-License-Identifier: GPL-2.0-only
/*
 * model_class.c - ways that are ranked together, and the one that a report is about
 *
 * Hints save a new kernel work that is no part of the way to it, so a way with them is never ranked
 * with one without; and how long a kernel takes to start is no part of the way to it either. The groups
 * of a model are sorted by class: a class is a slice of them.
 */
#include "model_private.h"

#include <string.h>

#include "markdown.h"
#include "plan/scenario.h"

/* The way that the project is about, when a run has it. */
#define SUBJECT "lobos"

/* A kernel, and how many reboots after its start a machine is led to it. */
struct kernel {
	const char *build;
	int place;
};

typedef VEC(struct kernel) kernel_vec;

static int by_place(const void *a, const void *b)
{
	const struct kernel *x = a, *y = b;

	return x->place != y->place ? (x->place > y->place) - (x->place < y->place) :
				      strcmp(x->build, y->build);
}

static void add_kernel(kernel_vec *kernels, const struct sample *s)
{
	struct kernel new = { s->build, s->index };

	for (size_t i = 0; i < kernels->n; i++)
		if (!strcmp(kernels->at[i].build, s->build)) {
			if (s->index < kernels->at[i].place)
				kernels->at[i].place = s->index;
			return;
		}
	vec_push(kernels, new);
}

/* What an older sample did not keep is as in the others of its run. */
static kernel_vec kernels_of(const sample_vec *samples)
{
	kernel_vec kernels = { 0 };
	const struct kernel unknown = { "", 0 };

	for (size_t i = 0; i < samples->n; i++)
		if (*samples->at[i].build)
			add_kernel(&kernels, &samples->at[i]);
	if (!kernels.n)
		vec_push(&kernels, unknown);
	qsort(kernels.at, kernels.n, sizeof(kernels.at[0]), by_place);
	return kernels;
}

static bool is_of(const struct report_class *class, const struct sample *s)
{
	return class->hinted == (*s->hints != 0) && (!*s->build || !strcmp(class->build, s->build));
}

report_class_vec model_classes(const sample_vec *samples)
{
	kernel_vec kernels = kernels_of(samples);
	report_class_vec classes = { 0 };

	for (size_t k = 0; k < 2 * kernels.n; k++) {
		struct report_class class = { .hinted = k % 2 };
		bool any = false;

		snprintf(class.build, sizeof(class.build), "%s", kernels.at[k / 2].build);
		for (size_t i = 0; i < samples->n; i++)
			any |= is_of(&class, &samples->at[i]);
		if (any)
			vec_push(&classes, class);
	}
	vec_free(&kernels);
	return classes;
}

size_t model_class_of(const report_class_vec *classes, const struct sample *s)
{
	size_t i = 0;

	while (i < classes->n && !is_of(&classes->at[i], s))
		i++;
	return i;
}

bool report_is_hinted(const struct report_group *g)
{
	return *g->hints;
}

bool report_begins_way(const struct report *r, const struct report_group *g)
{
	for (const struct report_group *before = r->groups.at; before < g; before++)
		if (!strcmp(before->way, g->way) && !strcmp(before->variant, g->variant))
			return false;
	return true;
}

static bool same_kernel(const struct report *r, size_t a, size_t b)
{
	return !strcmp(r->classes.at[a].build, r->classes.at[b].build);
}

bool report_begins_kernel(const struct report *r, size_t class)
{
	return !class || !same_kernel(r, class, class - 1);
}

bool report_has_kernels(const struct report *r)
{
	return r->classes.n && !same_kernel(r, 0, r->classes.n - 1);
}

bool report_has_hints_and_none(const struct report *r)
{
	size_t hinted = 0;

	for (size_t i = 0; i < r->classes.n; i++)
		hinted += r->classes.at[i].hinted;
	return hinted && hinted < r->classes.n;
}

/* The model as it is of the classes of one kernel from the one to before the other. */
static struct report slice(const struct report *r, size_t from, size_t to)
{
	CLEANUP_FREE char *build = md_escaped(r->classes.at[from].build);
	struct report part = *r;
	size_t first = 0, behind;

	if (report_has_kernels(r))
		snprintf(part.among, sizeof(part.among), " to %s", build);
	while (first < r->groups.n && r->groups.at[first].class < from)
		first++;
	for (behind = first; behind < r->groups.n && r->groups.at[behind].class < to;)
		behind++;
	if (r->groups.n)
		part.groups.at += first;
	part.groups.n = behind - first;
	return part;
}

struct report report_class(const struct report *r, size_t class)
{
	struct report part = slice(r, class, class + 1);
	size_t n = strlen(part.among);

	if (report_has_hints_and_none(r))
		snprintf(part.among + n, sizeof(part.among) - n, "%s",
			 r->classes.at[class].hinted ? " with hints" : " without hints");
	return part;
}

struct report report_kernel(const struct report *r, size_t class)
{
	size_t behind = class + 1;

	while (behind < r->classes.n && same_kernel(r, class, behind))
		behind++;
	return slice(r, class, behind);
}

/* Nothing but its way and its hints tells it from others. */
static bool is_default(const struct report_group *g)
{
	return !strcmp(g->variant, report_is_hinted(g) ? SCENARIO_HINTED : "");
}

const struct report_group *report_subject(const struct report *r)
{
	const struct report_group *found = NULL;
	size_t i;

	for (i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];

		if (g->n == 0 || strcmp(g->way, SUBJECT) != 0)
			continue;
		if (!found || (report_is_hinted(g) == report_is_hinted(found) && is_default(g)))
			found = g;
	}
	for (i = 0; i < r->groups.n && !found; i++)
		if (r->groups.at[i].n)
			found = &r->groups.at[i];
	return found;
}
