// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_find.c - what a few words are taken for
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/find.h"
#include "sample_maker.h"
#include "scratch.h"

#define OLD "2026-11-20T031500Z-bench"
#define NEW "2026-11-22T031500Z-bench"
#define HALF "2026-11-23T031500Z-bench"

static void add(struct store *s, const char *run, int machine, const char *way,
		const char *variant, const char *kernel)
{
	struct error *err = NULL;

	for (int i = 0; i < 2; i++) {
		struct sample sample = make_sample(run, machine, i);

		snprintf(sample.way, sizeof(sample.way), "%s", way);
		snprintf(sample.variant, sizeof(sample.variant), "%s", variant);
		snprintf(sample.kernel, sizeof(sample.kernel), "%s", kernel);
		snprintf(sample.build, sizeof(sample.build), "%s",
			 strstr(kernel, "#old") ? "i386-6.1" : "x86_64-6.12");
		sample.revision[0] = '\0';
		assert_int_equal(store_sample_add(s, &sample, &err), 0);
	}
}

static void begin(struct store *s, const char *name, const char *state, const char *commit)
{
	struct run_row run = make_run(name, "name: bench\n");
	struct error *err = NULL;
	char json[128];

	snprintf(json, sizeof(json), "{\"source\":{\"commit\":\"%s\",\"dirty\":false}}", commit);
	run.provenance_json = json;
	snprintf(run.state, sizeof(run.state), "%s", state);
	assert_int_equal(store_run_begin(s, &run, &err), 0);
}

