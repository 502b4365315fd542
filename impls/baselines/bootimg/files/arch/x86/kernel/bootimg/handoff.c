// SPDX-License-Identifier: GPL-2.0-only
/*
 * handoff.c - the page that survives the copy, and the last C code of the old kernel
 */
#include <linux/build_bug.h>
#include <linux/io.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <asm/debugreg.h>
#include <asm/msr.h>
#include <asm/segment.h>
#include <asm/tlbflush.h>

#include "bootimg.h"
#include "layout.h"

#define FLAT_CODE	0x00cf9b000000ffffULL	/* base 0, limit 4 GiB, ring 0, accessed */
#define FLAT_DATA	0x00cf93000000ffffULL

#define CHECK_OFFSET(name, field) \
	static_assert(offsetof(struct bootimg_handoff, field) == (name))

CHECK_OFFSET(HANDOFF_PAGE, page);
CHECK_OFFSET(HANDOFF_EXTENTS, extents);
CHECK_OFFSET(HANDOFF_START, start);
CHECK_OFFSET(HANDOFF_HAS_CR4, has_cr4);
CHECK_OFFSET(HANDOFF_GDT_POINTER, gdt_pointer.size);
CHECK_OFFSET(HANDOFF_IDT_POINTER, idt_pointer.size);

void bootimg_arch_prepare(const struct bootimg_stage *stage, u32 start)
{
	struct bootimg_handoff *handoff = stage->page.start + BOOTIMG_HANDOFF;

	memset(stage->page.start, 0, stage->page.nr_pages << PAGE_SHIFT);
	memcpy(stage->page.start + BOOTIMG_COPY, bootimg_copy, BOOTIMG_COPY_BYTES);
	if (IS_ENABLED(CONFIG_X86_64))
		memcpy(stage->page.start + BOOTIMG_LEAVE, bootimg_leave, BOOTIMG_LEAVE_BYTES);

	handoff->page = virt_to_phys(stage->page.start);
	handoff->extents = virt_to_phys(stage->list.start);
	handoff->start = start;
	handoff->gdt[GDT_ENTRY_BOOT_CS] = FLAT_CODE;
	handoff->gdt[GDT_ENTRY_BOOT_DS] = FLAT_DATA;
	handoff->gdt_pointer.size = sizeof(handoff->gdt) - 1;
	handoff->gdt_pointer.address = virt_to_phys(handoff->gdt);
}

/* The next kernel can switch CET on without a look at what is in these. */
static void clear_cet(void)
{
	if (IS_ENABLED(CONFIG_X86_64) && cr4_read_shadow() & X86_CR4_CET) {
		wrmsr(MSR_IA32_S_CET, 0, 0);
		wrmsr(MSR_IA32_U_CET, 0, 0);
	}
}

void bootimg_arch_handoff(const struct bootimg_stage *stage)
{
	struct bootimg_handoff *handoff = stage->page.start + BOOTIMG_HANDOFF;

	/* 0 means that there is nothing to clear, and perhaps no CR4. */
	handoff->has_cr4 = cr4_read_shadow() != 0;
	clear_cet();
	/* A breakpoint on an address of this kernel would strike in the next one. */
	hw_breakpoint_disable();

	bootimg_map_page(stage->page.start);
	bootimg_switch(handoff);
}
