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
#include <linux/reboot.h>
#include <linux/reboot_marks.h>
#include <linux/syscore_ops.h>

#include "bootimg.h"

/*
 * As kernel_kexec() does it. kexec_in_progress makes the PCI core clear the bus
 * master bit of each device, so that none writes into the new kernel. KVM is one
 * of the system's core: while it has a processor, paging cannot be switched off.
 */
static void quiesce(void)
{
	kexec_in_progress = true;
	kernel_restart_prepare("bootimg");
	migrate_to_reboot_cpu();
	syscore_shutdown();
	/* That forbade CPU hotplug, but machine_shutdown() may need it. */
	cpu_hotplug_enable();
	machine_shutdown();
	/* On SMP they are off already. */
	local_irq_disable();
}

void bootimg_commit(const struct bootimg_stage *stage, const struct bootimg_request *request)
{
	quiesce();
	kmsg_dump(KMSG_DUMP_SHUTDOWN);
	pr_info("devices and other CPUs are stopped, starting at %#x\n", request->start);

	/* From here on, whatever goes wrong resets the machine. */
	reboot_mark(REBOOT_MARK_NO_RETURN);
	bootimg_arch_handoff(stage);
}
