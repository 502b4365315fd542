/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch_32.S - from the module to the code page, on i386
 *
 *	CR3	written once: tables that map the code page one to one
 *	GDTR	written once: the code page's GDT
 *	IDTR	written once: the BIOS's vectors
 */
#include <linux/linkage.h>
#include <asm/segment.h>

#include "layout.h"

	.text
/*
 * tkm_switch(cr3): C calling convention, one argument on the stack
 *
 * Interrupts are off. Does not return.
 */
SYM_CODE_START(tkm_switch)
	movl	4(%esp), %eax
	cli
	cld
	movl	%eax, %cr3
	lidt	TKM_CODE + TKM_IDT_POINTER
	lgdt	TKM_CODE + TKM_GDT_POINTER
	ljmp	$__BOOT_CS, $(TKM_CODE + TKM_LEAVE_PAGING)
SYM_CODE_END(tkm_switch)
