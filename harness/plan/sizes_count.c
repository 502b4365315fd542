// SPDX-License-Identifier: GPL-2.0-only
/*
 * sizes_count.c - the counter run over the folders of the ways
 *
 * cloc (1.96) counts code without comments and blank lines. One run of it reads all
 * folders in a fraction of a second.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/json.h"
#include "base/subprocess.h"
#include "sizes.h"

/* Of Linux: the paper's table is of this one. */
#define PAPER_VERSION "6.1"

/* Far more than the lists of files that cloc writes. */
#define LISTS_SPACE (UINT64_C(1) << 20)

/* Words of a command line; the first so many are no one's to free. */
struct words {
	VEC(char *) list;
	size_t constant;
};

static void words_free(struct words *w)
{
	for (size_t i = w->constant; i < w->list.n; i++)
		free(w->list.at[i]);
	vec_free(&w->list);
}

static char *path_of(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		abort();
	return path;
}

static void add_folder(struct words *w, const char *dir, const char *name)
{
	CLEANUP_FREE char *path = path_of(dir, name);

	if (!access(path, R_OK))
		vec_push(&w->list, steal_ptr(&path));
}

static void add_folders(struct words *w, const struct impl *impl)
{
	add_folder(w, impl->dir, "files");
	add_folder(w, impl->dir, "module");
	add_folder(w, impl->dir, "user");
	for (unsigned int i = 0; i < impl->sizes.shared_count; i++)
		add_folder(w, impl->dir, impl->sizes.shared[i]);
}

/* Where there is no space cloc counts what fits into its lists, and ends with status 0. */
static int check_temporary(struct error **err)
{
	const char *dir = getenv("TMPDIR");
	int rc;

	if (!dir || access(dir, W_OK))
		dir = "/tmp";
	rc = folder_check_space(dir, LISTS_SPACE, err);
	if (rc)
		error_hint(err, "free some space, or name another folder with TMPDIR");
	return rc;
}

/* cloc's report, or NULL: with *err set, or without when there is nothing to count. */
static json_t *run_cloc(const struct impl_list *impls, struct error **err)
{
	static const char *const command[] = {
		/* What a user's own settings for it say does not count. */
		"cloc", "--config=/dev/null", "--json", "--by-file", "--quiet",
		"--skip-uniqueness",
	};
	CLEANUP(words_free) struct words w = { .constant = sizeof(command) / sizeof(*command) };
	CLEANUP_FREE char *text = NULL;
	json_t *report;

	for (size_t i = 0; i < w.constant; i++)
		vec_push(&w.list, (char *)command[i]);
	for (size_t i = 0; i < impls->n; i++)
		add_folders(&w, &impls->at[i]);
	if (w.list.n == w.constant)
		return NULL;
	vec_push(&w.list, NULL);
	if (check_temporary(err))
		return NULL;
	if (subprocess_run((const char *const *)w.list.at, &text, err)) {
		if ((*err)->code == ENOENT)
			error_hint(err, "`apt-get install cloc` brings the counter of lines");
		return NULL;
	}
	report = json_loads(text, 0, NULL);
	if (!json_is_object(json_object_get(report, "header"))) {
		json_decref(report);
		error_set(err, ERROR_INSTRUMENT, EBADMSG, "cloc said something else than its "
			  "report");
		return NULL;
	}
	return report;
}

/* The whole text of a file, which cloc or scandir() has just seen. */
static char *text_of(const char *path, struct error **err)
{
	size_t n;

	return file_read(path, FILE_ANY_LENGTH, &n, err);
}

/* Looks into the kernel files for what their names do not tell. */
static int split_files(struct size *size, json_t *report, const struct impl *impl,
		       struct error **err)
{
	const char *path;
	json_t *file;

	json_object_foreach(report, path, file) {
		const char *language = json_string_value(json_object_get(file, "language"));
		enum part part = sizes_part_of(impl, path, language);
		CLEANUP_FREE char *text = NULL;

		if (part == PARTS)
			continue;
		text = text_of(path, err);
		if (!text)
			return -EIO;
		portability_split(&size->parts, part, text);
	}
	return 0;
}

static int is_patch(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && dot > entry->d_name && !strcmp(dot, ".patch") &&
	       dot - entry->d_name < (long)sizeof(((struct hook *)NULL)->version);
}

static int by_version(const struct dirent **a, const struct dirent **b)
{
	return strverscmp((*a)->d_name, (*b)->d_name);
}

/* The patches of a way: names, without the ending, and texts. */
struct patches {
	char *versions[HOOKS_MOST], *diffs[HOOKS_MOST];
	unsigned int n;
};

static void patches_free(struct patches *p)
{
	for (unsigned int i = 0; i < HOOKS_MOST; i++) {
		free(p->versions[i]);
		free(p->diffs[i]);
	}
}

static int read_patches(struct patches *p, const char *dir, struct error **err)
{
	struct dirent **found = NULL;
	int n = scandir(dir, &found, is_patch, by_version), rc = 0;

	for (int i = 0; i < n; i++) {
		CLEANUP_FREE char *path = path_of(dir, found[i]->d_name);
		struct size none = { 0 };

		if (!rc && p->n == HOOKS_MOST)
			rc = error_set(err, ERROR_USAGE, EINVAL, "%s has more than %d patches", dir,
				       HOOKS_MOST);
		if (!rc) {
			p->versions[p->n] = strndup(found[i]->d_name, strlen(found[i]->d_name) - 6);
			p->diffs[p->n] = text_of(path, err);
			rc = p->diffs[p->n] ? 0 : -EIO;
		}
		if (!rc && sizes_add_patch(&none, p->diffs[p->n++], err))
			rc = error_wrap(err, "%s", path);
		free(found[i]);
	}
	free(found);
	return rc;
}

static int add_hooks(struct size *size, const struct impl *impl, struct error **err)
{
	CLEANUP_FREE char *dir = path_of(impl->dir, "hooks");
	CLEANUP(patches_free) struct patches p = { .n = 0 };
	int rc = read_patches(&p, dir, err);

	for (unsigned int i = 0; !rc && i < p.n; i++)
		if (!strcmp(p.versions[i], PAPER_VERSION))
			rc = sizes_add_patch(size, p.diffs[i], err);
	if (!rc)
		portability_set_hooks(&size->parts, (const char *const *)p.versions,
				      (const char *const *)p.diffs, p.n);
	return rc;
}

int sizes_count(struct sizes *to, const struct impl_list *impls, struct error **err)
{
	CLEANUP_JSON json_t *report = run_cloc(impls, err);
	const json_t *version = json_object_get(json_object_get(report, "header"), "cloc_version");

	memset(to, 0, sizeof(*to));
	if (!report && *err)
		return error_wrap(err, "lines cannot be counted");
	if (json_is_string(version))
		snprintf(to->counter, sizeof(to->counter), "cloc %s", json_string_value(version));
	for (size_t i = 0; i < impls->n; i++) {
		const struct impl *impl = &impls->at[i];
		struct size size = { 0 };
		int rc;

		snprintf(size.way, sizeof(size.way), "%s", impl->name);
		rc = sizes_add_cloc(&size, report, impl, err);
		if (!rc)
			rc = split_files(&size, report, impl, err);
		if (!rc)
			rc = add_hooks(&size, impl, err);
		if (rc)
			return rc;
		vec_push(&to->ways, size);
	}
	return 0;
}
