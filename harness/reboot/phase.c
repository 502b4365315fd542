// SPDX-License-Identifier: GPL-2.0-only
/*
 * phase.c - events of one reboot into phases
 *
 * DOC: Theory of operation
 *
 * A walker goes through the events in order of time and is always in one phase.
 * The borders table says into which phase an event leads. At a border the
 * interval since the last one is closed and given to the phase it was spent
 * in, so nothing between request and ready is counted twice or left out, and
 * the phases add up to the latency to the nanosecond.
 *
 * Where a border that the way must have did not show, its interval holds more
 * than one phase. All of these are then unknown: the time is there, but it
 * cannot be told whose it was. Say NO_RETURN, then PID1: handoff and kernel (and
 * decompress, if the way has it) are unknown, what lies around them is not.
 *
 * Loading is the one phase inside another. It may begin during shutdown (kexec,
 * ahead of time) or after the services have stopped (LOBOS, inside its
 * call), more than once and nested; LOAD_END leads back to where it began.
 *
 * A phase that the way does not have but that was seen to begin is reported as seen:
 * a LOBOS that went through the firmware spent its time there.
 */
#include "phase.h"

#include <assert.h>
#include <string.h>

#include "reboot_marks.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define BIT(phase)	(1u << (phase))

static const char *const phase_names[] = {
	[PHASE_SHUTDOWN] = "shutdown",
	[PHASE_LOAD] = "load",
	[PHASE_QUIESCE] = "quiesce",
	[PHASE_HANDOFF] = "handoff",
	[PHASE_FIRMWARE] = "firmware",
	[PHASE_BOOTLOADER] = "bootloader",
	[PHASE_DECOMPRESS] = "decompress",
	[PHASE_KERNEL] = "kernel",
	[PHASE_USERSPACE] = "userspace",
};

static_assert(ARRAY_SIZE(phase_names) == PHASES, "each phase has a name");

/* Which event leads into which phase; loading is apart, since it leads back. */
static const struct border {
	bool machine;			/* of the machine itself; else a mark or its console line */
	int id;
	enum phase begins;
} borders[] = {
	{ false, REBOOT_MARK_SERVICES_STOPPED, PHASE_QUIESCE },
	{ false, REBOOT_MARK_NO_RETURN, PHASE_HANDOFF },
	{ true, MACHINE_RESET, PHASE_FIRMWARE },
	{ false, REBOOT_MARK_BIOS_CALL, PHASE_FIRMWARE },
	{ false, REBOOT_MARK_BOOT_SECTOR, PHASE_BOOTLOADER },
	{ false, REBOOT_MARK_DECOMPRESS_ENTRY, PHASE_DECOMPRESS },
	{ false, REBOOT_MARK_KERNEL_ENTRY, PHASE_KERNEL },
	{ false, REBOOT_MARK_PID1, PHASE_USERSPACE },
	{ false, REBOOT_MARK_READY, PHASES },
};

struct walker {
	struct phases *out;
	unsigned int expected;
	unsigned int unknown;		/* phases that share an interval with another */
	enum phase now;			/* PHASES before the request and after ready */
	const struct event *since;	/* where it begins */
	unsigned int loads;		/* how many LOAD_BEGIN are open */
	bool load_seen;			/* a LOAD_BEGIN or LOAD_END came */
	enum phase load_returns;	/* where the walker was when loading began */
	unsigned int resets, boot_sectors;
};

const char *phase_name(enum phase p)
{
	return p < PHASES ? phase_names[p] : "none";
}

enum phase phase_from_name(const char *name)
{
	for (size_t p = 0; p < PHASES; p++)
		if (!strcmp(phase_names[p], name))
			return (enum phase)p;
	return PHASES;
}

/* The expected phases between two, in the order of a reboot; loading is not one of the chain. */
static unsigned int between(const struct walker *w, int from, int to)
{
	unsigned int mask = 0;

	for (int p = from + 1; p < to; p++)
		if (p != PHASE_LOAD)
			mask |= w->expected & BIT(p);
	return mask;
}

/* The phases whose time may lie in the interval that ends where next begins. */
static unsigned int spent_in(const struct walker *w, enum phase next)
{
	unsigned int mask = BIT(w->now);

	/* Only firmware leads to the boot sector, whether its reset was reported or not. */
	if (next == PHASE_BOOTLOADER)
		mask |= BIT(PHASE_FIRMWARE);
	/* Left while still loading: the rest of what loading interrupted is in here, too. */
	if (w->now == PHASE_LOAD)
		return mask | BIT(w->load_returns) | between(w, w->load_returns, next);
	return mask | between(w, w->now, next);
}

static bool is_by_libvirt(const struct event *e)
{
	return e->source == EVENT_MACHINE && !e->by_plugin;
}

static void add_interval(struct phase_time *t, const struct walker *w, const struct event *e)
{
	if (t->state == PHASE_ABSENT)
		t->first_begin_ns = w->since->ns;
	t->state = PHASE_SEEN;
	t->ns += e->ns - w->since->ns;
	t->last_end_ns = e->ns;
	t->from_console |= w->since->source == EVENT_CONSOLE || e->source == EVENT_CONSOLE;
	t->from_event |= is_by_libvirt(w->since) || is_by_libvirt(e);
}

