/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file.h - files: read, copied, and written so that readers see them whole or not at all
 */
#ifndef FILE_H
#define FILE_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* For file_read(): a file of any length. */
#define FILE_ANY_LENGTH SIZE_MAX

/*
 * file_read() - read a regular file
 * @most:	how many bytes it may have
 * @n:		how many bytes it has, 0 on failure; a zero stands behind them
 * Return: the bytes, to be freed; NULL with *err set (ERROR_HOST).
 */
char *file_read(const char *path, size_t most, size_t *n, struct error **err);

/* The first line of a file without its end, to be freed; NULL when there is none. */
char *file_first_line(const char *path);

/* Writes the bytes of a file to a stream. 0, or a negative errno with *err set: not read whole. */
int file_append(FILE *to, const char *path, struct error **err);

/* Copies from/name to to/name, whole or not at all. 0, or a negative errno with *err set. */
int file_copy(const char *from, const char *to, const char *name, struct error **err);

/* Writes a text, whole or not at all. 0, or a negative errno with *err set. */
int file_write(const char *path, const char *text, struct error **err);

/* A file that is being written. It must stay where it is in memory until it is closed. */
struct output_file {
	FILE *f;
	char *path;
	char *place;	/* where its path leads; NULL: it is written in place */
	char *beside;	/* where it is written until it is whole; NULL: in place */
	int fd;
	int code;	/* errno of the first write that failed: a later call may change errno */
};

/*
 * output_file_open() - write a file that readers see whole or not at all
 * It is written beside its place, under a name of its own; output_file_close() moves it
 * there. Symbolic links are followed. A device or a pipe is written in place.
 * Return: 0, or a negative errno with *err set; then there is nothing to close.
 */
int output_file_open(struct output_file *o, const char *path, struct error **err);

/* Opens one that readers see grow: it stands at its path from the start, emptied. As above. */
int output_file_open_live(struct output_file *o, const char *path, struct error **err);

/* Hands over what was written so far. 0, or a negative errno with *err set. */
int output_file_flush(struct output_file *o, struct error **err);

/* Ends it. 0, or a negative errno with *err set: then what stood at its place still does. */
int output_file_close(struct output_file *o, struct error **err);

/* Ends it without putting it in its place; nothing to do for one that was closed. */
void output_file_drop(struct output_file *o);

#endif /* FILE_H */
