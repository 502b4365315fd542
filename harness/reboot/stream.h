/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * stream.h - the bytes of one line in order, each with the time it came
 *
 * The three lines out of a machine are listed in machine/recorder.h.
 */
#ifndef STREAM_H
#define STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"

enum recorder_line { RECORDER_CONSOLE, RECORDER_MARKS, RECORDER_DATA, RECORDER_LINES };

/* Bytes [offset, offset + length) of a line: there at ns, and not before the previous chunk. */
struct chunk {
	int64_t ns;		/* CLOCK_MONOTONIC */
	size_t offset;
	size_t length;
};

struct stream {
	VEC(uint8_t) bytes;
	VEC(struct chunk) chunks;
};

/*
 * stream_append() - add what one read gave
 * @s:		the stream
 * @bytes:	@n bytes; copied
 * @n:		how many; 0 does nothing
 * @ns:		when they were there; not before the last ones
 */
void stream_append(struct stream *s, const uint8_t *bytes, size_t n, int64_t ns);

/* Appends to *to what from holds beyond to->bytes.n; to holds a prefix of from, or is zeroed. */
void stream_catch_up(struct stream *to, const struct stream *from);

/* Host time at which byte offset of a stream was there; -1 if it never was. Binary search. */
int64_t stream_time(const struct stream *s, size_t offset);

/* The offset of the first byte that came at ns or later; s->bytes.n if none did. */
size_t stream_offset(const struct stream *s, int64_t ns);

/* Host time of the newest byte; -1 if there is none. */
int64_t stream_last(const struct stream *s);

/*
 * stream_free() - free what a stream holds
 * @s:	the stream; zeroed afterwards
 */
void stream_free(struct stream *s);

#endif /* STREAM_H */
