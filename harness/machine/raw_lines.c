// SPDX-License-Identifier: GPL-2.0-only
/*
 * raw_lines.c - the bytes of a machine's lines with their times, kept on disk
 */
#include "raw_lines.h"

#include <inttypes.h>

static const char *const line_names[RECORDER_LINES] = {
	[RECORDER_CONSOLE] = "console",
	[RECORDER_MARKS] = "marks",
	[RECORDER_DATA] = "data",
};

static const char *const machine_events[] = {
	[MACHINE_RESET] = "reset",
	[MACHINE_CRASHED] = "crashed",
	[MACHINE_STOPPED] = "stopped",
	[MACHINE_PAUSED] = "paused",
};

static const char *const stall_names[] = {
	[STALL_RECORDER] = "recorder",
	[STALL_MACHINE] = "machine",
	[STALL_HOST] = "host",
};

int raw_lines_open(struct raw_lines *r, const struct machine_files *f, struct error **err)
{
	int rc;

	*r = (struct raw_lines){ 0 };
	rc = output_file_open_live(&r->marks, f->marks, err);
	return rc ? rc : output_file_open_live(&r->stamps, f->stamps, err);
}

static void write_stamps(struct raw_lines *r, const struct lines *l)
{
	for (int line = 0; line < RECORDER_LINES; line++) {
		const struct stream *s = &l->streams[line];

		for (; r->chunks[line] < s->chunks.n; r->chunks[line]++) {
			const struct chunk *c = &s->chunks.at[r->chunks[line]];

			fprintf(r->stamps.f, "{\"line\":\"%s\",\"ns\":%" PRId64
				",\"offset\":%zu,\"length\":%zu}\n",
				line_names[line], c->ns, c->offset, c->length);
		}
	}
	for (; r->machine < l->machine.n; r->machine++) {
		const struct event *e = &l->machine.at[r->machine];

		fprintf(r->stamps.f, "{\"line\":\"machine\",\"ns\":%" PRId64 ",\"event\":\"%s\"%s}\n",
			e->ns, machine_events[e->id], e->by_plugin ? ",\"by\":\"plugin\"" : "");
	}
	for (; r->stalls < l->stalls.n; r->stalls++) {
		const struct stall *s = &l->stalls.at[r->stalls];

		fprintf(r->stamps.f, "{\"line\":\"stall\",\"of\":\"%s\",\"ns\":%" PRId64
			",\"until\":%" PRId64 "}\n", stall_names[s->of], s->from_ns, s->to_ns);
	}
}

int raw_lines_write(struct raw_lines *r, const struct lines *l, struct error **err)
{
	const struct stream *marks = &l->streams[RECORDER_MARKS];
	int rc;

	if (!r->stamps.f)
		return 0;
	fwrite(marks->bytes.at + r->marks_bytes, 1, marks->bytes.n - r->marks_bytes, r->marks.f);
	r->marks_bytes = marks->bytes.n;
	write_stamps(r, l);
	rc = output_file_flush(&r->marks, err);
	return rc ? rc : output_file_flush(&r->stamps, err);
}

void raw_lines_close(struct raw_lines *r)
{
	output_file_drop(&r->marks);
	output_file_drop(&r->stamps);
	*r = (struct raw_lines){ 0 };
}
