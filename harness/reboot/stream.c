// SPDX-License-Identifier: GPL-2.0-only
/*
 * stream.c - the bytes of one line in order, each with the time it came
 *
 * A stream only grows. Chunks lie behind each other without a gap and their
 * times never go back, which is what the binary searches rest on.
 */
#include "stream.h"

#include <string.h>

#define FIRST_ROOM	(256 * 1024)	/* bytes before a stream must grow: one boot's console and more */

static void reserve(struct stream *s, size_t more)
{
	size_t room = s->bytes.room ? s->bytes.room : FIRST_ROOM;

	while (room - s->bytes.n < more)
		room *= 2;
	if (room == s->bytes.room)
		return;
	s->bytes.at = realloc(s->bytes.at, room);
	if (!s->bytes.at)
		abort();
	s->bytes.room = room;
}

static void append_bytes(struct stream *s, const uint8_t *bytes, size_t n)
{
	reserve(s, n);
	memcpy(s->bytes.at + s->bytes.n, bytes, n);
	s->bytes.n += n;
}

void stream_append(struct stream *s, const uint8_t *bytes, size_t n, int64_t ns)
{
	struct chunk chunk = { .ns = ns, .offset = s->bytes.n, .length = n };

	if (!n)
		return;
	append_bytes(s, bytes, n);
	vec_push(&s->chunks, chunk);
}

void stream_catch_up(struct stream *to, const struct stream *from)
{
	if (to->bytes.n < from->bytes.n)
		append_bytes(to, from->bytes.at + to->bytes.n, from->bytes.n - to->bytes.n);
	for (size_t i = to->chunks.n; i < from->chunks.n; i++)
		vec_push(&to->chunks, from->chunks.at[i]);
}

int64_t stream_time(const struct stream *s, size_t offset)
{
	size_t low = 0, high = s->chunks.n;

	if (offset >= s->bytes.n)
		return -1;
	/* The last chunk that begins at offset or before. */
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->chunks.at[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return s->chunks.at[low].ns;
}

size_t stream_offset(const struct stream *s, int64_t ns)
{
	size_t low = 0, high = s->chunks.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->chunks.at[middle].ns < ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low < s->chunks.n ? s->chunks.at[low].offset : s->bytes.n;
}

int64_t stream_last(const struct stream *s)
{
	return s->chunks.n ? s->chunks.at[s->chunks.n - 1].ns : -1;
}

void stream_free(struct stream *s)
{
	vec_free(&s->bytes);
	vec_free(&s->chunks);
}
