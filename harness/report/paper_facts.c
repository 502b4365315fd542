// SPDX-License-Identifier: GPL-2.0-only
/*
 * paper_facts.c - what a report knows beside its samples, read from where it lies
 */
#include "paper_facts.h"

#include <string.h>


/* The kernel that came up in the run's reboots; "" while none did. */
static const char *kernel_of(const struct report *r)
{
	for (size_t i = 0; i < r->samples.n; i++)
		if (sample_succeeded(&r->samples.at[i]))
			return r->samples.at[i].kernel;
	return "";
}

static char *run_folder(const struct settings *global, const struct report *r)
{
	char *dir;

	if (asprintf(&dir, "%s/%s", global->results, r->run->name) < 0)
		abort();
	return dir;
}

/* True for the first group of its way. */
static bool begins_way(const struct report *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(r->groups.at[k].way, r->groups.at[i].way))
			return false;
	return true;
}

static void read_witnessed(struct paper_facts *facts, const struct settings *global,
			   const struct report *r)
{
	CLEANUP_FREE char *dir = run_folder(global, r);

	for (size_t i = 0; i < r->groups.n; i++) {
		const char *way = r->groups.at[i].way;
		struct witnessed seen;

		if (!begins_way(r, i))
			continue;
		witnessed_read(&seen, way, dir, kernel_of(r));
		if (seen.state == WITNESS_MISSING)
			witnessed_read(&seen, way, global->results, kernel_of(r));
		vec_push(&facts->witnessed, seen);
	}
}

struct paper_facts *paper_facts_read(const struct settings *global, const struct report *r)
{
	struct paper_facts *facts = calloc(1, sizeof(*facts));
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *impls = NULL;

	if (!facts || asprintf(&impls, "%s/impls", global->top) < 0)
		abort();
	facts->impls = impl_list_load(impls, &err);
	if (!facts->impls) {
		facts->trouble = strdup(err->message);
		if (!facts->trouble)
			abort();
	}
	sizes_from_json(&facts->sizes, r->provenance->sizes);
	read_witnessed(facts, global, r);
	return facts;
}

void paper_facts_free(struct paper_facts *facts)
{
	impl_list_free(facts->impls);
	free(facts->trouble);
	sizes_free(&facts->sizes);
	vec_free(&facts->witnessed);
	free(facts);
}

int paper_facts_keep(const struct settings *global, const struct report *r, struct error **err)
{
	CLEANUP_FREE char *dir = run_folder(global, r);
	int rc = 0;

	for (size_t i = 0; !rc && i < r->groups.n; i++)
		if (begins_way(r, i))
			rc = witnessed_keep(r->groups.at[i].way, global->results, dir,
					    kernel_of(r), err);
	return rc;
}
