// SPDX-License-Identifier: GPL-2.0-only
/*
 * image.c - the image, checked and read from its file into pages of our own
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/elf.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/kexec.h>
#include <linux/kernel_read_file.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/swab.h>
#include <asm/unaligned.h>

#include "internal.h"
#include "sum.h"

void lobos_image_free(struct lobos_image *image)
{
	lobos_pages_free(image);
	kvfree(image->pages);
	image->pages = NULL;
	kvfree(image->log);
}

static int check_type(struct lobos_image *image, struct file *file)
{
	umode_t mode = file_inode(file)->i_mode;

	if (S_ISDIR(mode))
		return lobos_refuse(-EISDIR, "%s is a directory", image->name);
	if (!S_ISREG(mode))
		return lobos_refuse(-EACCES, "%s is not a regular file", image->name);
	return 0;
}

static int check_size(struct lobos_image *image, struct file *file, u64 *bytes)
{
	int error;

	*bytes = i_size_read(file_inode(file));
	if (!*bytes)
		return lobos_refuse(-ENODATA, "%s is empty", image->name);
	if (*bytes >> PAGE_SHIFT > totalram_pages() / 2)
		return lobos_refuse(-EFBIG, "%s has %llu bytes, more than half of the memory",
				    image->name, *bytes);

	error = security_kernel_read_file(file, READING_KEXEC_IMAGE, false);
	if (error)
		return lobos_refuse(error, "%s: a security module forbids it", image->name);
	return 0;
}

static int read_exactly(struct lobos_image *image, struct file *file, void *to, size_t bytes,
			loff_t *position)
{
	ssize_t got;

	while (bytes) {
		got = kernel_read(file, to, bytes, position);
		if (got < 0)
			return lobos_refuse(got, "%s cannot be read", image->name);
		if (!got)
			return lobos_refuse(-EBADMSG, "%s ends at byte %lld, too early",
					    image->name, *position);
		to += got;
		bytes -= got;
	}
	return 0;
}

/*
 * What has no magic number may still be something that a user takes for a
 * kernel: say what it is.
 */
static int refuse_unknown(struct lobos_image *image, const u8 *start)
{
	const struct elf32_hdr *elf = (const void *)start;
	unsigned int machine;

	if (memcmp(elf->e_ident, ELFMAG, SELFMAG))
		return lobos_refuse(-ENOEXEC, "%s is no LOBOS image", image->name);

	/* The same place in files of 32 and 64 bits. */
	machine = get_unaligned_le16(&elf->e_machine);
	if (elf->e_ident[EI_DATA] == ELFDATA2MSB)
		machine = swab16(machine);
	if (machine != ELF_ARCH)
		return lobos_refuse(-EOPNOTSUPP, "%s is an ELF file for machine %u, this is %u",
				    image->name, machine, ELF_ARCH);
	return lobos_refuse(-ENOEXEC,
			    "%s is an ELF file: the lobos command or mkflat makes an image of it",
			    image->name);
}

static int check_header(struct lobos_image *image, const struct lobos_header *header,
			u64 file_bytes)
{
	if (memcmp(header->magic, LOBOS_MAGIC, LOBOS_MAGIC_BYTES))
		return refuse_unknown(image, header->magic);
	if (header->version != LOBOS_VERSION || header->header_bytes != LOBOS_HEADER_BYTES)
		return lobos_refuse(-ENOEXEC, "%s has version %u, known is %u", image->name,
				    header->version, LOBOS_VERSION);
	if (header->header_crc != lobos_crc(0, header, offsetof(struct lobos_header, header_crc)))
		return lobos_refuse(-EBADMSG, "%s has a damaged header", image->name);
	if (header->machine != ELF_ARCH)
		return lobos_refuse(-EOPNOTSUPP, "%s is for machine %u, this is %u", image->name,
				    header->machine, ELF_ARCH);
	if (file_bytes - LOBOS_HEADER_BYTES != header->payload_bytes)
		return lobos_refuse(-EBADMSG, "%s has %llu bytes, its header says %llu",
				    image->name, file_bytes,
				    header->payload_bytes + LOBOS_HEADER_BYTES);
	return 0;
}

/* Adds up how much of a range is memory: holes are not called back for. */
static int count_ram(unsigned long pfn, unsigned long nr_pages, void *sum)
{
	*(unsigned long *)sum += nr_pages;
	return 0;
}

static bool is_all_ram(phys_addr_t start, phys_addr_t end)
{
	unsigned long nr_pages = PHYS_PFN(end) - PHYS_PFN(start), sum = 0;

	walk_system_ram_range(PHYS_PFN(start), nr_pages, &sum, count_ram);
	return sum == nr_pages;
}

