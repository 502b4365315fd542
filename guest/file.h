/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file.h - small files as a whole
 */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>

/*
 * file_read() - a whole file, also one of proc or sysfs whose size is not known
 * @path: the file
 * @bytes: its length, without the NUL that is put behind it; may be NULL
 * Return: a buffer to be freed by the caller, or NULL with errno set.
 */
char *file_read(const char *path, size_t *bytes);

/*
 * file_read_line() - first line of a file, without its newline
 * @path: the file
 * @to:	buffer of size bytes; holds "" when the file cannot be read
 * @size: at least 1
 */
void file_read_line(const char *path, char *to, size_t size);

/*
 * file_write() - write a string to a file that exists, in one write(2)
 * Return: 0 or a negative errno.
 */
int file_write(const char *path, const char *text);

/*
 * fd_write_all() - write all bytes, however many writes that takes
 * Return: 0 or a negative errno.
 */
int fd_write_all(int fd, const void *bytes, size_t length);

#endif /* FILE_H */
