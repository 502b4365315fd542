// SPDX-License-Identifier: GPL-2.0-only
/*
 * bzimage.c - the boot format of x86 kernels
 */
#include <errno.h>
#include <string.h>

#include "bzimage.h"
#include "die.h"
#include "system_ram.h"

#define SECTOR		512
#define BOOT_FLAG	0xaa55
#define HEADER_MAGIC	0x53726448	/* "HdrS" */
#define JUMP_OFFSET	0x200		/* its second byte tells how long the header is */
#define HEADER_FIRST	0x202		/* what that byte counts from */
#define SETUP_SECTS_OLD	4		/* where the field is 0 */
#define SETUP_MAX	0x8000		/* real-mode code, by the protocol */

/* The beginning of a file that is at least as long as the shortest header. */
struct start {
	uint8_t bytes[0x200 + 0x100];
	size_t n;
};

static struct start read_start(const struct image_file *file)
{
	struct start start = { .n = file->bytes };

	if (start.n > sizeof(start.bytes))
		start.n = sizeof(start.bytes);
	image_file_read(file, start.bytes, start.n, 0);
	return start;
}

static bool has_header(const struct start *start)
{
	struct setup_header header;

	if (start->n < sizeof(start->bytes))
		return false;
	memcpy(&header, start->bytes + SETUP_HEADER_OFFSET, sizeof(header));
	return header.boot_flag == BOOT_FLAG && header.header == HEADER_MAGIC;
}

bool bzimage_is(const struct image_file *file)
{
	struct start start = read_start(file);

	return has_header(&start);
}

/* While it unpacks itself it uses init_size bytes from where it prefers to lie. */
static uint32_t end_of(const struct bzimage *image)
{
	uint64_t end = (uint64_t)image->header.code32_start + image->rest_bytes;
	uint64_t unpacked;

	if (image->header.version >= 0x020a) {
		unpacked = image->header.pref_address;
		if (unpacked < image->header.code32_start)
			unpacked = image->header.code32_start;
		unpacked += image->header.init_size;
		if (unpacked > end)
			end = unpacked;
	}
	return end > UINT32_MAX ? UINT32_MAX : (uint32_t)end;
}

struct bzimage bzimage_parse(const struct image_file *file)
{
	struct start start = read_start(file);
	struct bzimage image = { 0 };
	unsigned int sectors;

	if (!has_header(&start))
		die(ENOEXEC, "%s: no bzImage", file->path);
	image.header_bytes = HEADER_FIRST + start.bytes[JUMP_OFFSET + 1] - SETUP_HEADER_OFFSET;
	if (image.header_bytes > sizeof(image.header))
		image.header_bytes = sizeof(image.header);
	memcpy(&image.header, start.bytes + SETUP_HEADER_OFFSET, image.header_bytes);

	if (image.header.version < 0x0202)
		die(ENOEXEC, "%s: a kernel too old, of boot protocol %#x", file->path,
		    image.header.version);
	if (!(image.header.loadflags & LOADED_HIGH))
		die(ENOEXEC, "%s: a zImage, which belongs below 1 MiB", file->path);
	sectors = image.header.setup_sects ? image.header.setup_sects : SETUP_SECTS_OLD;
	image.setup_bytes = (sectors + 1) * SECTOR;
	if (image.setup_bytes > SETUP_MAX)
		die(ENOEXEC, "%s: %zu bytes of set-up code, more than %d", file->path,
		    image.setup_bytes, SETUP_MAX);
	/* The header counts paragraphs of 16 bytes, and the last one need not be whole. */
	if (file->bytes < image.setup_bytes ||
	    (file->bytes - image.setup_bytes + 15) / 16 < image.header.syssize)
		die(EBADMSG, "%s: %zu bytes, its header says %llu", file->path, file->bytes,
		    image.setup_bytes + 16ull * image.header.syssize);
	image.rest_bytes = file->bytes - image.setup_bytes;
	image.end = end_of(&image);
	return image;
}

void bzimage_check(const struct image_file *file)
{
	struct bzimage image = bzimage_parse(file);

	system_ram_check(file->path, image.header.code32_start, image.rest_bytes);
}