/*
 * The first MiB is the firmware's (and Linux leaves it alone), a crash kernel
 * lies ready in its region, and the architecture knows the rest.
 */
static bool is_reserved(phys_addr_t start, phys_addr_t end)
{
	if (start < SZ_1M)
		return true;
	if (crashk_res.end && start <= crashk_res.end && end > crashk_res.start)
		return true;
	return lobos_arch_reserved(start, end);
}

static int check_destination(struct lobos_image *image, const struct lobos_header *header)
{
	u64 start = header->destination, end;

	if (check_add_overflow(start, header->memory_bytes, &end) ||
	    !IS_ALIGNED(start, PAGE_SIZE) || !IS_ALIGNED(header->memory_bytes, PAGE_SIZE) ||
	    !header->payload_bytes || !IS_ALIGNED(header->payload_bytes, PAGE_SIZE) ||
	    header->payload_bytes > header->memory_bytes ||
	    header->entry < start || header->entry - start >= header->payload_bytes)
		return lobos_refuse(-ENOEXEC, "%s has a header that contradicts itself",
				    image->name);
	if (header->memory_bytes >> PAGE_SHIFT > totalram_pages())
		return lobos_refuse(-EFBIG, "%s needs %llu bytes of memory, more than there is",
				    image->name, header->memory_bytes);
	if (end > lobos_arch_limit() || !is_all_ram(start, end))
		return lobos_refuse(-EADDRNOTAVAIL,
				    "%s belongs at %#llx to %#llx, which is not all usable memory",
				    image->name, start, end);
	if (is_reserved(start, end))
		return lobos_refuse(-EADDRNOTAVAIL,
				    "%s belongs at %#llx to %#llx, where something must stay",
				    image->name, start, end);

	image->destination = start;
	image->entry = header->entry;
	image->memory_bytes = header->memory_bytes;
	image->payload_bytes = header->payload_bytes;
	image->nr_pages = PHYS_PFN(image->payload_bytes);
	return 0;
}

static int read_header(struct lobos_image *image, struct file *file, loff_t *position,
		       struct lobos_sums *sums)
{
	struct lobos_header *header;
	u64 file_bytes;
	int error;

	error = check_size(image, file, &file_bytes);
	if (error)
		return error;

	header = kzalloc(LOBOS_HEADER_BYTES, GFP_KERNEL);
	if (!header)
		return lobos_refuse(-ENOMEM, "%s: no memory for its header", image->name);

	/* A file without a whole header page can still be an ELF file, or nothing known. */
	error = read_exactly(image, file, header, min_t(u64, file_bytes, LOBOS_HEADER_BYTES),
			     position);
	if (!error)
		error = check_header(image, header, file_bytes);
	if (!error)
		error = check_destination(image, header);
	*sums = header->payload_sums;
	kfree(header);
	return error;
}

static int read_page(struct lobos_image *image, struct file *file, unsigned long i,
		     loff_t *position, struct lobos_sums *sums)
{
	void *to;
	int error;

	if (fatal_signal_pending(current))
		return lobos_refuse(-EINTR, "%s: the caller was killed", image->name);

	image->pages[i] = lobos_alloc_page(image, GFP_HIGHUSER);
	if (!image->pages[i])
		return lobos_refuse(-ENOMEM, "%s: no memory for page %lu of %lu", image->name,
				    i + 1, image->nr_pages);

	to = kmap_local_page(image->pages[i]);
	error = read_exactly(image, file, to, PAGE_SIZE, position);
	if (!lobos_arch_sum_page(sums, to))
		lobos_sum_page(sums, to);
	kunmap_local(to);
	return error;
}

static int read_payload(struct lobos_image *image, struct file *file)
{
	struct lobos_sums sums = { }, expected;
	loff_t position = 0;
	unsigned long i;
	int error;

	error = read_header(image, file, &position, &expected);
	if (error)
		return error;

	image->pages = kvcalloc(image->nr_pages, sizeof(*image->pages), GFP_KERNEL);
	if (!image->pages)
		return lobos_refuse(-ENOMEM, "%s: no memory for a list of %lu pages",
				    image->name, image->nr_pages);

	for (i = 0; i < image->nr_pages && !error; i++)
		error = read_page(image, file, i, &position, &sums);
	if (error)
		return error;
	if (memcmp(&sums, &expected, sizeof(sums)))
		return lobos_refuse(-EBADMSG, "%s has other checksums than its header says",
				    image->name);
	return 0;
}

int lobos_image_read(struct lobos_image *image, struct file *file)
{
	int error;

	lobos_pages_init(image);

	error = check_type(image, file);
	if (error)
		return error;
	error = deny_write_access(file);
	if (error)
		return lobos_refuse(error, "%s is open for writing", image->name);
	error = read_payload(image, file);
	allow_write_access(file);
	return error;
}
