// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_wait.c - all lines of a machine while it goes through a chain, as they come
 *
 * Input: phases of the way (2 bytes), then records: kind, time since the last one in units
 * of 100 us (2 bytes), length (2 bytes), bytes. Kinds 0 to 2 are the lines; 3: the machine is
 * reset, crashes, stops, or is paused, by the length; 4: it stood still for that time.
 *
 * Reads: reboot/wait.c reboot/lines.c reboot/sift.c reboot/stray.c reboot/event.c
 * Reads: reboot/phase.c reboot/data_line.c reboot/stream.c
 */
#include <assert.h>

#include "base/clock.h"
#include "input.h"
#include "reboot/wait.h"

#define KINDS (RECORDER_LINES + 2)

static const struct wait_limits limits = {
	.silence_ns = 2 * INT64_C(1000000000), .phase_ns = 4 * INT64_C(1000000000),
};

static void take_record(struct lines *l, struct input *in, int64_t *ns)
{
	unsigned int kind = input_byte(in) % KINDS;
	int64_t passed = (int64_t)input_number(in) * 100 * NS_PER_US;
	unsigned int n = input_number(in);
	struct input bytes = { 0 };

	*ns += passed;
	if (kind < RECORDER_LINES) {
		bytes = input_part(in, n);
		stream_append(&l->streams[kind], bytes.at, bytes.n, *ns);
		input_trim(&l->streams[kind]);
	} else if (kind == RECORDER_LINES) {
		vec_push(&l->machine, ((struct event){ .ns = *ns, .source = EVENT_MACHINE,
						       .id = 1 + (int)(n % MACHINE_PAUSED),
						       .by_plugin = n & 0x100 }));
	} else {
		vec_push(&l->stalls, ((struct stall){ .from_ns = *ns - passed, .to_ns = *ns }));
		l->waited_ns += passed;
	}
	lines_decode(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct lines_mark beginning = { 0 };
	struct input in = { data, size };
	unsigned int expected = input_phases(&in);
	struct lines_mark next;
	struct lines l = { 0 };
	struct wait w;
	int64_t ns = NS_PER_S;

	wait_begin(&w, &beginning, expected, &limits, (struct wait_moment){ .ns = ns });
	while (in.n) {
		take_record(&l, &in, &ns);
		if (wait_look(&w, &l, 0, ns) == ENDING_NONE)
			continue;
		assert(w.item.log_offset + w.item.log_bytes <= l.streams[RECORDER_DATA].bytes.n);
		next = lines_next(&l, &w.since, &w.window);
		wait_end(&w);
		wait_begin(&w, &next, expected, &limits, (struct wait_moment){ .ns = ns });
	}
	wait_end(&w);
	lines_free(&l);
	return 0;
}
