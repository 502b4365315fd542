// SPDX-License-Identifier: GPL-2.0-only
/*
 * image.c - the caller's memory, held where it is
 *
 * Nothing has to be in one piece, and nothing is copied but pages above 4 GiB.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "internal.h"

/* Memory that runs short is a reason to refuse, not to kill a process. */
#define TKM_GFP		(GFP_KERNEL | GFP_DMA32 | __GFP_ZERO | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

void *tkm_alloc_page(struct tkm_image *image)
{
	struct page *page;

	for (;;) {
		page = alloc_page(TKM_GFP);
		if (!page)
			return NULL;
		if (!tkm_is_destination(image->boot, page_to_phys(page)))
			return page_address(page);
		list_add(&page->lru, &image->rejects);
	}
}

/* FOLL_WRITE: a page that was never written to is shared, and we may have to swap. */
static int pin_region(struct tkm_image *image, const struct tkm_region *region)
{
	unsigned long start = region->memory, done = 0, nr_pages = region->bytes >> PAGE_SHIFT;
	int got;

	while (done < nr_pages) {
		got = start != region->memory ? -EFAULT :
		      pin_user_pages_fast(start + done * PAGE_SIZE, nr_pages - done,
					  FOLL_WRITE | FOLL_LONGTERM,
					  image->pages + image->nr_pinned);
		if (got <= 0)
			return tkm_refuse(got ? got : -EFAULT, "the memory at %#llx cannot be held",
					  region->memory + done * PAGE_SIZE);
		image->nr_pinned += got;
		done += got;
	}
	return 0;
}

u32 tkm_image_source(const struct tkm_image *image, unsigned long i)
{
	bool is_copied = image->copies && image->copies[i];

	return page_to_phys(is_copied ? image->copies[i] : image->pages[i]);
}

static struct page *copy_page_below(struct tkm_image *image, struct page *page)
{
	void *copy = tkm_alloc_page(image);

	if (!copy)
		return NULL;
	copy_highpage(virt_to_page(copy), page);
	return virt_to_page(copy);
}

/* Without paging there are 32 bits of address. */
static int copy_far_pages(struct tkm_image *image)
{
	unsigned long i, nr_copies = 0;

	for (i = 0; i < image->nr_pages; i++) {
		if (!upper_32_bits(page_to_phys(image->pages[i])))
			continue;
		if (!image->copies)
			image->copies = kvcalloc(image->nr_pages, sizeof(*image->copies),
						 GFP_KERNEL);
		if (image->copies)
			image->copies[i] = copy_page_below(image, image->pages[i]);
		if (!image->copies || !image->copies[i])
			return tkm_refuse(-ENOMEM, "no memory below 4 GiB for pages above it");
		nr_copies++;
	}
	if (nr_copies)
		pr_info("%lu pages lie above 4 GiB and are copied\n", nr_copies);
	return 0;
}

static void free_copies(struct tkm_image *image)
{
	unsigned long i;

	for (i = 0; image->copies && i < image->nr_pages; i++)
		if (image->copies[i])
			__free_page(image->copies[i]);
	kvfree(image->copies);
}

/* Pages and page tables alike are of use only while the call lasts. */
static int take_tables(struct tkm_image *image)
{
	unsigned int i;

	for (i = 0; i < TKM_TABLES; i++) {
		image->tables[i] = tkm_alloc_page(image);
		if (!image->tables[i])
			return tkm_refuse(-ENOMEM, "no memory for page tables");
	}
	return 0;
}

int tkm_image_get(struct tkm_image *image, const struct tkm_boot *boot)
{
	unsigned int i;
	int error = 0;

	image->boot = boot;
	INIT_LIST_HEAD(&image->rejects);
	xa_init(&image->by_source);
	for (i = 0; i < boot->nr_regions; i++)
		image->nr_pages += boot->regions[i].bytes >> PAGE_SHIFT;

	image->pages = kvcalloc(image->nr_pages, sizeof(*image->pages), GFP_KERNEL);
	if (!image->pages)
		return tkm_refuse(-ENOMEM, "no memory for a list of %lu pages", image->nr_pages);

	for (i = 0; !error && i < boot->nr_regions; i++)
		error = pin_region(image, &boot->regions[i]);
	if (!error)
		error = copy_far_pages(image);
	if (!error)
		error = take_tables(image);
	return error;
}

void tkm_image_put(struct tkm_image *image)
{
	struct page *page, *next;
	unsigned int i;

	if (image->pages)
		unpin_user_pages(image->pages, image->nr_pinned);
	kvfree(image->pages);
	free_copies(image);
	for (i = 0; i < TKM_TABLES; i++)
		free_page((unsigned long)image->tables[i]);
	list_for_each_entry_safe(page, next, &image->rejects, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}
