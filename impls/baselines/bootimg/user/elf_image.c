// SPDX-License-Identifier: GPL-2.0-only
/*
 * elf_image.c - a kernel as an ELF file
 *
 * Segments go to their physical addresses. The entry of Linux is one, too.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "die.h"
#include "elf_image.h"
#include "system_ram.h"

/* Of these the first REGIONS_MAX that are to be loaded can be. */
#define HEADERS_MAX	32

bool elf_image_is(const struct image_file *file)
{
	char magic[SELFMAG];

	if (file->bytes < sizeof(magic))
		return false;
	image_file_read(file, magic, sizeof(magic), 0);
	return !memcmp(magic, ELFMAG, SELFMAG);
}

static Elf32_Ehdr read_header(const struct image_file *file)
{
	Elf32_Ehdr header;

	image_file_read(file, &header, sizeof(header), 0);
	/* These fields are at the same places in files of 32 and of 64 bits. */
	if (header.e_machine == EM_X86_64)
		die(EOPNOTSUPP, "%s: begins with paging on, take the bzImage of that kernel",
		    file->path);
	if (header.e_ident[EI_DATA] != ELFDATA2LSB || header.e_ident[EI_CLASS] != ELFCLASS32)
		die(EOPNOTSUPP, "%s: an ELF file of class %u and byte order %u, not 1 and 1",
		    file->path, header.e_ident[EI_CLASS], header.e_ident[EI_DATA]);
	if (header.e_machine != EM_386)
		die(EOPNOTSUPP, "%s: an ELF file for machine %u", file->path, header.e_machine);
	if (header.e_type != ET_EXEC || header.e_phentsize != sizeof(Elf32_Phdr) ||
	    !header.e_phnum || header.e_phnum > HEADERS_MAX)
		die(ENOEXEC, "%s: no executable ELF file", file->path);
	return header;
}

static void check_segment(const struct image_file *file, const Elf32_Phdr *segment)
{
	if (segment->p_filesz > segment->p_memsz)
		die(ENOEXEC, "%s: a segment larger in the file than in memory", file->path);
	if (segment->p_offset > file->bytes || file->bytes - segment->p_offset < segment->p_filesz)
		die(EBADMSG, "%s: %zu bytes, a segment of it ends at %llu", file->path, file->bytes,
		    (unsigned long long)segment->p_offset + segment->p_filesz);
}

/* Whole pages are copied, so two segments cannot have one in common. */
static void check_overlap(const struct image_file *file, const Elf32_Phdr *one,
			  const Elf32_Phdr *other)
{
	uint64_t end = (uint64_t)one->p_paddr + one->p_memsz;
	uint64_t other_end = (uint64_t)other->p_paddr + other->p_memsz;

	if (one->p_paddr / PAGE_BYTES <= (other_end - 1) / PAGE_BYTES &&
	    other->p_paddr / PAGE_BYTES <= (end - 1) / PAGE_BYTES)
		die(EEXIST, "%s: its segments at %#x and %#x overlap", file->path, one->p_paddr,
		    other->p_paddr);
}

/* Reads and checks those segments that take memory; returns their number. */
static unsigned int read_segments(const struct image_file *file, const Elf32_Ehdr *header,
				  Elf32_Phdr *segments)
{
	unsigned int n = 0;

	image_file_read(file, segments, header->e_phnum * sizeof(*segments),
			(off_t)header->e_phoff);
	for (unsigned int i = 0; i < header->e_phnum; i++) {
		if (segments[i].p_type != PT_LOAD || !segments[i].p_memsz)
			continue;
		check_segment(file, &segments[i]);
		for (unsigned int j = 0; j < n; j++)
			check_overlap(file, &segments[j], &segments[i]);
		segments[n++] = segments[i];
	}
	if (!n)
		die(ENOEXEC, "%s: an ELF file without anything to load", file->path);
	return n;
}

void elf_image_check(const struct image_file *file)
{
	Elf32_Ehdr header = read_header(file);
	Elf32_Phdr segments[HEADERS_MAX];
	unsigned int n = read_segments(file, &header, segments);

	for (unsigned int i = 0; i < n; i++)
		system_ram_check(file->path, segments[i].p_paddr, segments[i].p_memsz);
}

uint32_t elf_image_load(const struct image_file *file, struct regions *regions, uint32_t *end)
{
	Elf32_Ehdr header = read_header(file);
	Elf32_Phdr segments[HEADERS_MAX];
	unsigned int n = read_segments(file, &header, segments);

	for (unsigned int i = 0; i < n; i++) {
		const Elf32_Phdr *segment = &segments[i];
		uint8_t *to = region_add(regions, segment->p_paddr, segment->p_memsz);

		image_file_read(file, to, segment->p_filesz, (off_t)segment->p_offset);
		if (segment->p_paddr + segment->p_memsz > *end)
			*end = segment->p_paddr + segment->p_memsz;
	}
	return header.e_entry;
}
