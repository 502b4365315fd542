// SPDX-License-Identifier: GPL-2.0-only
/*
 * stage.c - the image, copied into kernel memory that is there without paging
 *
 * Once paging is off, only what lies in one piece can be walked through. So the
 * image lies in pieces as large as the page allocator has them, 4 MiB, and the
 * last one as large as the rest; where memory is too scattered for that, there
 * is no boot. That is the design's own limit: smaller and smaller pieces would
 * end in a list of pages, which is what TKM and kexec have.
 *
 * No piece overlaps a destination, so that nothing is overwritten before it has
 * been copied; and all of them are below 4 GiB, because without paging nobody gets
 * further.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bitops.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmstat.h>

#include "bootimg.h"

/* Memory that runs short is a reason to refuse, not to kill a process. */
#define BOOTIMG_GFP	(GFP_KERNEL | GFP_DMA32 | __GFP_RETRY_MAYFAIL | __GFP_NOWARN)

/* Written at the start of memory that cannot be used: its link, and its size. */
struct bootimg_reject {
	struct bootimg_reject *next;
	unsigned long bytes;
};

static bool overlaps_destination(const struct bootimg_request *request, void *start,
				 unsigned long nr_pages)
{
	unsigned long first = PHYS_PFN(virt_to_phys(start));

	return find_next_bit(request->taken, first + nr_pages, first) < first + nr_pages;
}

/*
 * What overlaps a destination is held till the end: freed now, it would be given
 * to us again.
 */
static int take_piece(struct bootimg_stage *stage, const struct bootimg_request *request,
		      struct bootimg_piece *piece, unsigned long nr_pages)
{
	unsigned long bytes = nr_pages << PAGE_SHIFT, free_pages;
	struct bootimg_reject *start;

	for (;;) {
		start = alloc_pages_exact(bytes, BOOTIMG_GFP);
		if (!start) {
			free_pages = global_zone_page_state(NR_FREE_PAGES);
			return bootimg_refuse(-ENOMEM, "no %lu KiB in one piece, of %lu KiB free",
					      bytes >> 10, free_pages << (PAGE_SHIFT - 10));
		}
		if (!overlaps_destination(request, start, nr_pages))
			break;
		start->next = stage->rejects;
		start->bytes = bytes;
		stage->rejects = start;
		stage->nr_rejects++;
	}
	piece->start = start;
	piece->nr_pages = nr_pages;
	return 0;
}

static void give_back(struct bootimg_piece *piece)
{
	if (piece->start)
		free_pages_exact(piece->start, piece->nr_pages << PAGE_SHIFT);
}

static int read_piece(const struct bootimg_piece *piece, const void __user *const *pages)
{
	unsigned long i;

	for (i = 0; i < piece->nr_pages; i++) {
		if (fatal_signal_pending(current))
			return bootimg_refuse(-EINTR, "the caller was killed");
		if (copy_from_user(piece->start + i * PAGE_SIZE, pages[i], PAGE_SIZE))
			return bootimg_refuse(-EFAULT, "the page at %#lx cannot be read",
					      (unsigned long)pages[i]);
		cond_resched();
	}
	return 0;
}

static int read_image(struct bootimg_stage *stage, const struct bootimg_request *request)
{
	unsigned long done = 0, nr_pieces = DIV_ROUND_UP(request->nr_pages, MAX_ORDER_NR_PAGES);
	struct bootimg_piece *piece;
	int error;

	stage->pieces = kcalloc(nr_pieces, sizeof(*stage->pieces), GFP_KERNEL);
	if (!stage->pieces)
		return bootimg_refuse(-ENOMEM, "no memory for a list of %lu pieces", nr_pieces);

	while (done < request->nr_pages) {
		piece = &stage->pieces[stage->nr_pieces++];
		error = take_piece(stage, request, piece,
				   min_t(unsigned long, request->nr_pages - done,
					 MAX_ORDER_NR_PAGES));
		if (!error)
			error = read_piece(piece, request->pages + done);
		if (error)
			return error;
		done += piece->nr_pages;
	}
	return 0;
}

/* Whether page i begins a new extent: a new piece, or a gap in the destinations. */
static bool begins_extent(const struct bootimg_request *request, unsigned long i)
{
	return !(i % MAX_ORDER_NR_PAGES) ||
	       request->destinations[i] != request->destinations[i - 1] + PAGE_SIZE;
}

static void fill_list(const struct bootimg_stage *stage, const struct bootimg_request *request)
{
	struct bootimg_extent *next = stage->list.start, *extent = NULL;
	const struct bootimg_piece *piece;
	unsigned long i;

	for (i = 0; i < request->nr_pages; i++) {
		if (begins_extent(request, i)) {
			piece = &stage->pieces[i / MAX_ORDER_NR_PAGES];
			extent = next++;
			extent->source = virt_to_phys(piece->start) +
					 (i % MAX_ORDER_NR_PAGES) * PAGE_SIZE;
			extent->destination = request->destinations[i];
			extent->dwords = 0;
		}
		extent->dwords += PAGE_SIZE / sizeof(u32);
	}
	next->dwords = 0;
}

static int make_list(struct bootimg_stage *stage, const struct bootimg_request *request)
{
	unsigned long i, nr_extents = 1, bytes;
	int error;

	for (i = 0; i < request->nr_pages; i++)
		nr_extents += begins_extent(request, i);
	bytes = nr_extents * sizeof(struct bootimg_extent);

	error = take_piece(stage, request, &stage->list, PFN_UP(bytes));
	if (error)
		return error;
	fill_list(stage, request);
	pr_info("%lu pages in %lu pieces, copied by %lu extents, %lu pieces held back\n",
		request->nr_pages, stage->nr_pieces, nr_extents - 1, stage->nr_rejects);
	return 0;
}

int bootimg_stage(struct bootimg_stage *stage, const struct bootimg_request *request)
{
	int error;

	error = read_image(stage, request);
	if (!error)
		error = make_list(stage, request);
	if (!error)
		error = take_piece(stage, request, &stage->page, bootimg_arch_pages);
	if (!error)
		bootimg_arch_prepare(stage, request->start);
	return error;
}

void bootimg_unstage(struct bootimg_stage *stage)
{
	struct bootimg_reject *next;
	unsigned long i;

	for (i = 0; i < stage->nr_pieces; i++)
		give_back(&stage->pieces[i]);
	kfree(stage->pieces);
	give_back(&stage->list);
	give_back(&stage->page);

	for (; stage->rejects; stage->rejects = next) {
		next = stage->rejects->next;
		free_pages_exact(stage->rejects, stage->rejects->bytes);
	}
}
