// SPDX-License-Identifier: GPL-2.0-only
/*
 * discards.c - resets as the emulator's plugin saw them
 */
#include "discards.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The time of one line, of which *reset tells whether it is a reset's; -1 if it is damaged. */
static int64_t parse_line(const char *line, size_t n, bool *reset)
{
	char copy[DISCARDS_LINE_BYTES], word[8];
	int64_t ns;
	int end = -1;

	if (n >= sizeof(copy))
		return -1;
	memcpy(copy, line, n);
	copy[n] = '\0';
	if (sscanf(copy, "%7[a-z] %18" SCNd64 "%n", word, &ns, &end) != 2 || end != (int)n)
		return -1;
	*reset = !strcmp(word, "reset");
	return *reset || !strcmp(word, "start") || !strcmp(word, "left") ? ns : -1;
}

size_t discards_resets(const char *text, size_t n, int64_t now_ns, int64_t *last_ns, event_vec *to)
{
	const char *at = text, *end = text + n, *newline;

	for (; at < end && (newline = memchr(at, '\n', end - at)); at = newline + 1) {
		struct event event = { .source = EVENT_MACHINE, .id = MACHINE_RESET,
				       .by_plugin = true };
		bool reset = false;

		event.ns = parse_line(at, newline - at, &reset);
		if (event.ns < *last_ns || event.ns > now_ns)
			continue;
		*last_ns = event.ns;
		if (reset)
			vec_push(to, event);
	}
	/* No line is as long as that. */
	return end - at < DISCARDS_LINE_BYTES ? at - text : end - text;
}