/* Closes the interval since the last border, which holds the phases of mask, and opens the next. */
static void cross(struct walker *w, enum phase next, unsigned int mask, const struct event *e)
{
	if (w->now != PHASES) {
		add_interval(&w->out->at[w->now], w, e);
		if (mask & (mask - 1))
			w->unknown |= mask;
	} else {
		/* No request was seen: nobody knows when what lies before this began. */
		w->unknown |= between(w, -1, next);
	}
	w->now = next;
	w->since = e;
	if (next != PHASES)
		w->out->last_begun = next;
}

static void load_begins(struct walker *w, const struct event *e)
{
	w->load_seen = true;
	if (w->loads++)
		return;
	w->load_returns = w->now == PHASES ? PHASE_SHUTDOWN : w->now;
	cross(w, PHASE_LOAD, w->now == PHASES ? 0 : BIT(w->now), e);
}

static void load_ends(struct walker *w, const struct event *e)
{
	w->load_seen = true;
	if (w->loads && --w->loads)
		return;
	if (w->now == PHASE_LOAD)
		cross(w, w->load_returns, BIT(PHASE_LOAD), e);
	else if (w->now != PHASES)
		/* Its beginning was not seen: loading and what it interrupted share the interval. */
		cross(w, w->now, BIT(w->now) | BIT(PHASE_LOAD), e);
}

/*
 * A reset that is reported only after the boot sector it led to: the hypervisor's
 * word came late. It is no border, and firmware stays without a beginning.
 */
static bool is_late_reset(struct walker *w, const struct event *e)
{
	if (e->source == EVENT_MACHINE)
		return w->resets++ < w->boot_sectors;
	if (e->id == REBOOT_MARK_BOOT_SECTOR)
		w->boot_sectors++;
	return false;
}

static void walk(struct walker *w, const struct event *e)
{
	if (e->source != EVENT_MACHINE && e->id == REBOOT_MARK_LOAD_BEGIN) {
		load_begins(w, e);
		return;
	}
	if (e->source != EVENT_MACHINE && e->id == REBOOT_MARK_LOAD_END) {
		load_ends(w, e);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(borders); i++) {
		const struct border *b = &borders[i];

		if (b->id != e->id || b->machine != (e->source == EVENT_MACHINE))
			continue;
		if (is_late_reset(w, e))
			return;
		/* The services stop while loading goes on: loading is then inside quiesce. */
		cross(w, b->begins, w->now == PHASES ? 0 : spent_in(w, b->begins), e);
		w->loads = 0;
		return;
	}
}

/*
 * What is loaded before the request, by the text that the guest runs ahead of it,
 * is no part of the reboot. Without a request behind it, it was what remains of one.
 */
static size_t skip_to_request(const struct event *events, size_t n)
{
	for (size_t i = 0; i < n && events[i].source != EVENT_MACHINE; i++) {
		if (events[i].id == REBOOT_MARK_REQUEST)
			return i;
		if (events[i].id != REBOOT_MARK_LOAD_BEGIN && events[i].id != REBOOT_MARK_LOAD_END)
			break;
	}
	return 0;
}

/* What was not seen and should have been, or cannot be told from its neighbours. */
static void settle(struct walker *w)
{
	struct phases *out = w->out;

	/* Still open at the end: it and all that should have followed have no end. */
	if (w->now != PHASES)
		w->unknown |= spent_in(w, PHASES);
	if ((w->expected & BIT(PHASE_LOAD)) && !w->load_seen)
		w->unknown |= BIT(PHASE_LOAD) |
			      (w->expected & (BIT(PHASE_SHUTDOWN) | BIT(PHASE_QUIESCE)));
	for (int p = 0; p < PHASES; p++) {
		struct phase_time *t = &out->at[p];

		if ((w->unknown & BIT(p)) ||
		    (t->state == PHASE_ABSENT && (w->expected & BIT(p)))) {
			t->state = PHASE_UNKNOWN;
			t->ns = 0;
		}
	}
}

/* What comes before the first request and after the first ready is not looked at. */
struct phases phases_of(const struct event *events, size_t n, unsigned int expected)
{
	struct phases out = { .request_ns = -1, .ready_ns = -1, .last_begun = PHASES };
	struct walker w = { .out = &out, .expected = expected, .now = PHASES };

	for (enum phase p = 0; p < PHASES; p++)
		out.at[p].instructions = -1;
	for (size_t i = skip_to_request(events, n); i < n && out.ready_ns < 0; i++) {
		const struct event *e = &events[i];

		if (e->source != EVENT_MACHINE && e->id == REBOOT_MARK_REQUEST) {
			if (out.request_ns >= 0 || w.now != PHASES)
				continue;
			out.request_ns = e->ns;
			out.request_on_console = e->source == EVENT_CONSOLE;
			cross(&w, PHASE_SHUTDOWN, 0, e);
			continue;
		}
		if (e->source != EVENT_MACHINE && e->id == REBOOT_MARK_READY) {
			out.ready_ns = e->ns;
			out.ready_on_console = e->source == EVENT_CONSOLE;
		}
		walk(&w, e);
	}
	settle(&w);
	return out;
}

/* By a clock that stands still but for one tick at the moment, one phase takes that tick. */
enum phase phase_at(const struct event *events, size_t n, unsigned int expected, int64_t ns)
{
	event_vec ticks = { 0 };
	struct phases phases;
	enum phase p = 0;

	for (size_t i = 0; i < n; i++) {
		struct event e = events[i];

		e.ns = e.ns > ns;
		vec_push(&ticks, e);
	}
	phases = phases_of(ticks.at, n, expected);
	vec_free(&ticks);
	while (p < PHASES && !(phases.at[p].state == PHASE_SEEN && phases.at[p].ns))
		p++;
	return p;
}
