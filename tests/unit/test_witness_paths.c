// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_paths.c - call paths of a machine that is made up call by call
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "witness/paths.h"

#define STACK_A		0xc2002000	/* tops of two stacks of 8 KiB */
#define STACK_B		0xc4004000

static struct path_function start = { .name = "start" }, one = { .name = "one" },
	two = { .name = "two" }, three = { .name = "three" }, schedule = { .name = "schedule" },
	thread = { .name = "thread" }, timer = { .name = "timer" }, handler = { .name = "handler" },
	thunk = { .name = "thunk", .thunk = true }, syscall_entry = { .name = "entry" },
	init = { .name = "init" }, shell = { .name = "shell" },
	error_entry = { .name = "error_entry", .moves = true }, sync_regs = { .name = "sync_regs" };

/* A machine: how far it is, and its paths. */
struct machine {
	struct paths paths;
	uint64_t now;
};

static int set_up(void **state)
{
	struct machine *m = calloc(1, sizeof(*m));

	paths_begin(&m->paths, 13);
	*state = m;
	return 0;
}

static int tear_down(void **state)
{
	paths_free(&((struct machine *)*state)->paths);
	free(*state);
	return 0;
}

/* A block of 10 instructions of the kernel. */
static void block(struct machine *m, struct path_function *f)
{
	if (m->paths.running != f)
		paths_block(&m->paths, f, false, NULL, m->now);
	m->now += 10;
}

/* The same where an interrupt or a system call enters. */
static void entry(struct machine *m, struct path_function *f, struct path_function *program)
{
	paths_block(&m->paths, f, true, program, m->now);
	m->now += 10;
}

static void program(struct machine *m, struct path_function *f)
{
	paths_outside(&m->paths, f, m->now);
	m->now += 10;
}

static void call(struct machine *m, uint64_t slot)
{
	paths_call(&m->paths, slot, m->now);
}

static void ret(struct machine *m, uint64_t slot)
{
	paths_return(&m->paths, slot, m->now);
}

static void iret(struct machine *m)
{
	paths_interrupt_return(&m->paths, m->now);
}

static struct path_node *below(struct path_node *node, const char *name, size_t length)
{
	for (struct path_node *n = node->below; n; n = n->beside)
		if (strlen(n->function->name) == length && !strncmp(n->function->name, name, length))
			return n;
	return NULL;
}

/* Instructions of a path "start;one;two"; -1: there is none. */
static int64_t counted(struct machine *m, const char *path)
{
	struct path_node *node = &m->paths.root;

	paths_count(&m->paths, m->now);
	for (; node && *path; path += strcspn(path, ";"), path += *path == ';')
		node = below(node, path, strcspn(path, ";"));
	return node ? (int64_t)node->instructions : -1;
}

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

static void an_interrupt_is_below_what_it_came_upon(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	entry(m, &timer, NULL);
	call(m, STACK_A - 0x40);
	block(m, &handler);
	ret(m, STACK_A - 0x40);
	block(m, &timer);
	iret(m);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start;one"), 20);
	assert_int_equal(counted(m, "start;one;timer"), 20);
	assert_int_equal(counted(m, "start;one;timer;handler"), 10);
	assert_int_equal(m->paths.quality.odd, 0);
}

/* x86_64: it saves registers above its return address, and leaves by another function. */
static void an_entry_may_move_its_return_address(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	entry(m, &timer, NULL);
	call(m, STACK_A - 0x40);
	block(m, &error_entry);
	block(m, &sync_regs);
	ret(m, STACK_A - 0xb0);
	block(m, &timer);
	call(m, STACK_A - 0xb0);
	block(m, &handler);
	ret(m, STACK_A - 0xb0);
	block(m, &timer);
	iret(m);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start;one;timer"), 30);
	assert_int_equal(counted(m, "start;one;timer;error_entry;sync_regs"), 10);
	assert_int_equal(counted(m, "start;one;timer;handler"), 10);
	assert_int_equal(counted(m, "start"), 20);
	assert_int_equal(m->paths.quality.odd, 0);
	assert_int_equal(m->paths.quality.lost, 0);
}

static void an_interrupt_between_call_and_callee_loses_nothing(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	entry(m, &timer, NULL);
	call(m, STACK_A - 0x40);
	block(m, &handler);
	ret(m, STACK_A - 0x40);
	block(m, &timer);
	iret(m);
	block(m, &one);
	block(m, &two);
	assert_int_equal(counted(m, "start;timer;handler"), 10);
	assert_int_equal(counted(m, "start;one"), 10);
	assert_int_equal(counted(m, "start;one;two"), 10);
}

