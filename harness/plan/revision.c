// SPDX-License-Identifier: GPL-2.0-only
/*
 * revision.c - another commit of this checkout, unpacked and built beside it
 */
#include "revision.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/subprocess.h"
#include "base/text.h"

#define MARKS_HEADER	"include/reboot_marks.h"
#define DEFINE		"#define REBOOT_MARK_"

char *revision_commit(const char *top, const char *revision, struct error **err)
{
	CLEANUP_FREE char *peeled = text_format("%s^{commit}", revision);
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

char *revision_marks_differ(const char *ours, const char *theirs)
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

static int check_marks(const struct settings *global, const struct revision *rev,
		       struct error **err)
{
	CLEANUP_ERROR struct error *missing = NULL;
	CLEANUP_FREE char *ours = read_marks(global->top, err);
	CLEANUP_FREE char *theirs = read_marks(rev->top, &missing);
	CLEANUP_FREE char *mark = NULL;

	if (!ours)
		return -EIO;
	if (!theirs)
		return error_set(err, ERROR_USAGE, 0, "has no %s: it is from before the marks that "
				 "this program measures by", MARKS_HEADER);
	mark = revision_marks_differ(ours, theirs);
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
		cache = text_format("%s/.cache/lobosbench", home);
	if (!cache) {
		error_set(err, ERROR_HOST, 0, "neither LOBOSBENCH_CACHE nor HOME is set");
		return NULL;
	}
	return folder_make(cache, err) ? NULL : steal_ptr(&cache);
}

/* Puts the files of a commit into scratch and gives it its name when it is complete. */
static int unpack_to(const char *top, const struct revision *rev, const char *scratch,
		     struct error **err)
{
	CLEANUP_FREE char *tar = text_format("%s.tar", scratch);
	CLEANUP_FREE char *output = text_format("--output=%s", tar);
	const char *const archive[] = { "git", "-C", top, "archive", "--format=tar", output,
					rev->commit, NULL };
	const char *const extract[] = { "tar", "-x", "-f", tar, "-C", scratch, NULL };
	int rc;

	folder_remove(scratch);
	if (mkdir(scratch, 0755))
		return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", scratch);
	rc = subprocess_run(archive, NULL, err);
	if (!rc)
		rc = subprocess_run(extract, NULL, err);
	unlink(tar);
	if (!rc && rename(scratch, rev->top))
		rc = error_set(err, ERROR_HOST, errno, "cannot rename %s", scratch);
	return rc;
}

/* Two programs may want the same commit: the second waits, and finds it there. */
static int unpack(const char *top, const struct revision *rev, struct error **err)
{
	CLEANUP_FREE char *scratch = text_format("%s.scratch", rev->top);
	CLEANUP_FREE char *lock = text_format("%s.lock", rev->top);
	CLEANUP_CLOSE int fd = -1;

	if (!access(rev->top, F_OK))
		return 0;
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || flock(fd, LOCK_EX))
		return error_set(err, ERROR_HOST, errno, "cannot lock %s", lock);
	if (!access(rev->top, F_OK))
		return 0;
	return unpack_to(top, rev, scratch, err);
}

static int open_revision(struct revision *rev, const struct settings *global, const char *commit,
			 struct error **err)
{
	CLEANUP_FREE char *cache = cache_folder(err);
	CLEANUP_FREE char *impls = NULL;
	int rc;

	if (!cache)
		return -EIO;
	rev->commit = revision_commit(global->top, commit, err);
	if (!rev->commit)
		return -EINVAL;
	rev->top = text_format("%s/revision-%s", cache, rev->commit);
	impls = text_format("%s/impls", rev->top);
	rc = unpack(global->top, rev, err);
	if (!rc)
		rc = check_marks(global, rev, err);
	if (rc)
		return rc;
	if (access(impls, F_OK))
		return error_set(err, ERROR_USAGE, 0, "has no impls/: it is from before there were "
				 "ways to reboot");
	rev->impls = impl_list_load(impls, err);
	if (rev->impls)
		return 0;
	error_hint(err, "this program does not understand the ways of that commit; choose a newer "
		   "one");
	return -EINVAL;
}

/* The revision of a commit, opened if it is not yet; revisions->at has room for it. */
static int take_revision(struct revisions *revisions, const struct settings *global,
			 const char *commit, const struct revision **found, struct error **err)
{
	struct revision *rev = NULL;
	int rc = 0;

	for (size_t i = 0; i < revisions->n && !rev; i++)
		if (!strcmp(revisions->at[i].commit, commit))
			rev = &revisions->at[i];
	if (!rev) {
		rev = &revisions->at[revisions->n++];
		rc = open_revision(rev, global, commit, err);
	}
	*found = rev;
	return rc ? error_wrap(err, "commit %.*s", SCENARIO_REVISION_SHORT, commit) : 0;
}

int revisions_open(struct revisions *revisions, const struct settings *global,
		   struct scenario *scenario, struct error **err)
{
	int rc = 0;

	revisions->at = calloc(scenario->ways_count, sizeof(*revisions->at));
	if (!revisions->at)
		abort();
	for (unsigned int i = 0; !rc && i < scenario->ways_count; i++) {
		struct scenario_way *way = &scenario->ways[i];

		if (way->revision)
			rc = take_revision(revisions, global, way->revision, &way->unpacked, err);
	}
	return rc;
}

/* How much of "i386-pae-6.1" names the architecture, which has a fragment in each revision. */
static int without_version(const char *kernel)
{
	const char *version = strrchr(kernel, '-');

	return version && isdigit((unsigned char)version[1]) ? version - kernel :
	       (int)strlen(kernel);
}

static int build_revision(const struct revision *rev, const char *kernel, struct error **err)
{
	CLEANUP_FREE char *config = text_format("%s/kernels/%.*s.config", rev->top,
						without_version(kernel), kernel);
	CLEANUP_FREE char *kernels = text_format("%s/kernels/build.sh", rev->top);
	CLEANUP_FREE char *guest = text_format("%s/guest/build.sh", rev->top);
	int rc;

	if (access(config, R_OK))
		return error_set(err, ERROR_USAGE, 0, "has no kernel \"%s\"", kernel);
	rc = subprocess_show((const char *const[]){ kernels, kernel, NULL }, err);
	return rc ? rc : subprocess_show((const char *const[]){ guest, kernel, NULL }, err);
}

int revisions_build(const struct revisions *revisions, const struct scenario *scenario,
		    struct error **err)
{
	for (size_t i = 0; i < revisions->n; i++) {
		const struct revision *rev = &revisions->at[i];
		int rc;

		fprintf(stderr, "commit %.*s: its kernel and guest, from the cache or built\n",
			SCENARIO_REVISION_SHORT, rev->commit);
		rc = build_revision(rev, scenario->machine.kernel, err);
		if (rc)
			return error_wrap(err, "commit %.*s", SCENARIO_REVISION_SHORT, rev->commit);
	}
	return 0;
}

void revisions_free(struct revisions *revisions)
{
	for (size_t i = 0; i < revisions->n; i++) {
		impl_list_free(revisions->at[i].impls);
		free(revisions->at[i].commit);
		free(revisions->at[i].top);
	}
	free(revisions->at);
}
