// SPDX-License-Identifier: GPL-2.0-only
/*
 * image_extent.c - where a kernel lies in memory, from its ELF file
 */
#include "image_extent.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

static int no_kernel(const char *path, struct error **err)
{
	return error_set(err, ERROR_HOST, ENOEXEC, "%s: no ELF file of an i386 kernel", path);
}

int image_extent(const char *path, struct image_extent *image, struct error **err)
{
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	Elf32_Ehdr header;

	if (!f)
		return error_set(err, ERROR_HOST, errno, "%s", path);
	if (fread(&header, sizeof(header), 1, f) != 1 ||
	    memcmp(header.e_ident, ELFMAG, SELFMAG) || header.e_ident[EI_CLASS] != ELFCLASS32 ||
	    header.e_phentsize != sizeof(Elf32_Phdr) || fseek(f, header.e_phoff, SEEK_SET))
		return no_kernel(path, err);
	*image = (struct image_extent){ .start = UINT64_MAX };
	for (int i = 0; i < header.e_phnum; i++) {
		Elf32_Phdr part;

		if (fread(&part, sizeof(part), 1, f) != 1)
			return no_kernel(path, err);
		if (part.p_type != PT_LOAD)
			continue;
		if (part.p_paddr < image->start)
			image->start = part.p_paddr;
		if (part.p_paddr + (uint64_t)part.p_memsz > image->end)
			image->end = part.p_paddr + (uint64_t)part.p_memsz;
		if (part.p_filesz && part.p_paddr + (uint64_t)part.p_filesz > image->filled)
			image->filled = part.p_paddr + (uint64_t)part.p_filesz;
	}
	return image->end ? 0 : no_kernel(path, err);
}
