// SPDX-License-Identifier: GPL-2.0-only
/*
 * stray.c - marks that come where no reboot sets them
 */
#include "stray.h"

#include "reboot_marks.h"

struct course {
	bool requested;
	bool up;		/* a ready was in place */
	bool entered;		/* a kernel, behind the request if there was one */
	bool init, ready;	/* of that kernel */
};

static struct stray check_first(int id, bool entered, bool *had)
{
	struct stray s = { .id = entered && !*had ? 0 : id, .again = entered };

	*had |= entered;
	return s;
}

/* Return: what is wrong with the event; id 0 when it is in place. */
static struct stray check(struct course *c, const struct event *e)
{
	struct stray s = { 0 };

	switch (e->id) {
	case REBOOT_MARK_REQUEST:
		s = (struct stray){ .id = c->requested ? e->id : 0, .again = true };
		c->requested = true;
		c->entered = false;
		break;
	case REBOOT_MARK_KERNEL_ENTRY:
		c->entered = true;
		c->init = c->ready = false;
		break;
	case REBOOT_MARK_PID1:
		s = check_first(e->id, c->entered, &c->init);
		break;
	case REBOOT_MARK_READY:
		s = check_first(e->id, c->entered, &c->ready);
		c->up |= c->entered;
		break;
	default:
		break;
	}
	return s;
}

struct stray stray_take_out(event_vec *events)
{
	struct stray first = { 0 };
	struct course course = { 0 };
	bool next = false;
	size_t kept = 0;

	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->at[i];
		struct stray s = { 0 };

		next |= e->source != EVENT_MACHINE && e->id == REBOOT_MARK_REQUEST && course.up;
		if (e->source != EVENT_MACHINE && !next)
			s = check(&course, e);
		if (s.id && !first.id)
			first = s;
		if (!s.id)
			events->at[kept++] = *e;
	}
	events->n = kept;
	return first;
}
