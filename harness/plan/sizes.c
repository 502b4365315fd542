// SPDX-License-Identifier: GPL-2.0-only
/*
 * sizes.c - the rule by which lines are added up
 */
#include "sizes.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "diff.h"

/* Languages of cloc in which something is done; not those of build files and texts. */
static bool is_program(const char *language)
{
	static const char *const programs[] = { "C", "C/C++ Header", "Assembly", "Bourne Shell" };

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (!strcmp(programs[i], language))
			return true;
	return false;
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static bool is_arch_dependent(const struct impl *impl, const char *path, const char *language)
{
	if (begins(path, "files/arch/") || !strcmp(language, "Assembly"))
		return true;
	if (!begins(path, "module/"))
		return false;
	for (unsigned int i = 0; i < impl->sizes.arch_dependent_count; i++)
		if (!strcmp(impl->sizes.arch_dependent[i], path))
			return true;
	return portability_of_file(path, true) != PART_X86;
}

/* One file of the way's own folder. */
static void add_own(struct size *to, const struct impl *impl, const char *path,
		    const char *language, long code)
{
	if (begins(path, "user/")) {
		to->user += code;
	} else if (begins(path, "files/") || begins(path, "module/")) {
		bool arch_dependent = is_arch_dependent(impl, path, language);

		to->kernel += code;
		to->parts.lines[portability_of_file(path, arch_dependent)] += code;
		if (arch_dependent)
			to->arch_dependent += code;
		if (!strcmp(language, "Assembly"))
			to->assembly += code;
	}
}

/* A path below dir, or NULL. */
static const char *below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return !strncmp(path, dir, n) && path[n] == '/' ? path + n + 1 : NULL;
}

static bool is_shared(const struct impl *impl, const char *path)
{
	for (unsigned int i = 0; i < impl->sizes.shared_count; i++) {
		CLEANUP_FREE char *dir = NULL;

		if (asprintf(&dir, "%s/%s", impl->dir, impl->sizes.shared[i]) < 0)
			abort();
		if (below(path, dir))
			return true;
	}
	return false;
}

/* What impl.yaml names must be there, or a file that was renamed would silently change column. */
static int check_names(json_t *report, const struct impl *impl, struct error **err)
{
	for (unsigned int i = 0; i < impl->sizes.arch_dependent_count; i++) {
		CLEANUP_FREE char *path = NULL;

		if (asprintf(&path, "%s/%s", impl->dir, impl->sizes.arch_dependent[i]) < 0)
			abort();
		if (!json_object_get(report, path))
			return error_set(err, ERROR_USAGE, EINVAL, "%s/impl.yaml: "
					 "sizes.arch_dependent[%u]: \"%s\" is no file of its "
					 "module/", impl->dir, i, impl->sizes.arch_dependent[i]);
	}
	return 0;
}

int sizes_add_cloc(struct size *to, json_t *report, const struct impl *impl, struct error **err)
{
	const char *path;
	json_t *file;

	json_object_foreach(report, path, file) {
		const char *language = json_string_value(json_object_get(file, "language"));
		long code = json_int_at(file, "code");
		const char *own = below(path, impl->dir);

		if (!language || !is_program(language))
			continue;
		/* A shared folder is written "../common/user", so it comes first. */
		if (is_shared(impl, path))
			to->shared += code;
		else if (own)
			add_own(to, impl, own, language, code);
	}
	return check_names(report, impl, err);
}

enum part sizes_part_of(const struct impl *impl, const char *path, const char *language)
{
	const char *own = below(path, impl->dir);

	if (!own || !language || !is_program(language) || is_shared(impl, path) ||
	    !(begins(own, "files/") || begins(own, "module/")))
		return PARTS;
	return portability_of_file(own, is_arch_dependent(impl, own, language));
}

int sizes_add_patch(struct size *to, const char *diff, struct error **err)
{
	struct diff d = { .at = diff };
	struct diff_line line;

	while (diff_next(&d, &line)) {
		to->stock_added += *line.at == '+';
		to->stock_removed += *line.at == '-';
	}
	return diff_is_whole(&d) ? 0 : error_set(err, ERROR_USAGE, EINVAL, "no whole unified diff");
}

const struct size *sizes_of(const struct sizes *sizes, const char *way)
{
	for (size_t i = 0; i < sizes->ways.n; i++)
		if (!strcmp(sizes->ways.at[i].way, way))
			return &sizes->ways.at[i];
	return NULL;
}

/* The keys of a row but its name, in their order. */
static const struct {
	const char *key;
	size_t offset;
} columns[] = {
	{ "kernel", offsetof(struct size, kernel) },
	{ "arch_dependent", offsetof(struct size, arch_dependent) },
	{ "assembly", offsetof(struct size, assembly) },
	{ "user", offsetof(struct size, user) },
	{ "shared", offsetof(struct size, shared) },
	{ "stock_added", offsetof(struct size, stock_added) },
	{ "stock_removed", offsetof(struct size, stock_removed) },
};

#define COLUMNS (sizeof(columns) / sizeof(*columns))

json_t *sizes_json(const struct sizes *sizes)
{
	json_t *ways = json_array();

	for (size_t i = 0; i < sizes->ways.n; i++) {
		const struct size *size = &sizes->ways.at[i];
		json_t *row = json_pack("{s:s}", "way", size->way);

		for (size_t c = 0; c < COLUMNS; c++)
			json_object_set_new(row, columns[c].key,
					    json_integer(*(const long *)((const char *)size +
									 columns[c].offset)));
		json_object_set_new(row, "parts", portability_json(&size->parts));
		json_array_append_new(ways, row);
	}
	return json_pack("{s:s, s:o}", "counter", sizes->counter, "ways", ways);
}

static bool row_from_json(struct size *size, const json_t *row)
{
	const char *way = json_string_value(json_object_get(row, "way"));

	if (!way || strlen(way) >= sizeof(size->way))
		return false;
	strcpy(size->way, way);
	for (size_t c = 0; c < COLUMNS; c++) {
		const json_t *n = json_object_get(row, columns[c].key);

		if (!json_is_integer(n) || json_integer_value(n) < 0)
			return false;
		*(long *)((char *)size + columns[c].offset) = json_integer_value(n);
	}
	portability_from_json(&size->parts, json_object_get(row, "parts"));
	return true;
}

bool sizes_from_json(struct sizes *to, const json_t *json)
{
	const char *counter = json_string_value(json_object_get(json, "counter"));
	const json_t *ways = json_object_get(json, "ways"), *row;
	size_t i;

	memset(to, 0, sizeof(*to));
	if (!counter || strlen(counter) >= sizeof(to->counter) || !json_is_array(ways))
		return false;
	strcpy(to->counter, counter);
	json_array_foreach(ways, i, row) {
		struct size size = { 0 };

		if (!row_from_json(&size, row)) {
			sizes_free(to);
			memset(to, 0, sizeof(*to));
			return false;
		}
		vec_push(&to->ways, size);
	}
	return true;
}

void sizes_free(struct sizes *sizes)
{
	vec_free(&sizes->ways);
}
