// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_step.c - instruction bytes, as the assembler makes them, and what they are
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "witness/step.h"

#define INSN(...) { .size = sizeof((uint8_t[]){ __VA_ARGS__ }), .bytes = { __VA_ARGS__ } }

static const struct {
	struct insn insn;
	enum step_kind kind;
	int reg, vector;
} cases[] = {
	{ INSN(0x0f, 0x22, 0xc0), STEP_CR0, 0, -1 },		/* mov %eax,%cr0 */
	{ INSN(0x0f, 0x22, 0xc1), STEP_CR0, 1, -1 },		/* mov %ecx,%cr0 */
	{ INSN(0x0f, 0x22, 0xd8), STEP_CR3, 0, -1 },		/* mov %eax,%cr3 */
	{ INSN(0x0f, 0x22, 0xe2), STEP_CR4, 2, -1 },		/* mov %edx,%cr4 */
	{ INSN(0x0f, 0x22, 0xd0), STEP_CR_OTHER, 0, -1 },	/* mov %eax,%cr2 */
	{ INSN(0x66, 0x0f, 0x22, 0xc0), STEP_CR0, 0, -1 },
	{ INSN(0x0f, 0x20, 0xc0), STEP_NONE, 0, -1 },		/* mov %cr0,%eax */
	{ INSN(0x0f, 0x23, 0xf8), STEP_DEBUG, 0, -1 },		/* mov %eax,%db7 */
	{ INSN(0x0f, 0x01, 0x55, 0x2a), STEP_LGDT, 0, -1 },	/* lgdt 0x2a(%ebp) */
	{ INSN(0x0f, 0x01, 0x5d, 0x32), STEP_LIDT, 0, -1 },	/* lidt 0x32(%ebp) */
	{ INSN(0x2e, 0x66, 0x0f, 0x01, 0x16, 0x80, 0x02), STEP_LGDT, 0, -1 },
	{ INSN(0x0f, 0x01, 0x45, 0x00), STEP_NONE, 0, -1 },	/* sgdt */
	{ INSN(0x0f, 0x01, 0x4d, 0x00), STEP_NONE, 0, -1 },	/* sidt */
	{ INSN(0x0f, 0x01, 0xd0), STEP_NONE, 0, -1 },		/* xgetbv */
	{ INSN(0x0f, 0x01, 0xd9), STEP_NONE, 0, -1 },		/* vmmcall */
	{ INSN(0x0f, 0x01, 0x3b), STEP_TRANSLATION, 0, -1 },	/* invlpg (%ebx) */
	{ INSN(0x0f, 0x01, 0xf0), STEP_LMSW, 0, -1 },		/* lmsw %ax */
	{ INSN(0x0f, 0x00, 0xd0), STEP_LLDT, 0, -1 },
	{ INSN(0x0f, 0x00, 0xd8), STEP_LTR, 0, -1 },
	{ INSN(0x0f, 0x00, 0xc8), STEP_NONE, 0, -1 },		/* str */
	{ INSN(0x0f, 0x06), STEP_CLTS, 0, -1 },
	{ INSN(0x0f, 0x09), STEP_CACHE, 0, -1 },
	{ INSN(0x0f, 0x30), STEP_MSR, 0, -1 },
	{ INSN(0x0f, 0x32), STEP_NONE, 0, -1 },			/* rdmsr */
	{ INSN(0xff, 0x6b, 0x04), STEP_FAR_JUMP, 0, -1 },	/* ljmp *4(%ebx) */
	{ INSN(0xff, 0x5b, 0x04), STEP_FAR_CALL, 0, -1 },	/* lcall *4(%ebx) */
	{ INSN(0xff, 0xe2), STEP_NONE, 0, -1 },			/* jmp *%edx */
	{ INSN(0xff, 0xeb), STEP_NONE, 0, -1 },			/* no instruction */
	{ INSN(0xcb), STEP_FAR_RETURN, 0, -1 },
	{ INSN(0x66, 0xcb), STEP_FAR_RETURN, 0, -1 },
	{ INSN(0xc3), STEP_NONE, 0, -1 },			/* ret */
	{ INSN(0xcd, 0x10), STEP_INTERRUPT, 0, 0x10 },
	{ INSN(0xcc), STEP_NONE, 0, -1 },			/* int3 */
	{ INSN(0xcf), STEP_INTERRUPT_RETURN, 0, -1 },
	{ INSN(0xf4), STEP_HALT, 0, -1 },
	{ INSN(0xe6, 0xe9), STEP_MARK, 0, -1 },			/* out %al,$0xe9 */
	{ INSN(0xe6, 0x80), STEP_NONE, 0, -1 },
	{ INSN(0xf3, 0xa5), STEP_NONE, 0, -1 },			/* rep movsl */
	/* An immediate or a displacement that looks like one of the above. */
	{ INSN(0xb8, 0x0f, 0x22, 0xc0, 0x00), STEP_NONE, 0, -1 },
	{ INSN(0x8b, 0x85, 0x0f, 0x01, 0x10, 0x00), STEP_NONE, 0, -1 },
	{ INSN(0x66, 0x66), STEP_NONE, 0, -1 },			/* nothing but prefixes */
	/* As the kernel's relocate_kernel_64.S, head_64.S and entry_64.S have them. */
	{ INSN(0x0f, 0x22, 0xd8), STEP_CR3, 0, -1 },		/* mov %rax,%cr3 */
	{ INSN(0x41, 0x0f, 0x22, 0xd9), STEP_CR3, 9, -1 },	/* mov %r9,%cr3 */
	{ INSN(0x41, 0x0f, 0x22, 0xe5), STEP_CR4, 13, -1 },	/* mov %r13,%cr4 */
	{ INSN(0x44, 0x0f, 0x22, 0xc0), STEP_CR_OTHER, 0, -1 },	/* mov %rax,%cr8 */
	{ INSN(0x0f, 0x01, 0x15, 0x10, 0x00, 0x00, 0x00), STEP_LGDT, 0, -1 },
								/* lgdt 0x10(%rip) */
	{ INSN(0x41, 0x0f, 0x01, 0x10), STEP_LGDT, 0, -1 },	/* lgdt (%r8) */
	{ INSN(0x0f, 0x01, 0xf8), STEP_NONE, 0, -1 },		/* swapgs */
	{ INSN(0x48, 0xcb), STEP_FAR_RETURN, 0, -1 },		/* lretq */
	{ INSN(0x48, 0xcf), STEP_INTERRUPT_RETURN, 0, -1 },	/* iretq */
	{ INSN(0x48, 0xff, 0x2c, 0x24), STEP_FAR_JUMP, 0, -1 },	/* rex.W ljmp *(%rsp) */
	{ INSN(0x41, 0xff, 0xe3), STEP_NONE, 0, -1 },		/* jmp *%r11 */
	{ INSN(0x48, 0x0f, 0x07), STEP_NONE, 0, -1 },		/* sysretq */
	{ INSN(0x41, 0x0f, 0x01, 0x38), STEP_TRANSLATION, 0, -1 },	/* invlpg (%r8) */
	{ INSN(0x40), STEP_NONE, 0, -1 },			/* inc %eax of 32 bits */
};

