// SPDX-License-Identifier: GPL-2.0-only
/*
 * markdown.c - Markdown with tables, written so that its source can be read too
 *
 * CommonMark 0.29 with the tables of GitHub Flavored Markdown.
 */
#include "markdown.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/vec.h"
#include "safe_text.h"

/* Where a paragraph's source is wrapped. */
#define WIDTH 100

/* Cells beyond it stick out of their column. */
#define WIDEST 60

#define NO_BREAK_SPACE "\xc2\xa0"

struct md_table {
	const char *columns;
	VEC(char *) cells;		/* the headers are the first row */
};

static char *formatted(const char *fmt, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, args) < 0)
		abort();
	return text;
}

char *md_escaped(const char *text)
{
	CLEANUP_FREE char *safe = safe_text(text, strlen(text), false);
	char *out = calloc(2, strlen(safe) + 1), *to = out;
	const char *p;

	if (!out)
		abort();
	for (p = safe; *p; p++) {
		if (strchr("\\`*_[]<>|&~$#!", *p))
			*to++ = '\\';
		*to++ = *p;
	}
	return out;
}

/* Characters, as columns of the source; exact for the scripts that occur in a table here. */
static size_t width_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

/* Words that at the beginning of a line would make a list, a heading or a rule of it. */
static bool may_begin_line(const char *word)
{
	size_t digits = strspn(word, "0123456789"), length = strlen(word);

	if (digits && digits + 1 == length && strchr(".)", word[digits]))
		return false;
	return strspn(word, "-+*=#>") != length;
}

/* A unit behind a number, as "%" or "ms,": they are not parted, by nobody. */
static bool is_unit_of(const char *before, const char *word)
{
	size_t n = strlen(before), unit = strcspn(word, ".,;:)]*");

	return n && before[n - 1] >= '0' && before[n - 1] <= '9' &&
	       ((unit == 1 && strchr("%s", *word)) || (unit == 2 && strncmp(word, "ms", 2) == 0));
}

/* Writes text word by word, each line but the first after indent. */
static void put_wrapped(FILE *f, const char *text, const char *indent)
{
	CLEANUP_FREE char *before = NULL;
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " \n");
		char *word = strndup(text, length);

		if (!word)
			abort();
		if (before && is_unit_of(before, word)) {
			fputs(NO_BREAK_SPACE, f);
			column++;
		} else if (column && column + 1 + width_of(word) > WIDTH && may_begin_line(word)) {
			fprintf(f, "\n%s", indent);
			column = strlen(indent);
		} else if (column) {
			fputc(' ', f);
			column++;
		}
		fputs(word, f);
		column += width_of(word);
		text += length;
		text += strspn(text, " \n");
		free(before);
		before = word;
	}
	fputc('\n', f);
}

void md_paragraph(FILE *f, const char *fmt, ...)
{
	CLEANUP_FREE char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = formatted(fmt, args);
	va_end(args);
	put_wrapped(f, text, "");
	fputc('\n', f);
}

void md_item(FILE *f, const char *fmt, ...)
{
	CLEANUP_FREE char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = formatted(fmt, args);
	va_end(args);
	fputs("* ", f);
	put_wrapped(f, text, "  ");
}

void md_heading(FILE *f, int level, const char *fmt, ...)
{
	CLEANUP_FREE char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = formatted(fmt, args);
	va_end(args);
	fprintf(f, "%s%.*s %s\n\n", level > 1 ? "\n" : "", level, "######", text);
}

void md_verbatim(FILE *f, const char *text)
{
	size_t longest = 2, run = 0, i, length = strlen(text);

	for (i = 0; i < length; i++) {
		run = text[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (i = 0; i <= longest; i++)
		fputc('`', f);
	fprintf(f, "text\n%s%s", text, length && text[length - 1] == '\n' ? "" : "\n");
	for (i = 0; i <= longest; i++)
		fputc('`', f);
	fputs("\n\n", f);
}

struct md_table *md_table_new(const char *columns, const char *const headers[])
{
	struct md_table *t = calloc(1, sizeof(*t));
	size_t i;

	if (!t)
		abort();
	t->columns = columns;
	for (i = 0; i < strlen(columns); i++)
		md_cell(t, "%s", headers[i]);
	return t;
}

void md_cell(struct md_table *t, const char *fmt, ...)
{
	CLEANUP_FREE char *text = NULL;
	va_list args;

	va_start(args, fmt);
	text = formatted(fmt, args);
	va_end(args);
	vec_push(&t->cells, md_escaped(text));
}

static void put_cell(FILE *f, const char *text, char align, size_t width)
{
	size_t wide = width_of(text), gap = wide < width ? width - wide : 0;

	if (align == 'r')
		fprintf(f, "| %*s%s ", (int)gap, "", text);
	else
		fprintf(f, "| %s%*s ", text, (int)gap, "");
}

static void put_rule(FILE *f, char align, size_t width)
{
	size_t i;

	fputs("| ", f);
	for (i = 0; i + 1 < width; i++)
		fputc('-', f);
	fputs(align == 'r' ? ": " : "- ", f);
}

/* The widest cell of a column, unless it is so wide that lining up with it helps nobody. */
static size_t column_width(const struct md_table *t, size_t column, size_t columns)
{
	size_t i, widest = 3;

	for (i = column; i < t->cells.n; i += columns)
		if (width_of(t->cells.at[i]) > widest)
			widest = width_of(t->cells.at[i]);
	return widest < WIDEST ? widest : WIDEST;
}

void md_table_end(struct md_table *t, FILE *f)
{
	size_t columns = strlen(t->columns), i, c;

	while (t->cells.n % columns)
		md_cell(t, "%s", "");
	for (i = 0; i < t->cells.n; i++) {
		c = i % columns;
		put_cell(f, t->cells.at[i], t->columns[c], column_width(t, c, columns));
		if (c + 1 < columns)
			continue;
		fputs("|\n", f);
		if (i + 1 == columns) {
			for (c = 0; c < columns; c++)
				put_rule(f, t->columns[c], column_width(t, c, columns));
			fputs("|\n", f);
		}
	}
	fputc('\n', f);
	for (i = 0; i < t->cells.n; i++)
		free(t->cells.at[i]);
	vec_free(&t->cells);
	free(t);
}
