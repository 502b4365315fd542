/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * input.h - the bytes of a fuzzer's input, taken apart from the front
 *
 * A copy is exactly as long as what it holds, so that the sanitizer sees a read beyond it.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "reboot/phase.h"
#include "reboot/stream.h"

/* Of each fuzzer: libFuzzer calls it, and so does replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is not taken yet. */
struct input {
	const uint8_t *at;
	size_t n;
};

/* The next byte; 0 behind the end. */
static inline unsigned int input_byte(struct input *in)
{
	if (!in->n)
		return 0;
	in->n--;
	return *in->at++;
}

/* A number of two bytes, the high one first. */
static inline unsigned int input_number(struct input *in)
{
	unsigned int high = input_byte(in);

	return high << 8 | input_byte(in);
}

/* Bits 1 << phase, for what a way has. */
static inline unsigned int input_phases(struct input *in)
{
	return input_number(in) & ((1u << PHASES) - 1);
}

/* The next n bytes, or as many as there are. */
static inline struct input input_part(struct input *in, size_t n)
{
	struct input part = { in->at, n < in->n ? n : in->n };

	in->at += part.n;
	in->n -= part.n;
	return part;
}

/* A copy of a part; a zero stands behind it for @terminated. To be freed. */
static inline char *input_copy(struct input part, bool terminated)
{
	char *copy = malloc(part.n + terminated);

	if (!copy && part.n + terminated)
		abort();
	if (part.n)
		memcpy(copy, part.at, part.n);
	if (terminated)
		copy[part.n] = '\0';
	return copy;
}

/* A stream without the room that it keeps for more bytes. */
static inline void input_trim(struct stream *s)
{
	uint8_t *bytes = s->bytes.n ? realloc(s->bytes.at, s->bytes.n) : NULL;

	if (!s->bytes.n)
		return;
	if (!bytes)
		abort();
	s->bytes.at = bytes;
	s->bytes.room = s->bytes.n;
}

#endif /* INPUT_H */
