/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * image_extent.h - where a kernel lies in memory, from its ELF file
 */
#ifndef IMAGE_EXTENT_H
#define IMAGE_EXTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* Physical addresses of a kernel's image. */
struct image_extent {
	uint64_t start, end;		/* its bss included */
	uint64_t filled;		/* where that begins which the file does not have */
	uint64_t linear;		/* the address it is linked for, less the physical one */
};

/* Whether it is a kernel of 64 bits. */
static inline bool image_is_wide(const struct image_extent *image)
{
	return image->linear > UINT32_MAX;
}

/*
 * image_extent() - the physical addresses of a kernel
 * @path:	a vmlinux of 32 or 64 bits; https://refspecs.linuxfoundation.org/elf/elf.pdf
 * Return: 0, or a negative errno with *err set.
 */
int image_extent(const char *path, struct image_extent *image, struct error **err);

#endif /* IMAGE_EXTENT_H */
