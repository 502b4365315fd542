// SPDX-License-Identifier: GPL-2.0-only
/*
 * request.c - what the caller asks for, copied and checked before anything is taken
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bitops.h>
#include <linux/bitmap.h>
#include <linux/cc_platform.h>
#include <linux/ioport.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <xen/xen.h>

#include "bootimg.h"

/* The machine must let paging be turned off, and its memory must be the same without it. */
static int check_machine(void)
{
	if (cc_platform_has(CC_ATTR_MEM_ENCRYPT))
		return bootimg_refuse(-EOPNOTSUPP, "memory is encrypted, paging has to stay on");
	if (xen_pv_domain())
		return bootimg_refuse(-EOPNOTSUPP, "Xen does not let paging be switched off");
	return 0;
}

static int check_numbers(const struct boot_image *image)
{
	if (image->flags)
		return bootimg_refuse(-EINVAL, "flags %#x are not known", image->flags);
	if (!image->nr_pages)
		return bootimg_refuse(-ENODATA, "the image has no pages");
	if (image->nr_pages > totalram_pages() / 2)
		return bootimg_refuse(-EFBIG, "%u pages are more than half of the memory",
				      image->nr_pages);
	return 0;
}

/* Of the two lists, the caller may free or change its own while we work. */
static int copy_lists(struct bootimg_request *request, const struct boot_image *image)
{
	const void __user *pages = (const void __user *)image->pages;
	const void __user *destinations = (const void __user *)image->destinations;
	unsigned long nr_pages = image->nr_pages;

	request->nr_pages = nr_pages;
	request->start = image->start;
	request->nr_frames = max_low_pfn;
	request->pages = kvmalloc_array(nr_pages, sizeof(*request->pages), GFP_KERNEL);
	request->destinations = kvmalloc_array(nr_pages, sizeof(*request->destinations),
					       GFP_KERNEL);
	request->taken = kvcalloc(BITS_TO_LONGS(max_low_pfn), sizeof(long), GFP_KERNEL);
	if (!request->pages || !request->destinations || !request->taken)
		return bootimg_refuse(-ENOMEM, "no memory for a list of %lu pages", nr_pages);

	if (copy_from_user(request->pages, pages, nr_pages * sizeof(*request->pages)) ||
	    copy_from_user(request->destinations, destinations,
			   nr_pages * sizeof(*request->destinations)))
		return bootimg_refuse(-EFAULT, "the lists of pages cannot be read");
	return 0;
}

static int found(struct resource *resource, void *arg)
{
	return 1;
}

static bool is_crash_kernel(u32 page)
{
	return walk_iomem_res_desc(IORES_DESC_CRASH_KERNEL, IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY,
				   page, page + PAGE_SIZE - 1, NULL, found) == 1;
}

/*
 * Page 0 and all that is the firmware's is not in the resource tree as System
 * RAM, and what is in high memory, or above 4 GiB, cannot be addressed once paging
 * is off, or not by everybody.
 */
static int check_destination(struct bootimg_request *request, u32 destination)
{
	unsigned long frame = destination >> PAGE_SHIFT;

	if (frame >= request->nr_frames || page_is_ram(frame) != 1)
		return bootimg_refuse(-EADDRNOTAVAIL, "%#x is not usable memory", destination);
	if (is_crash_kernel(destination))
		return bootimg_refuse(-EADDRINUSE, "%#x belongs to the crash kernel", destination);
	if (__test_and_set_bit(frame, request->taken))
		return bootimg_refuse(-EEXIST, "two pages have the destination %#x", destination);
	return 0;
}

static int check_page(struct bootimg_request *request, unsigned long i)
{
	u32 destination = request->destinations[i];

	if (!IS_ALIGNED((unsigned long)request->pages[i], PAGE_SIZE) ||
	    !IS_ALIGNED(destination, PAGE_SIZE))
		return bootimg_refuse(-EBADR, "page %lu, at %#lx for %#x, is not aligned", i,
				      (unsigned long)request->pages[i], destination);
	return check_destination(request, destination);
}

static int check_start(const struct bootimg_request *request)
{
	unsigned long frame = request->start >> PAGE_SHIFT;

	if (frame >= request->nr_frames || !test_bit(frame, request->taken))
		return bootimg_refuse(-ENXIO, "the start address %#x is in none of the pages",
				      request->start);
	return 0;
}

int bootimg_request_get(struct bootimg_request *request, const struct boot_image __user *user)
{
	struct boot_image image;
	unsigned long i;
	int error;

	if (copy_from_user(&image, user, sizeof(image)))
		return bootimg_refuse(-EFAULT, "the description of the image cannot be read");

	error = check_machine();
	if (!error)
		error = check_numbers(&image);
	if (!error)
		error = copy_lists(request, &image);
	for (i = 0; !error && i < request->nr_pages; i++)
		error = check_page(request, i);
	if (!error)
		error = check_start(request);
	return error;
}

void bootimg_request_put(struct bootimg_request *request)
{
	kvfree(request->taken);
	kvfree(request->destinations);
	kvfree(request->pages);
}
