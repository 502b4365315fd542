// SPDX-License-Identifier: GPL-2.0-only
/*
 * data_line.c - what the machine tells in words outside the measured window
 */
#include "data_line.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define ESCAPE		'\x1b'
#define LINE_MAX_BYTES	4096		/* longer than any line of the protocol */

/* Goes through the stream's whole lines. */
struct cursor {
	const char *bytes;
	size_t at, n;
	char line[LINE_MAX_BYTES];	/* the newest line, without its end */
};

enum progress { MORE, WAIT, BROKEN };

/* The next whole line into c->line. Return: WAIT if it has not ended yet. */
static enum progress next_line(struct cursor *c)
{
	size_t most = c->n - c->at < sizeof(c->line) ? c->n - c->at : sizeof(c->line), length;
	const char *begin, *newline;

	if (!most)
		return WAIT;
	begin = c->bytes + c->at;
	newline = memchr(begin, '\n', most);
	if (!newline)
		return most < sizeof(c->line) ? WAIT : BROKEN;
	length = (size_t)(newline - begin);
	c->at += length + 1;
	while (length && begin[length - 1] == '\r')
		length--;
	memcpy(c->line, begin, length);
	c->line[length] = '\0';
	return MORE;
}

static enum progress damage(struct data_item *item, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static enum progress damage(struct data_item *item, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(item->reason, sizeof(item->reason), fmt, args);
	va_end(args);
	item->kind = DATA_DAMAGED;
	return BROKEN;
}

static enum progress misplaced(struct data_item *item, const struct cursor *c, const char *key)
{
	return damage(item, "block %d: \"%.40s\" where \"%s\" should be", item->k, c->line, key);
}

/* As far as it has come. */
static bool begins_with(const struct cursor *c, size_t at, const char *text)
{
	size_t n = strlen(text);

	return !strncmp(c->bytes + at, text, c->n - at < n ? c->n - at : n);
}

/* Whether a whole line is the beginning or the end of a block, by its format. */
static bool is_border(const char *line, const char *format, int *k)
{
	int end = 0;

	return sscanf(line, format, k, &end) == 1 && end && !line[end];
}

static bool is_refusal(const char *line, struct data_item *item)
{
	int end = 0;

	return sscanf(line, DATA_LINE_REFUSED "%n", &item->k, &item->status,
		      &item->refused_errno, &end) == 3 && end && !line[end];
}

/* The lines of a block that are a word and a text, in their order. */
static enum progress take_texts(struct cursor *c, struct data_item *item)
{
	const struct {
		const char *key;
		char *text;
		size_t size;
	} texts[] = {
		{ DATA_LINE_BOOT_ID, item->boot_id, sizeof(item->boot_id) },
		{ DATA_LINE_NONCE, item->nonce, sizeof(item->nonce) },
		{ DATA_LINE_KERNEL, item->kernel, sizeof(item->kernel) },
		{ DATA_LINE_COMMAND_LINE, item->command_line, sizeof(item->command_line) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		size_t length = strlen(texts[i].key);
		enum progress p = next_line(c);

		if (p == WAIT)
			return p;
		if (p == BROKEN || strncmp(c->line, texts[i].key, length))
			return misplaced(item, c, texts[i].key);
		snprintf(texts[i].text, texts[i].size, "%s", c->line + length);
	}
	return MORE;
}

/* An older guest has nothing behind the clock source, or all but the last line. */
static bool ends_early(const struct cursor *c, unsigned int i)
{
	return (i == 1 || i == MACHINE_FACTS_LINES - 1) &&
	       !begins_with(c, c->at, machine_facts_key(i));
}

static enum progress take_facts(struct cursor *c, struct data_item *item)
{
	for (unsigned int i = 0; i < MACHINE_FACTS_LINES && !ends_early(c, i); i++) {
		enum progress p = next_line(c);

		if (p == WAIT)
			return p;
		if (p == BROKEN || !machine_facts_take(&item->facts, i, c->line))
			return misplaced(item, c, machine_facts_key(i));
	}
	return MORE;
}

static enum progress take_log(struct cursor *c, struct data_item *item)
{
	enum progress p = next_line(c);
	unsigned long bytes = 0;
	int end = 0;

	if (p == WAIT)
		return p;
	if (p == BROKEN ||
	    ((sscanf(c->line, DATA_LINE_NO_LOG "%n", &end) != 0 || !end) &&
	     (sscanf(c->line, DATA_LINE_LOG "%n", &bytes, &end) != 1 || !end)) ||
	    c->line[end] || bytes > DATA_LINE_LOG_MAX)
		return damage(item, "block %d: \"%.40s\" is not a previous_log line", item->k,
			      c->line);
	item->log_offset = c->at;
	item->log_bytes = bytes;
	if (c->n - c->at < bytes)
		return WAIT;
	c->at += bytes;
	return MORE;
}

static enum progress take_end(struct cursor *c, const char *format, struct data_item *item)
{
	enum progress p = next_line(c);
	int k;

	if (p == WAIT)
		return p;
	if (p == BROKEN || !is_border(c->line, format, &k) || k != item->k)
		return misplaced(item, c, "end");
	return MORE;
}

static enum progress take_boot(struct cursor *c, struct data_item *item)
{
	enum progress p = take_texts(c, item);

	if (p == MORE)
		p = take_facts(c, item);
	if (p == MORE)
		p = take_log(c, item);
	if (p == MORE)
		p = take_end(c, DATA_LINE_BOOT_END "%n", item);
	if (p == MORE)
		item->kind = DATA_BOOT;
	return p;
}

static enum progress take_request(struct cursor *c, struct data_item *item)
{
	enum progress p = take_facts(c, item);

	if (p == MORE)
		p = take_end(c, DATA_LINE_REQUEST_END "%n", item);
	if (p == MORE)
		item->kind = DATA_REQUEST;
	return p;
}

/* The first line after the one at at that may begin an item: damage costs one item only. */
static size_t next_beginning(const struct cursor *c, size_t at)
{
	const char *newline;

	while ((newline = memchr(c->bytes + at, '\n', c->n - at))) {
		at = newline + 1 - c->bytes;
		if (begins_with(c, at, DATA_LINE_BOOT) || begins_with(c, at, DATA_LINE_REQUEST) ||
		    begins_with(c, at, DATA_LINE_REFUSAL))
			return at;
	}
	return c->n;
}

/*
 * UEFI firmware takes each serial port for a terminal, and so does a boot loader that it started:
 * both write to this line until a kernel runs. Their text begins with ESC, as no item does, and
 * its last line may not have ended where the block of the boot begins.
 * Return: the offset of that block; @at where there is no such text, c->n where it goes on.
 */
static size_t skip_firmware(const struct cursor *c, size_t at)
{
	if (at == c->n || c->bytes[at] != ESCAPE)
		return at;
	for (; at < c->n; at++) {
		char line[sizeof(DATA_LINE_BOOT_BEGIN) + 16];
		size_t most = c->n - at < sizeof(line) ? c->n - at : sizeof(line);
		const char *newline;
		int k;

		if (!begins_with(c, at, DATA_LINE_BOOT))
			continue;
		newline = memchr(c->bytes + at, '\n', most);
		if (!newline && most < sizeof(line))
			return c->n;
		if (!newline)
			continue;
		snprintf(line, sizeof(line), "%.*s", (int)(newline - c->bytes - at), c->bytes + at);
		line[strcspn(line, "\r")] = '\0';
		if (is_border(line, DATA_LINE_BOOT_BEGIN "%n", &k))
			return at;
	}
	return at;
}

size_t data_line_next(const struct stream *data, size_t from, struct data_item *item)
{
	struct cursor c = { .bytes = (const char *)data->bytes.at, .at = from, .n = data->bytes.n };
	enum progress p;

	memset(item, 0, sizeof(*item));
	c.at = skip_firmware(&c, from);
	p = next_line(&c);
	if (p == WAIT)
		return from;
	if (p == MORE && is_refusal(c.line, item)) {
		item->kind = DATA_REFUSED;
		return c.at;
	}
	if (p == MORE && is_border(c.line, DATA_LINE_BOOT_BEGIN "%n", &item->k))
		p = take_boot(&c, item);
	else if (p == MORE && is_border(c.line, DATA_LINE_REQUEST_BEGIN "%n", &item->k))
		p = take_request(&c, item);
	else
		p = damage(item, "\"%.40s\" is not the beginning of a block", p == MORE ? c.line : "");
	if (p == MORE)
		return c.at;
	if (p == WAIT) {
		item->kind = DATA_NOTHING;
		return from;
	}
	return next_beginning(&c, from);
}
