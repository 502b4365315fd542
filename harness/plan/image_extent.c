// SPDX-License-Identifier: GPL-2.0-only
/*
 * image_extent.c - where a kernel lies in memory, from its ELF file
 */
#include "image_extent.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>

static void extend(struct image_extent *image, const GElf_Phdr *part)
{
	if (part->p_type != PT_LOAD)
		return;
	if (part->p_paddr < image->start) {
		image->start = part->p_paddr;
		image->linear = part->p_vaddr - part->p_paddr;
	}
	if (part->p_paddr + part->p_memsz > image->end)
		image->end = part->p_paddr + part->p_memsz;
	if (part->p_filesz && part->p_paddr + part->p_filesz > image->filled)
		image->filled = part->p_paddr + part->p_filesz;
}

int image_extent(const char *path, struct image_extent *image, struct error **err)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	GElf_Phdr part;
	size_t parts = 0;
	Elf *elf;

	if (fd < 0)
		return error_set(err, ERROR_HOST, errno, "%s", path);
	*image = (struct image_extent){ .start = UINT64_MAX };
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	elf_getphdrnum(elf, &parts);
	for (size_t i = 0; i < parts && gelf_getphdr(elf, (int)i, &part); i++)
		extend(image, &part);
	elf_end(elf);
	if (image->end)
		return 0;
	return error_set(err, ERROR_HOST, ENOEXEC, "%s: no ELF file of a kernel", path);
}
