// SPDX-License-Identifier: GPL-2.0-only
/*
 * leave.c - the way out of the running kernel, for a module
 *
 * What stops devices and CPUs for good is not exported to modules, save by
 * power-off: kernel_power_off() calls the notifiers, shuts devices down, goes to
 * the boot CPU, stops the others and their interrupt controllers, and then asks
 * whoever has registered to switch the machine off. We register, first in line,
 * and leave. A restart asks nobody on x86; a halt does not, either.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/irqflags.h>
#include <linux/notifier.h>
#include <linux/pci.h>
#include <linux/reboot.h>
#include <linux/reboot_marks.h>
#include <linux/suspend.h>

#include "internal.h"

#define FIRST		(SYS_OFF_PRIO_FIRMWARE + 1)

/*
 * Devices are shut down. The PCI core leaves bus masters on unless it is kexec
 * that boots, so they are switched off here: none shall write into the new kernel.
 *
 * NOTIFY_STOP: what comes behind us is the firmware's preparation for power-off
 * (ACPI's _PTS, wake-up devices armed), and the power stays on.
 */
static int stop_bus_masters(struct sys_off_data *data)
{
	struct pci_dev *device = NULL;

	for_each_pci_dev(device)
		if (device->current_state <= PCI_D3hot)
			pci_clear_master(device);
	return NOTIFY_STOP;
}

/* One CPU runs, interrupt controllers are as they were before Linux. */
static int leave(struct sys_off_data *data)
{
	local_irq_disable();
	pr_info("devices and other CPUs are stopped, leaving\n");
	reboot_mark(REBOOT_MARK_NO_RETURN);
	tkm_handoff(data->cb_data);
	return NOTIFY_DONE;
}

int tkm_leave(struct tkm_image *image)
{
	struct sys_off_handler *prepare, *off;
	unsigned int flags;
	int error;

	/* Nobody suspends, powers off or reboots meanwhile: nor may another's power-off meet us. */
	flags = lock_system_sleep();
	prepare = register_sys_off_handler(SYS_OFF_MODE_POWER_OFF_PREPARE, FIRST,
					   stop_bus_masters, NULL);
	if (IS_ERR(prepare)) {
		error = PTR_ERR(prepare);
		goto unlock;
	}
	off = register_sys_off_handler(SYS_OFF_MODE_POWER_OFF, FIRST, leave, image);
	if (IS_ERR(off)) {
		error = PTR_ERR(off);
		goto unregister;
	}

	tkm_map_sort(image);
	kernel_power_off();
	unreachable();

unregister:
	unregister_sys_off_handler(prepare);
unlock:
	unlock_system_sleep(flags);
	return tkm_refuse(error, "somebody else is first in line at power-off");
}
