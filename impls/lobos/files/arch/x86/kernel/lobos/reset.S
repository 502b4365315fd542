/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reset.S - what the bootstraps of both architectures have in common
 */
#include <asm/asm.h>
#include <asm/nospec-branch.h>

/* One letter on the first serial line. It clobbers AL and DX. */
.macro STEP letter
#ifdef CONFIG_LOBOS_DEBUG
	movw	$0x3f8, %dx
	movb	$\letter, %al
	outb	%al, %dx
#endif
.endm

/*
 * Any exception, any interrupt: reset the machine. The chipset's reset register
 * first, then the keyboard controller, then a fault that cannot be handled.
 */
.macro LOBOS_RESET
SYM_INNER_LABEL(lobos_reset, SYM_L_GLOBAL)
	ANNOTATE_NOENDBR
	STEP	'F'
	movw	$0xcf9, %dx
	movb	$0x02, %al
	outb	%al, %dx
	movb	$0x06, %al
	outb	%al, %dx
	movb	$0xfe, %al
	outb	%al, $0x64
	push	$0
	push	$0
	lidt	(%_ASM_SP)
	int3
.endm
