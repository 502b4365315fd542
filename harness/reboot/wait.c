// SPDX-License-Identifier: GPL-2.0-only
/*
 * wait.c - waiting for a boot to be over
 */
#include "wait.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"

/* A panicking console is over when it was silent so long, or after so long at most. */
#define PANIC_SILENCE_NS	(INT64_C(200) * NS_PER_MS)
#define PANIC_LENGTH_NS		(INT64_C(5) * NS_PER_S)

/*
 * The ready mark, or line, may be read after the block that the machine sends behind it. A line
 * that came before may be forged, and the true one still on its way.
 */
#define READY_GRACE_NS		(INT64_C(200) * NS_PER_MS)

/* The marks' connection ends before libvirt tells that the machine did: 0.1 s, on a busy host seconds. */
#define END_GRACE_NS		(INT64_C(20) * NS_PER_S)

/* Then it is a loop, whatever the way; verdict.c has the last word. */
#define RESETS_MAX		3

void wait_begin(struct wait *w, const struct lines_mark *since, unsigned int expected,
		const struct wait_limits *limits, struct wait_moment now)
{
	*w = (struct wait){
		.since = *since,
		.limits = *limits,
		.expected = expected,
		.byte = now,
		.event = now,
	};
}

void wait_end(struct wait *w)
{
	window_free(&w->window);
}

/* Takes what the machine says ahead of the request, then the item that says how it ended. */
static void take_items(struct wait *w, struct lines *l, int64_t now)
{
	while (w->item.kind == DATA_NOTHING) {
		struct data_item item;

		l->data_next = data_line_next(&l->streams[RECORDER_DATA], l->data_next, &item);
		if (item.kind == DATA_NOTHING)
			return;
		if (item.kind == DATA_REQUEST) {
			if (item.k == w->since.number)
				w->before = item.facts;
			continue;
		}
		w->item = item;
		w->item_ns = now;
	}
}

static bool is_up(const struct wait *w)
{
	return w->item.kind == DATA_BOOT && w->window.phases.ready_ns >= 0;
}

/* The connection of the marks ends with the machine; libvirt says how that came about. */
static enum ending why_it_broke(struct wait *w, int recorder_fault, int64_t now)
{
	if (w->window.crashed || w->item.kind == DATA_DAMAGED)
		return ENDING_LOST;
	/* It was up, and said all, before it switched itself off. */
	if (is_up(w) && (w->window.ended || recorder_fault == EPIPE))
		return ENDING_NONE;
	if (w->window.ended)
		return ENDING_MACHINE_ENDED;
	if (!recorder_fault)
		return ENDING_NONE;
	if (recorder_fault != EPIPE)
		return ENDING_LOST;
	if (!w->broken_ns)
		w->broken_ns = now;
	return now - w->broken_ns > END_GRACE_NS ? ENDING_LOST : ENDING_NONE;
}

static bool panic_is_over(const struct wait *w, const struct lines *l, int64_t now)
{
	int64_t last = stream_last(&l->streams[RECORDER_CONSOLE]);
	const struct panic *panic = &w->window.panic;

	if (panic->ns < 0 || panic->on_console)
		return false;
	return panic->reset || now - (last > panic->ns ? last : panic->ns) > PANIC_SILENCE_NS ||
	       now - panic->ns > PANIC_LENGTH_NS;
}

/* Notes when the newest byte came, and the newest event. */
static void note_progress(struct wait *w, const struct lines *l, int64_t now)
{
	int64_t last = lines_last(l);

	if (last > w->byte.ns)
		w->byte = (struct wait_moment){ last, l->waited_ns };
	if (w->window.events.n > w->events) {
		w->events = w->window.events.n;
		w->event = (struct wait_moment){ now, l->waited_ns };
	}
}

/* Time that the machine had since then, whether or not it used a processor. */
static int64_t time_since(const struct wait_moment *then, const struct lines *l, int64_t now)
{
	return now - then->ns - (l->waited_ns - then->waited_ns);
}

static bool time_is_up(const struct wait *w, const struct lines *l, int64_t now)
{
	bool resting = w->since.number && w->window.phases.request_ns < 0;
	int64_t rest = resting ? w->limits.rest_ns : 0;

	return time_since(&w->byte, l, now) > w->limits.silence_ns + rest ||
	       time_since(&w->event, l, now) > w->limits.phase_ns + rest;
}

enum ending wait_look(struct wait *w, struct lines *l, int recorder_fault, int64_t now_ns)
{
	enum ending broken;

	take_items(w, l, now_ns);
	lines_window(l, &w->since, w->expected, &w->window);
	note_progress(w, l, now_ns);
	broken = why_it_broke(w, recorder_fault, now_ns);
	if (broken != ENDING_NONE)
		return broken;
	if (w->item.kind == DATA_REFUSED)
		return ENDING_REFUSED;
	if ((is_up(w) && !w->window.phases.ready_on_console) ||
	    (w->item.kind == DATA_BOOT && now_ns - w->item_ns > READY_GRACE_NS))
		return ENDING_REPORTED;
	if (panic_is_over(w, l, now_ns))
		return ENDING_PANICKED;
	if (w->window.resets >= RESETS_MAX)
		return ENDING_RESET_LOOP;
	if (!time_is_up(w, l, now_ns))
		return ENDING_NONE;
	return recorder_fault ? ENDING_LOST : ENDING_TIMED_OUT;
}
