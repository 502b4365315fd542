/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * markdown.h - Markdown with tables, written so that its source can be read too
 *
 * Whatever did not come from this program's own sentences goes through one of
 * these functions, and then cannot become markup.
 */
#ifndef MARKDOWN_H
#define MARKDOWN_H

#include <stdio.h>

struct md_table;

/*
 * md_escaped() - text that stays text
 * @text:	anything; line feeds become blanks, control characters visible
 *
 * Any ASCII punctuation may be escaped in CommonMark; only what can begin markup
 * is, so that the source stays readable.
 *
 * Return: to be freed.
 */
char *md_escaped(const char *text);

/* A paragraph; its text is wrapped. The caller escapes what is not its own. */
void md_paragraph(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* An item of a list. */
void md_item(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* A heading of that level, 1 to 6, with an empty line around it. */
void md_heading(FILE *f, int level, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Text as it is, in a fence that it cannot close. */
void md_verbatim(FILE *f, const char *text);

/*
 * md_table_new() - a table
 * @columns:	'l' or 'r' for each column
 * @headers:	that many
 * Return: to be given to md_table_end().
 */
struct md_table *md_table_new(const char *columns, const char *const headers[]);
/* The next cell, row by row; escaped here. */
void md_cell(struct md_table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Writes the table, with an empty line behind it, and frees it. */
void md_table_end(struct md_table *t, FILE *f);

#endif /* MARKDOWN_H */
