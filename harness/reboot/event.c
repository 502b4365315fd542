// SPDX-License-Identifier: GPL-2.0-only
/*
 * event.c - what happened in a machine, read off its lines
 *
 * DOC: Two sources for the same moments
 *
 * A kernel with marks says each moment twice: as a record on the marks line,
 * exact to a fraction of a millisecond, and as text on the console, which comes
 * when printk gets round to it. A kernel without marks has only the text.
 * Both become events with the same ids; sift.c takes out the text that does not count.
 *
 * DOC: Faults of the marks line
 *
 * A record is id, sequence, check. Bytes that make no record are skipped one by
 * one and counted as damaged until one fits again. While out of step only ids
 * that exist are believed, since one in 256 places passes the check by chance.
 * The sequence is that of reboot_marks.h: entries into a system have fixed
 * numbers, all others count up from what was before.
 */
#include "event.h"

#include <string.h>
#include <strings.h>

#include "guest_protocol.h"
#include "printk_line.h"
#include "reboot_marks.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static const char *const mark_names[] = {
	REBOOT_MARK_PROGRAM_NAMES,
	REBOOT_MARK_KERNEL_NAMES,
	REBOOT_MARK_OTHER_NAMES,
};

/*
 * What printk writes at the moment of a mark, from behind its stamp to the end of
 * the line. A * stands for anything, a # at the end for a number.
 */
static const struct {
	const char *pattern;
	int id;
} console_texts[] = {
	{ CONSOLE_PREFIX CONSOLE_REQUEST "#", REBOOT_MARK_REQUEST },
	{ CONSOLE_PREFIX CONSOLE_STOPPED, REBOOT_MARK_SERVICES_STOPPED },
	/* The last words of kernel_restart() and kernel_kexec(). */
	{ "reboot: Restarting system*", REBOOT_MARK_NO_RETURN },
	{ "kexec_core: Starting new kernel", REBOOT_MARK_NO_RETURN },
	{ "Linux version *", REBOOT_MARK_KERNEL_ENTRY },
	{ "Run /* as init process", REBOOT_MARK_PID1 },
	{ CONSOLE_PREFIX CONSOLE_READY "#", REBOOT_MARK_READY },
	{ "Kernel panic - not syncing*", REBOOT_MARK_PANIC },
};

/* The decompressor writes without printk, so its line begins with this. */
#define DECOMPRESSOR_TEXT "Decompressing Linux..."

const char *mark_name(int id)
{
	return id >= 0 && (size_t)id < ARRAY_SIZE(mark_names) ? mark_names[id] : NULL;
}

int mark_from_name(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(mark_names); i++)
		if (mark_names[i] && !strcasecmp(mark_names[i], name))
			return (int)i;
	return -1;
}

static bool is_record(const uint8_t *b)
{
	return b[2] == (b[0] ^ b[1] ^ REBOOT_MARK_CHECK);
}

/* The sequence number that a mark must have; last: that of the mark before it, or -1. */
static int expected_sequence(int id, int last)
{
	switch (id) {
	case REBOOT_MARK_BOOT_SECTOR:
	case REBOOT_MARK_BIOS_CALL:
	case REBOOT_MARK_DECOMPRESS_ENTRY:
		return 0;
	case REBOOT_MARK_KERNEL_ENTRY:
		return 1;
	default:
		break;
	}
	if (last < 0)
		return -1;
	if (last == 0 || last == UINT8_MAX)
		return last == 0 ? 1 : REBOOT_MARK_FIRST_SEQUENCE;
	return last + 1;
}

/* A mark's time is that of its first byte. */
size_t event_from_marks(const struct stream *marks, size_t from, event_vec *to,
			struct mark_faults *faults)
{
	int last = to->n ? to->at[to->n - 1].sequence : -1;
	bool in_step = true;
	size_t i = from;

	while (i + REBOOT_MARK_BYTES <= marks->bytes.n) {
		const uint8_t *b = marks->bytes.at + i;
		bool known = mark_name(b[0]) != NULL;
		struct event event = { .source = EVENT_MARK, .id = b[0], .sequence = b[1],
				       .offset = i, .ns = stream_time(marks, i) };
		int expected = expected_sequence(b[0], last);

		if (!is_record(b) || (!known && !in_step)) {
			faults->damaged++;
			in_step = false;
			i++;
			continue;
		}
		if (expected >= 0 && expected != event.sequence)
			faults->lost++;
		if (!known)
			faults->unknown++;
		last = event.sequence;
		in_step = true;
		vec_push(to, event);
		i += REBOOT_MARK_BYTES;
	}
	return i;
}

