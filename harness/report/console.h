/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * console.h - what a run kept of a machine's lines
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "reboot/stream.h"
#include "reboot/sample.h"

/*
 * console_read() - a whole file of consoles/
 * @consoles:	that folder
 * @trial:	base name
 * @suffix:	".console", ".data" ...
 * @n:		set to its size in bytes
 * Return: the bytes, to be freed; NULL when there is no such file.
 */
uint8_t *console_read(const char *consoles, const char *trial, const char *suffix, size_t *n);

/*
 * console_tail() - the last lines a machine wrote in a sample's window
 * Return: made safe to show, to be freed; NULL when the file is missing or holds nothing of it.
 */
char *console_tail(const char *consoles, const struct sample *s, unsigned int lines);

/*
 * console_refusal() - the line in a sample's window that says most of why the request was refused
 * The kernel's own, without its stamp; else the last of a program's. Shortened.
 * Return: made safe to show, to be freed; NULL when there is none.
 */
char *console_refusal(const char *consoles, const struct sample *s);

/*
 * console_stream() - the console of a trial with the times its bytes came
 * @to:	zeroed; filled, to be freed with stream_free()
 * Return: 0, -ENOENT when a file is missing, -EINVAL when the stamps make no sense.
 */
int console_stream(const char *consoles, const char *trial, struct stream *to);

#endif /* CONSOLE_H */
