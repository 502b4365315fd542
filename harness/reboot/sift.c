// SPDX-License-Identifier: GPL-2.0-only
/*
 * sift.c - which console lines count as events
 */
#include "sift.h"

#include "base/clock.h"
#include "reboot_marks.h"

/* A kernel's clock may be so much too fast before it is calibrated. */
#define CLOCK_ERROR_SHARE	8
#define CLOCK_ERROR_NS		(100 * NS_PER_MS)

struct sifter {
	enum { NOBODY, MARKED, OLD, NEW } running;	/* OLD and NEW set no marks */
	int number;
	int64_t left_ns;		/* host time at which what ran before was left */
	/* Stamps of lines of the running kernel that counted. */
	int64_t step_ns;		/* the step before: its first program, or ready; 0: none */
	int64_t said_ns;		/* the last request or ready; -1: none */
};

/* A mark that only a kernel with marks, or a program that runs on one, can set. */
static bool tells_a_marked_kernel(const struct event *e)
{
	return e->source == EVENT_MARK &&
	       (e->id == REBOOT_MARK_KERNEL_ENTRY || e->id >= REBOOT_MARK_SETUP_DONE);
}

static bool leaves_the_kernel(const struct event *e)
{
	return e->source == EVENT_MACHINE ? e->id == MACHINE_RESET :
					    e->id == REBOOT_MARK_NO_RETURN;
}

/* Whether the kernel that runs from event i on sets marks, by marks and resets alone. */
static bool is_marked(const event_vec *events, size_t i)
{
	for (; i < events->n; i++) {
		const struct event *e = &events->at[i];

		if (tells_a_marked_kernel(e))
			return true;
		if (e->source != EVENT_CONSOLE && leaves_the_kernel(e))
			break;
	}
	return false;
}

/* Whether a line can be of now: not of a kernel that ran for longer, nor of an earlier step. */
static bool is_in_time(const struct sifter *s, const struct event *e)
{
	int64_t passed = e->ns - s->left_ns;

	return e->printk_ns >= s->step_ns &&
	       e->printk_ns <= passed + passed / CLOCK_ERROR_SHARE + CLOCK_ERROR_NS;
}

/* A request or ready of this reboot, and no copy of the line that counted. */
static bool is_said(const struct sifter *s, const struct event *e)
{
	return e->number == s->number && e->printk_ns != s->said_ns;
}

static bool counts_of_the_old(const struct sifter *s, const struct event *e)
{
	switch (e->id) {
	case REBOOT_MARK_REQUEST:
		return is_said(s, e);
	case REBOOT_MARK_SERVICES_STOPPED:
	case REBOOT_MARK_NO_RETURN:
		return s->said_ns >= 0 && e->printk_ns >= s->said_ns;
	default:
		return false;
	}
}

static bool counts_of_the_new(const struct sifter *s, const struct event *e)
{
	switch (e->id) {
	case REBOOT_MARK_PID1:
		return !s->step_ns;
	case REBOOT_MARK_READY:
		return is_said(s, e);
	default:
		return e->id == REBOOT_MARK_PANIC;
	}
}

static bool counts(const struct sifter *s, const struct event *e)
{
	switch (s->running) {
	case NOBODY:
		return e->id == REBOOT_MARK_DECOMPRESS_ENTRY ||
		       (e->id == REBOOT_MARK_KERNEL_ENTRY && is_in_time(s, e));
	case OLD:
		return is_in_time(s, e) && counts_of_the_old(s, e);
	case NEW:
		return is_in_time(s, e) && counts_of_the_new(s, e);
	default:
		return false;
	}
}

/* Who runs after event i, which counted. */
static void follow(struct sifter *s, const event_vec *events, size_t i)
{
	const struct event *e = &events->at[i];
	bool console = e->source == EVENT_CONSOLE;

	if (console && e->id == REBOOT_MARK_KERNEL_ENTRY)
		s->running = NEW;
	if (console && e->id == REBOOT_MARK_PID1)
		s->step_ns = e->printk_ns;
	if (console && (e->id == REBOOT_MARK_REQUEST || e->id == REBOOT_MARK_READY))
		s->said_ns = e->printk_ns;
	if (tells_a_marked_kernel(e))
		s->running = MARKED;
	if (leaves_the_kernel(e)) {
		s->running = is_marked(events, i + 1) ? MARKED : NOBODY;
		s->left_ns = e->ns;
		s->step_ns = 0;
		s->said_ns = -1;
	}
	/* Nearer to the kernel than the reset, or than power-on, of which nobody knows the time. */
	if (e->source == EVENT_MARK && e->id == REBOOT_MARK_BOOT_SECTOR)
		s->left_ns = e->ns;
}

static bool is_ready(const struct event *e)
{
	return e->source != EVENT_MACHINE && e->id == REBOOT_MARK_READY;
}

static struct running running_now(const struct sifter *s)
{
	return (struct running){
		.marked = s->running == MARKED, .left_ns = s->left_ns,
		.ready_ns = s->said_ns > 0 ? s->said_ns : 0,
	};
}

struct running sift_console(event_vec *events, const struct running *at_begin, int number)
{
	struct sifter s = {
		.running = at_begin->marked ? MARKED : OLD, .number = number,
		.left_ns = at_begin->left_ns, .step_ns = at_begin->ready_ns, .said_ns = -1,
	};
	struct running up = { 0 };
	bool ready = false;
	size_t kept = 0;

	if (!number)
		s.running = is_marked(events, 0) ? MARKED : NOBODY;
	/* is_marked() looks ahead only, and what is kept lies behind i. */
	for (size_t i = 0; i < events->n; i++) {
		if (events->at[i].source == EVENT_CONSOLE && !counts(&s, &events->at[i]))
			continue;
		follow(&s, events, i);
		if (!ready && is_ready(&events->at[i])) {
			ready = true;
			up = running_now(&s);
		}
		events->at[kept++] = events->at[i];
	}
	events->n = kept;
	return up;
}
