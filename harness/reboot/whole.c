// SPDX-License-Identifier: GPL-2.0-only
/*
 * whole.c - the names of what can differ after a reboot
 *
 * They are kept in files, so they never change.
 */
#include "whole.h"

#include <stddef.h>

const char *difference_name(enum difference d)
{
	static const char *const names[DIFFERENCES] = {
		[DIFFERENCE_CPUS] = "cpus",
		[DIFFERENCE_MEMORY] = "memory",
		[DIFFERENCE_MEMORY_MAP] = "memory_map",
		[DIFFERENCE_CLOCKSOURCE] = "clocksource",
		[DIFFERENCE_TSC] = "tsc",
		[DIFFERENCE_BLOCK_DEVICES] = "block_devices",
		[DIFFERENCE_INTERRUPT_CONTROLLERS] = "interrupt_controllers",
		[DIFFERENCE_TAINT] = "taint",
		[DIFFERENCE_WARNINGS] = "warnings",
		[DIFFERENCE_EFI_RUNTIME] = "efi_runtime",
	};

	return (unsigned int)d < DIFFERENCES ? names[d] : NULL;
}
