/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * internal.h - what the parts of the module have in common
 *
 * Stage: may sleep and may fail, and then everything is as it was.
 * Commit: may do neither; begins with the swaps of map.c.
 */
#ifndef TKM_INTERNAL_H
#define TKM_INTERNAL_H

#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/printk.h>
#include <linux/types.h>
#include <linux/xarray.h>

#include "layout.h"
#include "tkm.h"

/* One page of the image. Both addresses are physical. */
struct tkm_pair {
	u32 destination;
	u32 source;
};

/* One page of the page map. */
struct tkm_list {
	struct tkm_pair pairs[TKM_PAIRS];
	u32 next;		/* physical; 0 ends the map */
	u32 nr_pairs;
};

/* The image where it lies, and the way it goes. */
struct tkm_image {
	const struct tkm_boot *boot;
	struct page **pages;		/* the process's, pinned; in the order of the regions */
	struct page **copies;		/* of those above 4 GiB; NULL: none is */
	unsigned long nr_pages;
	unsigned long nr_pinned;
	struct tkm_list **lists;	/* the page map's pages, none of them a destination */
	unsigned long nr_lists;
	struct xarray by_source;	/* page frame of a source -> index of its pair */
	struct list_head rejects;	/* pages inside a destination, held till the end */
	void *tables[TKM_TABLES];	/* for tkm_map_code(), the top level first */
};

/*
 * Says once why there will be no boot, as error would say it to the caller.
 * An expression, whose value is that error.
 */
#define tkm_refuse(error, format, ...)						\
({										\
	int tkm_error = (error);						\
										\
	pr_err("refused (error %d): " format "\n", -tkm_error, ##__VA_ARGS__);	\
	tkm_error;								\
})

/* Stage: */

/*
 * tkm_check_firmware() - whether it was a BIOS that started this machine
 *
 * Return: 0, or -ENODEV the reason of which has been printed
 */
int tkm_check_firmware(void);

/*
 * tkm_check_request() - check all that can be checked without taking memory
 * @boot: the caller's, copied
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int tkm_check_request(const struct tkm_boot *boot);

/*
 * tkm_is_destination() - whether a byte of memory will be overwritten by the image
 * @boot: has been checked
 * @address: physical
 */
bool tkm_is_destination(const struct tkm_boot *boot, phys_addr_t address);

/*
 * tkm_check_bios() - whether the BIOS can be expected to answer
 *
 * Return: 0, or a negative errno the reason of which has been printed: ENODEV if
 * there is none, ENOTRECOVERABLE if its memory is overwritten, ENOSPC if it left
 * too little below 1 MiB
 */
int tkm_check_bios(void);

/*
 * tkm_image_get() - hold an image
 * @image: zeroed; to be given to tkm_image_put() in any case
 * @boot: has been checked; is used as long as the image
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int tkm_image_get(struct tkm_image *image, const struct tkm_boot *boot);

/*
 * tkm_image_put() - let go of what tkm_image_get() and tkm_alloc_page() held
 * @image: may be held in part
 */
void tkm_image_put(struct tkm_image *image);

/*
 * tkm_alloc_page() - a page of kernel memory that the image will not overwrite
 * @image: holds the pages inside destinations till the end: freed now, they would
 *	   be given to us again
 *
 * Return: the page, below 4 GiB, zeroed, for free_page(); or NULL if there is none
 */
void *tkm_alloc_page(struct tkm_image *image);

/*
 * tkm_image_source() - where a page of a held image can be read without paging
 * @i: counts from the first page of the first region
 *
 * Return: physical address, below 4 GiB
 */
u32 tkm_image_source(const struct tkm_image *image, unsigned long i);

/*
 * tkm_map_make() - write the page map
 * @image: held; to be given to tkm_map_free() in any case
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int tkm_map_make(struct tkm_image *image);

/*
 * tkm_map_free() - give back the page map
 * @image: may have none, or a part of one
 */
void tkm_map_free(struct tkm_image *image);

/* Commit: */
void tkm_map_sort(struct tkm_image *image);

/*
 * tkm_leave() - leave the running kernel for an image
 * @image: with its page map; is sorted when nothing can fail any more
 *
 * Return: -EBUSY, the reason of which has been printed; otherwise it does not
 */
int tkm_leave(struct tkm_image *image);

/*
 * tkm_handoff() - to the code page, and away
 * @image: sorted
 *
 * Does not return.
 */
void tkm_handoff(const struct tkm_image *image);

/*
 * tkm_map_code() - make page tables that map the code page one to one
 * @image: its tables become these; what the kernel has mapped stays mapped
 *
 * Return: for CR3
 */
unsigned long tkm_map_code(const struct tkm_image *image);

#endif /* TKM_INTERNAL_H */
