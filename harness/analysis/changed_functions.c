// SPDX-License-Identifier: GPL-2.0-only
/*
 * changed_functions.c - the functions that two stored profiles of a way differ in most
 */
#include "changed_functions.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/json.h"
#include "base/text.h"
#include "plan/scenario.h"
#include "profile_functions.h"
#include "words.h"

#define LEAST_SHARE	0.1

char *profile_path_of(const struct profile_of *of)
{
	const struct scenario_way way = { .way = (char *)of->way, .variant = (char *)of->variant };
	CLEANUP_FREE char *name = scenario_way_name(&way);

	return text_format("%s/%s/profile/%s.json", of->results, of->run, name);
}

static bool read_one(const struct profile_of *of, profile_function_vec *to)
{
	CLEANUP_FREE char *path = profile_path_of(of);
	CLEANUP_ERROR struct error *none = NULL;

	return !profile_functions_read(path, to, &none);
}

static void take(struct changed_functions *to, const profile_change_vec *changes,
		 unsigned int phases)
{
	double most = 0;

	for (size_t i = 0; i < changes->n && to->n < CHANGED_FUNCTIONS; i++) {
		int64_t more = profile_change_own(&changes->at[i], phases);

		if (!i)
			most = fabs((double)more);
		if (!more || fabs((double)more) < LEAST_SHARE * most)
			break;
		snprintf(to->at[to->n].name, sizeof(to->at[to->n].name), "%s",
			 profile_change_name(&changes->at[i]));
		to->at[to->n++].more = more;
	}
}

struct changed_functions changed_functions(const struct profile_of *a, const struct profile_of *b,
					   enum phase phase)
{
	unsigned int phases = phase == PHASES ? CALL_TREE_ALL : 1u << phase;
	CLEANUP(profile_functions_free) profile_function_vec before = { 0 }, after = { 0 };
	struct changed_functions changed = { .n = 0 };
	profile_change_vec changes = { 0 };

	if (!read_one(a, &before) || !read_one(b, &after))
		return changed;
	profile_changes(&before, &after, &changes);
	profile_changes_sort(&changes, false, phases);
	take(&changed, &changes, phases);
	vec_free(&changes);
	return changed;
}

char *changed_functions_words(const struct changed_functions *c)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t i = 0; i < c->n; i++)
		fprintf(f, "%s%s %c%s", i ? ", " : "", c->at[i].name, c->at[i].more < 0 ? '-' : '+',
			words_count((double)imaxabs(c->at[i].more)).s);
	fclose(f);
	return text;
}

json_t *changed_functions_json(const struct changed_functions *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->n; i++)
		json_array_append_new(all, json_pack("{s:o, s:I}", "function",
						     json_text(c->at[i].name), "instructions",
						     (json_int_t)c->at[i].more));
	return all;
}
