/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * safe_text.h - bytes from a machine, made fit to be shown
 */
#ifndef SAFE_TEXT_H
#define SAFE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * safe_text() - what a machine wrote, as text that cannot do anything
 * @bytes:	anything at all, n bytes
 * @lines:	true: line feeds stay; false: they become blanks
 *
 * Return: UTF-8 to be freed.
 */
char *safe_text(const void *bytes, size_t n, bool lines);

/*
 * last_lines() - the end of a text
 * @text:	lines
 * @max:	how many of them, at most; an empty one at the very end does not count
 *
 * Return: a pointer into @text.
 */
const char *last_lines(const char *text, unsigned int max);

#endif /* SAFE_TEXT_H */
