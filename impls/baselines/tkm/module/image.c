// SPDX-License-Identifier: GPL-2.0-only
/*
 * image.c - the caller's memory, held where it is
 *
 * Nothing is copied, and nothing has to be in one piece.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "internal.h"

/* Memory that runs short is a reason to refuse, not to kill a process. */
#define TKM_GFP		(GFP_KERNEL | __GFP_ZERO | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

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
	unsigned long done = 0, nr_pages = region->bytes >> PAGE_SHIFT;
	int got;

	while (done < nr_pages) {
		got = pin_user_pages_fast(region->memory + done * PAGE_SIZE, nr_pages - done,
					  FOLL_WRITE | FOLL_LONGTERM,
					  image->pages + image->nr_pinned);
		if (got <= 0)
			return tkm_refuse(got ? got : -EFAULT, "the memory at %#lx cannot be held",
					  region->memory + done * PAGE_SIZE);
		image->nr_pinned += got;
		done += got;
	}
	return 0;
}

/* Without paging there are 32 bits of address. */
static int check_reachable(const struct tkm_image *image)
{
	unsigned long i;

	for (i = 0; i < image->nr_pages; i++)
		if (upper_32_bits(page_to_phys(image->pages[i])))
			return tkm_refuse(-ERANGE, "a page of the image lies above 4 GiB");
	return 0;
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
		error = check_reachable(image);
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
	for (i = 0; i < TKM_TABLES; i++)
		free_page((unsigned long)image->tables[i]);
	list_for_each_entry_safe(page, next, &image->rejects, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}
