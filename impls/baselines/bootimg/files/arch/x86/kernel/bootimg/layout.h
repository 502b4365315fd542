/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * layout.h - where everything lies in the page that survives the copy
 *
 * C and assembly alike include this file.
 */
#ifndef _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H
#define _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H

#define BOOTIMG_COPY		0x000	/* the copy */
#define BOOTIMG_COPY_BYTES	0x040
#define BOOTIMG_LEAVE		0x040	/* x86_64: the way out of long mode */
#define BOOTIMG_LEAVE_BYTES	0x040
#define BOOTIMG_HANDOFF		0x080	/* struct bootimg_handoff */
#define BOOTIMG_STACK_TOP	0x1000	/* the rest is the stack of whoever is started */
#define BOOTIMG_TABLES		0x1000	/* x86_64: in the pages behind it, the top level first */

/* struct bootimg_handoff */
#define HANDOFF_PAGE		0x00
#define HANDOFF_EXTENTS		0x04
#define HANDOFF_START		0x08
#define HANDOFF_HAS_CR4		0x0c
#define HANDOFF_GDT_POINTER	0x16
#define HANDOFF_IDT_POINTER	0x26

#ifndef __ASSEMBLER__

#include <linux/types.h>

#define BOOTIMG_GDT_ENTRIES	4	/* null, null, __BOOT_CS, __BOOT_DS */

/* lgdt and lidt read from size on: 4 bytes of the address, or in long mode 8. */
struct bootimg_pointer {
	u16 padding[3];
	u16 size;
	u64 address;
};

/* What the assembly works with. All addresses are physical. */
struct bootimg_handoff {
	u32 page;
	u32 extents;
	u32 start;
	u32 has_cr4;
	struct bootimg_pointer gdt_pointer;
	struct bootimg_pointer idt_pointer;	/* of size 0: any fault resets the machine */
	u64 gdt[BOOTIMG_GDT_ENTRIES];
};

/* BOOTIMG_COPY_BYTES, and on x86_64 BOOTIMG_LEAVE_BYTES */
extern const char bootimg_copy[], bootimg_leave[];
asmlinkage void bootimg_switch(const struct bootimg_handoff *handoff);

/*
 * bootimg_map_page() - make the page that survives the copy reachable by its physical address
 * @page: may be executed there on x86_64; on i386 only be read and written until
 *	  paging is off
 *
 * Past the point of no return.
 */
void bootimg_map_page(void *page);

#endif /* __ASSEMBLER__ */

#endif /* _ARCH_X86_KERNEL_BOOTIMG_LAYOUT_H */
