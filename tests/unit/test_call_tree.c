// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_call_tree.c - sums over call paths, and the differences between two profiles
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/profile_functions.h"
#include "base/file.h"
#include "profile_maker.h"
#include "scratch.h"

#define KERNEL	(1u << PHASE_KERNEL)
#define LOAD	(1u << PHASE_LOAD)

/* A profile with recursion, two phases, and two callers of one function. */
static struct profile made(void)
{
	struct profile p;

	profile_make(&p, "lobos");
	profile_add(&p, PHASE_KERNEL, "start", 5);
	profile_add(&p, PHASE_KERNEL, "start;parse", 10);
	profile_add(&p, PHASE_KERNEL, "start;parse;eval", 20);
	profile_add(&p, PHASE_KERNEL, "start;parse;eval;parse", 40);
	profile_add(&p, PHASE_KERNEL, "start;alloc", 80);
	profile_add(&p, PHASE_LOAD, "lobos (program);entry;alloc", 7);
	call_tree_sort_functions(&p.tree);
	return p;
}

static struct call_sum sum_of(const struct profile *p, struct call_sum *sums, const char *name)
{
	struct call_sum none = { 0 };

	for (size_t i = 0; sums && i < p->tree.functions.n; i++)
		if (!strcmp(p->tree.functions.at[sums[i].function], name))
			return sums[i];
	return none;
}

static void functions_of_one_name_become_one(void **state)
{
	struct profile p = made();

	(void)state;
	assert_int_equal(p.tree.functions.n, 7);
	assert_string_equal(p.tree.functions.at[0], "");
	for (size_t i = 1; i < p.tree.functions.n; i++)
		assert_true(strcmp(p.tree.functions.at[i - 1], p.tree.functions.at[i]) < 0);
	profile_free(&p);
}

static void totals_hold_all_below(void **state)
{
	struct profile p = made();
	uint64_t *kernel = call_tree_totals(&p.tree, KERNEL);
	uint64_t *all = call_tree_totals(&p.tree, CALL_TREE_ALL);

	(void)state;
	assert_int_equal(kernel[0], 155);
	assert_int_equal(all[0], 162);
	assert_int_equal(profile_counted(&p, LOAD), 7);
	assert_int_equal(profile_clock(&p, CALL_TREE_ALL), 162);
	free(kernel);
	free(all);
	profile_free(&p);
}

static void recursion_counts_once(void **state)
{
	struct profile p = made();
	struct call_sum *sums = call_tree_sums(&p.tree, KERNEL);
	struct call_sum parse = sum_of(&p, sums, "parse"), start = sum_of(&p, sums, "start");

	(void)state;
	assert_int_equal(parse.own, 50);
	assert_int_equal(parse.all, 70);
	assert_int_equal(parse.calls, 2);
	assert_int_equal(start.own, 5);
	assert_int_equal(start.all, 155);
	assert_int_equal(sum_of(&p, sums, "entry").all, 0);
	free(sums);
	profile_free(&p);
}

static void sums_have_two_orders(void **state)
{
	struct profile p = made();
	struct call_sum *sums = call_tree_sums(&p.tree, KERNEL);

	(void)state;
	qsort(sums, p.tree.functions.n, sizeof(*sums), call_sum_compare_own);
	assert_string_equal(p.tree.functions.at[sums[0].function], "alloc");
	qsort(sums, p.tree.functions.n, sizeof(*sums), call_sum_compare_all);
	assert_int_equal(sums[0].all, 155);
	assert_int_equal(sums[1].all, 155);
	free(sums);
	profile_free(&p);
}

static void callees_are_of_one_caller(void **state)
{
	struct profile p = made();
	struct call_sum *sums = call_tree_callees(&p.tree, "start", KERNEL);

	(void)state;
	assert_int_equal(sum_of(&p, sums, "alloc").all, 80);
	assert_int_equal(sum_of(&p, sums, "parse").all, 70);
	assert_int_equal(sum_of(&p, sums, "eval").all, 0);
	free(sums);
	assert_null(call_tree_callees(&p.tree, "nobody", KERNEL));
	profile_free(&p);
}

