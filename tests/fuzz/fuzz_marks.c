// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_marks.c - bytes from the port of the marks, read in pieces
 *
 * Input: phases of the way (2 bytes), number of the reboot, then pieces: milliseconds since
 * the one before (bit 7: the machine was reset first), length, bytes.
 *
 * Reads: reboot/event.c reboot/stray.c reboot/phase.c reboot/lines.c
 */
#include <assert.h>

#include "base/clock.h"
#include "input.h"
#include "reboot/lines.h"
#include "reboot_marks.h"

#define RESET 0x80

static void take_piece(struct lines *l, struct input *in, int64_t *ns)
{
	struct stream *s = &l->streams[RECORDER_MARKS];
	unsigned int head = input_byte(in);
	struct input piece = input_part(in, input_byte(in));

	*ns += (int64_t)(head & ~RESET) * NS_PER_MS;
	if (head & RESET)
		vec_push(&l->machine, ((struct event){ .ns = *ns, .source = EVENT_MACHINE,
						       .id = MACHINE_RESET }));
	stream_append(s, piece.at, piece.n, *ns);
	input_trim(s);
	lines_decode(l);
	assert(l->marks_next <= s->bytes.n && s->bytes.n - l->marks_next < REBOOT_MARK_BYTES);
}

/* Where nothing is unknown, the phases add up to the latency. */
static void add_up(const struct phases *p)
{
	int64_t sum = 0;

	for (enum phase i = 0; i < PHASES; i++) {
		if (p->at[i].state == PHASE_UNKNOWN)
			return;
		sum += p->at[i].ns;
	}
	if (p->request_ns >= 0 && p->ready_ns >= 0)
		assert(sum == p->ready_ns - p->request_ns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int expected = input_phases(&in);
	struct lines_mark since = { .number = (int)input_byte(&in) }, next;
	struct lines l = { 0 };
	struct window w = { 0 };
	int64_t ns = NS_PER_S;

	while (in.n)
		take_piece(&l, &in, &ns);
	lines_window(&l, &since, expected, &w);
	add_up(&w.phases);
	next = lines_next(&l, &since, &w);
	assert(next.marks <= l.marks.n && next.machine <= l.machine.n);
	lines_window(&l, &next, expected, &w);
	window_free(&w);
	lines_free(&l);
	return 0;
}
