// SPDX-License-Identifier: GPL-2.0-only
/*
 * model_class.c - ways with hints and ways without, and the one that a report is about
 *
 * Hints save a new kernel work that is no part of the way to it, so a way with them is never ranked
 * with one without. The groups of a model are sorted by class: a class is a slice of them.
 */
#include "model.h"

#include <string.h>

#include "plan/scenario.h"

/* The way that the project is about, when a run has it. */
#define SUBJECT "lobos"

bool report_is_hinted(const struct report_group *g)
{
	return *g->hints;
}

/* How many of the groups are without hints: they stand first. */
static size_t plain_groups(const struct report *r)
{
	size_t n = 0;

	while (n < r->groups.n && !report_is_hinted(&r->groups.at[n]))
		n++;
	return n;
}

static bool is_mixed(const struct report *r)
{
	size_t plain = plain_groups(r);

	return plain && plain < r->groups.n;
}

bool report_has_classes(const struct report *r)
{
	return is_mixed(r) || (r->exact && is_mixed(r->exact));
}

struct report report_class(const struct report *r, enum report_class class)
{
	static const char *const among[] = {
		[REPORT_PLAIN] = " without hints", [REPORT_HINTED] = " with hints",
	};
	size_t plain = plain_groups(r);
	struct report part = *r;

	if (is_mixed(r))
		part.among = among[class];
	if (class == REPORT_HINTED)
		part.groups.at += plain;
	part.groups.n = class == REPORT_HINTED ? r->groups.n - plain : plain;
	return part;
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
