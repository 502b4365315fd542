/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sum_sse2_32.S - the checksums of an image, all four lanes at once
 *
 * What it computes, and why, is in kernel/lobos/sum.c.
 */
#include <linux/linkage.h>

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

/* XMM4 = the sum of 16 rows from EDX on that are stride bytes apart */
.macro ADD_UP stride
	movdqa	(%edx), %xmm4
	.set	offset, \stride
	.rept	15
	pxor	offset(%edx), %xmm4
	.set	offset, offset + \stride
	.endr
.endm

/*
 * lobos_sum_page_sse2(sums, page): C calling convention, two arguments on the
 * stack. Between kernel_fpu_begin() and kernel_fpu_end().
 */
SYM_FUNC_START(lobos_sum_page_sse2)
	movl	4(%esp), %eax
	movl	8(%esp), %edx
	movdqu	(%eax), %xmm0
	movdqu	16(%eax), %xmm1
	movdqu	32(%eax), %xmm2
	movdqa	polynomial, %xmm3

	movl	$16, %ecx
1:
	ADD_UP	GROUP
	FOLD	%xmm1
	addl	$ROW, %edx
	decl	%ecx
	jnz	1b

	subl	$GROUP, %edx
	movl	$16, %ecx
2:
	ADD_UP	ROW
	pxor	%xmm4, %xmm0
	FOLD	%xmm2
	addl	$GROUP, %edx
	decl	%ecx
	jnz	2b

	movdqu	%xmm0, (%eax)
	movdqu	%xmm1, 16(%eax)
	movdqu	%xmm2, 32(%eax)
	RET
SYM_FUNC_END(lobos_sum_page_sse2)