static void a_handler_with_its_own_stack_returns_to_the_other(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	entry(m, &timer, NULL);
	call(m, STACK_B - 0x10);
	block(m, &handler);
	ret(m, STACK_B - 0x10);
	block(m, &timer);
	iret(m);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	assert_int_equal(counted(m, "start;one;timer;handler"), 10);
	assert_int_equal(counted(m, "start;one"), 20);
	assert_int_equal(counted(m, "start"), 20);
}

/* A return that reads from the other stack, where nobody has called yet: a thread begins. */
static void switches_are_returns_on_another_stack(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	call(m, STACK_A - 0x20);
	block(m, &schedule);
	ret(m, STACK_B - 0x10);
	block(m, &thread);
	call(m, STACK_B - 0x10);
	block(m, &two);
	call(m, STACK_B - 0x20);
	block(m, &schedule);
	ret(m, STACK_A - 0x20);
	block(m, &one);
	assert_int_equal(counted(m, "thread"), 10);
	assert_int_equal(counted(m, "thread;two;schedule"), 10);
	assert_int_equal(counted(m, "start;one"), 20);
	assert_int_equal(counted(m, "start;one;schedule"), 10);
	assert_int_equal(m->paths.quality.odd, 0);
}

/* The stack of a task that died, with what it had called, is another's now. */
static void a_new_thread_does_not_inherit_from_a_dead_one(void **state)
{
	struct machine *m = *state;

	program(m, &init);
	entry(m, &syscall_entry, &init);
	call(m, STACK_B - 0x10);
	block(m, &one);
	call(m, STACK_B - 0x20);
	block(m, &schedule);
	ret(m, STACK_A - 0x10);
	block(m, &start);
	call(m, STACK_A - 0x20);
	block(m, &schedule);
	ret(m, STACK_B - 0x10);
	block(m, &thread);
	assert_int_equal(counted(m, "thread"), 10);
	assert_int_equal(counted(m, "init;entry;one;schedule"), 10);
}

static void the_kernel_is_below_the_program_that_called(void **state)
{
	struct machine *m = *state;

	program(m, &init);
	entry(m, &syscall_entry, &init);
	call(m, STACK_A - 0x10);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &syscall_entry);
	paths_program_return(&m->paths, m->now);
	program(m, &shell);
	entry(m, &syscall_entry, &shell);
	call(m, STACK_A - 0x10);
	block(m, &two);
	assert_int_equal(counted(m, "init"), 10);
	assert_int_equal(counted(m, "init;entry"), 20);
	assert_int_equal(counted(m, "init;entry;one"), 10);
	assert_int_equal(counted(m, "shell;entry;two"), 10);
}

/* The first instruction of the program could not be fetched: none of it was executed. */
static void a_fault_right_behind_the_return_comes_from_the_program(void **state)
{
	struct machine *m = *state;

	program(m, &init);
	entry(m, &syscall_entry, &init);
	call(m, STACK_A - 0x10);
	block(m, &one);
	ret(m, STACK_A - 0x10);
	block(m, &syscall_entry);
	iret(m);
	assert_true(paths_comes_from_outside(&m->paths, true));
	entry(m, &timer, &init);
	assert_int_equal(counted(m, "init;timer"), 10);
}

static void another_kernel_begins_anew(void **state)
{
	struct machine *m = *state;

	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &one);
	paths_forget(&m->paths, m->now);
	block(m, &start);
	call(m, STACK_A - 0x10);
	block(m, &two);
	assert_int_equal(counted(m, "start"), 20);
	assert_int_equal(counted(m, "start;two"), 10);
	assert_int_equal(counted(m, "start;one"), 10);
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

#define TEST(name)	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(calls_and_returns_nest),
		TEST(a_function_that_calls_itself_is_below_itself),
		TEST(a_jump_is_one_level_below_its_frame),
		TEST(a_thunk_belongs_to_its_caller),
		TEST(an_interrupt_is_below_what_it_came_upon),
		TEST(an_entry_may_move_its_return_address),
		TEST(an_interrupt_between_call_and_callee_loses_nothing),
		TEST(a_handler_with_its_own_stack_returns_to_the_other),
		TEST(switches_are_returns_on_another_stack),
		TEST(a_new_thread_does_not_inherit_from_a_dead_one),
		TEST(the_kernel_is_below_the_program_that_called),
		TEST(a_fault_right_behind_the_return_comes_from_the_program),
		TEST(another_kernel_begins_anew),
		TEST(a_path_is_cut_and_all_is_counted),
		TEST(the_tree_is_written_once_and_counts_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