static const struct profile_change *change_of(const profile_change_vec *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(profile_change_name(&all->at[i]), name))
			return &all->at[i];
	return NULL;
}

static void changes_name_what_gained_and_lost(void **state)
{
	profile_function_vec before = { 0 }, after = { 0 };
	profile_change_vec changes = { 0 };
	struct profile a = made(), b;

	(void)state;
	profile_make(&b, "lobos");
	profile_add(&b, PHASE_KERNEL, "start", 5);
	profile_add(&b, PHASE_KERNEL, "start;spin", 300000);
	profile_add(&b, PHASE_KERNEL, "start;alloc", 60);
	call_tree_sort_functions(&b.tree);
	profile_functions_of(&a, &before);
	profile_functions_of(&b, &after);
	profile_changes(&before, &after, &changes);
	assert_int_equal(changes.n, 7);
	profile_changes_sort(&changes, false, KERNEL);
	assert_string_equal(profile_change_name(&changes.at[0]), "spin");
	assert_int_equal(profile_change_own(&changes.at[0], KERNEL), 300000);
	assert_string_equal(profile_change_name(&changes.at[1]), "parse");
	assert_int_equal(profile_change_own(&changes.at[1], KERNEL), -50);
	assert_int_equal(profile_change_own(change_of(&changes, "alloc"), KERNEL), -20);
	assert_int_equal(profile_change_own(change_of(&changes, "alloc"), KERNEL | LOAD), -27);
	assert_int_equal(profile_change_all(change_of(&changes, "start"), KERNEL), 300065 - 155);
	profile_changes_sort(&changes, true, LOAD);
	assert_int_equal(profile_change_all(&changes.at[0], LOAD), -7);
	vec_free(&changes);
	profile_functions_free(&before);
	profile_functions_free(&after);
	profile_free(&a);
	profile_free(&b);
}

static void functions_are_read_as_they_were_written(void **state)
{
	char *path = scratch_path(state, "profile.json");
	profile_function_vec written = { 0 }, read = { 0 };
	profile_change_vec changes = { 0 };
	struct error *err = NULL;
	struct profile p = made();

	profile_functions_of(&p, &written);
	assert_int_equal(profile_functions_write(&p, path, &err), 0);
	assert_int_equal(profile_functions_read(path, &read, &err), 0);
	assert_int_equal(read.n, written.n);
	profile_changes(&written, &read, &changes);
	for (size_t i = 0; i < changes.n; i++) {
		assert_int_equal(profile_change_own(&changes.at[i], CALL_TREE_ALL), 0);
		assert_int_equal(profile_change_all(&changes.at[i], CALL_TREE_ALL), 0);
	}
	vec_free(&changes);
	profile_functions_free(&written);
	profile_functions_free(&read);
	profile_free(&p);
	free(path);
}

static void a_file_that_is_no_profile_is_refused(void **state)
{
	static const char *const texts[] = { "", "{", "[]", "{\"schema\": 99, \"phases\": []}" };
	char *path = scratch_path(state, "profile.json");

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		profile_function_vec read = { 0 };
		struct error *err = NULL;

		assert_int_equal(file_write(path, texts[i], &err), 0);
		assert_true(profile_functions_read(path, &read, &err) < 0);
		assert_non_null(strstr(err->message, "profile.json"));
		error_free(err);
	}
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_of_one_name_become_one),
		cmocka_unit_test(totals_hold_all_below),
		cmocka_unit_test(recursion_counts_once),
		cmocka_unit_test(sums_have_two_orders),
		cmocka_unit_test(callees_are_of_one_caller),
		cmocka_unit_test(changes_name_what_gained_and_lost),
		cmocka_unit_test_setup_teardown(functions_are_read_as_they_were_written, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_is_no_profile_is_refused, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
