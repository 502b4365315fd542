// SPDX-License-Identifier: GPL-2.0-only
/*
 * revision.c - another commit of this checkout, unpacked and built beside it
 */
#include "revision.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/format.h"
#include "base/path.h"
#include "base/subprocess.h"

#define MARKS_HEADER	"include/reboot_marks.h"
#define DEFINE		"#define REBOOT_MARK_"

char *tree_commit(const char *top, const char *revision, struct error **err)
{
	CLEANUP_FREE char *peeled = format("%s^{commit}", revision);
	const char *const within[] = { "git", "-C", top, "rev-parse", "--git-dir", NULL };
	const char *const find[] = { "git", "-C", top, "rev-parse", "--verify", "--end-of-options",
				     peeled, NULL };
	CLEANUP_FREE char *commit = NULL;

	if (subprocess_run(within, NULL, err)) {
		error_wrap(err, "%s has no history to take \"%s\" from", top, revision);
		error_hint(err, "--against needs a checkout made by git clone");
		return NULL;
	}
	if (subprocess_run(find, &commit, err)) {
		error_free(*err);
		*err = NULL;
		error_set(err, ERROR_USAGE, 0, "\"%s\" is no commit of this checkout", revision);
		error_hint(err, "`git log` shows what there is: an id, a tag, a branch, HEAD~1");
		return NULL;
	}
	commit[strcspn(commit, "\n")] = '\0';
	return steal_ptr(&commit);
}

static char *read_marks(const char *top, struct error **err)
{
	CLEANUP_FREE char *path = path_below(top, MARKS_HEADER);
	size_t n;

	return file_read(path, FILE_ANY_LENGTH, &n, err);
}

/* The value behind "#define REBOOT_MARK_" name in a header, up to blank or comment; its length. */
static const char *value_of(const char *header, const char *name, size_t length, size_t *n)
{
	for (const char *at = header; (at = strstr(at, DEFINE)); at++) {
		const char *its = at + strlen(DEFINE);

		if (strncmp(its, name, length) || !strchr(" \t", its[length]))
			continue;
		its += length;
		its += strspn(its, " \t");
		*n = strcspn(its, " \t\n");
		return its;
	}
	return NULL;
}

char *tree_marks_differ(const char *ours, const char *theirs)
{
	for (const char *at = ours; (at = strstr(at, DEFINE)); at++) {
		const char *name = at + strlen(DEFINE);
		size_t length = strcspn(name, " \t\n"), n = 0, m = 0;
		const char *a = value_of(ours, name, length, &n);
		const char *b = value_of(theirs, name, length, &m);

		if (a && b && (n != m || strncmp(a, b, n)))
			return strndup(name, length);
	}
	return NULL;
}

static int check_marks(const struct settings *global, const struct tree *tree, struct error **err)
{
	CLEANUP_ERROR struct error *missing = NULL;
	CLEANUP_FREE char *ours = read_marks(global->top, err);
	CLEANUP_FREE char *theirs = read_marks(tree->top, &missing);
	CLEANUP_FREE char *mark = NULL;

	if (!ours)
		return -EIO;
	if (!theirs)
		return error_set(err, ERROR_USAGE, 0, "has no %s: it is from before the marks that "
				 "this program measures by", MARKS_HEADER);
	mark = tree_marks_differ(ours, theirs);
	if (!mark)
		return 0;
	return error_set(err, ERROR_USAGE, 0, "its mark %s is not this program's: what its machines "
			 "say cannot be read", mark);
}

/* The folder of expensive artefacts, which the build scripts use too. */
static char *cache_folder(struct error **err)
{
	const char *named = getenv("LOBOSBENCH_CACHE"), *home = getenv("HOME");
	CLEANUP_FREE char *cache = NULL;

	if (named && *named)
		cache = strdup(named);
	else if (home && *home)
		cache = format("%s/.cache/lobosbench", home);
	if (!cache) {
		error_set(err, ERROR_HOST, 0, "neither LOBOSBENCH_CACHE nor HOME is set");
		return NULL;
	}
	return folder_make(cache, err) ? NULL : steal_ptr(&cache);
}

/* Puts the files of a commit into scratch and gives it its name when it is complete. */
static int unpack_to(const char *top, const struct tree *tree, const char *scratch,
		     struct error **err)
{
	CLEANUP_FREE char *tar = format("%s.tar", scratch);
	CLEANUP_FREE char *output = format("--output=%s", tar);
	const char *const archive[] = { "git", "-C", top, "archive", "--format=tar", output,
					tree->commit, NULL };
	const char *const extract[] = { "tar", "-x", "-f", tar, "-C", scratch, NULL };
	int rc;

