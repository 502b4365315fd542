// SPDX-License-Identifier: GPL-2.0-only
/*
 * lines.c - all that has come out of one machine so far
 */
#include "lines.h"

#include <string.h>

#include "reboot_marks.h"

void lines_decode(struct lines *l)
{
	l->marks_next = event_from_marks(&l->streams[RECORDER_MARKS], l->marks_next, &l->marks,
					 &l->faults);
	l->console_next = event_from_console(&l->streams[RECORDER_CONSOLE], l->console_next,
					     &l->console);
}

/* The first request behind the first ready from on, or the end. */
static size_t next_request(const event_vec *events, size_t from)
{
	bool ready = false;

	for (size_t i = from; i < events->n; i++) {
		if (ready && events->at[i].id == REBOOT_MARK_REQUEST)
			return i;
		ready |= events->at[i].id == REBOOT_MARK_READY;
	}
	return events->n;
}

/* A machine that rests for no time may have asked for the next one already. */
struct lines_mark lines_next(const struct lines *l, const struct lines_mark *since)
{
	return (struct lines_mark){
		.marks = next_request(&l->marks, since->marks),
		.console = next_request(&l->console, since->console),
		.machine = l->machine.n,
		.faults = l->faults,
	};
}

static void append_from(event_vec *to, const event_vec *events, size_t from)
{
	for (size_t i = from; i < events->n; i++)
		vec_push(to, events->at[i]);
}

static void note(struct window *w, const struct event *e)
{
	if (e->source != EVENT_MACHINE) {
		if (e->id == REBOOT_MARK_PANIC && w->panic_ns < 0)
			w->panic_ns = e->ns;
		return;
	}
	w->ended |= e->id == MACHINE_STOPPED;
	w->crashed |= e->id == MACHINE_CRASHED;
}

void lines_window(const struct lines *l, const struct lines_mark *since, unsigned int expected,
		  struct window *w)
{
	w->events.n = 0;
	w->panic_ns = -1;
	w->ended = w->crashed = false;
	append_from(&w->events, &l->marks, since->marks);
	append_from(&w->events, &l->console, since->console);
	append_from(&w->events, &l->machine, since->machine);
	event_sort(&w->events);
	w->resets = event_distinct_resets(&w->events);
	w->phases = phases_of(w->events.at, w->events.n, expected);
	w->faults = (struct mark_faults){
		.lost = l->faults.lost - since->faults.lost,
		.damaged = l->faults.damaged - since->faults.damaged,
		.unknown = l->faults.unknown - since->faults.unknown,
	};
	for (size_t i = 0; i < w->events.n; i++)
		note(w, &w->events.at[i]);
}

void window_free(struct window *w)
{
	vec_free(&w->events);
}

int64_t lines_last(const struct lines *l)
{
	int64_t last = -1;

	for (int line = 0; line < RECORDER_LINES; line++)
		if (stream_last(&l->streams[line]) > last)
			last = stream_last(&l->streams[line]);
	return last;
}

char *lines_tail(const struct lines *l, unsigned int n)
{
	const struct stream *s = &l->streams[RECORDER_CONSOLE];
	const char *begin = (const char *)s->bytes.at, *end = begin + s->bytes.n, *at = end;
	char *text = malloc((size_t)(end - begin) + 3 * (size_t)n + 1), *to = text;

	if (!text)
		abort();
	/* Back over n lines that hold something. */
	for (bool full = false; at > begin; at--) {
		if (at[-1] != '\n') {
			full |= at[-1] != '\r' && at[-1] != ' ';
			continue;
		}
		if (full && !--n)
			break;
		full = false;
	}
	for (bool gap = false; at < end; at++) {
		if (*at == '\n' || *at == '\r' || *at == '\0') {
			gap = true;
			continue;
		}
		if (gap && to > text)
			to = stpcpy(to, " | ");
		gap = false;
		*to++ = *at;
	}
	*to = '\0';
	return text;
}

void lines_free(struct lines *l)
{
	for (int line = 0; line < RECORDER_LINES; line++)
		stream_free(&l->streams[line]);
	vec_free(&l->marks);
	vec_free(&l->console);
	vec_free(&l->machine);
}
