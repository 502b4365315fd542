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
	unsigned long nr_pages;
	unsigned long nr_pinned;
	struct tkm_list **lists;	/* the page map's pages, none of them a destination */
	unsigned long nr_lists;
	struct xarray by_source;	/* page frame of a source -> index of its pair */
	struct list_head rejects;	/* pages inside a destination, held till the end */
	void *tables[TKM_TABLES];	/* page tables with the code page one to one */
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
int tkm_check_request(const struct tkm_boot *boot);
bool tkm_is_destination(const struct tkm_boot *boot, phys_addr_t address);
int tkm_check_bios(void);
int tkm_image_get(struct tkm_image *image, const struct tkm_boot *boot);
void tkm_image_put(struct tkm_image *image);
void *tkm_alloc_page(struct tkm_image *image);
int tkm_map_make(struct tkm_image *image);
void tkm_map_free(struct tkm_image *image);

/* Commit: */
void tkm_map_sort(struct tkm_image *image);
int tkm_leave(struct tkm_image *image);
void __noreturn tkm_handoff(const struct tkm_image *image);

#endif /* TKM_INTERNAL_H */
