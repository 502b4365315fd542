// SPDX-License-Identifier: GPL-2.0-only
/*
 * commit.c - the way out of the running kernel, from which there is no way back
 *
 * Nothing here allocates memory, sleeps for a reason of its own, or fails.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/irqflags.h>
#include <linux/kexec.h>
#include <linux/kmsg_dump.h>
#include <linux/printk.h>
#include <linux/reboot.h>
#include <linux/reboot_marks.h>
#include <linux/syscore_ops.h>

#include "internal.h"

/*
 * As kernel_kexec() does it in newer kernels. kexec_in_progress makes the PCI core
 * clear the bus master bit of each device, so that none writes into the new kernel.
 */
static void quiesce(void)
{
	kexec_in_progress = true;
	kernel_restart_prepare("lobos");
	migrate_to_reboot_cpu();
	syscore_shutdown();
	/* migrate_to_reboot_cpu() forbids CPU hotplug, but machine_shutdown() may need it. */
	cpu_hotplug_enable();
	machine_shutdown();
	/* On SMP they are off already. */
	local_irq_disable();
}

void lobos_commit(const struct lobos_image *image)
{
	quiesce();
	kmsg_dump(KMSG_DUMP_SHUTDOWN);
	pr_info("devices and other CPUs are stopped, booting %s\n", image->kernel.name);
	lobos_log_keep(image->log);

	/* From here on, whatever goes wrong resets the machine. */
	reboot_mark(REBOOT_MARK_NO_RETURN);
	lobos_arch_handoff();
}
