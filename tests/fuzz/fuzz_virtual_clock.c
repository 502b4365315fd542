// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_virtual_clock.c - the stamps of the clock's plugin, put on the marks of a machine
 *
 * Input: length of the marks (2 bytes), the marks, the plugin's text.
 *
 * Reads: reboot/virtual_clock.c
 */
#include <assert.h>

#include "input.h"
#include "reboot/virtual_clock.h"

static void put(const event_vec *events, const clock_stamp_vec *stamps, enum virtual_unit unit)
{
	event_vec to = { 0 };
	const char *wrong = virtual_clock_events(events, stamps, unit, &to);

	for (size_t i = 0; !wrong && i < to.n; i++)
		assert(to.at[i].ns >= 0);
	vec_free(&to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct input marks = input_part(&in, input_number(&in));
	CLEANUP_FREE char *text = input_copy(in, false);
	struct mark_faults faults = { 0 };
	clock_stamp_vec stamps = { 0 };
	event_vec events = { 0 };
	struct stream s = { 0 };

	stream_append(&s, marks.at, marks.n, 1);
	input_trim(&s);
	event_from_marks(&s, 0, &events, &faults);
	if (virtual_clock_parse(text, in.n, &stamps)) {
		put(&events, &stamps, VIRTUAL_NS);
		put(&events, &stamps, VIRTUAL_INSTRUCTIONS);
	}
	vec_free(&stamps);
	vec_free(&events);
	stream_free(&s);
	return 0;
}
