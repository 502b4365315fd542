// SPDX-License-Identifier: GPL-2.0-only
/*
 * console.c - what a run kept of a machine's lines
 */
#include "console.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "safe_text.h"

/* More than any console here; a file beyond it is not a console. */
#define LARGEST (256L * 1024 * 1024)

uint8_t *console_read(const char *consoles, const char *trial, const char *suffix, size_t *n)
{
	CLEANUP_FREE char *path = text_format("%s/%s%s", consoles, trial, suffix);
	CLEANUP_ERROR struct error *none = NULL;

	return (uint8_t *)file_read(path, LARGEST, n, &none);
}

char *console_tail(const char *consoles, const struct sample *s, unsigned int lines)
{
	CLEANUP_FREE uint8_t *bytes = NULL;
	CLEANUP_FREE char *text = NULL;
	size_t n = 0, from, length;
	char *tail;

	if (!*s->trial || s->console_offset < 0 || s->console_bytes <= 0)
		return NULL;
	bytes = console_read(consoles, s->trial, ".console", &n);
	from = (size_t)s->console_offset;
	length = (size_t)s->console_bytes;
	if (!bytes || from >= n)
		return NULL;
	if (length > n - from)
		length = n - from;
	text = safe_text(bytes + from, length, true);
	tail = strdup(last_lines(text, lines));
	if (!tail)
		abort();
	return tail;
}

/* A kernel begins so, behind its name, and then says why. */
#define REFUSED		": refused (error "
/* Of a line that is quoted. */
#define QUOTED		160

/* A line without printk's stamp. */
static const char *without_stamp(const char *line)
{
	const char *end = *line == '[' ? strstr(line, "] ") : NULL;

	return end ? end + 2 : line;
}

/* Its beginning, where it is long. */
static char *shortened(const char *line)
{
	size_t n = QUOTED;

	if (strlen(line) <= n)
		return text_format("%s", line);
	while ((line[n] & 0xc0) == 0x80)
		n--;
	return text_format("%.*s…", (int)n, line);
}

char *console_refusal(const char *consoles, const struct sample *s)
{
	CLEANUP_FREE char *text = console_tail(consoles, s, UINT_MAX);
	const char *kernel = NULL, *program = NULL;
	char *save = NULL;

	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save)) {
		const char *words = without_stamp(line);

		if (words == line)
			program = line;
		else if (strstr(words, REFUSED))
			kernel = words;
	}
	return kernel || program ? shortened(kernel ? kernel : program) : NULL;
}

/* One line of .stamps; those of other lines are passed over. */
static int add_chunk(struct stream *to, const char *text)
{
	CLEANUP_JSON json_t *stamp = json_loads(text, 0, NULL);
	const char *line = json_string_value(json_object_get(stamp, "line"));
	struct chunk chunk;

	if (!line)
		return -EINVAL;
	if (strcmp(line, "console") != 0)
		return 0;
	chunk.ns = json_int_at(stamp, "ns");
	chunk.offset = (size_t)json_int_at(stamp, "offset");
	chunk.length = (size_t)json_int_at(stamp, "length");
	if (chunk.length == 0 || chunk.offset > to->bytes.n ||
	    chunk.length > to->bytes.n - chunk.offset)
		return -EINVAL;
	vec_push(&to->chunks, chunk);
	return 0;
}

int console_stream(const char *consoles, const char *trial, struct stream *to)
{
	CLEANUP_FREE char *path = text_format("%s/%s.stamps", consoles, trial);
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	CLEANUP_FREE char *line = NULL;
	size_t n = 0, room = 0;

	to->bytes.at = console_read(consoles, trial, ".console", &n);
	if (!f || !to->bytes.at)
		return -ENOENT;
	to->bytes.n = n;
	to->bytes.room = n + 1;
	while (getline(&line, &room, f) > 0)
		if (add_chunk(to, line) != 0)
			return -EINVAL;
	return 0;
}
