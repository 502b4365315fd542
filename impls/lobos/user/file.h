/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file.h - files that are there whole or not at all
 */
#ifndef LOBOS_FILE_H
#define LOBOS_FILE_H

#include <stddef.h>
#include <sys/types.h>

/* A file that appears under its name only when it is complete. */
struct new_file {
	int fd;
	char temporary[4096];
};

/**
 * file_create() - begin a file beside the place where it shall be
 * @file: filled in
 * @path: its name in the end
 * @mode: permissions
 *
 * Return: 0 or -errno
 */
int file_create(struct new_file *file, const char *path, mode_t mode);

/**
 * file_write() - write all of a buffer
 * @fd: open for writing
 * @bytes: what to write
 * @size: of it
 *
 * Return: 0 or -errno
 */
int file_write(int fd, const void *bytes, size_t size);

/**
 * file_finish() - close a file, and give it its name unless it failed
 * @file: from file_create()
 * @path: its name
 * @error: 0, or the -errno for which it is to be dropped
 *
 * Return: 0 or -errno, @error if that is not 0
 */
int file_finish(struct new_file *file, const char *path, int error);

#endif /* LOBOS_FILE_H */
