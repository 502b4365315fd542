// SPDX-License-Identifier: GPL-2.0-only
/*
 * part.c - a part of what is booted, from its file into pages of our own
 *
 * The device writes into these pages itself where the file system has direct I/O:
 * then nothing is copied before the one copy that replaces this kernel, and no
 * page cache is filled that nobody will use.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/bvec.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/kernel_read_file.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uio.h>

#include "internal.h"
#include "sum.h"

/* Read at once, 1 MiB: large for any device, and between two of them a signal is noticed. */
#define CHUNK_PAGES	256

static int check_type(const struct lobos_part *part, const struct inode *inode)
{
	if (S_ISDIR(inode->i_mode))
		return lobos_refuse(-EISDIR, "%s is a directory", part->name);
	if (!S_ISREG(inode->i_mode))
		return lobos_refuse(-EACCES, "%s is not a regular file", part->name);
	return 0;
}

static int check_size(struct lobos_part *part, enum kernel_read_file_id id)
{
	int error;

	part->file_bytes = i_size_read(file_inode(part->file));
	if (!part->file_bytes)
		return lobos_refuse(-ENODATA, "%s is empty", part->name);
	if (part->file_bytes >> PAGE_SHIFT > totalram_pages() / 2)
		return lobos_refuse(-EFBIG, "%s has %llu bytes, more than half of the memory",
				    part->name, part->file_bytes);

	error = security_kernel_read_file(part->file, id, false);
	if (error)
		return lobos_refuse(error, "%s: a security module forbids it", part->name);
	return 0;
}

int lobos_part_open(struct lobos_part *part, const struct lobos_source *source,
		    enum kernel_read_file_id id)
{
	struct file *file;
	int error;

	part->name = kstrdup(source->name, GFP_KERNEL);
	if (!part->name)
		return lobos_refuse(-ENOMEM, "%s: no memory for its name", source->name);

	file = lobos_open(source);
	if (IS_ERR(file))
		return lobos_refuse(PTR_ERR(file), "%s cannot be opened", part->name);

	error = check_type(part, file_inode(file));
	if (error)
		goto put_file;
	error = deny_write_access(file);
	if (error) {
		lobos_refuse(error, "%s is open for writing", part->name);
		goto put_file;
	}
	part->file = file;
	return check_size(part, id);

put_file:
	fput(file);
	return error;
}

void lobos_part_close(struct lobos_part *part)
{
	if (!part->file)
		return;
	allow_write_access(part->file);
	fput(part->file);
	part->file = NULL;
}

void lobos_part_free(struct lobos_part *part)
{
	unsigned long i;

	lobos_part_close(part);
	for (i = 0; part->pages && i < part->nr_pages && part->pages[i]; i++)
		__free_page(part->pages[i]);
	kvfree(part->pages);
	kfree(part->name);
}

static int read_into(const struct lobos_part *part, loff_t position, const struct bio_vec *bvec,
		     unsigned long nr_pages)
{
	u64 missing = min_t(u64, part->file_bytes - position, nr_pages * PAGE_SIZE);
	unsigned int tail = offset_in_page(missing);
	struct iov_iter iter;
	ssize_t got;

	iov_iter_bvec(&iter, READ, bvec, nr_pages, nr_pages * PAGE_SIZE);
	while (missing) {
		got = vfs_iter_read(part->file, &iter, &position, 0);
		if (got < 0)
			return lobos_refuse(got, "%s cannot be read", part->name);
		if (!got || got > missing)
			return lobos_refuse(-EBADMSG, "%s has changed while it was read",
					    part->name);
		missing -= got;
	}
	if (tail)
		memzero_page(bvec[nr_pages - 1].bv_page, tail, PAGE_SIZE - tail);
	return 0;
}

int lobos_part_read_pages(const struct lobos_part *part, struct page **pages,
			  unsigned long nr_pages, pgoff_t first)
{
	struct bio_vec *bvec;
	unsigned long i;
	int error;

	bvec = kmalloc_array(nr_pages, sizeof(*bvec), GFP_KERNEL);
	if (!bvec)
		return lobos_refuse(-ENOMEM, "%s: no memory to read it", part->name);
	for (i = 0; i < nr_pages; i++) {
		bvec[i].bv_page = pages[i];
		bvec[i].bv_len = PAGE_SIZE;
		bvec[i].bv_offset = 0;
	}
	error = read_into(part, (loff_t)first << PAGE_SHIFT, bvec, nr_pages);
	kfree(bvec);
	return error;
}

static int read_chunk(struct lobos_image *image, struct lobos_part *part, unsigned long done,
		      unsigned long nr_pages, pgoff_t first)
{
	unsigned long i;

	if (fatal_signal_pending(current))
		return lobos_refuse(-EINTR, "%s: the caller was killed", part->name);

	for (i = done; i < done + nr_pages; i++) {
		part->pages[i] = lobos_alloc_page(image, GFP_HIGHUSER);
		if (!part->pages[i])
			return lobos_refuse(-ENOMEM, "%s: no memory for page %lu of %lu",
					    part->name, i + 1, part->nr_pages);
	}
	return lobos_part_read_pages(part, part->pages + done, nr_pages, first + done);
}

int lobos_part_read(struct lobos_image *image, struct lobos_part *part, pgoff_t first)
{
	unsigned long done, nr_pages;
	int error;

	part->pages = kvcalloc(part->nr_pages, sizeof(*part->pages), GFP_KERNEL);
	if (!part->pages)
		return lobos_refuse(-ENOMEM, "%s: no memory for a list of %lu pages", part->name,
				    part->nr_pages);

	for (done = 0; done < part->nr_pages; done += nr_pages) {
		nr_pages = min_t(unsigned long, part->nr_pages - done, CHUNK_PAGES);
		error = read_chunk(image, part, done, nr_pages, first);
		if (error)
			return error;
	}
	if (i_size_read(file_inode(part->file)) != part->file_bytes)
		return lobos_refuse(-EBADMSG, "%s has changed while it was read", part->name);
	return 0;
}

void lobos_part_sum(const struct lobos_part *part, struct lobos_sums *sums)
{
	unsigned long i;
	void *page;

	memset(sums, 0, sizeof(*sums));
	for (i = 0; i < part->nr_pages; i++) {
		page = kmap_local_page(part->pages[i]);
		if (!lobos_arch_sum_page(sums, page))
			lobos_sum_page(sums, page);
		kunmap_local(page);
		cond_resched();
	}
}
