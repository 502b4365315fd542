// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile_functions.c - the functions of a profile by name, and what differs between two profiles
 */
#include "profile_functions.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"

void profile_functions_of(const struct profile *p, profile_function_vec *to)
{
	size_t n = p->tree.functions.n, first = to->n;

	/* The root has no name, so it is the first. */
	for (size_t i = 1; i < n; i++) {
		struct profile_function f = { .name = strdup(p->tree.functions.at[i]) };

		if (!f.name)
			abort();
		vec_push(to, f);
	}
	for (enum phase phase = 0; phase < PHASES; phase++) {
		CLEANUP_FREE struct call_sum *sums = call_tree_sums(&p->tree, 1u << phase);

		for (size_t i = 1; i < n; i++) {
			struct profile_function *f = &to->at[first + i - 1];

			f->own[phase] = sums[i].own;
			f->all[phase] = sums[i].all;
			f->calls[phase] = sums[i].calls;
		}
	}
}

void profile_functions_free(profile_function_vec *functions)
{
	for (size_t i = 0; i < functions->n; i++)
		free(functions->at[i].name);
	vec_free(functions);
}

static json_t *json_of_phase(const struct profile *p, const profile_function_vec *functions,
			     enum phase phase)
{
	json_t *list = json_array();

	for (size_t i = 0; i < functions->n; i++) {
		const struct profile_function *f = &functions->at[i];

		if (f->all[phase])
			json_array_append_new(list, json_pack("{s:o, s:I, s:I, s:I}", "function",
							      json_text(f->name), "own",
							      (json_int_t)f->own[phase], "all",
							      (json_int_t)f->all[phase], "calls",
							      (json_int_t)f->calls[phase]));
	}
	return json_pack("{s:s, s:I, s:I, s:I, s:o}", "phase", phase_name(phase), "clock",
			 (json_int_t)p->clock[phase], "counted",
			 (json_int_t)profile_counted(p, 1u << phase), "page_faults",
			 (json_int_t)p->faults[phase], "functions", list);
}

int profile_functions_write(const struct profile *p, const char *path, struct error **err)
{
	CLEANUP(profile_functions_free) profile_function_vec functions = { 0 };
	const struct profile_paths *q = &p->paths;
	json_t *phases = json_array();
	CLEANUP_JSON json_t *all = NULL;

	profile_functions_of(p, &functions);
	for (enum phase phase = 0; phase < PHASES; phase++)
		if (p->clock[phase] >= 0)
			json_array_append_new(phases, json_of_phase(p, &functions, phase));
	all = json_pack("{s:i, s:o, s:o, s:{s:I, s:I, s:I, s:I, s:I}, s:o}", "schema",
			PROFILE_SCHEMA, "way", json_text(p->way), "kernel", json_text(p->kernel),
			"paths", "calls", (json_int_t)q->calls, "returns", (json_int_t)q->returns,
			"odd", (json_int_t)q->odd, "lost", (json_int_t)q->lost, "cut",
			(json_int_t)q->cut, "phases", phases);
	return json_write(path, all, JSON_INDENT(1), err);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(((const struct profile_function *)a)->name,
		      ((const struct profile_function *)b)->name);
}

/* One line of the file: a function in one phase. */
static void take_function(profile_function_vec *to, const json_t *json, enum phase phase)
{
	struct profile_function f = { .name = strdup(json_text_at(json, "function")) };

	if (!f.name)
		abort();
	f.own[phase] = (uint64_t)json_int_at(json, "own");
	f.all[phase] = (uint64_t)json_int_at(json, "all");
	f.calls[phase] = (uint64_t)json_int_at(json, "calls");
	vec_push(to, f);
}

/* Sorts them and makes one of those with the same name. */
static void merge(profile_function_vec *v)
{
	size_t kept = 0;

	if (v->n)
		qsort(v->at, v->n, sizeof(*v->at), compare_names);
	for (size_t i = 0; i < v->n; i++) {
		struct profile_function *f = &v->at[i], *last = kept ? &v->at[kept - 1] : NULL;

		if (!last || strcmp(last->name, f->name)) {
			v->at[kept++] = *f;
			continue;
		}
		for (int p = 0; p < PHASES; p++) {
			last->own[p] += f->own[p];
			last->all[p] += f->all[p];
			last->calls[p] += f->calls[p];
		}
		free(f->name);
	}
	v->n = kept;
}

int profile_functions_read(const char *path, profile_function_vec *to, struct error **err)
{
	json_error_t wrong;
	CLEANUP_JSON json_t *all = json_load_file(path, 0, &wrong);
	const json_t *phases = json_object_get(all, "phases"), *phase, *function;
	size_t i, k;

	if (!all)
		return error_set(err, ERROR_HOST, 0, "%s: %s", path, wrong.text);
	if (json_int_at(all, "schema") != PROFILE_SCHEMA)
		return error_set(err, ERROR_HOST, EPROTO, "%s: not a profile of schema %d", path,
				 PROFILE_SCHEMA);
	for (i = 0; (phase = json_array_get(phases, i)); i++) {
		enum phase p = phase_from_name(json_text_at(phase, "phase"));
		const json_t *functions = json_object_get(phase, "functions");

		for (k = 0; p < PHASES && (function = json_array_get(functions, k)); k++)
			take_function(to, function, p);
	}
	merge(to);
	return 0;
}

void profile_changes(const profile_function_vec *before, const profile_function_vec *after,
		     profile_change_vec *to)
{
	size_t i = 0, k = 0;

	while (i < before->n || k < after->n) {
		int order = i == before->n ? 1 : k == after->n ? -1 :
			    strcmp(before->at[i].name, after->at[k].name);
		struct profile_change change = {
			.before = order <= 0 ? &before->at[i++] : NULL,
			.after = order >= 0 ? &after->at[k++] : NULL,
		};

		vec_push(to, change);
	}
}

const char *profile_change_name(const struct profile_change *c)
{
	return c->before ? c->before->name : c->after->name;
}

static int64_t sum(const uint64_t *counts, unsigned int phases)
{
	uint64_t n = 0;

	for (int p = 0; p < PHASES; p++)
		if (phases & 1u << p)
			n += counts[p];
	return (int64_t)n;
}

int64_t profile_change_own(const struct profile_change *c, unsigned int phases)
{
	return (c->after ? sum(c->after->own, phases) : 0) -
	       (c->before ? sum(c->before->own, phases) : 0);
}

int64_t profile_change_all(const struct profile_change *c, unsigned int phases)
{
	return (c->after ? sum(c->after->all, phases) : 0) -
	       (c->before ? sum(c->before->all, phases) : 0);
}

struct order {
	bool all;
	unsigned int phases;
};

static int compare_changes(const void *left, const void *right, void *arg)
{
	const struct order *o = arg;
	int64_t a = o->all ? profile_change_all(left, o->phases) : profile_change_own(left, o->phases);
	int64_t b = o->all ? profile_change_all(right, o->phases) : profile_change_own(right, o->phases);

	if (imaxabs(a) != imaxabs(b))
		return imaxabs(a) > imaxabs(b) ? -1 : 1;
	return strcmp(profile_change_name(left), profile_change_name(right));
}

void profile_changes_sort(profile_change_vec *changes, bool all, unsigned int phases)
{
	struct order order = { .all = all, .phases = phases };

	if (changes->n)
		qsort_r(changes->at, changes->n, sizeof(*changes->at), compare_changes, &order);
}
