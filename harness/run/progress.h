/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * progress.h - what a person sees while a run goes on
 *
 * On a terminal one line that is drawn again and again, with a bar and the time
 * that is left; elsewhere (a pipe, a file, TERM=dumb) one line for each
 * reboot. Failed reboots get a line that stays in both. Colours only on a
 * terminal, and not when NO_COLOR is set to anything (https://no-color.org).
 *
 * The calls may come from any thread.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdio.h>

#include "base/error.h"
#include "reboot/sample.h"

struct progress;

/*
 * progress_new() - nothing planned yet
 * @out:	where it is shown; stays the caller's
 * @ways:	how many ways there are; each has a pace of its own
 * @parallel:	how many machines run side by side, at least 1
 * @exact_parallel: the same in the exact part of a run by both clocks; 0: it has none.
 *		In what follows way @ways + w is way w of that part.
 */
struct progress *progress_new(FILE *out, unsigned int ways, int parallel, int exact_parallel);

/* Takes the line away and frees; NULL is fine, here and below. */
void progress_free(struct progress *p);
DEFINE_CLEANUP(struct progress, progress_free)

/* One more machine with so many reboots is to be run; negative reboots: so many are not. */
void progress_plan(struct progress *p, unsigned int way, int machines, int reboots);

/* A phase began; label is the way with its variant. */
void progress_phase(struct progress *p, const char *label, int machine, int index,
		    enum phase phase);

/*
 * progress_sample() - a reboot ended
 * @seconds:	of wall time since the machine's start or its reboot before
 * @first:	the first of its machine, so seconds holds the machine's start too
 */
void progress_sample(struct progress *p, unsigned int way, const char *label,
		     const struct sample *sample, double seconds, bool first);

/* A line that stays. */
void progress_note(struct progress *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Draws again, with the time gone by; for a terminal, once a second. */
void progress_tick(struct progress *p);

/*
 * What is left, from what was measured. Of one way: reboots and machines still to
 * run, and the wall time of those that did.
 */
struct pace {
	int reboots_left, machines_left;
	int reboots, machines;		/* measured */
	double reboots_s, machines_s;	/* how long they took in all; machines: with their first reboot */
};

/*
 * pace_left() - seconds left. Pure.
 * A way of which nothing was measured yet is taken to be like the others.
 * Return: seconds; -1 when something is left and nothing was measured at all.
 */
double pace_left(const struct pace *paces, unsigned int n, int parallel);

/* "35 s", "3 min 20 s", "2 h 5 min" into to. Pure. */
void progress_duration(char *to, size_t size, double seconds);

/* What the one line on a terminal says. */
struct progress_view {
	int done, planned, failed;
	double left_s;			/* -1: not yet known */
	bool exact_follows;		/* and how long the exact part behind it takes is not known */
	const char *now;		/* what is going on, or "" */
};

/*
 * progress_line() - the line of a terminal, without its end. Pure.
 * @columns:	of the terminal; the line is shorter by one, so that it never wraps:
 *		first what is going on is left out, then the bar, then it is cut
 * @colour:	may hold colours, which take no column
 */
void progress_line(char *to, size_t size, const struct progress_view *view, unsigned int columns,
		   bool colour);

#endif /* PROGRESS_H */
