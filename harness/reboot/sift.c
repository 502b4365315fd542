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
/* A line may come so much later than its stamp says. A kernel is up for longer when it is left. */
#define LINE_LATE_NS		(1 * NS_PER_S)

struct sifter {
	enum { NOBODY, MARKED, OLD, NEW } running;	/* OLD and NEW set no marks */
	int number;
	int64_t left_ns;		/* host time at which what ran before was left */
	/* Stamps of lines of the running kernel that counted. */
	int64_t step_ns;		/* the step before: its first program, or ready; 0: none */
	int64_t said_ns;		/* the last ready; -1: none */
	struct old {
		bool may_run;		/* only text says that it does not */
		int64_t left_ns;	/* as above, before it was */
		int64_t asked_ns;	/* host time of its request */
		int64_t requested_ns, stopped_ns, words_ns;	/* stamps of its lines; -1: none */
	} old;
};

static const struct old nothing_said = {
	.requested_ns = -1, .stopped_ns = -1, .words_ns = -1,
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

/* Whether a kernel can have run so long at a line, if what ran before it was left then. */
static bool is_as_old(const struct event *e, int64_t left_ns)
{
	int64_t passed = e->ns - left_ns;

	return e->printk_ns <= passed + passed / CLOCK_ERROR_SHARE + CLOCK_ERROR_NS;
}

/*
 * Whether a line can be of now: not of a kernel that ran for longer, nor of an earlier step. The
 * step may be forged: a ready behind ready contradicts it.
 */
static bool is_in_time(const struct sifter *s, const struct event *e)
{
	bool contradicts = e->id == REBOOT_MARK_READY && s->said_ns >= 0;

	return (contradicts || e->printk_ns >= s->step_ns) && is_as_old(e, s->left_ns);
}

/* A line of a kernel that goes down, and no copy of the one that counted. */
static bool counts_of_the_old(const struct sifter *s, const struct event *e)
{
	const struct old *o = &s->old;

	switch (e->id) {
	case REBOOT_MARK_REQUEST:
		return e->number == s->number && e->printk_ns != o->requested_ns;
	case REBOOT_MARK_SERVICES_STOPPED:
		return o->requested_ns >= 0 && e->printk_ns >= o->requested_ns &&
		       e->printk_ns != o->stopped_ns;
	case REBOOT_MARK_NO_RETURN:
		return o->requested_ns >= 0 && e->printk_ns >= o->requested_ns &&
		       e->printk_ns != o->words_ns;
	default:
		return false;
	}
}

/*
 * Whether the kernel whose last words counted says more, by its own clock: they were somebody
 * else's. Behind ready that is not asked: a ready that was forged has the true one behind it.
 */
static bool goes_on(const struct sifter *s, const struct event *e)
{
	int64_t passed = e->ns - s->old.asked_ns, its = e->printk_ns - s->old.requested_ns;

	return s->old.may_run && s->said_ns < 0 && is_as_old(e, s->old.left_ns) &&
	       its >= passed - passed / CLOCK_ERROR_SHARE - LINE_LATE_NS &&
	       counts_of_the_old(s, e);
}

static bool counts_of_the_new(const struct sifter *s, const struct event *e)
{
	switch (e->id) {
	case REBOOT_MARK_PID1:
		return !s->step_ns;
	case REBOOT_MARK_READY:
		/* No copy of the line that counted. */
		return e->number == s->number && e->printk_ns != s->said_ns;
	default:
		return e->id == REBOOT_MARK_PANIC;
	}
}

static bool counts(const struct sifter *s, const struct event *e)
{
	if (goes_on(s, e))
		return true;
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

/* The old kernel's lines, each by its stamp; its last words may be anybody's. */
static void follow_the_old(struct sifter *s, const struct event *e)
{
	struct old *o = &s->old;

	if (e->id == REBOOT_MARK_REQUEST) {
		o->requested_ns = e->printk_ns;
		o->asked_ns = e->ns;
	}
	if (e->id == REBOOT_MARK_SERVICES_STOPPED)
		o->stopped_ns = e->printk_ns;
	if (e->id != REBOOT_MARK_NO_RETURN)
		return;
	o->words_ns = e->printk_ns;
	if (!o->may_run)
		o->left_ns = s->left_ns;
	o->may_run = true;
}

/* Who runs after event i, which counted. */
static void follow(struct sifter *s, const event_vec *events, size_t i)
{
	const struct event *e = &events->at[i];
	bool console = e->source == EVENT_CONSOLE;

	if (console)
		follow_the_old(s, e);
	else if (leaves_the_kernel(e) || tells_a_marked_kernel(e))
		s->old = nothing_said;
	if (console && e->id == REBOOT_MARK_KERNEL_ENTRY)
		s->running = NEW;
	if (console && e->id == REBOOT_MARK_PID1)
		s->step_ns = e->printk_ns;
	if (console && e->id == REBOOT_MARK_READY)
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
		.old = nothing_said,
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
