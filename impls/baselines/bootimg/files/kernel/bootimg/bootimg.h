/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bootimg.h - what the parts of bootimg, and its architecture, have in common
 *
 * Stage: may sleep and may fail, and then everything is as it was.
 * Commit: may do neither; begins when devices are shut down.
 */
#ifndef _KERNEL_BOOTIMG_BOOTIMG_H
#define _KERNEL_BOOTIMG_BOOTIMG_H

#include <linux/printk.h>
#include <linux/types.h>
#include <uapi/linux/bootimg.h>

/* What was asked for: copied from the caller, and checked. */
struct bootimg_request {
	const void __user **pages;	/* in user memory, read when staging */
	u32 *destinations;		/* physical addresses */
	unsigned long nr_pages;
	u32 start;
	unsigned long *taken;		/* a bit for each page frame: is it a destination? */
	unsigned long nr_frames;	/* of low memory, below 4 GiB; bits in taken */
};

/* A run of bytes that lies in one piece, and goes to one place. */
struct bootimg_extent {
	u32 source;			/* physical */
	u32 destination;		/* physical */
	u32 dwords;			/* 0 ends the list */
};

/* Contiguous kernel memory, no page of which is a destination. */
struct bootimg_piece {
	void *start;
	unsigned long nr_pages;
};

/* The image in kernel memory, with all that the copy needs. */
struct bootimg_stage {
	struct bootimg_piece *pieces;	/* the image, in order */
	unsigned long nr_pieces;
	struct bootimg_piece list;	/* of extents */
	struct bootimg_piece page;	/* the code that copies; its GDT, IDT, stack, page tables */
	struct bootimg_reject *rejects;	/* memory inside a destination, held till the end */
	unsigned long nr_rejects;
};

/*
 * Says once why there will be no boot, as error would say it to the caller.
 * An expression, whose value is that error.
 */
#define bootimg_refuse(error, format, ...)					\
({										\
	int bootimg_error = (error);						\
										\
	pr_err("refused (error %d): " format "\n", -bootimg_error, ##__VA_ARGS__);	\
	bootimg_error;								\
})

/*
 * bootimg_request_get() - copy a request from the caller, and check all of it
 * @request: zeroed; to be given to bootimg_request_put() in any case
 * @user: what the caller gave
 *
 * Only whether the pages themselves can be read is seen later, in bootimg_stage().
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int bootimg_request_get(struct bootimg_request *request, const struct boot_image __user *user);

/*
 * bootimg_request_put() - give back what bootimg_request_get() took
 * @request: may be complete, partial or zeroed
 */
void bootimg_request_put(struct bootimg_request *request);

/*
 * bootimg_stage() - copy the image, and prepare its last copy
 * @stage: zeroed; to be given to bootimg_unstage() in any case
 * @request: has been checked
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int bootimg_stage(struct bootimg_stage *stage, const struct bootimg_request *request);

/*
 * bootimg_unstage() - give back what bootimg_stage() took
 * @stage: may be complete, partial or zeroed
 */
void bootimg_unstage(struct bootimg_stage *stage);

/*
 * bootimg_commit() - leave the running kernel for a staged image
 * @stage: complete; system_transition_mutex is held
 * @request: what it was made from
 *
 * Does not return.
 */
void bootimg_commit(const struct bootimg_stage *stage, const struct bootimg_request *request);

/* Architecture: */

/* Pages that it needs in one piece for the last copy. */
extern const unsigned int bootimg_arch_pages;

/*
 * bootimg_arch_prepare() - fill these pages, but for what is not known before the end
 * @stage: complete
 * @start: physical address to jump to
 */
void bootimg_arch_prepare(const struct bootimg_stage *stage, u32 start);

/*
 * bootimg_arch_handoff() - paging off, copy, and enter the image
 * @stage: has been prepared
 *
 * Past the point of no return: interrupts are off, one CPU runs, nothing may
 * allocate, sleep, print or fail. Does not return.
 */
void bootimg_arch_handoff(const struct bootimg_stage *stage);

#endif /* _KERNEL_BOOTIMG_BOOTIMG_H */
