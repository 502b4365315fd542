/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * internal.h - what the files in this directory share
 */
#ifndef _KERNEL_LOBOS_INTERNAL_H
#define _KERNEL_LOBOS_INTERNAL_H

#include <linux/align.h>
#include <linux/crc32.h>
#include <linux/kernel_read_file.h>
#include <linux/lobos.h>
#include <linux/preserved_log_format.h>

struct kobject;

/* A file as the caller gave it. */
struct lobos_source {
	const char *name;		/* for messages */
	void *handle;			/* what lobos_open() knows it by; NULL: there is none */
};

/* What a caller asks for; all of it stays the caller's. */
struct lobos_request {
	struct lobos_source kernel;
	struct lobos_source ramdisk;
	const char *command_line;
	bool hints;			/* hand on what this kernel has found out */
};

/*
 * What the core asks of its host. The host is the system call; a module for a kernel
 * without it would be another one.
 */

/*
 * lobos_open() - open a file for reading
 * @source: has a handle
 *
 * Return: the file, which the caller puts, or an error that has not been printed
 */
struct file *lobos_open(const struct lobos_source *source);

/*
 * lobos_hold_transitions() - keep others from shutting devices down
 *
 * Return: false if somebody is doing so
 */
bool lobos_hold_transitions(void);

/* The core: */

/*
 * lobos_boot() - boot the kernel in a file
 * @request: what to boot
 *
 * Return: a negative errno, the reason of which has been printed; otherwise
 * the call does not return
 */
int lobos_boot(const struct lobos_request *request);

/*
 * lobos_load() - keep a kernel ready for lobos_boot_loaded()
 * @request: what to load; takes the place of what was loaded before, unless it is refused
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_load(const struct lobos_request *request);

/*
 * lobos_unload() - give up what is loaded, if something is
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_unload(void);

/*
 * lobos_boot_loaded() - boot what lobos_load() has kept
 * @command_line: shorter than COMMAND_LINE_SIZE; NULL: the one that it was loaded with
 *
 * Return: as lobos_boot(); what is loaded stays loaded
 */
int lobos_boot_loaded(const char *command_line);

/* Is there anything to boot for lobos_boot_loaded()? */
bool lobos_is_loaded(void);

/*
 * lobos_part_open() - open the file of a part, and keep writers away from it
 * @part: zero; the file's name and size are put here
 * @source: the file
 * @id: what security modules are asked about
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_part_open(struct lobos_part *part, const struct lobos_source *source,
		    enum kernel_read_file_id id);

/*
 * lobos_part_read_pages() - read a piece of the file of a part
 * @part: is open
 * @pages: what the piece is read into; behind the end of the file they are zeroed
 * @nr_pages: so many
 * @first: page of the file with which the piece begins
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_part_read_pages(const struct lobos_part *part, struct page **pages,
			  unsigned long nr_pages, pgoff_t first);

/*
 * lobos_part_read() - read the pages of a part
 * @image: the destinations of all its parts are known
 * @part: of @image; is open and has no pages yet
 * @first: page of the file with which the contents begin
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_part_read(struct lobos_image *image, struct lobos_part *part, pgoff_t first);

/* Puts the checksums of all pages of a part into @sums. */
void lobos_part_sum(const struct lobos_part *part, struct lobos_sums *sums);

/* Closes the file of a part, if it is open, and lets writers in again. */
void lobos_part_close(struct lobos_part *part);

/* Gives back all that a part has. */
void lobos_part_free(struct lobos_part *part);

/*
 * lobos_image_open() - open an image, and check what its header says
 * @image: zero but for its lists; its kernel has a destination afterwards
 * @source: the file
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_image_open(struct lobos_image *image, const struct lobos_source *source);

/*
 * lobos_ramdisk_open() - open an initial RAM disk, and find a place for it
 * @image: has been opened; its RAM disk has a destination afterwards
 * @source: the file
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_ramdisk_open(struct lobos_image *image, const struct lobos_source *source);

/*
 * Is all of the range memory that Linux uses, and that a kernel can be put in? Both
 * addresses are of pages, and can be any.
 */
bool lobos_is_all_ram(u64 start, u64 end);

/* Does something lie in the range that must stay? */
bool lobos_is_reserved(phys_addr_t start, phys_addr_t end);

/* Is all of the range memory in which nothing lies that must stay? */
bool lobos_is_free(u64 start, u64 end);

/*
 * lobos_find_place() - a place for a kernel that was linked for another one
 * @bytes: whole pages
 * @alignment: a power of two
 *
 * Return: the highest address that will do, or 0 if none does
 */
phys_addr_t lobos_find_place(u64 bytes, u64 alignment);

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

/* Of the system call alone: */

/*
 * lobos_check_permission() - may the caller boot another kernel?
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_check_permission(void);

/*
 * lobos_show_previous_logs() - put the logs of earlier kernels into /sys
 * @dir: /sys/kernel/lobos
 */
void lobos_show_previous_logs(struct kobject *dir);

#endif /* _KERNEL_LOBOS_INTERNAL_H */
