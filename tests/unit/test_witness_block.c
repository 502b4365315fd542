// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_block.c - blocks that were executed one right behind the other
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "witness/block.h"

/* A block of n instructions, each of one byte that says which it is. */
static struct block *block(uint8_t first, size_t n)
{
	struct block *b = calloc(1, sizeof(*b) + n * sizeof(b->insns[0]));

	assert_non_null(b);
	b->n = n;
	for (size_t i = 0; i < n; i++)
		b->insns[i] = (struct insn){ .size = 1, .bytes = { first + i } };
	return b;
}

static void instructions_ahead_reach_into_blocks_before(void **state)
{
	struct block *a = block(10, 3), *b = block(20, 2);
	struct trail trail = { 0 };
	struct insn insns[4];

	(void)state;
	trail_add(&trail, a, 100);
	trail_add(&trail, b, 103);
	trail_add(&trail, b, 103);
	assert_int_equal(trail.n, 2);
	assert_int_equal(trail_before(&trail, b, 1, insns, 4), 4);
	assert_int_equal(insns[0].bytes[0], 10);
	assert_int_equal(insns[3].bytes[0], 20);
	assert_int_equal(trail_before(&trail, b, 1, insns, 2), 2);
	assert_int_equal(insns[0].bytes[0], 12);
	free(a);
	free(b);
}

/* A loop over one block is no repetition of the same telling: the count went on. */
static void a_block_may_follow_itself(void **state)
{
	struct block *a = block(10, 3);
	struct trail trail = { 0 };
	struct insn insns[8];

	(void)state;
	trail_add(&trail, a, 100);
	trail_add(&trail, a, 103);
	assert_int_equal(trail_before(&trail, a, 0, insns, 8), 3);
	free(a);
}

static void what_came_in_between_ends_it(void **state)
{
	struct block *a = block(10, 3), *b = block(20, 2);
	struct trail trail = { 0 };
	struct insn insns[8];

	(void)state;
	trail_add(&trail, a, 100);
	trail_add(&trail, b, 104);
	assert_int_equal(trail_before(&trail, b, 1, insns, 8), 1);
	assert_int_equal(insns[0].bytes[0], 20);
	/* A fault: the block did not come to its end. */
	trail_add(&trail, a, 105);
	assert_int_equal(trail_before(&trail, a, 2, insns, 8), 2);
	free(a);
	free(b);
}

static void constants_ahead_are_read(void **state)
{
	struct block *b = block(0, 2);

	(void)state;
	b->insns[0] = (struct insn){ .size = 2, .bytes = { 0xb0, 0x42 } };
	assert_int_equal(block_constant_al(b, 1), 0x42);
	assert_int_equal(block_constant_al(b, 0), -1);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instructions_ahead_reach_into_blocks_before),
		cmocka_unit_test(a_block_may_follow_itself),
		cmocka_unit_test(what_came_in_between_ends_it),
		cmocka_unit_test(constants_ahead_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
