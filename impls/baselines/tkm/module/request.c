// SPDX-License-Identifier: GPL-2.0-only
/*
 * request.c - what the caller asks for, checked before anything is taken
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/align.h>
#include <linux/cc_platform.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/uaccess.h>
#include <xen/xen.h>
#include <asm/bootparam.h>

#include "internal.h"

#define SETUP_HEADER_OFFSET	0x1f1	/* Documentation/x86/boot.rst */
#define SETUP_MAGIC		0x53726448	/* "HdrS" */

static u64 region_end(const struct tkm_region *region)
{
	return (u64)region->destination + region->bytes;
}

static const struct tkm_region *find_region(const struct tkm_boot *boot, u32 address)
{
	unsigned int i;

	for (i = 0; i < boot->nr_regions; i++)
		if (address >= boot->regions[i].destination &&
		    address < region_end(&boot->regions[i]))
			return &boot->regions[i];
	return NULL;
}

bool tkm_is_destination(const struct tkm_boot *boot, phys_addr_t address)
{
	return !upper_32_bits(address) && find_region(boot, address);
}

/* The machine must let paging be turned off, and its memory must be the same without it. */
static int check_machine(void)
{
	if (cc_platform_has(CC_ATTR_MEM_ENCRYPT))
		return tkm_refuse(-EOPNOTSUPP, "memory is encrypted, paging has to stay on");
	if (xen_pv_domain())
		return tkm_refuse(-EOPNOTSUPP, "Xen does not let paging be switched off");
	return 0;
}

static int check_numbers(const struct tkm_boot *boot)
{
	unsigned long long bytes = 0;
	unsigned int i;

	if (boot->flags & ~(TKM_PROTECTED | TKM_DRY_RUN))
		return tkm_refuse(-EINVAL, "flags %#x are not known", boot->flags);
	if (!boot->nr_regions)
		return tkm_refuse(-ENODATA, "the image has no regions");
	if (boot->nr_regions > TKM_REGIONS_MAX)
		return tkm_refuse(-E2BIG, "the image has %u regions, more than %d",
				  boot->nr_regions, TKM_REGIONS_MAX);

	for (i = 0; i < boot->nr_regions; i++)
		bytes += boot->regions[i].bytes;
	if (bytes >> PAGE_SHIFT > totalram_pages() / 2)
		return tkm_refuse(-EFBIG, "the image has %llu bytes, more than half of the memory",
				  bytes);
	return 0;
}

static int check_aligned(const struct tkm_region *region)
{
	if (!region->bytes || !IS_ALIGNED(region->memory, PAGE_SIZE) ||
	    !IS_ALIGNED(region->destination, PAGE_SIZE) || !IS_ALIGNED(region->bytes, PAGE_SIZE))
		return tkm_refuse(-EBADR, "%u bytes at %#llx for %#x are not whole pages",
				  region->bytes, region->memory, region->destination);
	return 0;
}

/*
 * Interrupt vectors, BIOS data, the EBDA, and all that is above the memory of
 * the machine is not in the resource tree as System RAM. The code page is.
 */
static int check_memory(const struct tkm_region *region)
{
	u64 address;

	for (address = region->destination; address < region_end(region); address += PAGE_SIZE) {
		if (address == TKM_CODE)
			return tkm_refuse(-EADDRINUSE, "%#x is needed for the change of mode",
					  TKM_CODE);
		if (upper_32_bits(address) || page_is_ram(PHYS_PFN(address)) != 1)
			return tkm_refuse(-EADDRNOTAVAIL, "%#llx is not usable memory", address);
	}
	return 0;
}

static int check_overlap(const struct tkm_boot *boot, unsigned int i)
{
	const struct tkm_region *region = &boot->regions[i], *other;
	unsigned int j;

	for (j = 0; j < i; j++) {
		other = &boot->regions[j];
		if (region->destination < region_end(other) &&
		    other->destination < region_end(region))
			return tkm_refuse(-EEXIST, "two regions have the destination %#x",
					  max(region->destination, other->destination));
	}
	return 0;
}

/* Where it will jump to there must be something that can be jumped to. */
static int check_entry(const struct tkm_boot *boot)
{
	const struct tkm_region *setup = find_region(boot, TKM_SETUP);
	struct setup_header header;

	if (!setup || setup->destination != TKM_SETUP)
		return tkm_refuse(-ENOEXEC, "nothing is to lie at %#x", TKM_SETUP);
	if (boot->flags & TKM_PROTECTED) {
		if (!boot->entry || !find_region(boot, boot->entry))
			return tkm_refuse(-ENXIO, "the entry %#x is in none of the regions",
					  boot->entry);
		return 0;
	}

	if (copy_from_user(&header, u64_to_user_ptr(setup->memory + SETUP_HEADER_OFFSET),
			   sizeof(header)))
		return tkm_refuse(-EFAULT, "the set-up code cannot be read");
	if (header.boot_flag != 0xaa55 || header.header != SETUP_MAGIC)
		return tkm_refuse(-ENOEXEC, "what is to lie at %#x is no set-up code", TKM_SETUP);
	return 0;
}

int tkm_check_request(const struct tkm_boot *boot)
{
	unsigned int i;
	int error;

	error = check_machine();
	if (!error)
		error = check_numbers(boot);
	for (i = 0; !error && i < boot->nr_regions; i++) {
		error = check_aligned(&boot->regions[i]);
		if (!error)
			error = check_memory(&boot->regions[i]);
		if (!error)
			error = check_overlap(boot, i);
	}
	if (!error)
		error = check_entry(boot);
	return error;
}
