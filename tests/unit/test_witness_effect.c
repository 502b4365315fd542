// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_effect.c - instruction bytes, and what is sure of them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "witness/effect.h"

#define INSN(...) { .size = sizeof((uint8_t[]){ __VA_ARGS__ }), .bytes = { __VA_ARGS__ } }

static const struct {
	struct insn insn;
	bool plain;
} cases[] = {
	{ INSN(0x01, 0xd8), true },			/* add %ebx,%eax */
	{ INSN(0x01, 0x18), false },			/* add %ebx,(%eax) */
	{ INSN(0x66, 0x01, 0xd8), true },
	{ INSN(0x05, 1, 0, 0, 0), true },		/* add $1,%eax */
	{ INSN(0x3c, 0x0a), true },			/* cmp $10,%al */
	{ INSN(0x3f), false },				/* aas */
	{ INSN(0x06), false },				/* push %es */
	{ INSN(0x26, 0x89, 0xd8), false },		/* with a segment, and no access */
	{ INSN(0xf0, 0x01, 0xd8), false },		/* lock with a register: a fault */
	{ INSN(0x40), true },				/* inc %eax */
	{ INSN(0x50), false },				/* push %eax */
	{ INSN(0x5d), false },				/* pop %ebp */
	{ INSN(0x75, 0xfe), false },			/* jne */
	{ INSN(0x83, 0xe0, 0xfe), true },		/* and $-2,%eax */
	{ INSN(0x83, 0x20, 0xfe), false },		/* andl $-2,(%eax) */
	{ INSN(0x85, 0xc0), true },			/* test %eax,%eax */
	{ INSN(0x89, 0xc3), true },			/* mov %eax,%ebx */
	{ INSN(0x8b, 0x03), false },			/* mov (%ebx),%eax */
	{ INSN(0x8d, 0x04, 0x18), true },		/* lea (%eax,%ebx),%eax */
	{ INSN(0x8d, 0xc0), false },			/* lea of a register: a fault */
	{ INSN(0x8c, 0xd8), false },			/* mov %ds,%eax */
	{ INSN(0x8e, 0xd8), false },			/* mov %eax,%ds */
	{ INSN(0x90), true },				/* nop */
	{ INSN(0xf3, 0x90), false },			/* pause, which leaves the emulated processor */
	{ INSN(0x9c), false },				/* pushf */
	{ INSN(0xa1, 0, 0, 0, 0), false },		/* mov 0,%eax */
	{ INSN(0xa5), false },				/* movsl */
	{ INSN(0xf3, 0xa5), false },			/* rep movsl */
	{ INSN(0xb8, 1, 0, 0, 0), true },		/* mov $1,%eax */
	{ INSN(0xc1, 0xe0, 2), true },			/* shl $2,%eax */
	{ INSN(0xc3), false },				/* ret */
	{ INSN(0xc7, 0x00, 1, 0, 0, 0), false },	/* movl $1,(%eax) */
	{ INSN(0xcd, 0x10), false },			/* int $0x10 */
	{ INSN(0xe8, 0, 0, 0, 0), false },		/* call */
	{ INSN(0xe6, 0xe9), false },			/* out %al,$0xe9 */
	{ INSN(0xf4), false },				/* hlt */
	{ INSN(0xf7, 0xd8), true },			/* neg %eax */
	{ INSN(0xf7, 0xe3), true },			/* mul %ebx */
	{ INSN(0xf7, 0xf3), false },			/* div %ebx */
	{ INSN(0xfa), false },				/* cli */
	{ INSN(0xfb), false },				/* sti */
	{ INSN(0xfc), true },				/* cld */
	{ INSN(0xff, 0xc0), true },			/* inc %eax, the long way */
	{ INSN(0xff, 0xe0), false },			/* jmp *%eax */
	{ INSN(0x0f, 0xb6, 0xc0), true },		/* movzbl %al,%eax */
	{ INSN(0x0f, 0xb6, 0x00), false },		/* movzbl (%eax),%eax */
	{ INSN(0x0f, 0x44, 0xc3), true },		/* cmove %ebx,%eax */
	{ INSN(0x0f, 0x94, 0xc0), true },		/* sete %al */
	{ INSN(0x0f, 0x84, 0, 0, 0, 0), false },	/* je */
	{ INSN(0x0f, 0xba, 0xe0, 3), true },		/* bt $3,%eax */
	{ INSN(0x0f, 0x1f, 0x00), true },		/* nopl (%eax) */
	{ INSN(0x0f, 0x22, 0xc0), false },		/* mov %eax,%cr0 */
	{ INSN(0x0f, 0x31), false },			/* rdtsc */
	{ INSN(0x0f, 0x0b), false },			/* ud2 */
	{ INSN(0x0f, 0xa2), false },			/* cpuid */
	/* Of 64 bits. */
	{ INSN(0x48, 0x89, 0xe5), true },		/* mov %rsp,%rbp */
	{ INSN(0x49, 0x89, 0xf7), true },		/* mov %rsi,%r15 */
	{ INSN(0x49, 0x89, 0x83, 0x08, 0x08, 0, 0), false },	/* mov %rax,0x808(%r11) */
	{ INSN(0x48, 0x8d, 0x3d, 0xb9, 0xff, 0xff, 0xff), true },	/* lea -0x47(%rip),%rdi */
	{ INSN(0x48, 0x8b, 0x05, 0, 0, 0, 0), false },	/* mov 0(%rip),%rax */
	{ INSN(0x48, 0x25, 0xff, 0xff, 0x7f, 0xff), true },	/* and $-0x800001,%rax */
	{ INSN(0x41, 0x54), false },			/* push %r12 */
	{ INSN(0x45, 0x31, 0xff), true },		/* xor %r15d,%r15d */
	{ INSN(0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0x80), true },	/* movabs */
	{ INSN(0x66, 0x41, 0x89, 0xc0), true },		/* mov %ax,%r8w */
	{ INSN(0xf3, 0x48, 0xa5), false },		/* rep movsq */
	{ INSN(0x4d, 0x0f, 0x44, 0xc1), true },		/* cmove %r9,%r8 */
	{ INSN(0x48, 0x0f, 0xc7, 0x0b), false },	/* cmpxchg16b (%rbx) */
	{ INSN(0x48, 0xf7, 0xf1), false },		/* div %rcx */
	{ INSN(0x48, 0x63, 0xc8), false },		/* movslq %eax,%rcx, which is arpl of 32 bits */
	{ INSN(0xf3, 0x0f, 0x1e, 0xfa), false },	/* endbr64: not known */
	{ INSN(0x0f), false },				/* cut short */
	{ INSN(0x66), false },
	{ { .size = 0 }, false },
};