	folder_remove(scratch);
	if (mkdir(scratch, 0755))
		return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", scratch);
	rc = subprocess_run(archive, NULL, err);
	if (!rc)
		rc = subprocess_run(extract, NULL, err);
	unlink(tar);
	if (!rc && rename(scratch, tree->top))
		rc = error_set(err, ERROR_HOST, errno, "cannot rename %s", scratch);
	return rc;
}

/* Two programs may want the same commit: the second waits, and finds it there. */
static int unpack(const char *top, const struct tree *tree, struct error **err)
{
	CLEANUP_FREE char *scratch = format("%s.scratch", tree->top);
	CLEANUP_FREE char *lock = format("%s.lock", tree->top);
	CLEANUP_CLOSE int fd = -1;

	if (!access(tree->top, F_OK))
		return 0;
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || flock(fd, LOCK_EX))
		return error_set(err, ERROR_HOST, errno, "cannot lock %s", lock);
	if (!access(tree->top, F_OK))
		return 0;
	return unpack_to(top, tree, scratch, err);
}

static int open_tree(struct tree *tree, const struct settings *global, const char *commit,
		     struct error **err)
{
	CLEANUP_FREE char *cache = cache_folder(err);
	CLEANUP_FREE char *impls = NULL;
	int rc;

	if (!cache)
		return -EIO;
	tree->commit = tree_commit(global->top, commit, err);
	if (!tree->commit)
		return -EINVAL;
	tree->top = format("%s/revision-%s", cache, tree->commit);
	impls = format("%s/impls", tree->top);
	rc = unpack(global->top, tree, err);
	if (!rc)
		rc = check_marks(global, tree, err);
	if (rc)
		return rc;
	if (access(impls, F_OK))
		return error_set(err, ERROR_USAGE, 0, "has no impls/: it is from before there were "
				 "ways to reboot");
	tree->impls = impl_list_load(impls, err);
	if (tree->impls)
		return 0;
	error_hint(err, "this program does not understand the ways of that commit; choose a newer "
		   "one");
	return -EINVAL;
}

/* The tree of a commit, opened if it is not yet; trees->at has room for it. */
static int take_tree(struct trees *trees, const struct settings *global, const char *commit,
		     const struct tree **found, struct error **err)
{
	struct tree *tree = NULL;
	int rc = 0;

	for (size_t i = 0; i < trees->n && !tree; i++)
		if (!strcmp(trees->at[i].commit, commit))
			tree = &trees->at[i];
	if (!tree) {
		tree = &trees->at[trees->n++];
		rc = open_tree(tree, global, commit, err);
	}
	*found = tree;
	return rc ? error_wrap(err, "commit %.*s", SCENARIO_REVISION_SHORT, commit) : 0;
}

int trees_open(struct trees *trees, const struct settings *global, struct scenario *scenario,
	       struct error **err)
{
	int rc = 0;

	trees->at = calloc(scenario->ways_count, sizeof(*trees->at));
	if (!trees->at)
		abort();
	for (unsigned int i = 0; !rc && i < scenario->ways_count; i++) {
		struct scenario_way *way = &scenario->ways[i];

		if (way->revision)
			rc = take_tree(trees, global, way->revision, &way->tree, err);
	}
	return rc;
}

static int build_tree(const struct tree *tree, const char *kernel, struct error **err)
{
	CLEANUP_FREE char *config = format("%s/kernels/%s.config", tree->top, kernel);
	CLEANUP_FREE char *kernels = format("%s/kernels/build.sh", tree->top);
	CLEANUP_FREE char *guest = format("%s/guest/build.sh", tree->top);
	int rc;

	if (access(config, R_OK))
		return error_set(err, ERROR_USAGE, 0, "has no kernel \"%s\"", kernel);
	rc = subprocess_show((const char *const[]){ kernels, kernel, NULL }, err);
	return rc ? rc : subprocess_show((const char *const[]){ guest, kernel, NULL }, err);
}

int trees_build(const struct trees *trees, const struct scenario *scenario, struct error **err)
{
	for (size_t i = 0; i < trees->n; i++) {
		const struct tree *tree = &trees->at[i];
		int rc;

		fprintf(stderr, "commit %.*s: its kernel and guest, from the cache or built\n",
			SCENARIO_REVISION_SHORT, tree->commit);
		rc = build_tree(tree, scenario->machine.kernel, err);
		if (rc)
			return error_wrap(err, "commit %.*s", SCENARIO_REVISION_SHORT, tree->commit);
	}
	return 0;
}

void trees_free(struct trees *trees)
{
	for (size_t i = 0; i < trees->n; i++) {
		impl_list_free(trees->at[i].impls);
		free(trees->at[i].commit);
		free(trees->at[i].top);
	}
	free(trees->at);
}
