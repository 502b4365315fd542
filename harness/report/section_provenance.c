// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_provenance.c - on what, from what and when the figures were made
 */
#include "base/json.h"
#include "sections.h"

#include <string.h>

#include "markdown.h"
#include "safe_text.h"

char *provenance_key(const char *above, const char *key)
{
	char *both = NULL;

	if (asprintf(&both, "%s%s%s", above, *above ? "." : "", key) < 0)
		abort();
	return both;
}

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

static void put_value(struct md_table *t, const char *key, json_t *value)
{
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	put_inline(f, value);
	if (fclose(f) != 0)
		abort();
	md_cell(t, "%s", key);
	md_cell(t, "%s", *text ? text : "–");
}

/* A row for each item: lists of images or chains are longer than a line. */
static void put_list(struct md_table *t, const char *key, json_t *list)
{
	json_t *item;
	size_t i;

	json_array_foreach(list, i, item) {
		CLEANUP_FREE char *numbered = NULL;

		if (asprintf(&numbered, "%s %zu", key, i + 1) < 0)
			abort();
		put_value(t, numbered, item);
	}
}

/* One row a leaf: objects within objects are told by their path. */
static void put_object(struct md_table *t, const char *above, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value) {
		CLEANUP_FREE char *path = provenance_key(above, key);

		if (json_is_object(value))
			put_object(t, path, value);
		else if (json_is_array(value) && json_is_object(json_array_get(value, 0)))
			put_list(t, path, value);
		else
			put_value(t, path, value);
	}
}

static void row(struct md_table *t, const char *key, const char *value)
{
	md_cell(t, "%s", key);
	md_cell(t, "%s", *value ? value : "–");
}

/* Which kernels came up, and how often. */
static void put_kernels(struct md_table *t, const struct report *r)
{
	size_t i, k;

	for (i = 0; i < r->samples.n; i++) {
		const char *kernel = r->samples.at[i].kernel;
		size_t times = 0;
		bool seen = false;

		for (k = 0; k < r->samples.n; k++) {
			if (strcmp(r->samples.at[k].kernel, kernel) != 0)
				continue;
			seen |= k < i;
			times++;
		}
		if (seen || !*kernel)
			continue;
		md_cell(t, "kernel that came up");
		md_cell(t, "%s (%zu reboots)", kernel, times);
	}
}

void section_provenance(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "what", "value" };
	const char *text = r->run->provenance_json ? r->run->provenance_json : "{}";
	CLEANUP_JSON json_t *json = json_loads(text, 0, NULL);
	struct md_table *t = md_table_new("ll", headers);

	md_heading(f, 2, "Provenance");
	row(t, "run", r->run->name);
	row(t, "scenario", r->run->scenario);
	row(t, "started", r->run->started);
	row(t, "ended", r->run->ended);
	row(t, "state", r->run->state);
	if (r->samples.n) {
		row(t, "architecture", r->samples.at[0].arch);
		row(t, "accelerator", r->samples.at[0].accel);
		row(t, "clock", r->samples.at[0].clock);
	}
	put_kernels(t, r);
	/* A comparison has a part of its own. */
	json_object_del(json, "versus");
	if (json_is_object(json))
		put_object(t, "", json);
	md_table_end(t, f);
	if (r->run->scenario_yaml && *r->run->scenario_yaml) {
		CLEANUP_FREE char *yaml = safe_text(r->run->scenario_yaml,
						    strlen(r->run->scenario_yaml), true);

		md_heading(f, 3, "The scenario as it was run");
		md_verbatim(f, yaml);
	}
}
