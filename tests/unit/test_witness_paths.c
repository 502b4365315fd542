// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_paths.c - call paths of a machine that is made up call by call
 */
#include "paths_scene.h"

static struct path_function three = { .name = "three" },
	thunk = { .name = "thunk", .thunk = true };

static void calls_and_returns_nest(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	call(m, STACK_A - 0x20);
	block(m, &two);
	block(m, &two);
	ret(m, STACK_A - 0x20);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start"), 20);
	assert_int_equal(counted(m, "start;one"), 20);
	assert_int_equal(counted(m, "start;one;two"), 20);
	assert_int_equal(m->paths.quality.calls, 2);
	assert_int_equal(m->paths.quality.returns, 2);
	assert_int_equal(m->paths.quality.odd, 0);
	assert_int_equal(below(&m->paths.root, "start", 5)->below->calls, 1);
}

/* Recursion: the function is the same, the call is seen. */
static void a_function_that_calls_itself_is_below_itself(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &start);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start"), 20);
	assert_int_equal(counted(m, "start;start"), 10);
}

static void a_jump_is_one_level_below_its_frame(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	block(m, &two);
	block(m, &three);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start;one"), 20);
	assert_int_equal(counted(m, "start;one;two"), 10);
	assert_int_equal(counted(m, "start;one;three"), 10);
	assert_int_equal(counted(m, "start"), 20);
}

static void a_thunk_belongs_to_its_caller(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &thunk);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start"), 30);
	assert_int_equal(counted(m, "start;one"), 10);
	assert_int_equal(counted(m, "start;thunk"), -1);
}

/* Calls that never return, each deeper than the last. */
static void a_path_is_cut_and_all_is_counted(void **state)
{
	struct machine *m = *state;
	struct path_node *node = &m->paths.root;
	uint64_t sum = 0;

	block(m, &start);
	for (unsigned int i = 1; i < 2 * PATHS_DEPTH; i++) {
		call(m, STACK_A - 4 * i);
		block(m, i % 2 ? &one : &two);
	}
	paths_count(&m->paths, m->now);
	for (; node; node = node->below)
		sum += node->instructions;
	assert_int_equal(sum, 10 * 2 * PATHS_DEPTH);
	assert_true(m->paths.quality.cut > 0);
}

static void the_tree_is_written_once_and_counts_each_time(void **state)
{
	struct machine *m = *state;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	paths_count(&m->paths, m->now);
	paths_write(&m->paths, f);
	block(m, &one);
	paths_count(&m->paths, m->now);
	paths_write(&m->paths, f);
	fclose(f);
	assert_string_equal(text, "f 1 start\nn 1 0 1\nc 1 10 1\nf 2 one\nn 2 1 2\nc 2 10 1\n"
			    "p 1 0 0 0 0\nc 2 10 0\np 0 0 0 0 0\n");
	free(text);
	start.number = one.number = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(calls_and_returns_nest),
		TEST(a_function_that_calls_itself_is_below_itself),
		TEST(a_jump_is_one_level_below_its_frame),
		TEST(a_thunk_belongs_to_its_caller),
		TEST(a_path_is_cut_and_all_is_counted),
		TEST(the_tree_is_written_once_and_counts_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