/* Two complete runs of two commits and kernels, and one that is not complete. */
static struct store *filled(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "lobosbench.db");
	struct error *err = NULL;
	struct store *s = store_open(path, false, &err);

	assert_non_null(s);
	begin(s, OLD, "complete", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	add(s, OLD, 0, "lobos", "", "6.1.1 #old");
	add(s, OLD, 1, "kexec", "", "6.1.1 #old");
	add(s, OLD, 2, "kexec", "vmlinux no-checks", "6.1.1 #old");
	begin(s, NEW, "complete", "aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
	add(s, NEW, 0, "lobos", "", "6.1.2 #new");
	add(s, NEW, 1, "kexec", "vmlinux", "6.1.2 #new");
	begin(s, HALF, "interrupted", "aaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
	add(s, HALF, 0, "lobos", "", "6.1.2 #new");
	return s;
}

static void finds(void **state, const char *what, const char *run, size_t groups,
		  const char *way, const char *variant)
{
	CLEANUP(cleanup_store_close) struct store *s = filled(state);
	struct found found;
	struct error *err = NULL;
	int rc = find_samples(s, *state, what, &found, &err);

	if (rc)
		fail_msg("%s: %s", what, err->message);
	assert_string_equal(found.run, run);
	assert_int_equal(found.groups.n, groups);
	assert_string_equal(found.groups.at[0].way, way);
	assert_string_equal(found.groups.at[0].variant, variant);
	assert_int_equal(found.groups.at[0].samples.n, 2);
	found_free(&found);
}

static void refuses(void **state, const char *what, const char *why)
{
	CLEANUP(cleanup_store_close) struct store *s = filled(state);
	struct found found;
	struct error *err = NULL;

	assert_true(find_samples(s, *state, what, &found, &err) < 0);
	assert_int_equal(err->class, ERROR_USAGE);
	assert_non_null(err->hint);
	if (!strstr(err->message, why))
		fail_msg("%s: \"%s\" does not say \"%s\"", what, err->message, why);
	error_free(err);
	found_free(&found);
}

static void runs_and_ways(void **state)
{
	finds(state, OLD, OLD, 3, "lobos", "");
}

/* A way by two clocks is two groups. */
static void a_clock_has_groups_of_its_own(void **state)
{
	CLEANUP(cleanup_store_close) struct store *s = filled(state);
	struct sample sample = make_sample(OLD, 3, 1);
	struct error *err = NULL;
	struct found found;

	strcpy(sample.way, "lobos");
	strcpy(sample.variant, "");
	strcpy(sample.clock, "virtual");
	assert_int_equal(store_sample_add(s, &sample, &err), 0);
	assert_int_equal(find_samples(s, *state, OLD ":lobos", &found, &err), 0);
	assert_int_equal(found.groups.n, 2);
	assert_false(found.groups.at[0].exact);
	assert_int_equal(found.groups.at[0].samples.n, 2);
	assert_true(found.groups.at[1].exact);
	assert_int_equal(found.groups.at[1].samples.n, 1);
	found_free(&found);
}

static void a_way_is_its_default(void **state)
{
	finds(state, OLD ":kexec", OLD, 1, "kexec", "");
}

static void a_variant_is_written_with_plus(void **state)
{
	finds(state, OLD ":kexec/vmlinux+no-checks", OLD, 1, "kexec", "vmlinux no-checks");
}

static void a_way_without_its_default_is_what_there_is(void **state)
{
	finds(state, NEW ":kexec", NEW, 1, "kexec", "vmlinux");
}

static void a_run_that_is_named_need_not_be_complete(void **state)
{
	finds(state, HALF, HALF, 1, "lobos", "");
}

static void a_commit_is_its_newest_complete_run(void **state)
{
	finds(state, "aaaaaaaabb:lobos", NEW, 1, "lobos", "");
}

static void a_kernel_is_a_part_of_its_name(void **state)
{
	finds(state, "#old:lobos", OLD, 1, "lobos", "");
}

static void a_build_is_the_newest_run_of_it(void **state)
{
	finds(state, "x86_64-6.12:lobos", NEW, 1, "lobos", "");
}

/* Reboots of one way that led to several kernels are no one group, by whatever words they are found. */
static void each_kernel_has_groups_of_its_own(void **state)
{
	static const struct {
		const char *what;
		size_t groups;
		const char *build, *label;
	} cases[] = {
		{ OLD ":lobos", 2, "i386-6.1", "lobos to i386-6.1" },
		{ "x86_64-6.12:lobos", 1, "x86_64-6.12", "lobos" },
		{ "6.1.2:lobos", 1, "x86_64-6.12", "lobos" },
	};
	CLEANUP(cleanup_store_close) struct store *s = filled(state);

	begin(s, NEW "2", "complete", "cccccccccccccccccccccccccccccccccccccccc");
	add(s, OLD, 3, "lobos", "", "6.1.2 #new");
	add(s, NEW "2", 0, "lobos", "", "6.1.1 #old");
	add(s, NEW "2", 1, "lobos", "", "6.1.2 #new");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct error *err = NULL;
		struct found found;

		assert_int_equal(find_samples(s, *state, cases[i].what, &found, &err), 0);
		assert_int_equal(found.groups.n, cases[i].groups);
		assert_string_equal(found.groups.at[0].build, cases[i].build);
		assert_string_equal(found.groups.at[0].label, cases[i].label);
		assert_int_equal(found.groups.at[0].samples.n, 2);
		assert_string_equal(found.machine.build, found.groups.n > 1 ? "" : cases[i].build);
		found_free(&found);
	}
}

static void two_commits_are_refused(void **state)
{
	refuses(state, "aaaaaaaa", "may be commit");
}

static void two_kernels_are_refused(void **state)
{
	refuses(state, "6.1", "may be kernel 6.1.2 #new or 6.1.1 #old");
}

static void nothing_found_is_refused(void **state)
{
	refuses(state, "5.10", "no complete run is of such a commit or kernel");
}

static void too_few_digits_are_no_commit(void **state)
{
	refuses(state, "aaaaaa", "no complete run is of such a commit or kernel");
}

static void a_way_that_is_not_there_is_refused(void **state)
{
	refuses(state, NEW ":tkm", "way tkm");
}

static void a_variant_that_is_not_there_is_refused(void **state)
{
	refuses(state, OLD ":kexec/elf", "way kexec/elf");
}

static void no_words_are_refused(void **state)
{
	refuses(state, ":lobos", "names no run, commit or kernel");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(runs_and_ways),
		TEST(a_clock_has_groups_of_its_own),
		TEST(a_way_is_its_default),
		TEST(a_variant_is_written_with_plus),
		TEST(a_way_without_its_default_is_what_there_is),
		TEST(a_run_that_is_named_need_not_be_complete),
		TEST(a_commit_is_its_newest_complete_run),
		TEST(a_kernel_is_a_part_of_its_name),
		TEST(a_build_is_the_newest_run_of_it),
		TEST(each_kernel_has_groups_of_its_own),
		TEST(two_commits_are_refused),
		TEST(two_kernels_are_refused),
		TEST(nothing_found_is_refused),
		TEST(too_few_digits_are_no_commit),
		TEST(a_way_that_is_not_there_is_refused),
		TEST(a_variant_that_is_not_there_is_refused),
		TEST(no_words_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
