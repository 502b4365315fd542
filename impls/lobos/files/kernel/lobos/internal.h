/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * internal.h - what the files in this directory share
 */
#ifndef _KERNEL_LOBOS_INTERNAL_H
#define _KERNEL_LOBOS_INTERNAL_H

#include <linux/align.h>
#include <linux/crc32.h>
#include <linux/lobos.h>
#include <linux/preserved_log_format.h>

struct filename;

/*
 * lobos_boot() - boot the kernel in a file
 * @path: the file; stays the caller's
 * @command_line: for the new kernel
 *
 * Return: a negative errno, the reason of which has been printed; otherwise
 * the call does not return
 */
int lobos_boot(struct filename *path, const char *command_line);

/*
 * lobos_boot_path() - boot the kernel in a file that the kernel itself names
 * @path: the file
 * @command_line: for the new kernel
 *
 * Return: as lobos_boot()
 */
int lobos_boot_path(const char *path, const char *command_line);

/* CRC-32 as zlib computes it, of which the kernel's is the bare polynomial. */
static inline u32 lobos_crc(u32 crc, const void *data, size_t bytes)
{
	return ~crc32_le(~crc, data, bytes);
}

/*
 * A log in the safe area takes this much: kmsg_dump_get_buffer() puts a NUL
 * behind the text, and the next log begins aligned.
 */
static inline size_t lobos_log_stride(size_t text_bytes)
{
	return ALIGN(sizeof(struct preserved_log_header) + text_bytes + 1, sizeof(u64));
}

#endif /* _KERNEL_LOBOS_INTERNAL_H */
