/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * data_line.h - what the machine tells in words outside the measured window
 *
 * The protocol is in guest_protocol.h.
 */
#ifndef DATA_LINE_H
#define DATA_LINE_H

#include "guest_protocol.h"
#include "machine_facts.h"
#include "stream.h"

/* Where the previous log's length would lie beyond this, it is no length. */
#define DATA_LINE_LOG_MAX (16u << 20)

enum data_kind {
	DATA_NOTHING,			/* nothing whole yet */
	DATA_BOOT,			/* the block of a boot */
	DATA_REQUEST,			/* the block ahead of a request */
	DATA_REFUSED,			/* the old system refused a request */
	DATA_DAMAGED,			/* something that is neither */
};

struct data_item {
	enum data_kind kind;
	int k;				/* number of the boot, or of the reboot asked for or refused */
	struct machine_facts facts;	/* of a boot, and ahead of a request */
	/* Of a boot; all strings end with NUL and are cut if they do not fit. */
	char boot_id[64];
	char nonce[64];			/* NO_NONCE if the kernel was given none */
	char kernel[128];
	char command_line[COMMAND_LINE_BYTES];
	size_t log_offset;		/* of the previous log in the stream */
	size_t log_bytes;		/* 0: there was none */
	/* Of a refusal. */
	int status;			/* of the request's shell, as wait() has it or as an exit */
	int refused_errno;		/* positive, or 0 when nobody knows */
	/* Of damage. */
	char reason[128];
};

/*
 * data_line_next() - the next whole item of the data line
 * @data:	the stream
 * @from:	what the last call returned, or 0
 * Pure. Return: the offset behind the item; @from itself when it is DATA_NOTHING. Behind
 * damage, the offset of the next line that may begin an item.
 */
size_t data_line_next(const struct stream *data, size_t from, struct data_item *item);

#endif /* DATA_LINE_H */
