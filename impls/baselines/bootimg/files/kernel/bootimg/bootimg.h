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
	unsigned long nr_frames;	/* of low memory; bits in taken */
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
	struct bootimg_piece page;	/* the code that copies; its GDT, IDT and stack */
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

int bootimg_request_get(struct bootimg_request *request, const struct boot_image __user *user);
void bootimg_request_put(struct bootimg_request *request);

int bootimg_stage(struct bootimg_stage *stage, const struct bootimg_request *request);
void bootimg_unstage(struct bootimg_stage *stage);

void __noreturn bootimg_commit(const struct bootimg_stage *stage,
			       const struct bootimg_request *request);

/* Architecture: */
void bootimg_arch_prepare(const struct bootimg_stage *stage, u32 start);
void __noreturn bootimg_arch_handoff(const struct bootimg_stage *stage);

#endif /* _KERNEL_BOOTIMG_BOOTIMG_H */