static bool begins_with(const char *at, size_t n, const char *text, size_t length)
{
	return n >= length && !memcmp(at, text, length);
}

/* The decimal number of at most nine digits that all of the n bytes are; else -1. */
static int whole_number(const char *at, size_t n)
{
	int number = 0;

	if (!n || n > 9)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		number = 10 * number + at[i] - '0';
	}
	return number;
}

/* Whether a pattern of console_texts describes all of the n bytes; *number is what # stands for. */
static bool is_like(const char *pattern, const char *at, size_t n, int *number)
{
	size_t head = strcspn(pattern, "*#"), tail;

	if (!begins_with(at, n, pattern, head))
		return false;
	at += head;
	n -= head;
	switch (pattern[head]) {
	case '#':
		*number = whole_number(at, n);
		return *number >= 0;
	case '*':
		tail = strlen(pattern + head + 1);
		return n >= tail && !memcmp(at + n - tail, pattern + head + 1, tail);
	default:
		return !n;
	}
}

/* The event that a line looks like. Return: false if like none. */
static bool match_line(const char *begin, const char *end, struct event *event)
{
	struct printk_line line = printk_line_split(begin, end);

	event->printk_ns = line.ns;
	event->number = -1;
	if (line.level >= 0)
		return false;
	if (line.ns < 0) {
		event->id = REBOOT_MARK_DECOMPRESS_ENTRY;
		return begins_with(line.text, line.length, DECOMPRESSOR_TEXT,
				   strlen(DECOMPRESSOR_TEXT));
	}
	for (size_t i = 0; i < ARRAY_SIZE(console_texts); i++) {
		if (!is_like(console_texts[i].pattern, line.text, line.length, &event->number))
			continue;
		event->id = console_texts[i].id;
		return true;
	}
	return false;
}

size_t event_from_console(const struct stream *console, size_t from, event_vec *to)
{
	const char *bytes = (const char *)console->bytes.at;

	while (from < console->bytes.n) {
		const char *newline = memchr(bytes + from, '\n', console->bytes.n - from);
		struct event event = { .source = EVENT_CONSOLE, .offset = from };

		if (!newline)
			break;
		if (match_line(bytes + from, newline, &event)) {
			event.ns = stream_time(console, event.offset);
			vec_push(to, event);
		}
		from = newline - bytes + 1;
	}
	return from;
}

static int rank(const struct event *e)
{
	static const int ranks[] = {
		[EVENT_MACHINE] = 0, [EVENT_MARK] = 1, [EVENT_CONSOLE] = 2,
	};

	return ranks[e->source];
}

static int by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? -1 : 1;
	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

void event_sort(event_vec *events)
{
	if (events->n)
		qsort(events->at, events->n, sizeof(*events->at), by_time);
}

/* Whether e is the moment of the reset that libvirt told first. */
static bool is_its_moment(const struct event *told, const struct event *e)
{
	return e->by_plugin && !told->by_plugin && e->ns - told->ns < RESET_BEGIN_NS;
}

unsigned int event_distinct_resets(event_vec *events)
{
	int64_t last_ns = INT64_MIN / 2, boot_ns = INT64_MAX;
	unsigned int resets = 0;
	size_t kept = 0, first = 0;
	bool moved = false;

	for (size_t i = 0; i < events->n; i++) {
		const struct event *e = &events->at[i];
		bool reset = e->source == EVENT_MACHINE && e->id == MACHINE_RESET;

		if (reset && e->ns - last_ns < RESET_ECHO_NS && e->ns - boot_ns < RESET_LATE_NS) {
			if (is_its_moment(&events->at[first], e)) {
				events->at[first] = *e;
				moved = true;
			}
			continue;
		}
		if (reset) {
			first = kept;
			last_ns = e->ns;
			boot_ns = INT64_MAX;
			resets++;
		} else if (e->source != EVENT_MACHINE && e->id >= REBOOT_MARK_BOOT_SECTOR &&
			   e->id <= REBOOT_MARK_KERNEL_ENTRY && boot_ns == INT64_MAX) {
			boot_ns = e->ns;
		}
		events->at[kept++] = *e;
	}
	events->n = kept;
	if (moved)
		event_sort(events);
	return resets;
}
