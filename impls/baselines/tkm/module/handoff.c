// SPDX-License-Identifier: GPL-2.0-only
/*
 * handoff.c - the last C code of the old kernel
 *
 * Past the point of no return: interrupts are off, one CPU runs, nothing may
 * allocate, sleep, print or fail.
 */
#include <linux/build_bug.h>
#include <linux/i8253.h>
#include <linux/io.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <asm/debugreg.h>
#include <asm/i8259.h>
#include <asm/msr.h>
#include <asm/processor.h>

#include "internal.h"

/* The interrupt controllers in the hands of a BIOS: vectors from the PC/AT. */
#define BIOS_MASTER_VECTOR	0x08
#define BIOS_SLAVE_VECTOR	0x70
#define BIOS_MASTER_MASK	0xb8	/* open: timer, keyboard, cascade, floppy disk */
#define BIOS_SLAVE_MASK		0x8f	/* open: mouse, coprocessor, first disk */
#define PIT_MODE_2		0x34	/* counter 0, both bytes, rate generator */

static_assert(offsetof(struct tkm_handoff, list) == TKM_HANDOFF_LIST);
static_assert(offsetof(struct tkm_handoff, entry) == TKM_HANDOFF_ENTRY);
static_assert(offsetof(struct tkm_handoff, has_cr4) == TKM_HANDOFF_HAS_CR4);
static_assert(sizeof(struct tkm_handoff) == TKM_HANDOFF_BYTES);

static void restore_controller(int command, int data, u8 vector, u8 wiring, u8 mask)
{
	outb_p(0x11, command);		/* ICW1: start, edges, ICW4 follows */
	outb_p(vector, data);		/* ICW2 */
	outb_p(wiring, data);		/* ICW3 */
	outb_p(MASTER_ICW4_DEFAULT, data);
	outb_p(mask, data);
}

/*
 * The kernel does not keep what it found, so this is what a PC/AT's BIOS leaves,
 * and with the masks that SeaBIOS has.
 */
static void restore_for_bios(void)
{
	restore_controller(PIC_MASTER_CMD, PIC_MASTER_IMR, BIOS_MASTER_VECTOR,
			   1 << PIC_CASCADE_IR, BIOS_MASTER_MASK);
	restore_controller(PIC_SLAVE_CMD, PIC_SLAVE_IMR, BIOS_SLAVE_VECTOR, PIC_CASCADE_IR,
			   BIOS_SLAVE_MASK);
	/* 65536 ticks: 18.2 times a second */
	outb_p(PIT_MODE_2, PIT_MODE);
	outb_p(0, PIT_CH0);
	outb_p(0, PIT_CH0);
}

/* The next kernel can switch CET on without a look at what is in these. */
static void clear_cet(void)
{
	if (IS_ENABLED(CONFIG_X86_64) && __read_cr4() & X86_CR4_CET) {
		wrmsr(MSR_IA32_S_CET, 0, 0);
		wrmsr(MSR_IA32_U_CET, 0, 0);
	}
}

void tkm_handoff(const struct tkm_image *image)
{
	bool to_protected = image->boot->flags & TKM_PROTECTED;
	struct tkm_handoff *handoff = phys_to_virt(TKM_CODE);

	if (!to_protected)
		restore_for_bios();

	memcpy(handoff, tkm_code, TKM_CODE_BYTES);
	handoff->list = virt_to_phys(image->lists[0]);
	handoff->entry = to_protected ? image->boot->entry : 0;
	/* 0 means that there is nothing to clear, and perhaps no CR4. */
	handoff->has_cr4 = __read_cr4() != 0;

	clear_cet();
	/* A breakpoint on an address of this kernel would strike in the next one. */
	hw_breakpoint_disable();
	tkm_switch(tkm_map_code(image));
}
