// SPDX-License-Identifier: GPL-2.0-only
/*
 * ramdisk.c - the initial RAM disk that the new kernel gets, if it gets one
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/kernel_read_file.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include "internal.h"

static bool is_free(const struct lobos_image *image, phys_addr_t start, phys_addr_t end)
{
	const struct lobos_part *kernel = &image->kernel;

	if (start < kernel->destination + kernel->memory_bytes && end > kernel->destination)
		return false;
	return lobos_is_free(start, end);
}

/*
 * As high as possible, as kexec-tools has it: there it is not in
 * the way of what the new kernel allocates early.
 *
 * Return: the address, or 0 if there is no room
 */
static phys_addr_t find_place(const struct lobos_image *image, u64 bytes)
{
	phys_addr_t end;

	for (end = lobos_arch_limit(); end > bytes; end -= PAGE_SIZE) {
		if (is_free(image, end - bytes, end))
			return end - bytes;
		cond_resched();
	}
	return 0;
}

int lobos_ramdisk_open(struct lobos_image *image, const struct lobos_source *source)
{
	struct lobos_part *ramdisk = &image->ramdisk;
	u64 bytes;
	int error;

	error = lobos_part_open(ramdisk, source, READING_KEXEC_INITRAMFS);
	if (error)
		return error;

	/* Half of the memory at most, as lobos_part_open() has checked; 4 GiB can be less. */
	bytes = PAGE_ALIGN(ramdisk->file_bytes);
	ramdisk->destination = find_place(image, bytes);
	if (!ramdisk->destination)
		return lobos_refuse(-ENOSPC, "%s: no room for it in memory", ramdisk->name);
	ramdisk->memory_bytes = bytes;
	ramdisk->nr_pages = PHYS_PFN(bytes);
	return 0;
}
