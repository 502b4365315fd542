/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * text_line.h - the lines of a text, one by one
 */
#ifndef TEXT_LINE_H
#define TEXT_LINE_H

#include <stdbool.h>

/*
 * text_line_next() - take the next line of a text
 * @text:	moved behind it; what no newline ends is no line
 * @line:	the line before, which is freed, or NULL; set to the line without its newline, to be
 *		freed, or to NULL
 *
 * Return: false at the end.
 */
bool text_line_next(const char **text, char **line);

#endif /* TEXT_LINE_H */
