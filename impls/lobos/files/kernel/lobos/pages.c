// SPDX-License-Identifier: GPL-2.0-only
/*
 * pages.c - pages outside the memory in which the new kernel will lie
 *
 * They are single pages, because many in a row may not be had. The copy must
 * not overwrite its source, so that none of them may lie in a destination.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/lobos.h>
#include <linux/mm.h>

/* Memory that runs short is a reason to refuse, not to kill a process. */
#define LOBOS_GFP	(__GFP_RETRY_MAYFAIL | __GFP_NOWARN)

static bool is_inside(const struct lobos_part *part, phys_addr_t address)
{
	return address >= part->destination && address - part->destination < part->memory_bytes;
}

static bool in_destination(const struct lobos_image *image, struct page *page)
{
	phys_addr_t address = page_to_phys(page);

	return is_inside(&image->kernel, address) || is_inside(&image->ramdisk, address) ||
	       lobos_test_reject();
}

struct page *lobos_alloc_page(struct lobos_image *image, gfp_t gfp)
{
	struct page *page;

	for (;;) {
		page = alloc_page(gfp | LOBOS_GFP);
		if (!page || !in_destination(image, page))
			return page;
		list_add(&page->lru, &image->rejects);
	}
}

void lobos_free_pages(struct list_head *pages)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}
