/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch_32.S - paging off, segments on, and to the copy
 *
 * bootimg_switch runs where it was linked, and from its middle on at the physical
 * address of that.
 *
 * Control registers, from the call of bootimg_switch to the image's first
 * instruction:
 *	CR0	written once: paging off, protection on; write protection, alignment
 *		check, task switched and FPU emulation off
 *	CR3	written twice: 0, which points at nothing; 0 behind the copy, which serialises
 *	CR4	written once: 0
 *	GDTR	written once: the page's GDT, flat 0x10 and 0x18
 *	IDTR	written once: nothing, so that any fault resets the machine
 *	LDTR, TR	never written, never used: no ring change, no task switch
 */
#include <linux/linkage.h>
#include <asm/page_types.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>

#include "layout.h"

	.text
/*
 * bootimg_switch(handoff): C calling convention, one argument on the stack
 *
 * CR3 holds tables that map low memory one to one and at PAGE_OFFSET. handoff is
 * an address at PAGE_OFFSET. Interrupts are off. Does not return.
 */
SYM_CODE_START(bootimg_switch)
	movl	4(%esp), %ebp
	subl	$__PAGE_OFFSET, %ebp
	cli
	cld

	/* The one relocation of the GDT: by its physical address, for good. */
	lidt	HANDOFF_IDT_POINTER(%ebp)
	lgdt	HANDOFF_GDT_POINTER(%ebp)
	ljmp	$__BOOT_CS, $(1f - __PAGE_OFFSET)
1:
	movl	$__BOOT_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%eax, %ss
	movl	HANDOFF_PAGE(%ebp), %edx
	leal	BOOTIMG_STACK_TOP(%edx), %esp

	movl	%cr0, %eax
	andl	$~(X86_CR0_PG | X86_CR0_AM | X86_CR0_WP | X86_CR0_TS | X86_CR0_EM), %eax
	movl	%eax, %cr0
	xorl	%eax, %eax
	movl	%eax, %cr3
	cmpl	%eax, HANDOFF_HAS_CR4(%ebp)
	je	2f
	movl	%eax, %cr4
2:
	pushl	HANDOFF_START(%ebp)
	movl	HANDOFF_EXTENTS(%ebp), %ebx
	jmp	*%edx			/* BOOTIMG_COPY */
SYM_CODE_END(bootimg_switch)
