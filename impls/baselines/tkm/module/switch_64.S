/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch_64.S - from the module to the code page, on x86_64
 *
 *	CR3	written once: tables that map the code page one to one. Its bits 11:0 are
 *		0, which is what PCIDE takes for the first context
 *	CR4	written once: PAE, LA57 and MCE as they were, all others 0
 *	GDTR	written once: the code page's GDT
 *	IDTR	written once: the BIOS's vectors
 */
#include <linux/linkage.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>

#include "layout.h"

	.text
/*
 * tkm_switch(cr3): C calling convention, one argument in RDI
 *
 * Of this code old and new tables alike say where it lies. Interrupts are off. Does
 * not return.
 *
 * CR3 first, then at once CR4: SMEP, SMAP and LASS would forbid what the lower half
 * is used for, CET would want a shadow stack and would not let write protection go,
 * FRED would not look at the IDT, and paging cannot be switched off while PCIDE is
 * set. LA57 and PAE cannot be changed in long mode. MCE may not be cleared on some
 * hypervisors; without paging it goes with the rest.
 */
SYM_CODE_START(tkm_switch)
	cli
	cld
	movq	%rdi, %cr3
	movq	%cr4, %rax
	andl	$(X86_CR4_PAE | X86_CR4_LA57 | X86_CR4_MCE), %eax
	movq	%rax, %cr4

	lidt	TKM_CODE + TKM_IDT_POINTER
	lgdt	TKM_CODE + TKM_GDT_POINTER
	/* The far return loads a code segment of 32 bits. */
	movl	$TKM_STACK_TOP, %esp
	pushq	$__BOOT_CS
	pushq	$(TKM_CODE + TKM_LEAVE_PAGING)
	lretq
SYM_CODE_END(tkm_switch)
