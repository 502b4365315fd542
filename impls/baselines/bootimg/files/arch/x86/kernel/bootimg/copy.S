/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * copy.S - copy the image, jump into it
 *
 * It is copied into a page that no destination touches, and runs there, without
 * paging, at 32 bits; it must not refer to its own place. Where it is linked it is
 * data.
 *
 * EBX = list of extents, the start address on top of the stack.
 */
#include <linux/linkage.h>

#include "layout.h"

	.section .rodata, "a"
	.balign	16
SYM_DATA_START(bootimg_copy)
	.code32
1:
	movl	0(%ebx), %esi
	movl	4(%ebx), %edi
	movl	8(%ebx), %ecx
	jecxz	2f
	rep movsl
	addl	$12, %ebx
	jmp	1b
2:
	/* What has been copied is about to be executed: serialise. */
	xorl	%eax, %eax
	movl	%eax, %cr3

	xorl	%ebx, %ebx
	xorl	%edx, %edx
	xorl	%esi, %esi
	xorl	%edi, %edi
	xorl	%ebp, %ebp
	ret

	/* More code than the page has room for fails here. */
	.skip BOOTIMG_COPY_BYTES - (. - bootimg_copy), 0xcc
SYM_DATA_END(bootimg_copy)
