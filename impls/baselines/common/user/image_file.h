/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * image_file.h - a kernel or a RAM disk, as a file
 */
#ifndef IMAGE_FILE_H
#define IMAGE_FILE_H

#include <stddef.h>
#include <sys/types.h>

struct image_file {
	const char *path;
	int fd;
	size_t bytes;
};

/*
 * image_file_open() - open a file of which more than nothing can be read
 * @path: stays the caller's
 *
 * Ends the program with the errno of open(2), or EISDIR, EACCES (no regular
 * file), ENODATA (empty) or EFBIG (larger than half of the memory).
 */
struct image_file image_file_open(const char *path);

/*
 * image_file_read() - read all of some bytes
 * Ends the program with the errno of read(2), or EBADMSG when the file ends
 * before them.
 */
void image_file_read(const struct image_file *file, void *to, size_t bytes, off_t offset);

#endif /* IMAGE_FILE_H */
