// SPDX-License-Identifier: GPL-2.0-only
/*
 * preserved_log.c - the old kernel's log as the new kernel shows it
 *
 * DOC: Placing
 *
 * The log has the old kernel's own stamps, the console has the host's. A line
 * that is in both is an anchor: the host's time minus printk's is the distance of the
 * two clocks, plus what the console took. The median over the anchors is used.
 * Only the newest ANCHORS_USED count: the first lines of a boot reach the
 * console late and all at once, when its driver is up, and two clocks that
 * drift agree best near the moment of interest, which is the end.
 *
 * DOC: Comparing
 *
 * printk's lines and what programs print share the console and may cut into
 * each other. A console line counts as found in the log when the log has one of
 * the same stamp whose text may have become the console's that way. Only the
 * untouched ones are anchors.
 *
 * A program can print what looks like a line of printk's, so a console line that the log does not
 * have is missing only where no program runs: up to the line with which the kernel starts the
 * first one, and from the end of the services on. A log that wrapped, or that another boot wrote,
 * lacks lines of the first part; one that was cut off lacks the last lines of the second. A hook
 * may run in the second part, so there a line must have a stamp that fits the last line that was
 * found, if one was, and no line of the log behind it.
 *
 * DOC: Text alone
 *
 * ramoops keeps what a kernel wrote to its consoles, and nothing that tells which boot wrote it or
 * whether it is whole; with error correction it counts what it could not correct. So the console's
 * lines that no program can have printed decide: the log of another boot lacks at least the one with
 * this boot's nonce, which is ahead of the first program. A quiet kernel's console does not have it.
 */
#include "preserved_log.h"

#include <assert.h>
#include <endian.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/clock.h"
#include "preserved_log_format.h"
#include "printk_line.h"
#include "reboot_marks.h"

#define ANCHORS_USED 32

/* A line's stamp may be this far ahead of the console, which had the line before it late. */
#define CONSOLE_LATE_NS (NS_PER_S / 10)

/* In front of what ramoops says of its error correction, as the last line. */
#define CORRECTION "\nECC: "

static const char *const state_names[] = {
	[PRESERVED_LOG_NONE] = "none",
	[PRESERVED_LOG_KEPT] = "kept",
	[PRESERVED_LOG_DAMAGED] = "damaged",
};

static_assert(sizeof(struct preserved_log_header) == 72, "the format has no holes");

const char *preserved_log_state_name(enum preserved_log_state s)
{
	return state_names[s];
}

