// SPDX-License-Identifier: GPL-2.0-only
/*
 * lines.c - all that has come out of one machine so far
 */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "reboot_marks.h"

void lines_decode(struct lines *l)
{
	l->marks_next = event_from_marks(&l->streams[RECORDER_MARKS], l->marks_next, &l->marks,
					 &l->faults);
	l->console_next = event_from_console(&l->streams[RECORDER_CONSOLE], l->console_next,
					     &l->console);
}

/* The first request from on that came at ns or later, or the end. */
static size_t next_request(const event_vec *events, size_t from, int64_t ns)
{
	for (size_t i = from; i < events->n; i++)
		if (events->at[i].id == REBOOT_MARK_REQUEST && events->at[i].ns >= ns)
			return i;
	return events->n;
}

/* What the machine did to itself after ready belongs to the next reboot. */
static size_t next_stop(const event_vec *machine, size_t from)
{
	while (from < machine->n && machine->at[from].id != MACHINE_STOPPED)
		from++;
	return from;
}

/* A machine that rests for no time may have asked for the next one already. */
struct lines_mark lines_next(const struct lines *l, const struct lines_mark *since,
			     const struct window *w)
{
	int64_t ready = w->phases.ready_ns;

	return (struct lines_mark){
		.marks = next_request(&l->marks, since->marks, ready),
		.console = next_request(&l->console, since->console, ready),
		.machine = next_stop(&l->machine, since->machine),
		.faults = l->faults,
		.number = since->number + 1,
		.running = w->running,
	};
}

static void append_from(event_vec *to, const event_vec *events, size_t from)
{
	for (size_t i = from; i < events->n; i++)
		vec_push(to, events->at[i]);
}

/* The panic at event i, unless its kernel was ready behind it; ns of -1 when it was. */
static struct panic panic_at(const event_vec *events, size_t i, unsigned int expected)
{
	const struct event *e = &events->at[i];
	struct panic panic = {
		.ns = e->ns, .phase = phases_of(events->at, i, expected).last_begun,
		.on_console = e->source == EVENT_CONSOLE,
	};
	bool left = false;

	for (i++; i < events->n; i++) {
		e = &events->at[i];
		if (e->source == EVENT_MACHINE)
			panic.reset |= e->id == MACHINE_RESET;
		left |= panic.reset ||
			(e->source != EVENT_MACHINE && e->id == REBOOT_MARK_KERNEL_ENTRY);
		if (!left && e->source != EVENT_MACHINE && e->id == REBOOT_MARK_READY)
			panic.ns = -1;
	}
	return panic;
}

/* The first panic. Console text of one that comes after ready is ignored: it had no effect. */
static struct panic find_panic(const struct window *w, unsigned int expected)
{
	struct panic panic = { .ns = -1, .phase = PHASES };

	for (size_t i = 0; i < w->events.n && panic.ns < 0; i++) {
		const struct event *e = &w->events.at[i];
		bool up = w->phases.ready_ns >= 0 && e->ns >= w->phases.ready_ns;

		if (e->source != EVENT_MACHINE && e->id == REBOOT_MARK_PANIC &&
		    !(up && e->source == EVENT_CONSOLE))
			panic = panic_at(&w->events, i, expected);
	}
	return panic;
}

/* Of two ready in one reboot that are not stray there is a reset between them. */
static bool is_ready_again(const event_vec *events)
{
	unsigned int ready = 0;

	for (size_t i = 0; i < events->n; i++)
		ready += events->at[i].source != EVENT_MACHINE &&
			 events->at[i].id == REBOOT_MARK_READY;
	return ready > 1;
}

static int by_begin(const void *a, const void *b)
{
	int64_t x = ((const struct stall *)a)->from_ns, y = ((const struct stall *)b)->from_ns;

	return (x > y) - (x < y);
}

/* The stalls that could have changed a time of the reboot: the longest, and all together. */
static void find_stalls(const stall_vec *stalls, struct window *w)
{
	const struct phases *p = &w->phases;
	stall_vec sorted = { 0 };
	int64_t end = INT64_MIN;

	w->stall = (struct stall){ 0 };
	w->still_ns = 0;
	for (size_t i = 0; i < stalls->n; i++)
		if (stalls->at[i].to_ns + STALL_ECHO_NS >= p->request_ns &&
		    (p->ready_ns < 0 || stalls->at[i].from_ns <= p->ready_ns))
			vec_push(&sorted, stalls->at[i]);
	if (sorted.n)
		qsort(sorted.at, sorted.n, sizeof(*sorted.at), by_begin);
	for (size_t i = 0; i < sorted.n; i++) {
		const struct stall *s = &sorted.at[i];
		int64_t from = s->from_ns > end ? s->from_ns : end;

		if (s->to_ns - s->from_ns > w->stall.to_ns - w->stall.from_ns)
			w->stall = *s;
		if (s->to_ns <= from)
			continue;
		w->still_ns += s->to_ns - from;
		end = s->to_ns;
	}
	vec_free(&sorted);
}

static void note(struct window *w, const struct event *e)
{
	if (e->source != EVENT_MACHINE)
		return;
	w->ended |= e->id == MACHINE_STOPPED;
	w->crashed |= e->id == MACHINE_CRASHED;
	w->paused |= e->id == MACHINE_PAUSED;
}

void lines_window(const struct lines *l, const struct lines_mark *since, unsigned int expected,
		  struct window *w)
{
	w->events.n = 0;
	w->ended = w->crashed = w->paused = false;
	append_from(&w->events, &l->marks, since->marks);
	append_from(&w->events, &l->console, since->console);
	append_from(&w->events, &l->machine, since->machine);
	event_sort(&w->events);
	w->resets = event_distinct_resets(&w->events);
	w->running = sift_console(&w->events, &since->running, since->number);
	w->stray = stray_take_out(&w->events);
	w->phases = phases_of(w->events.at, w->events.n, expected);
	w->panic = find_panic(w, expected);
	w->ready_again = is_ready_again(&w->events);
	find_stalls(&l->stalls, w);
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
	const char *begin = s->bytes.n ? (const char *)s->bytes.at : "";
	const char *end = begin + s->bytes.n, *at = end;
	char *text, *to;

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
	/* Any byte can become a " | ", for a line may hold carriage returns. */
	to = text = malloc(strlen(" | ") * (size_t)(end - at) + 1);
	if (!text)
		abort();
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
	vec_free(&l->stalls);
}
