// SPDX-License-Identifier: GPL-2.0-only
/*
 * pages.c - the pages that an image owns while it is staged
 *
 * They are single pages, because many in a row may not be had, and none of
 * them lies where the new kernel will: the copy must not overwrite its source.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/lobos.h>
#include <linux/mm.h>

/* Memory that runs short is a reason to refuse, not to kill a process. */
#define LOBOS_GFP	(__GFP_RETRY_MAYFAIL | __GFP_NOWARN)

static bool in_destination(const struct lobos_image *image, struct page *page)
{
	phys_addr_t address = page_to_phys(page);

	return address >= image->destination &&
	       address < image->destination + image->memory_bytes;
}

void lobos_pages_init(struct lobos_image *image)
{
	INIT_LIST_HEAD(&image->kept);
	INIT_LIST_HEAD(&image->rejects);
}

struct page *lobos_alloc_page(struct lobos_image *image, gfp_t gfp)
{
	struct page *page;

	for (;;) {
		page = alloc_page(gfp | LOBOS_GFP);
		if (!page)
			return NULL;
		if (!in_destination(image, page) && !lobos_test_reject())
			break;
		list_add(&page->lru, &image->rejects);
		image->nr_rejects++;
	}
	list_add(&page->lru, &image->kept);
	return page;
}

static void free_list(struct list_head *list)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, list, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}

void lobos_pages_free(struct lobos_image *image)
{
	free_list(&image->kept);
	free_list(&image->rejects);
}
