// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_changed_functions.c - which functions two stored profiles differ in, for those who name them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/json.h"
#include "profile_maker.h"
#include "scratch.h"

struct count {
	enum phase phase;
	const char *path;
	uint64_t instructions;
};

static struct profile_of of_run(void **state, const char *run)
{
	return (struct profile_of){ *state, run, "kexec", "vmlinux no-checks" };
}

/* Stores a profile of these n paths for a run. */
static struct profile_of store(void **state, const char *run, const struct count *counts, size_t n)
{
	struct profile_of of = of_run(state, run);
	struct profile p;

	profile_make(&p, "kexec vmlinux no-checks");
	for (size_t i = 0; i < n; i++)
		profile_add(&p, counts[i].phase, counts[i].path, counts[i].instructions);
	profile_store(&p, &of);
	return of;
}

static const struct count plain[] = {
	{ PHASE_LOAD, "kexec (program);crc", 5000000 },
	{ PHASE_KERNEL, "start;probe", 1000 },
	{ PHASE_KERNEL, "start;mem_init", 200000 },
	{ PHASE_USERSPACE, "sh (program)", 40000 },
};

static const struct count spun[] = {
	{ PHASE_LOAD, "kexec (program);crc", 4900000 },
	{ PHASE_KERNEL, "start;probe", 301000 },
	{ PHASE_KERNEL, "start;mem_init", 200100 },
	{ PHASE_USERSPACE, "sh (program)", 90000 },
};

static void the_file_is_named_as_the_way(void **state)
{
	struct profile_of of = { "results", "20261126T120000Z-bench", "kexec", "vmlinux no-checks" };
	CLEANUP_FREE char *long_path = profile_path_of(&of);
	CLEANUP_FREE char *path = NULL;

	(void)state;
	assert_string_equal(long_path, "results/20261126T120000Z-bench/profile/"
				       "kexec-vmlinux-no-checks.json");
	of.variant = "";
	path = profile_path_of(&of);
	assert_string_equal(path, "results/20261126T120000Z-bench/profile/kexec.json");
}

/* Greatest first, gained or lost; a change of 100 beside one of 300 000 is left out. */
static void the_greatest_changes_come_first(void **state)
{
	struct profile_of a = store(state, "a", plain, 4), b = store(state, "b", spun, 4);
	struct changed_functions c = changed_functions(&a, &b, PHASES);
	CLEANUP_FREE char *words = changed_functions_words(&c);
	CLEANUP_JSON json_t *json = changed_functions_json(&c);

	assert_int_equal(c.n, 3);
	assert_string_equal(words, "probe +300 000, crc -100 000, sh (program) +50 000");
	assert_int_equal(json_array_size(json), 3);
	assert_string_equal(json_text_at(json_array_get(json, 1), "function"), "crc");
	assert_int_equal(json_int_at(json_array_get(json, 1), "instructions"), -100000);
}

static void a_phase_has_changes_of_its_own(void **state)
{
	struct profile_of a = store(state, "a", plain, 4), b = store(state, "b", spun, 4);
	struct changed_functions c = changed_functions(&a, &b, PHASE_USERSPACE);

	assert_int_equal(c.n, 1);
	assert_string_equal(c.at[0].name, "sh (program)");
	assert_int_equal(c.at[0].more, 50000);
	c = changed_functions(&a, &b, PHASE_SHUTDOWN);
	assert_int_equal(c.n, 0);
}

static void no_more_than_five_are_named(void **state)
{
	static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g" };
	struct count many[7];
	struct profile_of a = store(state, "a", plain, 0), b;

	for (size_t i = 0; i < 7; i++)
		many[i] = (struct count){ PHASE_KERNEL, names[i], 1000 };
	b = store(state, "b", many, 7);
	assert_int_equal(changed_functions(&a, &b, PHASES).n, CHANGED_FUNCTIONS);
}

/* Runs of before there were profiles, by the wall clock, or with a damaged file. */
static void without_both_profiles_nothing_is_named(void **state)
{
	struct profile_of a = store(state, "a", plain, 4), none = of_run(state, "none");
	CLEANUP_FREE char *words = NULL, *path = profile_path_of(&a);
	struct changed_functions c = changed_functions(&a, &a, PHASES);
	struct error *err = NULL;

	assert_int_equal(c.n, 0);
	words = changed_functions_words(&c);
	assert_string_equal(words, "");
	assert_int_equal(changed_functions(&a, &none, PHASES).n, 0);
	assert_int_equal(changed_functions(&none, &a, PHASES).n, 0);
	assert_int_equal(file_write(path, "{", &err), 0);
	none = store(state, "b", spun, 4);
	assert_int_equal(changed_functions(&a, &none, PHASES).n, 0);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_file_is_named_as_the_way),
		TEST(the_greatest_changes_come_first),
		TEST(a_phase_has_changes_of_its_own),
		TEST(no_more_than_five_are_named),
		TEST(without_both_profiles_nothing_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
