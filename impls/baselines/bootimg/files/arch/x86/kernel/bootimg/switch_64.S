/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch_64.S - out of long mode, paging off, segments on, and to the copy
 *
 * bootimg_switch runs where it was linked. bootimg_leave is copied into the page
 * that survives the copy, behind bootimg_copy, and runs there, at 32 bits.
 *
 * Control registers, from the call of bootimg_switch to the image's first
 * instruction:
 *	CR3	written three times: the tables that map the page one to one; 0 without
 *		paging; 0 behind the copy, which serialises. Bits 11:0 of the first are
 *		0, which is what PCIDE takes for the first context
 *	CR4	written twice: PAE, LA57 and MCE as they were, all others 0; 0 without
 *		paging
 *	CR0	written once: paging off, and with it long mode; write protection,
 *		alignment check, task switched and FPU emulation off
 *	EFER	written once: 0
 *	GDTR	written once: the page's GDT, flat 0x10 and 0x18
 *	IDTR	written once: nothing, so that any fault resets the machine
 *	LDTR, TR	never written, never used: no ring change, no stack switch
 */
#include <linux/linkage.h>
#include <asm/msr-index.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>

#include "layout.h"

#define AT_HANDOFF(offset)	(BOOTIMG_HANDOFF + (offset))(%rbp)

	.text
/*
 * bootimg_switch(handoff): C calling convention, one argument in RDI
 *
 * handoff is an address of the old kernel's, whose half of the address space its
 * tables and the new ones map alike. Interrupts are off. Does not return.
 *
 * CR3 first, then at once CR4: SMEP, SMAP and LASS would forbid what the lower half
 * is used for, CET would want a shadow stack and would not let write protection go,
 * FRED would not look at the IDT, and paging cannot be switched off while PCIDE is
 * set. LA57 and PAE cannot be changed in long mode. MCE may not be cleared on some
 * hypervisors; without paging it goes with the rest.
 */
SYM_CODE_START(bootimg_switch)
	cli
	cld
	movl	HANDOFF_PAGE(%rdi), %ebp
	leaq	BOOTIMG_TABLES(%rbp), %rax
	movq	%rax, %cr3
	movq	%cr4, %rax
	andl	$(X86_CR4_PAE | X86_CR4_LA57 | X86_CR4_MCE), %eax
	movq	%rax, %cr4

	/* The one relocation of the GDT: by its physical address, for good. */
	lidt	AT_HANDOFF(HANDOFF_IDT_POINTER)
	lgdt	AT_HANDOFF(HANDOFF_GDT_POINTER)
	movl	$__BOOT_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%eax, %ss
	leaq	BOOTIMG_STACK_TOP(%rbp), %rsp

	/* The far return loads a code segment of 32 bits and goes to bootimg_leave. */
	leaq	BOOTIMG_LEAVE(%rbp), %rax
	pushq	$__BOOT_CS
	pushq	%rax
	lretq
SYM_CODE_END(bootimg_switch)

	.section .rodata, "a"
	.balign	16
/* EBP = the page, whose stack is empty again. */
SYM_DATA_START(bootimg_leave)
	.code32
	movl	%cr0, %eax
	andl	$~(X86_CR0_PG | X86_CR0_AM | X86_CR0_WP | X86_CR0_TS | X86_CR0_EM), %eax
	movl	%eax, %cr0
	xorl	%eax, %eax
	movl	%eax, %cr3
	xorl	%edx, %edx
	movl	$MSR_EFER, %ecx
	wrmsr
	movl	%eax, %cr4

	movl	BOOTIMG_HANDOFF + HANDOFF_EXTENTS(%ebp), %ebx
	pushl	BOOTIMG_HANDOFF + HANDOFF_START(%ebp)
	jmp	*%ebp				/* BOOTIMG_COPY */

	/* More code than the page has room for fails here. */
	.skip BOOTIMG_LEAVE_BYTES - (. - bootimg_leave), 0xcc
SYM_DATA_END(bootimg_leave)
