// SPDX-License-Identifier: GPL-2.0-only
/*
 * handoff.c - the last C code of the old kernel
 *
 * Past the point of no return: interrupts are off, one CPU runs, nothing may
 * allocate, sleep, print or fail.
 */
#include <linux/crc32.h>
#include <linux/percpu.h>
#include <linux/processor.h>
#include <asm/debugreg.h>
#include <asm/msr.h>
#include <asm/tlbflush.h>
#include <asm/tsc.h>

#include "layout.h"

u64 lobos_arch_cycles(u64 *khz)
{
	*khz = tsc_khz;
	return boot_cpu_has(X86_FEATURE_TSC) ? rdtsc() : 0;
}

u32 lobos_node_crc(const struct lobos_node *node)
{
	return ~crc32_le(~0, (const u8 *)&node->magic,
			 offsetof(struct lobos_node, crc) - offsetof(struct lobos_node, magic));
}

/* From now on the area is a log handed on, for whoever finds its node. */
static void seal_node(void)
{
	struct lobos_node *node = lobos_at(LOBOS_NODE);

	node->magic = LOBOS_NODE_MAGIC;
	node->version = LOBOS_NODE_VERSION;
	node->handed = 1;
	node->bytes = lobos_safe.bytes;
	node->log_offset = LOBOS_LOG;
	node->reserved = 0;
	node->crc = lobos_node_crc(node);
}

/*
 * Of CR4 only the bits stay that say how page tables are read: in long mode PAE and
 * LA57 cannot be changed at all. The others are cleared by the same write: PGE and
 * PCIDE above all, which flushes what the TLB keeps of the old tables, and SMEP,
 * SMAP, CET, FRED and their like. MCE stays on x86_64, because some hypervisors do
 * not allow a guest to clear it; a machine check then resets the machine. A shadow
 * of 0 means that there is nothing to clear, and perhaps no CR4.
 */
#ifdef CONFIG_X86_64
#define CR4_KEPT	(X86_CR4_PAE | X86_CR4_LA57 | X86_CR4_MCE)
#else
#define CR4_KEPT	(X86_CR4_PAE | X86_CR4_PSE)
#endif

static void set_cr4(struct lobos_handoff *handoff)
{
	unsigned long cr4 = cr4_read_shadow();

	handoff->has_cr4 = cr4 != 0;
	handoff->cr4 = cr4 & CR4_KEPT;
}

/* The next kernel can switch CET on without a look at what is in these. */
static void clear_cet(void)
{
	if (IS_ENABLED(CONFIG_X86_64) && cr4_read_shadow() & X86_CR4_CET) {
		wrmsr(MSR_IA32_S_CET, 0, 0);
		wrmsr(MSR_IA32_U_CET, 0, 0);
	}
}

void lobos_arch_handoff(void)
{
	struct lobos_handoff *handoff = lobos_at(LOBOS_HANDOFF);

	seal_node();
	set_cr4(handoff);
	clear_cet();
	/* A breakpoint on an address of this kernel would strike in the next one. */
	hw_breakpoint_disable();
	lobos_switch(handoff);
}
