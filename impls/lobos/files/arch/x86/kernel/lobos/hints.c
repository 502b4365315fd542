// SPDX-License-Identifier: GPL-2.0-only
/*
 * hints.c - what the old kernel has found out and the new one need not
 *
 * The hints are a setup_data node at the head of the chain. It lies in the safe
 * area, and is there only if the boot was asked for with hints. A kernel without
 * LOBOS ignores it. One with LOBOS takes it out of the chain at once, so that
 * hints serve one boot, and writes its own if it is asked for hints in its turn.
 *
 * What was taken and not found out again goes on with a greater age. At the
 * greatest age it is refused: the next kernel measures, and begins anew.
 */
#define pr_fmt(fmt) "lobos: " fmt

#include <linux/acpi_pmtmr.h>
#include <linux/crc32.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/setup.h>
#include <asm/tsc.h>
#include <asm/x86_init.h>

#include "layout.h"

#define GREATEST_AGE	64

/* What was taken, and from where; all 0 if nothing was. */
static struct lobos_hints hints;
static phys_addr_t hints_start;

static u32 hints_crc(const struct lobos_hints *node)
{
	return ~crc32_le(~0, (const u8 *)&node->magic,
			 offsetof(struct lobos_hints, crc) - offsetof(struct lobos_hints, magic));
}

static bool __init in_range_or_0(u64 value, u64 least, u64 most)
{
	return !value || (value >= least && value <= most);
}

/* Return: NULL if hints can be taken */
static const char *__init why_not(const struct lobos_hints *node)
{
	if (node->magic != LOBOS_HINTS_MAGIC || node->version != LOBOS_HINTS_VERSION ||
	    node->setup_data.len != LOBOS_HINTS_BYTES - sizeof(node->setup_data))
		return "of another version";
	if (node->crc != hints_crc(node))
		return "damaged";
	if (node->age >= GREATEST_AGE)
		return "too old";
	if (!in_range_or_0(node->tsc_khz, 10000, 20000000) ||
	    !in_range_or_0(node->apic_timer_hz, 1000000, U32_MAX) ||
	    !in_range_or_0(node->delay_loops, 100000, (u64)ULONG_MAX * HZ))
		return "not plausible";
	return NULL;
}

/*
 * In place of a measurement against the PIT; what CPUID says of the TSC comes first.
 * Only once: a driver that changes the CPU's speed has it measured again.
 */
static unsigned long __init hinted_khz(void)
{
	x86_platform.calibrate_cpu = native_calibrate_cpu_early;
	return hints.tsc_khz;
}

#ifdef CONFIG_X86_LOCAL_APIC
/*
 * Called when the local APIC timer would be calibrated, and not earlier:
 * a known period makes apic_needs_pit() leave the PIT off, and the machine
 * would have other interrupts than without hints.
 */
static void __init setup_hinted_clock(void)
{
	if (!lapic_timer_period)
		lapic_timer_period = div_u64(hints.apic_timer_hz, HZ);
	setup_boot_APIC_clock();
}

/*
 * A timer that this kernel does not use is masked: perhaps its calibration failed
 * the check, which would not be made again.
 */
static u64 apic_timer_hz(void)
{
	if (!lapic_timer_period || apic_read(APIC_LVTT) & APIC_LVT_MASKED)
		return 0;
	return (u64)lapic_timer_period * HZ;
}
#else
#define setup_hinted_clock x86_init_noop
static inline u64 apic_timer_hz(void) { return 0; }
#endif

/* A hypervisor that knows better is detected later, and replaces these. */
static void __init use_hints(void)
{
	if (hints.tsc_khz && boot_cpu_has(X86_FEATURE_TSC))
		x86_platform.calibrate_cpu = hinted_khz;
	if (hints.apic_timer_hz)
		x86_init.timers.setup_percpu_clockev = setup_hinted_clock;
	if (hints.delay_loops && !boot_cpu_has(X86_FEATURE_TSC))
		preset_lpj = div_u64(hints.delay_loops, HZ);
}

bool __init lobos_hinted_pm_timer(void)
{
	return hints.pm_timer_checked;
}

const struct lobos_routing *lobos_hinted_routing(void)
{
	if (!hints.magic || hints_start != lobos_safe.start + LOBOS_HINTS_NODE)
		return NULL;
	return lobos_at(LOBOS_HINTS_NODE + sizeof(hints));
}

/* Called by setup_arch() before the first clock is calibrated. */
void __init lobos_take_hints(void)
{
	struct lobos_hints *node;
	const char *wrong;

	hints_start = boot_params.hdr.setup_data;
	if (!hints_start)
		return;
	node = early_memremap(hints_start, sizeof(*node));
	if (!node)
		return;
	if (node->setup_data.type == SETUP_LOBOS_HINTS)
		hints = *node;
	early_memunmap(node, sizeof(*node));
	if (!hints.setup_data.type)
		return;

	boot_params.hdr.setup_data = hints.setup_data.next;
	wrong = why_not(&hints);
	if (wrong) {
		pr_warn("hints of the previous kernel are %s, and ignored\n", wrong);
		memset(&hints, 0, sizeof(hints));
		return;
	}
	pr_info("hints, measured %u boots ago: TSC %u kHz, local APIC timer %llu Hz\n",
		hints.age + 1, hints.tsc_khz, hints.apic_timer_hz);
	use_hints();
}

/*
 * What CPUID tells the next kernel, and what this one does not trust, is left out.
 * A routing that was taken is in its place already.
 */
void lobos_give_hints(struct boot_params *params)
{
	struct lobos_hints *node = lobos_at(LOBOS_HINTS_NODE);
	struct lobos_routing *routing = (struct lobos_routing *)(node + 1);

	if (!lobos_give_routing(routing) && !lobos_hinted_routing())
		memset(routing, 0, sizeof(*routing));

	memset(node, 0, sizeof(*node));
	node->setup_data.next = params->hdr.setup_data;
	node->setup_data.type = SETUP_LOBOS_HINTS;
	node->setup_data.len = LOBOS_HINTS_BYTES - sizeof(node->setup_data);
	node->magic = LOBOS_HINTS_MAGIC;
	node->version = LOBOS_HINTS_VERSION;
	node->age = lobos_test_age() + (hints.magic ? hints.age + 1 : 0);
	if (!boot_cpu_has(X86_FEATURE_TSC_KNOWN_FREQ) && !check_tsc_unstable())
		node->tsc_khz = tsc_khz;
	node->apic_timer_hz = apic_timer_hz();
	if (!boot_cpu_has(X86_FEATURE_TSC))
		node->delay_loops = (u64)loops_per_jiffy * HZ;
	/* Reads as 0 if there is none, or if this kernel found it wrong. */
	node->pm_timer_checked = acpi_pm_read_early() != 0;
	node->crc = hints_crc(node);
	if (lobos_test_damage())
		node->apic_timer_hz ^= 1;
	params->hdr.setup_data = lobos_safe.start + LOBOS_HINTS_NODE;
}
