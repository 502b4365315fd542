/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * lobos.h - the LOBOS system call, and the image, the flat kernel, that it boots
 *
 * A LOBOS image is one page of header, then the kernel as it shall lie in
 * memory, uncompressed, and nothing behind it. The kernel, the lobos command
 * and mkflat include this file. All numbers are little-endian.
 */
#ifndef _UAPI_LINUX_LOBOS_H
#define _UAPI_LINUX_LOBOS_H

#include <linux/types.h>

/*
 * lobos(path, command_line, flags, ramdisk), the same on every architecture.
 * Without a flag it boots path at once, or what is loaded if path is NULL.
 */
#define LOBOS_SYSCALL		548
#define LOBOS_LOAD		1	/* load path for a later call, and return */
#define LOBOS_UNLOAD		2	/* forget what is loaded, and return */
#define LOBOS_RAMDISK		4	/* the fourth argument names an initial RAM disk */
#define LOBOS_HINTS		8	/* hand on what this kernel has found out */

#define LOBOS_MAGIC		"LOBOSIMG"
#define LOBOS_MAGIC_BYTES	8
#define LOBOS_VERSION		3
#define LOBOS_HEADER_BYTES	4096

/* Flags of an image's header */
#define LOBOS_IMAGE_5_LEVELS	1	/* its kernel can use five levels of page tables (x86_64) */

/* Checksums of whole pages, computed by kernel/lobos/sum.c */
#define LOBOS_LANES		4

struct lobos_sums {
	__u32 all[LOBOS_LANES];
	__u32 columns[LOBOS_LANES];
	__u32 groups[LOBOS_LANES];
};

struct lobos_header {
	__u8 magic[LOBOS_MAGIC_BYTES];	/* LOBOS_MAGIC */
	__u32 version;			/* LOBOS_VERSION */
	__u32 header_bytes;		/* LOBOS_HEADER_BYTES: where the payload begins */
	__u32 machine;			/* EM_386 or EM_X86_64, as in the ELF file */
	__u32 flags;			/* LOBOS_IMAGE_* */
	__u64 destination;		/* physical address of the first byte */
	__u64 entry;			/* physical address of the first instruction */
	__u64 payload_bytes;		/* behind the header, in the file; whole pages */
	__u64 memory_bytes;		/* from destination on, bss and brk included */
	__u64 alignment;		/* any multiple of it will do instead; 0: none will */
	struct lobos_sums payload_sums;
	__u32 header_crc;		/* CRC-32 (zlib's crc32()) of the header up to this field */
	__u32 padding;			/* 0 */
};

#endif /* _UAPI_LINUX_LOBOS_H */
