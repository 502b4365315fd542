/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bootstrap_32.S - switch to the safe area, copy the new kernel, jump into it
 *
 * lobos_switch runs where it was linked, in the old kernel. lobos_bootstrap is
 * copied into the safe area and runs there, at its physical address; it must
 * not refer to its own place.
 *
 * Control registers, from the call of lobos_switch to the new kernel's first
 * instruction:
 *	CR0	never written: paging, protection, write protection stay on
 *	CR3	written twice: the safe area's page tables; the same again, which
 *		serialises after the copy
 *	CR4	written once: PAE and PSE as they were, all others 0
 *	GDTR	written once: the safe area's GDT, flat 0x10 and 0x18
 *	IDTR	written once: the safe area's IDT, all of which leads to lobos_reset
 *	LDTR, TR	never written, never used: no ring change, no task switch
 *
 * The new kernel is entered as the 32-bit boot protocol has it (except that
 * paging is on, with all of low memory mapped one to one): CS 0x10, DS ES SS
 * 0x18, interrupts off, ESI = boot_params, EBP = EDI = EBX = 0.
 */
#include <linux/linkage.h>
#include <asm/nospec-branch.h>
#include <asm/segment.h>

#include "layout.h"
#include "reset.S"

	.text
/*
 * lobos_switch(handoff): C calling convention, one argument on the stack
 *
 * handoff is an address of the alias at PAGE_OFFSET, as is this code, which old
 * and new tables map alike. Interrupts are off. Does not return.
 */
SYM_CODE_START(lobos_switch)
	movl	4(%esp), %ebp
	cli
	cld

	cmpl	$0, HANDOFF_HAS_CR4(%ebp)
	je	1f
	movl	HANDOFF_CR4(%ebp), %eax
	movl	%eax, %cr4
1:
	movl	HANDOFF_CR3(%ebp), %eax
	movl	%eax, %cr3

	lidt	HANDOFF_IDT_POINTER(%ebp)
	lgdt	HANDOFF_GDT_POINTER(%ebp)
	movl	$__BOOT_DS, %eax
	movl	%eax, %ds
	movl	%eax, %es
	movl	%eax, %fs
	movl	%eax, %gs
	movl	%eax, %ss
	movl	HANDOFF_STACK(%ebp), %esp
	STEP	'S'

	movl	HANDOFF_SOURCE(%ebp), %esi
	movl	HANDOFF_DESTINATION(%ebp), %edi
	movl	HANDOFF_WORDS(%ebp), %ecx
	movl	HANDOFF_BOOT_PARAMS(%ebp), %ebx
	pushl	HANDOFF_ENTRY(%ebp)
	pushl	HANDOFF_RAMDISK_WORDS(%ebp)
	pushl	HANDOFF_RAMDISK(%ebp)

	/* The far return loads CS from the new GDT and goes to lobos_bootstrap. */
	pushl	$__BOOT_CS
	pushl	HANDOFF_CODE(%ebp)
	lret
SYM_CODE_END(lobos_switch)

/*
 * The final bootstrap. ESI = window, EDI = destination, ECX = dwords, EBX =
 * boot_params. On a stack in the safe area: destination and dwords of the RAM
 * disk, and the entry.
 */
SYM_CODE_START(lobos_bootstrap)
	STEP	'C'
	rep movsl
	popl	%edi
	popl	%ecx
	rep movsl

	/* What has been copied is about to be executed: serialise. */
	movl	%cr3, %eax
	movl	%eax, %cr3
	STEP	'J'

	movl	%ebx, %esi
	xorl	%eax, %eax
	xorl	%ebx, %ebx
	xorl	%ecx, %ecx
	xorl	%edx, %edx
	xorl	%edi, %edi
	xorl	%ebp, %ebp
	ANNOTATE_UNRET_SAFE
	ret
	int3

	LOBOS_RESET
SYM_INNER_LABEL(lobos_bootstrap_end, SYM_L_GLOBAL)

/* More code than the safe area has room for fails here. */
	.skip LOBOS_CODE_BYTES - (. - lobos_bootstrap), 0xcc
SYM_CODE_END(lobos_bootstrap)