static void each_instruction_is_what_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct step step = step_of(&cases[i].insn);

		if (step.kind != cases[i].kind)
			print_message("case %zu: %s\n", i, step_name(step.kind));
		assert_int_equal(step.kind, cases[i].kind);
		assert_int_equal(step.reg, cases[i].reg);
		assert_int_equal(step.vector, cases[i].vector);
		assert_false(step.direct);
	}
}

static void a_direct_far_jump_tells_its_target(void **state)
{
	const struct insn wide = INSN(0xea, 0x7f, 0xa7, 0x03, 0x01, 0x10, 0x00);
	const struct insn narrow = INSN(0xea, 0x00, 0x00, 0x20, 0x90);
	const struct insn prefixed = INSN(0x66, 0xea, 0x00, 0x00, 0x10, 0x00, 0x08, 0x00);
	struct step step = step_of(&wide);

	(void)state;
	assert_int_equal(step.kind, STEP_FAR_JUMP);
	assert_true(step.direct);
	assert_int_equal(step.selector, 0x10);
	assert_int_equal(step.offset, 0x0103a77f);
	step = step_of(&narrow);
	assert_true(step.direct);
	assert_int_equal(step.selector, 0x9020);
	assert_int_equal(step.offset, 0);
	step = step_of(&prefixed);
	assert_int_equal(step.selector, 8);
	assert_int_equal(step.offset, 0x100000);
}

static void prefixes_are_told_apart(void **state)
{
	const struct insn wide = INSN(0x66, 0x48, 0x0f, 0x6e, 0xc0);	/* movq %rax,%xmm0 */
	const struct insn increment = INSN(0x66, 0x40);			/* inc %ax */
	const struct insn twice = INSN(0xf3, 0x48, 0xa5);		/* rep movsq */
	struct opcode o = step_opcode(&wide);

	(void)state;
	assert_int_equal(o.prefixes, 1);
	assert_true(o.operand_size);
	assert_int_equal(o.rex, 0x48);
	assert_int_equal(o.size, 3);
	assert_int_equal(o.at[0], 0x0f);
	o = step_opcode(&increment);
	assert_int_equal(o.rex, 0);
	assert_int_equal(o.size, 1);
	assert_int_equal(o.at[0], 0x40);
	o = step_opcode(&twice);
	assert_int_equal(o.prefixes, 1);
	assert_false(o.operand_size);
	assert_int_equal(o.at[0], 0xa5);
}

static void names_go_both_ways(void **state)
{
	(void)state;
	for (int kind = 0; kind < STEP_KINDS; kind++)
		assert_int_equal(step_from_name(step_name(kind)), kind);
	assert_int_equal(step_from_name("jump"), STEP_KINDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_instruction_is_what_it_is),
		cmocka_unit_test(a_direct_far_jump_tells_its_target),
		cmocka_unit_test(prefixes_are_told_apart),
		cmocka_unit_test(names_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
