/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * code.S - paging off, copy, protection off, the BIOS, the new kernel
 *
 * It is copied to TKM_CODE and runs there; it refers to its own place by AT() only.
 * Where it is linked it is data. tkm_switch (switch_32.S, switch_64.S) goes to its
 * .Lleave_paging, in a code segment of 32 bits, with the tables of tkm_map_code().
 *
 * Control registers, from there to the new kernel's first instruction:
 *	CR0	written once: paging off, and on x86_64 long mode with it, protection on;
 *		write protection, alignment check, task switched and FPU emulation off. To
 *		the set-up code a second time: protection off
 *	CR3	written twice: 0 without paging; 0 behind the copy, which serialises
 *	CR4	written once: 0
 *	EFER	on x86_64 written once: 0
 *	GDTR	the code page's GDT
 *	IDTR	the BIOS's vectors at address 0, as in real mode; until then, any fault
 *		resets the machine
 *	LDTR, TR	never written, never used: no ring change, no task switch
 */
#include <linux/linkage.h>
#include <asm/msr-index.h>
#include <asm/page_types.h>
#include <asm/processor-flags.h>
#include <asm/segment.h>
#include <uapi/linux/reboot_marks.h>

#include "layout.h"

#define AT(label)	(TKM_CODE + (label) - tkm_code)

/* Selectors of the code page's GDT, besides __BOOT_CS and __BOOT_DS. */
#define CODE16		0x20
#define DATA16		0x28

	.section .rodata, "a"
	.balign	16
SYM_DATA_START(tkm_code)
	.skip	TKM_HANDOFF_BYTES		/* struct tkm_handoff */
	.word	.Lgdt_end - .Lgdt - 1		/* TKM_GDT_POINTER */
	.long	AT(.Lgdt), 0
	.word	0x3ff				/* TKM_IDT_POINTER */
	.long	0, 0

	.if	. - tkm_code != TKM_LEAVE_PAGING
	.error	"layout.h has another place for the code"
	.endif
	.code32
	movl	%cr0, %eax
	andl	$~(X86_CR0_PG | X86_CR0_AM | X86_CR0_WP | X86_CR0_TS | X86_CR0_EM), %eax
	movl	%eax, %cr0
	xorl	%eax, %eax
	movl	%eax, %cr3
#ifdef CONFIG_X86_64
	xorl	%edx, %edx
	movl	$MSR_EFER, %ecx
	wrmsr
#endif
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

	/* More code than the page has room for fails here. */
	.skip TKM_CODE_BYTES - (. - tkm_code), 0xcc
SYM_DATA_END(tkm_code)
