/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bootstrap_64.S - switch to the safe area, copy the new kernel, jump into it
 *
 * lobos_switch runs where it was linked, in the old kernel. lobos_bootstrap is
 * copied into the safe area and runs there, at its physical address; it must
 * not refer to its own place.
 *
 * Control registers, from the call of lobos_switch to the new kernel's first
 * instruction:
 *	CR0	never written: paging, protection, write protection stay on
 *	CR3	written twice: the safe area's page tables; the same again, which
 *		serialises after the copy. Its bits 11:0 are 0, which is what PCIDE
 *		means the first context with PCIDE, and must be so without
 *	CR4	written once: PAE, LA57 and MCE as they were, all others 0
 *	EFER	never written: long mode and no-execute stay on
 *	GDTR	written once: the safe area's GDT, flat 0x10 and 0x18
 *	IDTR	written once: the safe area's IDT, all of which leads to lobos_reset
 *	LDTR, TR	never written, never used: no ring change, no stack switch
 *
 * The new kernel is entered as the 64-bit boot protocol says: CS 0x10, DS ES SS
 * 0x18, interrupts off, RSI = boot_params, the destination and all that lies in
 * the safe area mapped one to one; the other registers are 0.
 */
#include <linux/linkage.h>
#include <asm/nospec-branch.h>
#include <asm/segment.h>

#include "layout.h"
#include "reset.S"

	.text
/*
 * lobos_switch(handoff): C calling convention, one argument in RDI
 *
 * handoff is an address of the old kernel's alone. Of this code one page is
 * mapped by old and new tables alike, which it must not leave. Interrupts are
 * off. Does not return.
 *
 * CR3 first, then at once CR4. Until CR4 is written the TLB keeps global pages of
 * the old tables; the one under this code is the same in the new tables. The lower
 * half is not used before, because SMEP, SMAP and LASS could forbid it.
 */
	.balign	128
SYM_CODE_START(lobos_switch)
	ANNOTATE_NOENDBR
	cli
	cld

	movq	HANDOFF_CR3(%rdi), %rax
	movq	HANDOFF_CR4(%rdi), %rcx
	movq	HANDOFF_CODE(%rdi), %rbp
	movq	%rax, %cr3
	movq	%rcx, %cr4
	subq	$(LOBOS_CODE - LOBOS_HANDOFF), %rbp

	lidt	HANDOFF_IDT_POINTER(%rbp)
	lgdt	HANDOFF_GDT_POINTER(%rbp)
	movl	$__BOOT_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%eax, %ss
	movq	HANDOFF_STACK(%rbp), %rsp

	/* The far return loads CS from the new GDT and goes to lobos_bootstrap. */
	pushq	$__BOOT_CS
	pushq	HANDOFF_CODE(%rbp)
	lretq
	.if . - lobos_switch > 128
	.error "lobos_switch may cross a page"
	.endif
SYM_CODE_END(lobos_switch)

/*
 * The final bootstrap. RBP = handoff; the stack is in the safe area. CET is off, so
 * that nothing here needs an ENDBR.
 */
SYM_CODE_START(lobos_bootstrap)
	ANNOTATE_NOENDBR
	STEP	'S'
	movq	HANDOFF_SOURCE(%rbp), %rsi
	movq	HANDOFF_DESTINATION(%rbp), %rdi
	movq	HANDOFF_WORDS(%rbp), %rcx
	STEP	'C'
	rep movsq
	movq	HANDOFF_RAMDISK(%rbp), %rdi
	movq	HANDOFF_RAMDISK_WORDS(%rbp), %rcx
	rep movsq

	/* What has been copied is about to be executed: serialise. */
	movq	%cr3, %rax
	movq	%rax, %cr3
	STEP	'J'

	movq	HANDOFF_BOOT_PARAMS(%rbp), %rsi
	pushq	HANDOFF_ENTRY(%rbp)
	xorl	%eax, %eax
	xorl	%ebx, %ebx
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%edi, %edi
	xorl	%ebp, %ebp
	xorl	%r8d, %r8d
	xorl	%r9d, %r9d
	xorl	%r10d, %r10d
	xorl	%r11d, %r11d
	xorl	%r12d, %r12d
	xorl	%r13d, %r13d
	xorl	%r14d, %r14d
	xorl	%r15d, %r15d
	ANNOTATE_UNRET_SAFE
	ret
	int3

	LOBOS_RESET
SYM_INNER_LABEL(lobos_bootstrap_end, SYM_L_GLOBAL)
	ANNOTATE_NOENDBR

/* More code than the safe area has room for fails here. */
	.skip LOBOS_CODE_BYTES - (. - lobos_bootstrap), 0xcc
SYM_CODE_END(lobos_bootstrap)
