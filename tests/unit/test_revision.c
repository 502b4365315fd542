// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_revision.c - another commit: found, unpacked once, refused where it cannot be run
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "base/subprocess.h"
#include "plan/revision.h"

#define MARKS "#define REBOOT_MARK_PORT\t\t0xe9\n#define REBOOT_MARK_READY\t\t35\t/* up */\n"

static const char script[] =
	"set -e; impl=$(realpath \"$3\"); cd \"$1\"; git init -q .\n"
	"git config user.email t@example; git config user.name t\n"
	"mkdir -p include impls/one kernels guest\n"
	"printf '%s' \"$2\" >include/reboot_marks.h; cp \"$impl\"/impl.yaml impls/one/\n"
	"touch kernels/i386.config\n"
	"printf '#!/bin/sh\\necho kernels \"$@\" >&2; cd \"$(dirname \"$0\")\"; echo k >>../built\\n' "
	">kernels/build.sh\n"
	"printf '#!/bin/sh\\necho guest \"$@\" >&2; cd \"$(dirname \"$0\")\"; echo g >>../built\\n' "
	">guest/build.sh\n"
	"chmod +x kernels/build.sh guest/build.sh\n"
	"git add -A; git commit -qm first; echo changed >file; git add -A; git commit -qm second\n";

/* A checkout of two commits, and a cache of its own. */
static struct settings make_checkout(void **state)
{
	struct settings global = { .top = *state };
	CLEANUP_FREE char *cache = scratch_path(state, "cache");
	CLEANUP_ERROR struct error *err = NULL;
	const char *const argv[] = { "sh", "-c", script, "sh", *state, MARKS,
				     "tests/data/impls/one", NULL };

	if (subprocess_run(argv, NULL, &err))
		fail_msg("%s", err->message);
	setenv("LOBOSBENCH_CACHE", cache, 1);
	return global;
}

static struct scenario *scenario_of(const char *commit)
{
	CLEANUP_FREE char *text = NULL;
	struct error *err = NULL;
	struct scenario *s;

	assert_true(asprintf(&text, "name: x\ntitle: X\nways: [{way: one}, {way: one, revision: %s}]\n",
			     commit) > 0);
	s = scenario_parse("x.yaml", text, &err);
	assert_non_null(s);
	return s;
}

static void revisions_are_found(void **state)
{
	struct settings global = make_checkout(state);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *head = revision_commit(global.top, "HEAD", &err);
	CLEANUP_FREE char *before = revision_commit(global.top, "HEAD~1", &err);

	assert_non_null(head);
	assert_non_null(before);
	assert_int_equal(strlen(head), SCENARIO_REVISION_LENGTH);
	assert_string_not_equal(head, before);
	assert_null(revision_commit(global.top, "nonesuch", &err));
	assert_int_equal(err->class, ERROR_USAGE);
	assert_string_equal(err->message, "\"nonesuch\" is no commit of this checkout");
	error_free(err);
	err = NULL;
	/* One that looks like an option is none. */
	assert_null(revision_commit(global.top, "--all", &err));
	assert_string_equal(err->message, "\"--all\" is no commit of this checkout");
}

static void a_folder_without_history_is_refused(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	assert_null(revision_commit(*state, "HEAD", &err));
	assert_non_null(strstr(err->message, "has no history"));
}

static void a_commit_is_unpacked_and_built(void **state)
{
	struct settings global = make_checkout(state);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *before = revision_commit(global.top, "HEAD~1", &err);
	CLEANUP_FREE char *changed = NULL, *built = NULL;
	struct scenario *s = scenario_of(before);
	struct revisions revisions = { 0 };

	for (int round = 0; round < 2; round++) {
		revisions = (struct revisions){ 0 };
		if (revisions_open(&revisions, &global, s, &err))
			fail_msg("%s", err->message);
		assert_int_equal(revisions.n, 1);
		assert_null(s->ways[0].unpacked);
		assert_ptr_equal(s->ways[1].unpacked, &revisions.at[0]);
		assert_string_equal(revisions.at[0].commit, before);
		assert_non_null(impl_find(revisions.at[0].impls, "one"));
		if (revisions_build(&revisions, s, &err))
			fail_msg("%s", err->message);
		if (!round)
			revisions_free(&revisions);
	}
	assert_true(asprintf(&changed, "%s/file", revisions.at[0].top) > 0);
	assert_true(asprintf(&built, "%s/built", revisions.at[0].top) > 0);
	assert_int_equal(access(changed, F_OK), -1);
	assert_int_equal(access(built, F_OK), 0);
	revisions_free(&revisions);
	scenario_free(s);
}

