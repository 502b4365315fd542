// SPDX-License-Identifier: GPL-2.0-only
/*
 * provenance_facts.c - a run's provenance as facts of one line each
 */
#include "provenance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A value on one line: strings bare, objects as "key value, key value". */
static void put_inline(FILE *f, json_t *value)
{
	CLEANUP_FREE char *text = NULL;
	const char *key, *comma = "";
	json_t *member;

	if (json_is_string(value)) {
		fputs(json_string_value(value), f);
	} else if (json_is_object(value)) {
		json_object_foreach(value, key, member) {
			fprintf(f, "%s%s ", comma, key);
			put_inline(f, member);
			comma = ", ";
		}
	} else {
		text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
		fputs(text ? text : "", f);
	}
}

static void visit(const char *path, json_t *value, provenance_fact_fn fn, void *arg)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	put_inline(f, value);
	if (fclose(f) != 0)
		abort();
	fn(arg, path, json_is_null(value) ? NULL : text);
}

/* Lists of images or chains are longer than a line: each item is a fact. */
static void visit_list(const char *path, json_t *list, provenance_fact_fn fn, void *arg)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		CLEANUP_FREE char *numbered = NULL;

		if (asprintf(&numbered, "%s %zu", path, i + 1) < 0)
			abort();
		visit(numbered, item, fn, arg);
	}
}

static void visit_object(const char *above, json_t *object, provenance_fact_fn fn, void *arg)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		CLEANUP_FREE char *path = NULL;

		if (!*above && (!strcmp(key, "versus") || !strcmp(key, "hints")))
			continue;
		if (asprintf(&path, "%s%s%s", above, *above ? "." : "", key) < 0)
			abort();
		if (json_is_object(value))
			visit_object(path, value, fn, arg);
		else if (json_is_array(value) && json_is_object(json_array_get(value, 0)))
			visit_list(path, value, fn, arg);
		else
			visit(path, value, fn, arg);
	}
}

void provenance_each(const struct provenance *p, provenance_fact_fn fn, void *arg)
{
	visit_object("", p->json, fn, arg);
}
