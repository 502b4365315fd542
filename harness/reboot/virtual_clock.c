// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtual_clock.c - events of a machine on its own clock
 *
 * DOC: A reset
 *
 * Between the instruction that asks for a reset and the reset vector no virtual time passes;
 * witness/plugin_clock.c makes sure of it. If that failed, the clock would have skipped some
 * milliseconds that the machine did not live, its timers would lie elsewhere in its seconds, and
 * everything after would be another machine's. So it is checked, by the stamps alone (more time
 * than instructions) and never by the result.
 */
#include "virtual_clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool parse_line(const char *line, size_t n, struct clock_stamp *stamp)
{
	char copy[64], word[8];
	int end = -1;

	if (n >= sizeof(copy))
		return false;
	memcpy(copy, line, n);
	copy[n] = '\0';
	if (sscanf(copy, "%7s %" SCNd64 " %" SCNd64 "%n", word, &stamp->instructions, &stamp->ns,
		   &end) != 3 || end != (int)n || stamp->instructions < 0 || stamp->ns < 0)
		return false;
	stamp->reset = !strcmp(word, "reset");
	return stamp->reset || !strcmp(word, "port");
}

bool virtual_clock_parse(const char *text, size_t n, clock_stamp_vec *to)
{
	const char *end = text + n, *newline;

	for (; text < end && (newline = memchr(text, '\n', end - text)); text = newline + 1) {
		struct clock_stamp stamp;

		if (!parse_line(text, newline - text, &stamp))
			return false;
		vec_push(to, stamp);
	}
	return true;
}

static int64_t in_unit(const struct clock_stamp *s, enum virtual_unit unit)
{
	return unit == VIRTUAL_NS ? s->ns : s->instructions;
}

/* Whether the clock went on while no instruction was executed. */
static bool skipped(const struct clock_stamp *before, const struct clock_stamp *after)
{
	int64_t ns = after->ns - before->ns;

	return ns % VIRTUAL_CLOCK_TICK_NS ||
	       ns / VIRTUAL_CLOCK_TICK_NS != after->instructions - before->instructions;
}

/* The resets from stamp i up to the next byte of a mark: the first is an event, none may skip. */
static const char *take_resets(const clock_stamp_vec *stamps, size_t *i, enum virtual_unit unit,
			       event_vec *to)
{
	for (size_t first = *i; *i < stamps->n && stamps->at[*i].reset; ++*i) {
		struct event reset = {
			.ns = in_unit(&stamps->at[*i], unit), .source = EVENT_MACHINE,
			.id = MACHINE_RESET, .by_plugin = true,
		};

		/* A machine begins at the reset vector, too. */
		if (*i == 0)
			continue;
		if (skipped(&stamps->at[*i - 1], &stamps->at[*i]))
			return "the virtual clock skipped while the host reset the machine";
		if (*i == first)
			vec_push(to, reset);
	}
	return NULL;
}

const char *virtual_clock_events(const event_vec *events, const clock_stamp_vec *stamps,
				 enum virtual_unit unit, event_vec *to)
{
	size_t i = 0, byte = 0;
	bool begun = false;

	for (size_t e = 0; e < events->n; e++) {
		struct event event = events->at[e];

		if (event.source != EVENT_MARK)
			continue;
		/* Bytes are stamped in the order in which they came out of the port. */
		for (; i < stamps->n && (stamps->at[i].reset || byte < event.offset); ) {
			const char *wrong = NULL;

			if (!stamps->at[i].reset) {
				byte++;
				i++;
			} else if (begun) {
				wrong = take_resets(stamps, &i, unit, to);
			} else {
				i++;
			}
			if (wrong)
				return wrong;
		}
		if (i == stamps->n)
			return "a mark has no stamp of the virtual clock";
		event.ns = in_unit(&stamps->at[i], unit);
		vec_push(to, event);
		begun = true;
	}
	return NULL;
}