/* What was left by one that was killed while it unpacked does no harm. */
static void half_a_revision_is_made_anew(void **state)
{
	struct settings global = make_checkout(state);
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *head = revision_commit(global.top, "HEAD", &err);
	CLEANUP_FREE char *scratch = NULL, *left = NULL;
	struct scenario *s = scenario_of(head);
	struct revisions revisions = { 0 };

	assert_true(asprintf(&scratch, "%s/cache/revision-%s.scratch/left", (char *)*state, head) > 0);
	assert_int_equal(subprocess_run((const char *const[]){ "mkdir", "-p", scratch, NULL }, NULL,
					&err), 0);
	if (revisions_open(&revisions, &global, s, &err))
		fail_msg("%s", err->message);
	assert_true(asprintf(&left, "%s/left", revisions.at[0].top) > 0);
	assert_int_equal(access(left, F_OK), -1);
	revisions_free(&revisions);
	scenario_free(s);
}

static void refused(void **state, const char *change, const char *said)
{
	struct settings global = make_checkout(state);
	CLEANUP_FREE char *text = NULL, *head = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	struct revisions revisions = { 0 };
	struct scenario *s;
	int rc;

	/* The checkout itself keeps its header: only the commit has another. */
	assert_true(asprintf(&text, "cd \"$1\" && %s && git commit -qam third && "
			     "git checkout -q HEAD~1 -- include", change) > 0);
	assert_int_equal(subprocess_run((const char *const[]){ "sh", "-c", text, "sh", *state, NULL },
					NULL, &err), 0);
	head = revision_commit(global.top, "HEAD", &err);
	s = scenario_of(head);
	rc = revisions_open(&revisions, &global, s, &err);
	if (!rc)
		rc = revisions_build(&revisions, s, &err);
	assert_true(rc < 0);
	if (!strstr(err->message, said))
		fail_msg("said \"%s\", should have \"%s\"", err->message, said);
	revisions_free(&revisions);
	scenario_free(s);
}

static void other_marks_are_refused(void **state)
{
	refused(state, "sed -i s/35/36/ include/reboot_marks.h", "its mark READY is not");
}

static void no_marks_are_refused(void **state)
{
	refused(state, "git rm -q include/reboot_marks.h",
		"has no include/reboot_marks.h");
}

static void ways_not_understood_are_refused(void **state)
{
	refused(state, "echo 'colour: red' >>impls/one/impl.yaml", "colour");
}

static void a_missing_kernel_is_refused(void **state)
{
	refused(state, "git rm -q kernels/i386.config", "has no kernel \"i386\"");
}

static void a_build_that_fails_says_where(void **state)
{
	refused(state, "echo 'echo no flour >&2; exit 3' >>guest/build.sh", "no flour");
}

static void marks_are_compared(void **state)
{
	CLEANUP_FREE char *mark = NULL;

	(void)state;
	assert_null(revision_marks_differ(MARKS, MARKS));
	assert_null(revision_marks_differ(MARKS, "#define REBOOT_MARK_READY 35 /* 36 */\n"));
	assert_null(revision_marks_differ("#define REBOOT_MARK_A 1\n", "#define REBOOT_MARK_AB 2\n"));
	mark = revision_marks_differ(MARKS, "#define REBOOT_MARK_PORT 0xe8\n");
	assert_string_equal(mark, "PORT");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(revisions_are_found),
		TEST(a_folder_without_history_is_refused),
		TEST(a_commit_is_unpacked_and_built),
		TEST(half_a_revision_is_made_anew),
		TEST(other_marks_are_refused),
		TEST(no_marks_are_refused),
		TEST(ways_not_understood_are_refused),
		TEST(a_missing_kernel_is_refused),
		TEST(a_build_that_fails_says_where),
		cmocka_unit_test(marks_are_compared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
