/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sum_page_sse2.S - the checksums of an image, all four lanes at once
 *
 * What it computes, and why, is in kernel/lobos/sum.c.
 */
#include <linux/linkage.h>
#include <asm/asm.h>

#define ROW		16		/* bytes */
#define GROUP		256

	.section .rodata.cst16, "aM", @progbits, 16
	.balign	16
polynomial:
	.fill	4, 4, 0x04c11db7

	.text

/* sum = sum * x + the words in XMM4. A word whose top bit is set is below 0. */
.macro FOLD sum
	pxor	%xmm5, %xmm5
	pcmpgtd	\sum, %xmm5
	pand	%xmm3, %xmm5
	paddd	\sum, \sum
	pxor	%xmm5, \sum
	pxor	%xmm4, \sum
.endm

/* XMM4 = the sum of 16 rows from EDX or RDX on that are stride bytes apart */
.macro ADD_UP stride
	movdqa	(%_ASM_DX), %xmm4
	.set	offset, \stride
	.rept	15
	pxor	offset(%_ASM_DX), %xmm4
	.set	offset, offset + \stride
	.endr
.endm

/*
 * lobos_sum_page_sse2(sums, page): C calling convention, two arguments.
 * Between kernel_fpu_begin() and kernel_fpu_end().
 */
SYM_FUNC_START(lobos_sum_page_sse2)
#ifdef CONFIG_X86_64
	movq	%rdi, %rax
	movq	%rsi, %rdx
#else
	movl	4(%esp), %eax
	movl	8(%esp), %edx
#endif
	movdqu	(%_ASM_AX), %xmm0
	movdqu	16(%_ASM_AX), %xmm1
	movdqu	32(%_ASM_AX), %xmm2
	movdqa	_ASM_RIP(polynomial), %xmm3

	movl	$16, %ecx
1:
	ADD_UP	GROUP
	FOLD	%xmm1
	add	$ROW, %_ASM_DX
	decl	%ecx
	jnz	1b

	sub	$GROUP, %_ASM_DX
	movl	$16, %ecx
2:
	ADD_UP	ROW
	pxor	%xmm4, %xmm0
	FOLD	%xmm2
	add	$GROUP, %_ASM_DX
	decl	%ecx
	jnz	2b

	movdqu	%xmm0, (%_ASM_AX)
	movdqu	%xmm1, 16(%_ASM_AX)
	movdqu	%xmm2, 32(%_ASM_AX)
	RET
SYM_FUNC_END(lobos_sum_page_sse2)