static void damaged(struct preserved_log *log, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void damaged(struct preserved_log *log, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(log->reason, sizeof(log->reason), fmt, args);
	va_end(args);
	log->state = PRESERVED_LOG_DAMAGED;
}

/* The header's own fields, then what they say of the text. Return: false when damaged. */
static bool check(const uint8_t *raw, size_t n, const struct preserved_log_header *h,
		  struct preserved_log *log)
{
	uint32_t length = le32toh(h->length);
	uint32_t crc;

	if (n < sizeof(*h)) {
		damaged(log, "%zu bytes are fewer than a header's %zu", n, sizeof(*h));
		return false;
	}
	if (le32toh(h->magic) != PRESERVED_LOG_MAGIC) {
		damaged(log, "magic is %#x, not %#x", le32toh(h->magic), PRESERVED_LOG_MAGIC);
		return false;
	}
	if (le32toh(h->version) != PRESERVED_LOG_VERSION) {
		damaged(log, "version is %u, not %u", le32toh(h->version), PRESERVED_LOG_VERSION);
		return false;
	}
	crc = crc32(0, raw, offsetof(struct preserved_log_header, header_crc));
	if (crc != le32toh(h->header_crc)) {
		damaged(log, "header has CRC %#x and says %#x", crc, le32toh(h->header_crc));
		return false;
	}
	if (le32toh(h->header_bytes) != sizeof(*h)) {
		damaged(log, "header has %u bytes, not %zu", le32toh(h->header_bytes), sizeof(*h));
		return false;
	}
	if (n - sizeof(*h) != length) {
		damaged(log, "text has %zu bytes and the header says %u", n - sizeof(*h), length);
		return false;
	}
	crc = crc32(0, raw + sizeof(*h), length);
	if (crc != le32toh(h->crc)) {
		damaged(log, "text has CRC %#x and the header says %#x", crc, le32toh(h->crc));
		return false;
	}
	return true;
}

static struct log_line split_line(const char *begin, const char *end)
{
	struct printk_line line = printk_line_split(begin, end);

	return (struct log_line){
		.level = line.level, .printk_ns = line.ns, .host_ns = -1, .text = line.text,
		.length = line.length,
	};
}

static void split_text(struct preserved_log *log, const char *at, const char *end)
{
	log->state = PRESERVED_LOG_KEPT;
	while (at < end) {
		const char *newline = memchr(at, '\n', end - at);
		struct log_line line = split_line(at, newline ? newline : end);

		vec_push(&log->lines, line);
		at = newline ? newline + 1 : end;
	}
}

/* Text alone. What ramoops says of its error correction comes behind an empty line. */
static void parse_text(const char *text, size_t n, struct preserved_log *log)
{
	const char *said = memmem(text, n, CORRECTION, strlen(CORRECTION));
	unsigned int corrected, lost;
	char words[80] = "";

	log->plain = true;
	if (said)
		snprintf(words, sizeof(words), "%.*s",
			 (int)(text + n - said - strlen(CORRECTION)), said + strlen(CORRECTION));
	if (sscanf(words, "%u Corrected bytes, %u unrecoverable", &corrected, &lost) == 2 && lost)
		damaged(log, "ramoops could not correct %u blocks", lost);
	else
		split_text(log, text, said ? said : text + n);
}

void preserved_log_parse(const uint8_t *raw, size_t n, struct preserved_log *log)
{
	struct preserved_log_header h = { 0 };

	*log = (struct preserved_log){ .state = PRESERVED_LOG_NONE };
	if (!n)
		return;
	if (!memchr(raw, '\0', n)) {
		parse_text((const char *)raw, n, log);
		return;
	}
	memcpy(&h, raw, n < sizeof(h) ? n : sizeof(h));
	if (!check(raw, n, &h, log))
		return;
	log->generation = le32toh(h.generation);
	log->truncated = le64toh(h.truncated);
	split_text(log, (const char *)raw + sizeof(h), (const char *)raw + n);
}

/* The line of a stream that begins at from; *end is where the next one does. */
static struct log_line line_at(const struct stream *s, size_t from, size_t to, size_t *end)
{
	const char *begin = (const char *)s->bytes.at + from;
	const char *newline = from < to ? memchr(begin, '\n', to - from) : NULL;

	*end = newline ? from + (newline - begin) + 1 : to;
	return split_line(begin, newline ? newline : begin + (to - from));
}

static bool same_text(const struct log_line *a, const struct log_line *b)
{
	return a->length == b->length && !memcmp(a->text, b->text, a->length);
}

/*
 * Whether torn may be what the console made of whole: cut short, with other text
 * let in, or broken off by other text and gone on with in the next line, rest.
 */
static bool is_torn(const struct log_line *torn, const struct log_line *rest,
		    const struct log_line *whole)
{
	size_t matched = 0, common = 0;

	for (size_t i = 0; i < torn->length && matched < whole->length; i++)
		matched += torn->text[i] == whole->text[matched];
	while (common < torn->length && common < whole->length &&
	       torn->text[common] == whole->text[common])
		common++;
	if (matched == whole->length || common == torn->length)
		return true;
	return rest->length <= whole->length && rest->length + common >= whole->length &&
	       !memcmp(rest->text, whole->text + whole->length - rest->length, rest->length);
}

/* The log's line for a console's, looked for from *next on. Return: its number, or n. */
static size_t find_line(const struct preserved_log *log, const struct log_line *seen,
			const struct log_line *rest, size_t next, bool *exact)
{
	for (*exact = true;; *exact = false) {
		for (size_t i = next; i < log->lines.n; i++) {
			const struct log_line *line = &log->lines.at[i];

			if (line->printk_ns == seen->printk_ns &&
			    (*exact ? same_text(line, seen) : is_torn(seen, rest, line)))
				return i;
		}
		if (!*exact)
			return log->lines.n;
	}
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Lays all lines by the median of the newest distances. */
static void lay(struct preserved_log *log, const int64_t *all, size_t n)
{
	size_t used = n < ANCHORS_USED ? n : ANCHORS_USED;
	int64_t distances[ANCHORS_USED];

	if (!n)
		return;
	memcpy(distances, all + n - used, used * sizeof(*all));
	qsort(distances, used, sizeof(*distances), by_value);
	log->offset_ns = distances[used / 2];
	log->residual_ns = distances[used - 1] - log->offset_ns;
	if (log->offset_ns - distances[0] > log->residual_ns)
		log->residual_ns = log->offset_ns - distances[0];
	for (size_t i = 0; i < log->lines.n; i++)
		if (log->lines.at[i].printk_ns >= 0)
			log->lines.at[i].host_ns = log->lines.at[i].printk_ns + log->offset_ns;
}

/* Byte up to which no program ran: in the kernel's line on the first one; from if there is none. */
static size_t first_program(const struct stream *console, size_t from, size_t to)
{
	event_vec events = { 0 };
	size_t first = from;

	event_from_console(console, from, &events);
	for (size_t i = 0; i < events.n && first == from; i++) {
		const struct event *e = &events.at[i];

		if (e->id == REBOOT_MARK_PID1 && e->printk_ns >= 0 && e->offset < to)
			first = e->offset + 1;
	}
	vec_free(&events);
	return first;
}

/* Whether a line seen at ns has a stamp that fits: behind last, which was seen at last_ns. */
static bool fits(const struct log_line *seen, int64_t ns, const struct log_line *last,
		 int64_t last_ns)
{
	int64_t behind = seen->printk_ns - last->printk_ns;

	return behind > 0 && behind <= ns - last_ns + CONSOLE_LATE_NS;
}

/* Whether the services had ended when a line was seen. */
static bool is_stopped(const struct phase_time *quiesce, int64_t ns)
{
	return quiesce->first_begin_ns > 0 && ns >= quiesce->first_begin_ns;
}

void preserved_log_place(struct preserved_log *log, const struct stream *console, size_t from,
			 size_t to, const struct phase_time *quiesce)
{
	VEC(int64_t) distances = { 0 };
	size_t begin = from, next = 0, last_words = 0, first;
	int64_t found_ns = 0;

	if (log->state != PRESERVED_LOG_KEPT || to > console->bytes.n)
		return;
	first = first_program(console, from, to);
	for (size_t end; from < to; from = end) {
		struct log_line seen = line_at(console, from, to, &end);
		size_t behind, found;
		struct log_line rest = line_at(console, end, to, &behind);
		int64_t ns = stream_time(console, from);
		bool stopped = is_stopped(quiesce, ns), exact;

		if (seen.printk_ns < 0)
			continue;
		found = find_line(log, &seen, &rest, next, &exact);
		if (found == log->lines.n) {
			log->missing += from < first;
			last_words += from >= first && stopped &&
				      (!next || fits(&seen, ns, &log->lines.at[next - 1], found_ns));
			continue;
		}
		next = found + 1;
		found_ns = ns;
		last_words = 0;
		if (exact)
			vec_push(&distances, ns - seen.printk_ns);
	}
	log->missing += last_words;
	log->anchors = distances.n;
	if (log->plain && first == begin)
		damaged(log, "the console does not have the old kernel's lines up to init, so nothing "
			     "says that it is that kernel's log");
	else if (log->plain && log->missing)
		damaged(log, "%zu lines of the old kernel's console are in it, %zu that no program "
			     "printed are not", log->anchors, log->missing);
	if (log->state == PRESERVED_LOG_DAMAGED)
		log->lines.n = 0;
	lay(log, distances.at, distances.n);
	vec_free(&distances);
}

void preserved_log_free(struct preserved_log *log)
{
	vec_free(&log->lines);
}
