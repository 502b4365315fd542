/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * verdict.h - what became of one reboot, from its evidence
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "lines.h"
#include "preserved_log.h"

enum verdict {
	VERDICT_OK,
	VERDICT_REFUSED,		/* the old system said no and went on */
	VERDICT_HUNG,
	VERDICT_PANICKED,
	VERDICT_RESET_LOOP,
	VERDICT_WRONG_KERNEL,
	/* It came up, but through the firmware, or the reverse; or it was reset behind ready. */
	VERDICT_WRONG_WAY,
	VERDICT_LOG_LOST,
	VERDICT_INSTRUMENT_FAULT,	/* nothing is known about the subject */
	VERDICTS
};

/* All that a verdict rests on; filled by trial.c, nothing else is looked at. */
struct evidence {
	/* What should have been. */
	bool way_resets;
	bool way_keeps_log;
	const char *nonce_expected;
	const char *kernel_expected;	/* `uname -rv` of the image that was to boot; NULL: not checked */
	/* What was seen. */
	const struct window *window;
	bool refused;
	int refused_errno;		/* positive, as the request's exit told; 0 if unknown */
	bool machine_ended;		/* the domain stopped by itself */
	bool recorder_failed;
	bool stalls_matter;		/* the times of this reboot, or its time-outs, are the host's */
	int64_t timeout_ns;		/* the shortest of those that can end the wait */
	const char *data_damage;	/* what is wrong with the data line; NULL: nothing */
	const char *old_boot_id;	/* NULL: not seen */
	const char *new_boot_id;
	const char *new_nonce;
	const char *new_kernel;
	enum preserved_log_state log_state;
};

struct judgement {
	enum verdict verdict;
	/*
	 * The evidence shows that the way was taken: another boot_id, this reboot's nonce, the
	 * kernel that was asked for, and a reset if and only if the way has one. This does not
	 * distinguish two ways without a reset. False for reboots that did not come up.
	 */
	bool proved;
	/* Of INSTRUMENT_FAULT: something stood still, and all but the times is known and well. */
	bool times_only;
	enum phase phase;		/* of HUNG and PANICKED; PHASES otherwise */
	char reason[256];		/* one sentence for a person */
};

/* The judgement of one reboot. Pure. */
struct judgement verdict_judge(const struct evidence *e);

/* "ok", "refused", "hung", ...; verdict_from_name() returns VERDICTS for anything else. */
const char *verdict_name(enum verdict v);
enum verdict verdict_from_name(const char *name);

#endif /* VERDICT_H */
