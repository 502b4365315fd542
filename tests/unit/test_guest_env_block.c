// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_guest_env_block.c - guest/env_block.c: GRUB's environment block
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../guest/env_block.c"

/* As `grub-editenv FILE create` makes it. */
static char *fresh(void)
{
	static char block[ENV_BLOCK_BYTES];

	memset(block, '#', sizeof(block));
	memcpy(block, ENV_BLOCK_SIGNATURE, strlen(ENV_BLOCK_SIGNATURE));
	return block;
}

/* The variables of a block, as text, and that the filling is whole. */
static const char *variables(const char *block)
{
	static char text[ENV_BLOCK_BYTES + 1];
	size_t begin = strlen(ENV_BLOCK_SIGNATURE), length = ENV_BLOCK_BYTES - begin;

	assert_memory_equal(block, ENV_BLOCK_SIGNATURE, begin);
	memcpy(text, block + begin, length);
	while (length && text[length - 1] == '#')
		length--;
	text[length] = '\0';
	return text;
}

static void test_set_and_change(void **state)
{
	char *block = fresh();

	(void)state;
	assert_int_equal(env_block_set(block, "cmdline", "ro quiet"), 0);
	assert_int_equal(env_block_set(block, "cmd", "1"), 0);
	assert_string_equal(variables(block), "cmdline=ro quiet\ncmd=1\n");
	assert_int_equal(env_block_set(block, "cmdline", "ro"), 0);
	assert_string_equal(variables(block), "cmd=1\ncmdline=ro\n");
	assert_int_equal(env_block_set(block, "cmd", ""), 0);
	assert_string_equal(variables(block), "cmdline=ro\ncmd=\n");
}

static void test_backslash_is_escaped(void **state)
{
	char *block = fresh();

	(void)state;
	assert_int_equal(env_block_set(block, "a", "b\\c"), 0);
	assert_string_equal(variables(block), "a=b\\\\c\n");
}

static void test_refusals_change_nothing(void **state)
{
	char *block = fresh(), before[ENV_BLOCK_BYTES], value[ENV_BLOCK_BYTES] = "";
	size_t room = ENV_BLOCK_BYTES - strlen(ENV_BLOCK_SIGNATURE) - strlen("a=\n");

	(void)state;
	memcpy(before, block, sizeof(before));
	assert_int_equal(env_block_set(block, "", "x"), -EINVAL);
	assert_int_equal(env_block_set(block, "a=b", "x"), -EINVAL);
	assert_int_equal(env_block_set(block, "a", "x\ny"), -EINVAL);
	memset(value, 'x', room + 1);
	assert_int_equal(env_block_set(block, "a", value), -ENOSPC);
	assert_memory_equal(block, before, sizeof(before));
	value[room] = '\0';
	assert_int_equal(env_block_set(block, "a", value), 0);
	memset(block, 0, ENV_BLOCK_BYTES);
	assert_int_equal(env_block_set(block, "a", "x"), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_and_change),
		cmocka_unit_test(test_backslash_is_escaped),
		cmocka_unit_test(test_refusals_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
