// SPDX-License-Identifier: GPL-2.0-only
/*
 * safe_text.c - bytes from a machine, made fit to be shown
 *
 * A guest may write what it likes to its console: terminal escapes, bytes that
 * are no UTF-8, characters that turn the direction of writing. All of it is
 * shown, as \xNN or \u{NNNN}, and none of it takes effect. Markup is the
 * business of whoever writes markup.
 */
#include "safe_text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


/*
 * Decodes one sequence of the Unicode Standard 15, table 3-7 (so no overlong forms,
 * no surrogates). Return: its length, or 0 when it is none.
 */
static size_t decode(const uint8_t *p, size_t n, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length, i;

	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	length = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || length > n)
		return 0;
	*code = p[0] & (0xffu >> (length + 1));
	for (i = 1; i < length; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (p[i] & 0x3fu);
	}
	if (*code < least[length] || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff))
		return 0;
	return length;
}

/* Characters that are text but not seen, or that move what stands beside them. */
static bool is_treacherous(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
	       (c & 0xfffe) == 0xfffe || (c >= 0xe0000 && c <= 0xe0fff);
}

/* Writes one character that begins at p, at most n bytes. Return: how many bytes it took. */
static size_t put_one(FILE *f, const uint8_t *p, size_t n, bool lines)
{
	uint32_t code;
	size_t length = decode(p, n, &code);

	if (length == 0) {
		fprintf(f, "\\x%02x", p[0]);
		return 1;
	}
	if (code == '\n')
		fputc(lines ? '\n' : ' ', f);
	else if (code == '\t')
		fputs(lines ? "        " : " ", f);
	else if (code == '\r' && n > 1 && p[1] == '\n')
		;	/* half of a serial line's end */
	else if (is_treacherous(code) && code < 0x100)
		fprintf(f, "\\x%02x", code);
	else if (is_treacherous(code))
		fprintf(f, "\\u{%04x}", code);
	else
		fwrite(p, 1, length, f);
	return length;
}

char *safe_text(const void *bytes, size_t n, bool lines)
{
	const uint8_t *p = bytes;
	char *text = NULL;
	size_t size, i = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	while (i < n)
		i += put_one(f, p + i, n - i, lines);
	if (fclose(f) != 0)
		abort();
	return text;
}

const char *last_lines(const char *text, unsigned int max)
{
	const char *p = text + strlen(text);

	if (p > text && p[-1] == '\n')
		p--;
	while (p > text) {
		if (p[-1] == '\n' && --max == 0)
			break;
		p--;
	}
	return p;
}