static const struct {
	struct insn insn;
	bool nothing;
} stores[] = {
	{ INSN(0x01, 0xd8), true },			/* add %ebx,%eax */
	{ INSN(0x01, 0x18), false },			/* add %ebx,(%eax) */
	{ INSN(0x03, 0x18), true },			/* add (%eax),%ebx */
	{ INSN(0x39, 0x18), true },			/* cmp %ebx,(%eax) */
	{ INSN(0x31, 0x18), false },			/* xor %ebx,(%eax) */
	{ INSN(0x06), false },				/* push %es */
	{ INSN(0x07), false },				/* pop %es: not known */
	{ INSN(0x50), false },				/* push %eax */
	{ INSN(0x58), true },				/* pop %eax */
	{ INSN(0x8f, 0x00), false },			/* pop (%eax) */
	{ INSN(0x75, 0xfe), true },			/* jne */
	{ INSN(0x83, 0x38, 1), true },			/* cmpl $1,(%eax) */
	{ INSN(0x83, 0x00, 1), false },			/* addl $1,(%eax) */
	{ INSN(0x85, 0x00), true },			/* test %eax,(%eax) */
	{ INSN(0x87, 0x00), false },			/* xchg %eax,(%eax) */
	{ INSN(0x88, 0x00), false },			/* mov %al,(%eax) */
	{ INSN(0x89, 0x00), false },			/* mov %eax,(%eax) */
	{ INSN(0x8b, 0x00), true },			/* mov (%eax),%eax */
	{ INSN(0x66, 0x8b, 0x00), true },
	{ INSN(0x64, 0x8b, 0x00), false },		/* with a segment: not known */
	{ INSN(0xa1, 0, 0, 0, 0), true },		/* mov 0,%eax */
	{ INSN(0xa3, 0, 0, 0, 0), false },		/* mov %eax,0 */
	{ INSN(0xa5), false },				/* movsl */
	{ INSN(0xf3, 0xa5), false },			/* rep movsl */
	{ INSN(0xab), false },				/* stosl */
	{ INSN(0xad), true },				/* lodsl */
	{ INSN(0xc3), true },				/* ret */
	{ INSN(0xc7, 0x00, 1, 0, 0, 0), false },	/* movl $1,(%eax) */
	{ INSN(0xc8, 0, 0, 0), false },			/* enter */
	{ INSN(0xcd, 0x10), false },			/* int $0x10 */
	{ INSN(0xe8, 0, 0, 0, 0), false },		/* call */
	{ INSN(0xe9, 0, 0, 0, 0), true },		/* jmp */
	{ INSN(0xf7, 0x38), true },			/* idivl (%eax) */
	{ INSN(0xf7, 0x18), false },			/* negl (%eax) */
	{ INSN(0xff, 0x10), false },			/* call *(%eax) */
	{ INSN(0xff, 0x20), true },			/* jmp *(%eax) */
	{ INSN(0xff, 0x30), false },			/* pushl (%eax) */
	{ INSN(0x0f, 0xb6, 0x00), true },		/* movzbl (%eax),%eax */
	{ INSN(0x0f, 0xbf, 0x00), true },		/* movswl (%eax),%eax */
	{ INSN(0x0f, 0xc1, 0x00), false },		/* xadd %eax,(%eax) */
	{ INSN(0x0f, 0xab, 0x00), false },		/* bts %eax,(%eax) */
	{ INSN(0x0f, 0xa3, 0x00), true },		/* bt %eax,(%eax) */
	{ INSN(0x4c, 0x8b, 0x5e, 0x08), true },		/* mov 0x8(%rsi),%r11 */
	{ INSN(0x4c, 0x89, 0x5e, 0x08), false },	/* mov %r11,0x8(%rsi) */
	{ INSN(0x41, 0x5f), true },			/* pop %r15 */
	{ INSN(0x41, 0x57), false },			/* push %r15 */
	{ INSN(0x48, 0xab), false },			/* stosq */
	{ INSN(0x41, 0xff, 0xe3), true },		/* jmp *%r11 */
	{ INSN(0x0f, 0x94, 0x00), false },		/* sete (%eax) */
	{ INSN(0x0f, 0x01, 0x00), false },		/* sgdt (%eax) */
	{ INSN(0x0f), false },
	{ { .size = 0 }, false },
};

static void what_may_stop_is_not_plain(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (insn_is_plain(&cases[i].insn) != cases[i].plain)
			fail_msg("case %zu, %02x %02x: not as it should be", i,
				 cases[i].insn.bytes[0], cases[i].insn.bytes[1]);
}

static void what_may_store_is_watched(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(stores) / sizeof(*stores); i++)
		if (insn_stores_nothing(&stores[i].insn) != stores[i].nothing)
			fail_msg("case %zu, %02x %02x: not as it should be", i,
				 stores[i].insn.bytes[0], stores[i].insn.bytes[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_may_stop_is_not_plain),
		cmocka_unit_test(what_may_store_is_watched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
