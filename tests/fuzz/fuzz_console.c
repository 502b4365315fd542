// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_console.c - text of a console: printk's lines, which of them count, what is out of place
 *
 * Input: phases of the way (2 bytes), number of the reboot, whether marks were set before,
 * milliseconds from one line to the next, the text.
 *
 * Reads: reboot/event.c reboot/printk_line.c reboot/sift.c reboot/stray.c reboot/lines.c
 * Reads: report/safe_text.c
 */
#include <assert.h>

#include "base/clock.h"
#include "input.h"
#include "reboot/lines.h"
#include "reboot/printk_line.h"
#include "report/safe_text.h"

/* Line after line, each at its time. */
static void write_lines(struct stream *to, struct input text, int64_t step_ns)
{
	for (int64_t ns = 0; text.n; ns += step_ns) {
		const uint8_t *newline = memchr(text.at, '\n', text.n);
		struct input line = input_part(&text, newline ? (size_t)(newline - text.at) + 1 :
						      text.n);
		struct printk_line split = printk_line_split((const char *)line.at,
							     (const char *)line.at + line.n);

		assert(split.text + split.length <= (const char *)line.at + line.n);
		stream_append(to, line.at, line.n, ns);
	}
	input_trim(to);
}

static void show(const struct lines *l)
{
	const struct stream *s = &l->streams[RECORDER_CONSOLE];
	CLEANUP_FREE char *tail = lines_tail(l, 3), *safe = safe_text(s->bytes.at, s->bytes.n, true);

	assert(strlen(last_lines(safe, 5)) <= strlen(safe));
	assert(!strchr(tail, '\n'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int expected = input_phases(&in);
	struct lines_mark since = { 0 };
	struct lines l = { 0 };
	int64_t step_ns;
	struct window w = { 0 };

	since.number = (int)input_byte(&in);
	since.running.marked = input_byte(&in) & 1;
	step_ns = (int64_t)input_byte(&in) * NS_PER_MS;
	write_lines(&l.streams[RECORDER_CONSOLE], in, step_ns);
	lines_decode(&l);
	lines_window(&l, &since, expected, &w);
	for (size_t i = 1; i < w.events.n; i++)
		assert(w.events.at[i - 1].ns <= w.events.at[i].ns);
	show(&l);
	window_free(&w);
	lines_free(&l);
	return 0;
}
