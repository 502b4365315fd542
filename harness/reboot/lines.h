/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lines.h - all that has come out of one machine so far
 */
#ifndef LINES_H
#define LINES_H

#include "data_line.h"
#include "phase.h"
#include "sift.h"
#include "stall.h"
#include "stray.h"

struct lines {
	struct stream streams[RECORDER_LINES];
	event_vec marks, console, machine;	/* events of each line, in its order */
	stall_vec stalls;
	int64_t waited_ns;			/* that the machine waited for a processor so far */
	struct mark_faults faults;
	size_t marks_next, console_next, data_next;	/* not yet read further */
};

/* Where one reboot begins in all of them. */
struct lines_mark {
	size_t marks, console, machine;
	struct mark_faults faults;
	int number;			/* of the reboot on this machine, from 1; 0: the first boot */
	struct running running;		/* the kernel that runs there */
};

/* A kernel that panicked and was not ready afterwards. */
struct panic {
	int64_t ns;			/* host clock; -1: none did */
	enum phase phase;		/* in which it did; PHASES: in none */
	bool on_console;		/* console text says so, not a mark */
	bool reset;			/* the machine was reset behind it */
};

/* One reboot as seen so far; zeroed before the first lines_window(), freed by window_free(). */
struct window {
	event_vec events;		/* of all lines, in order of time, that count; each reset once */
	unsigned int resets;
	struct phases phases;
	struct mark_faults faults;	/* in this window only */
	struct running running;		/* the kernel that was ready */
	struct stray stray;
	struct panic panic;
	bool ready_again;		/* it was ready, reset and ready again */
	struct stall stall;		/* the longest between request and ready; zeroed: there is none */
	int64_t still_ns;		/* of all stalls there together; what overlaps counts once */
	bool ended;			/* the machine switched itself off */
	bool crashed;			/* the machine's process died */
	bool paused;			/* its hypervisor stopped it for a while */
};

/* Reads off events what the streams hold beyond what was read before. Pure. */
void lines_decode(struct lines *l);

/*
 * Where the reboot behind the one that begins at since, of which w is the window, begins:
 * at the request that came after its ready, or at the end of what there is. Pure.
 */
struct lines_mark lines_next(const struct lines *l, const struct lines_mark *since,
			     const struct window *w);

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
