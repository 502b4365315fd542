// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_operand.c - what a register held, from instructions as kernels and BIOSes have them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "witness/operand.h"

#define INSN(...) { .size = sizeof((uint8_t[]){ __VA_ARGS__ }), .bytes = { __VA_ARGS__ } }
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define EAX 0
#define ECX 1
#define EDX 2
#define R9 9
#define R13 13

static void expect(struct operand o, enum operand_source source, uint64_t keep, uint64_t set)
{
	assert_int_equal(o.source, source);
	assert_int_equal(o.keep, keep);
	assert_int_equal(o.set, set);
}

static void kexec_clears_paging_and_keeps_protection(void **state)
{
	const struct insn insns[] = {
		INSN(0x0f, 0x20, 0xc0),				/* mov %cr0,%eax */
		INSN(0x25, 0xf3, 0xff, 0xfa, 0x7f),		/* and $0x7ffafff3,%eax */
		INSN(0x83, 0xc8, 0x01),				/* or $1,%eax */
	};

	(void)state;
	expect(operand_of(insns, 3, EAX, 32), OPERAND_CR0, 0x7ffafff2, 1);
	expect(operand_of(insns, 2, EAX, 32), OPERAND_CR0, 0x7ffafff3, 0);
	expect(operand_of(insns, 1, EAX, 32), OPERAND_CR0, 0xffffffff, 0);
}

static void tkm_clears_protection_by_a_byte(void **state)
{
	const struct insn insns[] = {
		INSN(0x66, 0x0f, 0x20, 0xc0),
		INSN(0x24, 0xfe),				/* and $0xfe,%al */
	};

	(void)state;
	expect(operand_of(insns, 2, EAX, 32), OPERAND_CR0, 0xfffffffe, 0);
}

static void set_up_code_sets_protection_by_a_byte_of_edx(void **state)
{
	const struct insn insns[] = {
		INSN(0x0f, 0x20, 0xc2),				/* mov %cr0,%edx */
		INSN(0x80, 0xca, 0x01),				/* or $1,%dl */
	};

	(void)state;
	expect(operand_of(insns, 2, EDX, 32), OPERAND_CR0, 0xfffffffe, 1);
	/* or $1,%dh is not for bit 0 */
	const struct insn high[] = { INSN(0x0f, 0x20, 0xc2), INSN(0x80, 0xce, 0x01) };

	expect(operand_of(high, 2, EDX, 32), OPERAND_UNKNOWN, 0, 0);
}

static void seabios_masks_ecx_in_code_of_16_bits(void **state)
{
	const struct insn insns[] = {
		INSN(0x0f, 0x20, 0xc1),
		INSN(0x66, 0x81, 0xe1, 0xff, 0xff, 0xff, 0x1f),	/* and $0x1fffffff,%ecx */
		INSN(0x66, 0x83, 0xc9, 0x01),			/* or $1,%ecx */
	};

	(void)state;
	expect(operand_of(insns, 3, ECX, 32), OPERAND_CR0, 0x1ffffffe, 1);
}

/* relocate_kernel_64.S of Linux 6.12, as it was built. */
static void kexec_of_64_bits_keeps_paging(void **state)
{
	const struct insn insns[] = {
		INSN(0x4c, 0x8b, 0x4e, 0x10),			/* mov 0x10(%rsi),%r9 */
		INSN(0x0f, 0x20, 0xe0),				/* mov %cr4,%rax */
		INSN(0x49, 0x89, 0xc5),				/* mov %rax,%r13 */
		INSN(0x48, 0x25, 0xff, 0xff, 0x7f, 0xff),	/* and $0xffffffffff7fffff,%rax */
		INSN(0x0f, 0x22, 0xe0),				/* mov %rax,%cr4 */
		INSN(0x0f, 0x20, 0xc0),				/* mov %cr0,%rax */
		INSN(0x48, 0x25, 0xf3, 0xff, 0xfa, 0xff),	/* and $0xfffffffffffafff3,%rax */
		INSN(0x0d, 0x01, 0x00, 0x00, 0x80),		/* or $0x80000001,%eax */
		INSN(0x0f, 0x22, 0xc0),				/* mov %rax,%cr0 */
		INSN(0x41, 0x81, 0xe5, 0x20, 0x10, 0x00, 0x00),	/* and $0x1020,%r13d */
		INSN(0x90),
	};

	(void)state;
	expect(operand_of(insns, 1, R9, 64), OPERAND_LOADED, UINT64_MAX, 0);
	expect(operand_of(insns, COUNT(insns), R9, 64), OPERAND_LOADED, UINT64_MAX, 0);
	expect(operand_of(insns, 4, EAX, 64), OPERAND_CR4, 0xffffffffff7fffff, 0);
	expect(operand_of(insns, 8, EAX, 64), OPERAND_CR0, 0x7ffafff2, 0x80000001);
	/* It was moved from a register. */
	expect(operand_of(insns, COUNT(insns), R13, 64), OPERAND_UNKNOWN, 0, 0);
	/* The same number as of R9, and another register. */
	expect(operand_of(insns, 1, ECX, 64), OPERAND_UNKNOWN, 0, 0);
}

