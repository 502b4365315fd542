// SPDX-License-Identifier: GPL-2.0-only
/*
 * stray.c - marks that come where no reboot sets them
 */
#include "stray.h"

#include "reboot_marks.h"

#define BIT(place) (1u << (place))

enum place {
	NOWHERE,
	REQUESTED, STOPPED, LEFT,
	BIOS, SECTOR, DECOMPRESSOR, ENTERED,
	SETUP, INITCALLS, INIT, UP,
};

static const enum place places[] = {
	[REBOOT_MARK_REQUEST] = REQUESTED,
	[REBOOT_MARK_SERVICES_STOPPED] = STOPPED,
	[REBOOT_MARK_NO_RETURN] = LEFT,
	[REBOOT_MARK_BIOS_CALL] = BIOS,
	[REBOOT_MARK_BOOT_SECTOR] = SECTOR,
	[REBOOT_MARK_DECOMPRESS_ENTRY] = DECOMPRESSOR,
	[REBOOT_MARK_KERNEL_ENTRY] = ENTERED,
	[REBOOT_MARK_SETUP_DONE] = SETUP,
	[REBOOT_MARK_INITCALLS] = INITCALLS,
	[REBOOT_MARK_PID1] = INIT,
	[REBOOT_MARK_READY] = UP,
};

struct course {
	unsigned int seen;	/* bit of each place since the request, or the last boot by a reset */
	int last;		/* the last mark in place; 0: none */
	enum place at;		/* its place */
	enum event_source told;	/* who said so */
	unsigned int loads;	/* how many load_begin are open */
	bool requested;
	bool free;		/* a kernel may be entered although no_return was not seen */
	bool reset;		/* there was one, and no boot behind it yet */
	bool up;		/* a ready was in place */
};

static enum place place_of(const struct event *e)
{
	return (size_t)e->id < sizeof(places) / sizeof(places[0]) ? places[e->id] : NOWHERE;
}

static bool is_reset(const struct event *e)
{
	return e->source == EVENT_MACHINE && e->id == MACHINE_RESET;
}

static bool is_boot(enum place p)
{
	return p >= SECTOR && p <= ENTERED;
}

/* No program can have touched anything: a kernel may boot the next one by itself. */
static bool runs_no_program(const struct course *c)
{
	return c->at >= ENTERED && c->at < INIT;
}

/* Whether a reset ends the kernel that runs at event i. */
static bool is_reset_next(const event_vec *events, size_t i)
{
	for (i++; i < events->n; i++) {
		if (is_reset(&events->at[i]))
			return true;
		if (events->at[i].source != EVENT_MACHINE && is_boot(place_of(&events->at[i])))
			break;
	}
	return false;
}

/* Whether libvirt told only after event i, a boot sector, of the reset that led to it. */
static bool is_reset_late(const event_vec *events, size_t i)
{
	int64_t until = events->at[i].ns + RESET_LATE_NS;

	for (i++; i < events->n && events->at[i].ns <= until; i++)
		if (is_reset(&events->at[i]))
			return true;
	return false;
}

/* Whether the kernel that runs at event i goes on behind it, as its next mark shows. */
static bool is_still_here(const event_vec *events, size_t i)
{
	enum place next = NOWHERE;

	for (i++; i < events->n && next == NOWHERE; i++)
		if (events->at[i].source != EVENT_MACHINE)
			next = place_of(&events->at[i]);
	return next > ENTERED;
}

/* Whether the request at event i is that of the next reboot: this one's ready is not behind it. */
static bool begins_the_next(const event_vec *events, size_t i)
{
	for (i++; i < events->n; i++)
		if (events->at[i].source != EVENT_MACHINE && place_of(&events->at[i]) == UP)
			return false;
	return true;
}

static struct stray stray(const struct course *c, const struct event *e, enum stray_why why)
{
	return (struct stray){ .id = e->id, .why = why, .behind = c->last };
}

