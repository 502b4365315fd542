/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lines.h - all that has come out of one machine so far
 */
#ifndef LINES_H
#define LINES_H

#include "data_line.h"
#include "phase.h"

struct lines {
	struct stream streams[RECORDER_LINES];
	event_vec marks, console, machine;	/* events of each line, in its order */
	struct mark_faults faults;
	size_t marks_next, console_next, data_next;	/* not yet read further */
};

/* Where one reboot begins in all of them. */
struct lines_mark {
	size_t marks, console, machine;
	struct mark_faults faults;
};

/* One reboot as seen so far; zeroed before the first lines_window(), freed by window_free(). */
struct window {
	event_vec events;		/* of all lines, in order of time, each reset once */
	unsigned int resets;
	struct phases phases;
	struct mark_faults faults;	/* in this window only */
	int64_t panic_ns;		/* -1: no kernel panicked */
	bool ended;			/* the machine switched itself off */
	bool crashed;			/* the machine's process died */
};

/* Reads off events what the streams hold beyond what was read before. Pure. */
void lines_decode(struct lines *l);

/*
 * Where the reboot behind the one that begins at since begins: at the request that came
 * after its ready, or at the end of what there is. Pure.
 */
struct lines_mark lines_next(const struct lines *l, const struct lines_mark *since);

/* What happened since that moment, for a way with these phases. Pure. */
void lines_window(const struct lines *l, const struct lines_mark *since, unsigned int expected,
		  struct window *w);

/*
 * window_free() - free what a window holds
 * @w:	the window
 */
void window_free(struct window *w);

/* Host time of the newest byte of any line; -1 if there is none. Pure. */
int64_t lines_last(const struct lines *l);

/*
 * lines_tail() - the console's last lines, for a message
 * @n:	how many, at most; empty ones do not count
 * Return: joined by " | ", to be freed; "" if there are none.
 */
char *lines_tail(const struct lines *l, unsigned int n);

/*
 * lines_free() - free what the lines hold
 * @l:	the lines
 */
void lines_free(struct lines *l);

#endif /* LINES_H */
