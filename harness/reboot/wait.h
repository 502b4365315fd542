/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * wait.h - waiting for a boot to be over
 *
 * DOC: States
 *
 * Each state is read off what has come; nothing is remembered but when things came.
 *
 *	WAITING		no request yet; the machine rests. Not for a first boot.
 *	REBOOTING	the request came, ready did not.
 *	UP		ready came; what follows is not measured.
 *
 * and the wait is over, in this order of precedence, when
 *
 *	LOST		the recorder or the machine's process failed, or the data
 *			line is damaged;
 *	MACHINE_ENDED	the machine switched itself off, and was not up before;
 *	REFUSED		the machine says that the request was refused;
 *	REPORTED	the new system's data block is whole;
 *	PANICKED	a kernel did, by its mark, and its console has been silent since, or long
 *			enough, or the machine was reset. Console text of a panic may be
 *			forged and ends nothing: the wait goes on until ready or a time-out;
 *	RESET_LOOP	the machine was reset more often than any way does;
 *	TIMED_OUT	for too long no byte came, or no event. Time in which the machine waited
 *			for a processor does not count: a busy host makes no machine hang.
 */
#ifndef WAIT_H
#define WAIT_H

#include "lines.h"

/* How the wait for a reboot ended. */
enum ending {
	ENDING_NONE,			/* it goes on */
	ENDING_REPORTED,		/* the new system has sent all about itself */
	ENDING_REFUSED,
	ENDING_PANICKED,
	ENDING_TIMED_OUT,
	ENDING_MACHINE_ENDED,		/* it switched itself off */
	ENDING_RESET_LOOP,
	ENDING_LOST,			/* the recorder or the machine's process failed */
};

struct wait_limits {
	int64_t silence_ns;		/* without any byte */
	int64_t phase_ns;		/* without an event */
	int64_t rest_ns;		/* added to both while no request was seen */
};

/* A moment of the host's clock, and how long the machine had waited for a processor by then. */
struct wait_moment {
	int64_t ns, waited_ns;
};

struct wait {
	struct lines_mark since;
	struct wait_limits limits;
	unsigned int expected;		/* phases of the way, as bits */
	struct window window;
	struct machine_facts before;	/* what the machine had just before the request */
	struct data_item item;		/* the first other whole one; DATA_NOTHING: none yet */
	int64_t item_ns;		/* when the item was seen */
	int64_t broken_ns;		/* when the marks' connection was seen to end; 0: it has not */
	struct wait_moment byte, event;	/* when the newest one came, or the wait began */
	size_t events;			/* so many there were then */
};

/*
 * wait_begin() - begin to wait for a boot
 * @w:		filled in; end it with wait_end()
 * @since:	where it begins; zeroed for the first boot, for which no request is waited for
 * @expected:	bit 1 << phase for each phase of the way
 * @limits:	already scaled to the accelerator
 * @now:	when it begins
 */
void wait_begin(struct wait *w, const struct lines_mark *since, unsigned int expected,
		const struct wait_limits *limits, struct wait_moment now);

/*
 * wait_look() - whether the wait is over
 * @w:			a begun wait; its window is brought up to date
 * @l:			the machine's lines; only l->data_next changes
 * @recorder_fault:	positive errno of the recorder, or 0
 * @now_ns:		host clock, not before the newest byte
 *
 * Return: ENDING_NONE while it is not.
 */
enum ending wait_look(struct wait *w, struct lines *l, int recorder_fault, int64_t now_ns);

/*
 * wait_end() - free what a wait holds
 * @w:	the wait
 */
void wait_end(struct wait *w);

#endif /* WAIT_H */
