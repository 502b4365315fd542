/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * preserved_log.h - the old kernel's log as the new kernel shows it
 */
#ifndef PRESERVED_LOG_H
#define PRESERVED_LOG_H

#include "phase.h"

enum preserved_log_state {
	PRESERVED_LOG_NONE,		/* there was nothing */
	PRESERVED_LOG_KEPT,
	PRESERVED_LOG_DAMAGED,		/* there was something, and it does not check */
};

struct log_line {
	int level;			/* printk level, -1 if none */
	int64_t printk_ns;		/* the kernel's own stamp; -1 if none */
	int64_t host_ns;		/* on the host's time line; -1 if it could not be laid there */
	const char *text;		/* behind the stamp; in the buffer that was parsed */
	size_t length;
};

struct preserved_log {
	enum preserved_log_state state;
	bool plain;			/* text without a header, and so without a checksum */
	char reason[128];		/* of DAMAGED: what does not check */
	unsigned int generation;
	uint64_t truncated;
	VEC(struct log_line) lines;
	int64_t offset_ns;		/* host_ns - printk_ns at the anchors' median; 0 without anchors */
	int64_t residual_ns;		/* largest distance of an anchor from that */
	size_t anchors;			/* lines found on the console too */
	size_t missing;			/* console lines that no program printed, not in the log */
};

/*
 * preserved_log_parse() - check and split a preserved log
 * @raw:	what the new kernel showed: header, then text; or text alone
 * @n:		bytes of @raw; 0 is a log that is not there
 * @log:	filled in; its lines point into @raw. Free with preserved_log_free()
 *
 * The format is that of preserved_log_format.h, or text as ramoops shows it: it has no NUL, as
 * every header has, and its last line may be ramoops' own, on its error correction. A log that
 * does not check has no lines: whether any of them is true cannot be known.
 */
void preserved_log_parse(const uint8_t *raw, size_t n, struct preserved_log *log);

/*
 * preserved_log_place() - lay the lines on the host's time line. Pure.
 * @console:	the console's stream
 * @from, @to:	bytes of it that the old kernel wrote
 * @quiesce:	phase that begins when the services have ended, by the host's clock
 * Anchors are lines with the same stamp and text in both. Fills host_ns of all lines;
 * anchors, which counts all; offset_ns, the median of the newest of them; residual_ns, the
 * largest distance of one of these from it; and missing. A line is missing when it is not in the
 * log and no program can have printed it: up to "Run ... as init process", and from @quiesce on
 * when its stamp fits and no line of the log follows. A log without a checksum is damaged, and
 * has no lines, when one is missing or the console does not have that line on init.
 */
void preserved_log_place(struct preserved_log *log, const struct stream *console, size_t from,
			 size_t to, const struct phase_time *quiesce);

/*
 * preserved_log_free() - free what preserved_log_parse() has made
 * @log:	the log; not the bytes it was made from
 */
void preserved_log_free(struct preserved_log *log);

/* "none", "kept", "damaged". */
const char *preserved_log_state_name(enum preserved_log_state s);

#endif /* PRESERVED_LOG_H */
