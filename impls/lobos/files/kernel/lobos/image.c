// SPDX-License-Identifier: GPL-2.0-only
/*
 * image.c - the header of an image, and whether it can be obeyed
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/build_bug.h>
#include <linux/elf.h>
#include <linux/gfp.h>
#include <linux/kernel_read_file.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/swab.h>

#include "internal.h"

static_assert(LOBOS_HEADER_BYTES == PAGE_SIZE);

/*
 * What has no magic number may still be something that a user takes for a
 * kernel: say what it is.
 */
static int refuse_unknown(const char *name, const u8 *start)
{
	const struct elf32_hdr *elf = (const void *)start;
	u16 machine;

	if (memcmp(elf->e_ident, ELFMAG, SELFMAG))
		return lobos_refuse(-ENOEXEC, "%s is no LOBOS image", name);

	/* The same place in files of 32 and 64 bits. */
	machine = elf->e_machine;
	if (elf->e_ident[EI_DATA] == ELFDATA2MSB)
		machine = swab16(machine);
	if (machine != ELF_ARCH)
		return lobos_refuse(-EOPNOTSUPP, "%s is an ELF file for machine %u, this is %u",
				    name, machine, ELF_ARCH);
	return lobos_refuse(-ENOEXEC,
			    "%s is an ELF file: the lobos command or mkflat makes an image of it",
			    name);
}

static int check_header(const struct lobos_part *kernel, const struct lobos_header *header)
{
	const char *name = kernel->name;

	if (memcmp(header->magic, LOBOS_MAGIC, LOBOS_MAGIC_BYTES))
		return refuse_unknown(name, header->magic);
	if (header->version != LOBOS_VERSION)
		return lobos_refuse(-ENOEXEC, "%s has version %u, known is %u", name,
				    header->version, LOBOS_VERSION);
	if (header->header_crc != lobos_crc(0, header, offsetof(struct lobos_header, header_crc)))
		return lobos_refuse(-EBADMSG, "%s has a damaged header", name);
	if (header->header_bytes != LOBOS_HEADER_BYTES)
		return lobos_refuse(-ENOEXEC, "%s has a header of %u bytes, known are %u", name,
				    header->header_bytes, LOBOS_HEADER_BYTES);
	if (header->machine != ELF_ARCH)
		return lobos_refuse(-EOPNOTSUPP, "%s is for machine %u, this is %u", name,
				    header->machine, ELF_ARCH);
	if (kernel->file_bytes - LOBOS_HEADER_BYTES != header->payload_bytes)
		return lobos_refuse(-EBADMSG, "%s has %llu bytes, its header says %llu", name,
				    kernel->file_bytes,
				    header->payload_bytes + LOBOS_HEADER_BYTES);
	return 0;
}

static bool is_consistent(const struct lobos_header *header)
{
	u64 end;

	return !check_add_overflow(header->destination, header->memory_bytes, &end) &&
	       IS_ALIGNED(header->destination | header->memory_bytes, PAGE_SIZE) &&
	       header->payload_bytes && IS_ALIGNED(header->payload_bytes, PAGE_SIZE) &&
	       header->payload_bytes <= header->memory_bytes &&
	       !(header->alignment & (header->alignment - 1)) &&
	       (!header->alignment || (header->alignment >= PAGE_SIZE &&
				       IS_ALIGNED(header->destination, header->alignment)));
}

static int check_addresses(const char *name, const struct lobos_header *header)
{
	if (!is_consistent(header))
		return lobos_refuse(-ENOEXEC, "%s has a header that contradicts itself", name);
	if (header->entry - header->destination >= header->payload_bytes)
		return lobos_refuse(-ENOEXEC, "%s has its entry at %#llx, outside of its payload",
				    name, header->entry);
	if (header->memory_bytes >> PAGE_SHIFT > totalram_pages())
		return lobos_refuse(-EFBIG, "%s needs %llu bytes of memory, more than there is",
				    name, header->memory_bytes);
	return 0;
}

static int check_destination(const char *name, u64 start, u64 end)
{
	if (!lobos_is_all_ram(start, end))
		return lobos_refuse(-EADDRNOTAVAIL,
				    "%s belongs at %#llx to %#llx, which is not all usable memory",
				    name, start, end);
	if (lobos_is_reserved(start, end))
		return lobos_refuse(-EADDRNOTAVAIL,
				    "%s belongs at %#llx to %#llx, where something must stay",
				    name, start, end);
	return 0;
}

/*
 * The place for which it was linked is the first choice, so that what boots is the
 * same on each machine. The running kernel may lie there.
 *
 * Return: 0 with the place in @part, or a negative errno the reason of which has been printed
 */
static int choose_destination(struct lobos_part *part, const struct lobos_header *header)
{
	u64 start = header->destination, end = start + header->memory_bytes;

	if (!header->alignment || (lobos_is_free(start, end) && !lobos_test_move())) {
		part->destination = start;
		return check_destination(part->name, start, end);
	}
	part->destination = lobos_find_place(header->memory_bytes, header->alignment);
	if (!part->destination)
		return lobos_refuse(-EADDRNOTAVAIL,
				    "%s: no %llu free bytes at any multiple of %#llx",
				    part->name, header->memory_bytes, header->alignment);
	return 0;
}

static int read_header(struct lobos_image *image, struct page *page)
{
	const struct lobos_header *header = page_address(page);
	struct lobos_part *kernel = &image->kernel;
	int error;

	/* A file without a whole header page can still be an ELF file, or nothing known. */
	error = lobos_part_read_pages(kernel, &page, 1, 0);
	if (error)
		return error;
	error = check_header(kernel, header);
	if (error)
		return error;
	error = check_addresses(kernel->name, header);
	if (error)
		return error;
	error = choose_destination(kernel, header);
	if (error)
		return error;

	kernel->memory_bytes = header->memory_bytes;
	kernel->nr_pages = PHYS_PFN(header->payload_bytes);
	kernel->sums = header->payload_sums;
	image->entry = header->entry - header->destination + kernel->destination;
	image->flags = header->flags;
	return 0;
}

int lobos_image_open(struct lobos_image *image, const struct lobos_source *source)
{
	struct page *page;
	int error;

	error = lobos_part_open(&image->kernel, source, READING_KEXEC_IMAGE);
	if (error)
		return error;

	page = alloc_page(GFP_KERNEL);
	if (!page)
		return lobos_refuse(-ENOMEM, "%s: no memory for its header", image->kernel.name);
	error = read_header(image, page);
	__free_page(page);
	return error;
}
