/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * printk_line.h - one line as printk writes it
 */
#ifndef PRINTK_LINE_H
#define PRINTK_LINE_H

#include <stddef.h>
#include <stdint.h>

struct printk_line {
	int level;			/* "<6>" at its head; -1: none */
	int64_t ns;			/* "[    1.234567] " at its head; -1: none */
	const char *text;		/* behind both */
	size_t length;
};

/*
 * printk_line_split() - part a line into level, stamp and text. Pure.
 * @begin, @end:	the line without its newline; carriage returns at its end are left out
 *
 * Return: the parts; text points into the line. Anything that is not a stamp stays in the text.
 */
struct printk_line printk_line_split(const char *begin, const char *end);

#endif /* PRINTK_LINE_H */