static void constants_of_64_bits_are_known(void **state)
{
	const struct insn given[] = { INSN(0x48, 0xb8, 1, 2, 3, 4, 5, 6, 7, 0x80) };
	const struct insn extended[] = { INSN(0x48, 0xc7, 0xc0, 0xfe, 0xff, 0xff, 0xff) };
	const struct insn cleared[] = { INSN(0x45, 0x31, 0xc9) };	/* xor %r9d,%r9d */
	const struct insn low[] = { INSN(0x45, 0x31, 0xc9), INSN(0x40, 0x80, 0xcc, 0x01) };
								/* or $1,%spl */

	(void)state;
	expect(operand_of(given, 1, EAX, 64), OPERAND_CONSTANT, 0, 0x8007060504030201);
	expect(operand_of(extended, 1, EAX, 64), OPERAND_CONSTANT, 0, 0xfffffffffffffffe);
	expect(operand_of(cleared, 1, R9, 64), OPERAND_CONSTANT, 0, 0);
	expect(operand_of(cleared, 1, ECX, 64), OPERAND_UNKNOWN, 0, 0);
	expect(operand_of(low, 2, R9, 64), OPERAND_CONSTANT, 0, 0);
}

static void constants_are_known(void **state)
{
	const struct insn cleared[] = { INSN(0x31, 0xc0) };	/* xor %eax,%eax */
	const struct insn given[] = { INSN(0xb8, 0x00, 0xd0, 0x5c, 0x01) };
	const struct insn narrow[] = { INSN(0xb8, 0x03, 0x00) };	/* mov $3,%ax */

	(void)state;
	expect(operand_of(cleared, 1, EAX, 32), OPERAND_CONSTANT, 0, 0);
	expect(operand_of(given, 1, EAX, 32), OPERAND_CONSTANT, 0, 0x015cd000);
	expect(operand_of(narrow, 1, EAX, 32), OPERAND_UNKNOWN, 0, 0);
	expect(operand_of(cleared, 1, ECX, 32), OPERAND_UNKNOWN, 0, 0);
}

static void what_does_not_touch_it_is_passed_over(void **state)
{
	const struct insn insns[] = {
		INSN(0x31, 0xc0),				/* xor %eax,%eax */
		INSN(0x0f, 0x22, 0xd8),				/* mov %eax,%cr3 */
		INSN(0xb9, 0x18, 0x00, 0x00, 0x00),		/* mov $0x18,%ecx */
		INSN(0x8e, 0xd9),				/* mov %ecx,%ds */
		INSN(0xbc, 0x00, 0x80, 0x00, 0x00),		/* mov $0x8000,%esp */
		INSN(0x39, 0x05, 0x08, 0x70, 0x00, 0x00),	/* cmp %eax,0x7008 */
		INSN(0x74, 0x03),				/* je */
	};

	(void)state;
	expect(operand_of(insns, COUNT(insns), EAX, 32), OPERAND_CONSTANT, 0, 0);
}

static void what_may_touch_it_makes_it_unknown(void **state)
{
	static const struct insn touching[] = {
		INSN(0x58),					/* pop %eax */
		INSN(0x89, 0xc8),				/* mov %ecx,%eax */
		INSN(0x8b, 0xc1),				/* mov %ecx,%eax */
		INSN(0x05, 0x7e, 0x00, 0x00, 0x00),		/* add $0x7e,%eax */
		INSN(0x34, 0x01),				/* xor $1,%al */
		INSN(0x0f, 0xa2),				/* cpuid */
		INSN(0xe8, 0x00, 0x00, 0x00, 0x00),		/* call */
		INSN(0x8d, 0x04, 0x24),				/* lea (%esp),%eax */
		INSN(0x66, 0x25, 0xfe, 0xff),			/* and $0xfffe,%ax */
		INSN(0xc3),
	};

	(void)state;
	for (size_t i = 0; i < COUNT(touching); i++) {
		const struct insn insns[] = { INSN(0x31, 0xc0), touching[i] };

		expect(operand_of(insns, 2, EAX, 32), OPERAND_UNKNOWN, 0, 0);
	}
	expect(operand_of(NULL, 0, EAX, 32), OPERAND_UNKNOWN, 0, 0);
}

static void a_load_from_memory_is_told(void **state)
{
	const struct insn load = INSN(0x8b, 0x45, 0x08);	/* mov 8(%ebp),%eax */
	const struct insn other = INSN(0x8b, 0x4d, 0x08);	/* mov 8(%ebp),%ecx */
	const struct insn both[] = { load, other };

	(void)state;
	expect(operand_of(both, 2, EAX, 32), OPERAND_LOADED, 0xffffffff, 0);
	expect(operand_of(both, 2, ECX, 32), OPERAND_LOADED, 0xffffffff, 0);
}

static void names_go_both_ways(void **state)
{
	(void)state;
	for (int source = 0; source < OPERAND_SOURCES; source++)
		assert_int_equal(operand_from_name(operand_name(source)), source);
	assert_int_equal(operand_from_name("cr2"), OPERAND_SOURCES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kexec_clears_paging_and_keeps_protection),
		cmocka_unit_test(tkm_clears_protection_by_a_byte),
		cmocka_unit_test(set_up_code_sets_protection_by_a_byte_of_edx),
		cmocka_unit_test(seabios_masks_ecx_in_code_of_16_bits),
		cmocka_unit_test(kexec_of_64_bits_keeps_paging),
		cmocka_unit_test(constants_of_64_bits_are_known),
		cmocka_unit_test(constants_are_known),
		cmocka_unit_test(what_does_not_touch_it_is_passed_over),
		cmocka_unit_test(what_may_touch_it_makes_it_unknown),
		cmocka_unit_test(a_load_from_memory_is_told),
		cmocka_unit_test(names_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
