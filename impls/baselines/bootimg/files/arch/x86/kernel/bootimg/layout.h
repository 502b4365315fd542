/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout.h - where everything lies in the page that survives the copy
 *
 * C and assembly alike include this file.
 */
#ifndef _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H
#define _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H

#define BOOTIMG_CODE		0x000	/* the copy */
#define BOOTIMG_CODE_BYTES	0x080
#define BOOTIMG_HANDOFF		0x080	/* struct bootimg_handoff */
#define BOOTIMG_STACK_TOP	0x1000	/* the rest is the stack of whoever is started */

/* struct bootimg_handoff */
#define HANDOFF_PAGE		0x00
#define HANDOFF_EXTENTS		0x04
#define HANDOFF_START		0x08
#define HANDOFF_HAS_CR4		0x0c
#define HANDOFF_GDT_POINTER	0x12
#define HANDOFF_IDT_POINTER	0x1a

#ifndef __ASSEMBLY__

#include <linux/types.h>
#include <asm/desc_defs.h>

#define BOOTIMG_GDT_ENTRIES	4	/* null, null, __BOOT_CS, __BOOT_DS */

/* What copy_32.S works with. All addresses are physical. */
struct bootimg_handoff {
	u32 page;
	u32 extents;
	u32 start;
	u32 has_cr4;
	u16 padding_gdt;		/* so that the pointers' bases are aligned */
	struct desc_ptr gdt_pointer;
	u16 padding_idt;
	struct desc_ptr idt_pointer;	/* of size 0: any fault resets the machine */
	u64 gdt[BOOTIMG_GDT_ENTRIES] __aligned(8);
};

extern const char bootimg_copy[], bootimg_copy_end[];
asmlinkage void __noreturn bootimg_switch(const struct bootimg_handoff *handoff);

#endif /* __ASSEMBLY__ */

#endif /* _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H */
