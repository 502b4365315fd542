// SPDX-License-Identifier: GPL-2.0-only
/*
 * host.c - what the core asks of its host, which here is the system call
 *
 * A module for stock kernels could have nothing of this file: none of it is exported.
 */
#include <linux/fs.h>
#include <linux/ioport.h>
#include <linux/kexec.h>
#include <linux/mutex.h>
#include <linux/pfn.h>
#include <linux/suspend.h>

#include "internal.h"

/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
#define OPEN_FLAGS	(O_RDONLY | O_LARGEFILE | O_NONBLOCK | O_NOCTTY)

/* The handle is a struct filename. Not every file system has direct I/O. */
struct file *lobos_open(const struct lobos_source *source)
{
	struct file *file = file_open_name(source->handle, OPEN_FLAGS | O_DIRECT, 0);

	if (file == ERR_PTR(-EINVAL))
		file = file_open_name(source->handle, OPEN_FLAGS, 0);
	return file;
}

/* Adds up how much of a range is memory: holes are not called back for. */
static int count_ram(unsigned long pfn, unsigned long nr_pages, void *sum)
{
	*(unsigned long *)sum += nr_pages;
	return 0;
}

bool lobos_is_all_ram(u64 start, u64 end)
{
	unsigned long nr_pages = PHYS_PFN(end) - PHYS_PFN(start), sum = 0;

	if (end > lobos_arch_limit())
		return false;
	walk_system_ram_range(PHYS_PFN(start), nr_pages, &sum, count_ram);
	return sum == nr_pages;
}

bool lobos_is_crash_kernel(phys_addr_t start, phys_addr_t end)
{
	return crashk_res.end && start <= crashk_res.end && end > crashk_res.start;
}

/* The mutex is the one that reboot(2) and suspend hold. */
bool lobos_hold_transitions(void)
{
	return mutex_trylock(&system_transition_mutex);
}
