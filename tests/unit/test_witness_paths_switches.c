// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_paths_switches.c - call paths across interrupts, threads, programs and kernels
 */
#include "paths_scene.h"

static struct path_function schedule = { .name = "schedule" }, thread = { .name = "thread" },
	timer = { .name = "timer" }, handler = { .name = "handler" },
	syscall_entry = { .name = "entry" }, init = { .name = "init" },
	shell = { .name = "shell" }, error_entry = { .name = "error_entry", .moves = true },
	sync_regs = { .name = "sync_regs" };

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
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_interrupt_is_below_what_it_came_upon),
		TEST(an_entry_may_move_its_return_address),
		TEST(an_interrupt_between_call_and_callee_loses_nothing),
		TEST(a_handler_with_its_own_stack_returns_to_the_other),
		TEST(switches_are_returns_on_another_stack),
		TEST(a_new_thread_does_not_inherit_from_a_dead_one),
		TEST(the_kernel_is_below_the_program_that_called),
		TEST(a_fault_right_behind_the_return_comes_from_the_program),
		TEST(another_kernel_begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
