// SPDX-License-Identifier: GPL-2.0-only
/*
 * map.c - the page map: for each page of the image, where it goes and where it is
 *
 * Without paging nobody can tell where a page of the process is; the map can. It
 * lies in single pages of its own, which are chained.
 *
 * The pages are copied in the order of the map. Where a destination is a page
 * that a later pair still has to read, the copy would destroy it; so before, the
 * contents of the two sources are exchanged, and after that a plain copy from
 * the first pair to the last is safe.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "internal.h"

static_assert(sizeof(struct tkm_pair) == 8);
static_assert(sizeof(struct tkm_list) == PAGE_SIZE);
static_assert(offsetof(struct tkm_list, next) == TKM_LIST_NEXT);
static_assert(offsetof(struct tkm_list, nr_pairs) == TKM_LIST_NR);

static struct tkm_pair *pair_at(const struct tkm_image *image, unsigned long i)
{
	return &image->lists[i / TKM_PAIRS]->pairs[i % TKM_PAIRS];
}

static int take_lists(struct tkm_image *image)
{
	unsigned long i, n = DIV_ROUND_UP(image->nr_pages, TKM_PAIRS);

	image->lists = kvcalloc(n, sizeof(*image->lists), GFP_KERNEL);
	if (!image->lists)
		return tkm_refuse(-ENOMEM, "no memory for a list of %lu pages", n);

	for (i = 0; i < n; i++) {
		image->lists[i] = tkm_alloc_page(image);
		if (!image->lists[i])
			return tkm_refuse(-ENOMEM, "no memory for the page map");
		image->nr_lists++;
		if (i)
			image->lists[i - 1]->next = virt_to_phys(image->lists[i]);
	}
	return 0;
}

static int add_pair(struct tkm_image *image, unsigned long i, u32 destination)
{
	struct tkm_pair *pair = pair_at(image, i);
	int error;

	pair->destination = destination;
	pair->source = tkm_image_source(image, i);
	image->lists[i / TKM_PAIRS]->nr_pairs++;

	/* Sorting moves what is behind one source; a second pair would not follow. */
	if (xa_load(&image->by_source, PHYS_PFN(pair->source)))
		return tkm_refuse(-ENOTUNIQ, "two regions are read from the same memory");
	error = xa_err(xa_store(&image->by_source, PHYS_PFN(pair->source), xa_mk_value(i),
				GFP_KERNEL));
	if (error)
		return tkm_refuse(error, "no memory for an index of the page map");
	return 0;
}

/* Index of the pair after pair i whose source is the destination of pair i; or 0. */
static unsigned long later_source(struct tkm_image *image, unsigned long i)
{
	void *found = xa_load(&image->by_source, PHYS_PFN(pair_at(image, i)->destination));

	return found && xa_to_value(found) > i ? xa_to_value(found) : 0;
}

static void report(struct tkm_image *image)
{
	unsigned long i, runs = 0, in_the_way = 0;
	u32 expected = 0;

	for (i = 0; i < image->nr_pages; i++) {
		runs += pair_at(image, i)->source != expected;
		expected = pair_at(image, i)->source + PAGE_SIZE;
		in_the_way += later_source(image, i) != 0;
	}
	pr_info("%lu pages in %lu pieces, %lu of them where others go\n", image->nr_pages, runs,
		in_the_way);
}

int tkm_map_make(struct tkm_image *image)
{
	const struct tkm_region *region = image->boot->regions;
	unsigned long i, at = 0;
	int error;

	error = take_lists(image);
	for (i = 0; !error && i < image->nr_pages; i++) {
		error = add_pair(image, i, region->destination + at);
		at += PAGE_SIZE;
		if (at == region->bytes) {
			region++;
			at = 0;
		}
	}
	if (!error)
		report(image);
	return error;
}

void tkm_map_free(struct tkm_image *image)
{
	unsigned long i;

	for (i = 0; i < image->nr_lists; i++)
		free_page((unsigned long)image->lists[i]);
	kvfree(image->lists);
	xa_destroy(&image->by_source);
}

static void exchange_pages(u32 one, u32 other)
{
	u32 *a = kmap_local_page(pfn_to_page(PHYS_PFN(one)));
	u32 *b = kmap_local_page(pfn_to_page(PHYS_PFN(other)));
	unsigned int i;

	for (i = 0; i < PAGE_SIZE / sizeof(*a); i++)
		swap(a[i], b[i]);
	kunmap_local(b);
	kunmap_local(a);
}

/* An entry that is there is only overwritten: that takes no memory. */
static void set_index(struct tkm_image *image, unsigned long i)
{
	xa_store(&image->by_source, PHYS_PFN(pair_at(image, i)->source), xa_mk_value(i),
		 GFP_KERNEL);
}

/* What the process sees of its memory is out of order from here on. */
void tkm_map_sort(struct tkm_image *image)
{
	unsigned long i, later;

	for (i = 0; i < image->nr_pages; i++) {
		later = later_source(image, i);
		if (!later)
			continue;
		exchange_pages(pair_at(image, i)->source, pair_at(image, later)->source);
		swap(pair_at(image, i)->source, pair_at(image, later)->source);
		set_index(image, i);
		set_index(image, later);
	}
}
