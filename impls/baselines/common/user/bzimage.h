/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bzimage.h - the boot format of x86 kernels
 *
 * Boot sector and set-up code, which run in real mode, then the rest, which
 * unpacks itself. Source: Documentation/x86/boot.rst of the kernel.
 */
#ifndef BZIMAGE_H
#define BZIMAGE_H

#include <asm/bootparam.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "image_file.h"

#define SETUP_HEADER_OFFSET	0x1f1	/* in the boot sector and in boot_params */

struct bzimage {
	struct setup_header header;
	size_t header_bytes;	/* how much of it this kernel has */
	size_t setup_bytes;	/* boot sector included: from the start of the file */
	size_t rest_bytes;	/* from there on */
	uint32_t end;		/* first address behind all that it uses when it unpacks */
};

/* Whether the file says that it is one. Reads its beginning only. */
bool bzimage_is(const struct image_file *file);

/*
 * bzimage_parse() - check the header
 *
 * Ends the program with ENOEXEC (no bzImage; for the low loading address; older
 * than protocol 2.02) or EBADMSG (shorter than its header says).
 */
struct bzimage bzimage_parse(const struct image_file *file);

/*
 * bzimage_check() - check all that can be known of the image before it is booted
 *
 * Ends the program as bzimage_parse(), or with EADDRNOTAVAIL (belongs where this
 * machine has no memory).
 */
void bzimage_check(const struct image_file *file);

#endif /* BZIMAGE_H */