static void advance(struct course *c, const struct event *e, enum place p)
{
	c->seen |= BIT(p);
	c->last = e->id;
	c->at = p;
	c->told = e->source;
	c->up |= p == UP;
}

static struct stray check_request(struct course *c, const struct event *e)
{
	if (c->requested)
		return stray(c, e, STRAY_AGAIN);
	/* Whatever was entered before is the kernel that was asked. */
	c->requested = true;
	c->seen = 0;
	c->reset = false;
	/* A kernel without marks may have no last words. */
	c->free = e->source == EVENT_CONSOLE;
	advance(c, e, REQUESTED);
	return (struct stray){ 0 };
}

/* Ahead of the request any may come: one that began before the last ready was judged is cut off. */
static struct stray check_load(struct course *c, const struct event *e)
{
	bool begins = e->id == REBOOT_MARK_LOAD_BEGIN;

	bool late = c->at >= LEFT && !runs_no_program(c);

	if (c->requested && !c->up && (late || (!begins && !c->loads)))
		return stray(c, e, STRAY_ORDER);
	if (begins)
		c->loads++;
	else if (c->loads)
		c->loads--;
	return (struct stray){ 0 };
}

/* A boot behind a reset: all that was before it is over. */
static void begin_boot(struct course *c)
{
	c->seen = 0;
	c->at = NOWHERE;
	c->reset = false;
	c->free = true;
}

static struct stray check_step(struct course *c, const event_vec *events, size_t i, enum place p)
{
	const struct event *e = &events->at[i];

	if (is_boot(p) && (c->reset || (p == SECTOR && is_reset_late(events, i))))
		begin_boot(c);
	if ((p == STOPPED || p == LEFT) && c->at >= ENTERED && is_reset_next(events, i))
		return (struct stray){ 0 };
	if (p == LEFT && runs_no_program(c) && !is_still_here(events, i)) {
		c->seen = 0;
		c->at = NOWHERE;
	}
	/* A decompressor with marks says the same on the console. */
	if (p == DECOMPRESSOR && p == c->at && e->source != c->told)
		return (struct stray){ 0 };
	if (p > ENTERED && !(c->seen & BIT(ENTERED)))
		return stray(c, e, STRAY_NOT_ENTERED);
	if (c->seen & BIT(p))
		return stray(c, e, STRAY_AGAIN);
	if (p < c->at || (p == STOPPED && !c->requested))
		return stray(c, e, STRAY_ORDER);
	if (p > LEFT && p <= ENTERED && c->requested && !c->free && !(c->seen & BIT(LEFT)))
		return stray(c, e, STRAY_ORDER);
	advance(c, e, p);
	return (struct stray){ 0 };
}

/* Return: what is wrong with event i; id 0 when it is in place. */
static struct stray check(struct course *c, const event_vec *events, size_t i)
{
	const struct event *e = &events->at[i];
	enum place p = place_of(e);

	if (e->source == EVENT_MACHINE) {
		c->reset |= is_reset(e);
		return (struct stray){ 0 };
	}
	if (e->id == REBOOT_MARK_LOAD_BEGIN || e->id == REBOOT_MARK_LOAD_END)
		return check_load(c, e);
	if (p == REQUESTED)
		return check_request(c, e);
	if (p == NOWHERE)
		return (struct stray){ 0 };
	return check_step(c, events, i, p);
}

struct stray stray_take_out(event_vec *events)
{
	struct stray first = { 0 };
	struct course course = { 0 };
	bool next = false;
	size_t kept = 0;

	/* check() looks ahead only, and what is kept lies behind i. */
	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->at[i];
		struct stray s = { 0 };

		next |= e->source != EVENT_MACHINE && e->id == REBOOT_MARK_REQUEST && course.up &&
			begins_the_next(events, i);
		if (!next)
			s = check(&course, events, i);
		if (s.id && !first.id)
			first = s;
		if (!s.id)
			events->at[kept++] = *e;
	}
	events->n = kept;
	return first;
}
