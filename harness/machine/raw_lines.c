// SPDX-License-Identifier: GPL-2.0-only
/*
 * raw_lines.c - the bytes of a machine's lines with their times, kept on disk
 */
#include "raw_lines.h"

#include <errno.h>
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
};

static FILE *create(const char *path, struct error **err)
{
	FILE *f = fopen(path, "we");

	if (!f)
		error_set(err, ERROR_HOST, errno, "cannot create %s", path);
	return f;
}

int raw_lines_open(struct raw_lines *r, const struct machine_files *f, struct error **err)
{
	*r = (struct raw_lines){ 0 };
	r->marks = create(f->marks, err);
	if (r->marks)
		r->stamps = create(f->stamps, err);
	return r->stamps ? 0 : -(*err)->code;
}

static void write_stamps(struct raw_lines *r, const struct lines *l)
{
	for (int line = 0; line < RECORDER_LINES; line++) {
		const struct stream *s = &l->streams[line];

		for (; r->chunks[line] < s->chunks.n; r->chunks[line]++) {
			const struct chunk *c = &s->chunks.at[r->chunks[line]];

			fprintf(r->stamps, "{\"line\":\"%s\",\"ns\":%" PRId64
				",\"offset\":%zu,\"length\":%zu}\n",
				line_names[line], c->ns, c->offset, c->length);
		}
	}
	for (; r->machine < l->machine.n; r->machine++) {
		const struct event *e = &l->machine.at[r->machine];

		fprintf(r->stamps, "{\"line\":\"machine\",\"ns\":%" PRId64 ",\"event\":\"%s\"}\n",
			e->ns, machine_events[e->id]);
	}
}

int raw_lines_write(struct raw_lines *r, const struct lines *l, struct error **err)
{
	const struct stream *marks = &l->streams[RECORDER_MARKS];
	size_t more = marks->bytes.n - r->marks_bytes;

	if (!r->stamps)
		return 0;
	if (more && fwrite(marks->bytes.at + r->marks_bytes, 1, more, r->marks) != more)
		return error_set(err, ERROR_HOST, errno, "cannot keep the marks");
	r->marks_bytes = marks->bytes.n;
	write_stamps(r, l);
	if (fflush(r->marks) || fflush(r->stamps) || ferror(r->stamps))
		return error_set(err, ERROR_HOST, errno, "cannot keep marks and stamps");
	return 0;
}

void raw_lines_close(struct raw_lines *r)
{
	cleanup_fclosep(&r->marks);
	cleanup_fclosep(&r->stamps);
	*r = (struct raw_lines){ 0 };
}
