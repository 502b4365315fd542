/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * reboot_marks.S - the mark of an entry point, before there is a stack
 *
 * For inclusion by the head of the kernel and the head of the decompressor.
 */
#include <uapi/linux/reboot_marks.h>

/*
 * Sets mark \id with the sequence number \sequence. Works at any address, with
 * paging on or off, without a stack. Clobbers %al and nothing else: at both
 * entry points the boot protocol leaves %eax undefined.
 */
.macro REBOOT_MARK_AT_ENTRY id:req sequence:req
#ifdef CONFIG_REBOOT_MARKS
	movb	$\id, %al
	outb	%al, $REBOOT_MARK_PORT
	movb	$\sequence, %al
	outb	%al, $REBOOT_MARK_PORT
	movb	$(\id ^ \sequence ^ REBOOT_MARK_CHECK), %al
	outb	%al, $REBOOT_MARK_PORT
#endif
.endm
