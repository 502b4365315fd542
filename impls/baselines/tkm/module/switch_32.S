/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * switch_32.S - paging off, copy, protection off, the BIOS, the new kernel
 *
 * tkm_switch runs in the module. tkm_code is copied to TKM_CODE and runs there;
 * it refers to its own place by AT() only.
 *
 * Control registers, from the call of tkm_switch to the new kernel's first
 * instruction:
 *	CR3	written three times: tables that map TKM_CODE one to one; 0 without paging; 0
 *		behind the copy, which serialises
 *	CR0	written once: paging off, protection on; write protection, alignment
 *		check, task switched and FPU emulation off. To the set-up code a
 *		second time: protection off
 *	CR4	written once: 0
 *	GDTR	written once: the code page's GDT
 *	IDTR	written once: the BIOS's vectors at address 0, as in real mode; until
 *		then, any fault resets the machine
 *	LDTR, TR	never written, never used: no ring change, no task switch
 */
#include <linux/linkage.h>
#include <asm/page_types.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <uapi/linux/reboot_marks.h>

#include "layout.h"

#define AT(label)	(TKM_CODE + (label) - tkm_code)

/* Selectors of the code page's GDT, besides __BOOT_CS and __BOOT_DS. */
#define CODE16		0x20
#define DATA16		0x28

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
	lidt	AT(.Lreal_idt)
	lgdt	AT(.Lgdt_pointer)
	ljmp	$__BOOT_CS, $AT(.Lleave_paging)
SYM_CODE_END(tkm_switch)

SYM_CODE_START(tkm_code)
	.skip	TKM_HANDOFF_BYTES		/* struct tkm_handoff */

.Lleave_paging:
	movl	%cr0, %eax
	andl	$~(X86_CR0_PG | X86_CR0_AM | X86_CR0_WP | X86_CR0_TS | X86_CR0_EM), %eax
	movl	%eax, %cr0
	xorl	%eax, %eax
	movl	%eax, %cr3
	movl	$__BOOT_DS, %ecx
	movl	%ecx, %ds
	movl	%ecx, %es
	movl	%ecx, %fs
	movl	%ecx, %gs
	movl	%ecx, %ss
	movl	$TKM_STACK_TOP, %esp
	cmpl	%eax, TKM_CODE + TKM_HANDOFF_HAS_CR4
	je	1f
	movl	%eax, %cr4
1:
	movl	TKM_CODE + TKM_HANDOFF_LIST, %ebx

.Lcopy_list:
	movl	%ebx, %eax
	movl	TKM_LIST_NR(%ebx), %edx
.Lcopy_page:
	movl	(%eax), %edi
	movl	4(%eax), %esi
	cmpl	%esi, %edi
	je	.Lcopied
	movl	$(PAGE_SIZE / 4), %ecx
	rep movsl
.Lcopied:
	addl	$8, %eax
	decl	%edx
	jnz	.Lcopy_page
	movl	TKM_LIST_NEXT(%ebx), %ebx
	testl	%ebx, %ebx
	jnz	.Lcopy_list

	/* What has been copied is about to be executed: serialise. */
	xorl	%eax, %eax
	movl	%eax, %cr3

	movl	TKM_CODE + TKM_HANDOFF_ENTRY, %eax
	testl	%eax, %eax
	jz	.Lto_real_mode
	movl	$TKM_SETUP, %esi
	xorl	%ebx, %ebx
	xorl	%edi, %edi
	xorl	%ebp, %ebp
	jmp	*%eax

	/* Segments of 64 KiB first: their limits stay when protection goes. */
.Lto_real_mode:
	ljmp	$CODE16, $AT(.Lsmall_segments)

	.code16
.Lsmall_segments:
	movw	$DATA16, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	%cr0, %eax
	andb	$~X86_CR0_PE, %al
	movl	%eax, %cr0
	ljmp	$0, $AT(.Lreal_mode)

.Lreal_mode:
	xorw	%ax, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	$TKM_SETUP_SEGMENT, %ax
	movw	%ax, %ss
	movl	$TKM_SETUP_STACK, %esp

#ifdef CONFIG_REBOOT_MARKS
	movb	$REBOOT_MARK_BIOS_CALL, %al
	outb	%al, $REBOOT_MARK_PORT
	movb	$0, %al
	outb	%al, $REBOOT_MARK_PORT
	movb	$(REBOOT_MARK_BIOS_CALL ^ REBOOT_MARK_CHECK), %al
	outb	%al, $REBOOT_MARK_PORT
#endif

	/* 80x25 text, whatever the old kernel has made of the screen. */
	sti
	movw	$0x0003, %ax
	int	$0x10
	cli

	/* As the boot protocol has it: all segments alike, the stack above the heap. */
	movw	$TKM_SETUP_SEGMENT, %ax
	movw	%ax, %ds
	movw	%ax, %es
	movw	%ax, %fs
	movw	%ax, %gs
	movw	%ax, %ss
	movl	$TKM_SETUP_STACK, %esp
	ljmp	$TKM_SETUP_ENTRY, $0
	.code32

	.balign 8
.Lgdt:
	.quad	0
	.quad	0
	.quad	0x00cf9b000000ffff		/* 0x10: code, 32 bits, 4 GiB */
	.quad	0x00cf93000000ffff		/* 0x18: data, 4 GiB */
	.quad	0x00009b000000ffff		/* 0x20: code, 16 bits, 64 KiB */
	.quad	0x000093000000ffff		/* 0x28: data, 64 KiB */
.Lgdt_end:

.Lgdt_pointer:
	.word	.Lgdt_end - .Lgdt - 1
	.long	AT(.Lgdt)
.Lreal_idt:
	.word	0x3ff
	.long	0
SYM_INNER_LABEL(tkm_code_end, SYM_L_GLOBAL)

/* More code than the page has room for fails here. */
	.skip TKM_CODE_BYTES - (. - tkm_code), 0xcc
SYM_CODE_END(tkm_code)
