/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * show.h - one sample for a person at a terminal
 */
#ifndef SHOW_H
#define SHOW_H

#include "store/store.h"

struct show {
	const struct sample *sample;
	const struct sample *before;	/* the reboot of the same trial before it, or NULL */
	int boot;			/* which boot of its machine came of it, from 1 */
	int64_t target_ns;
	const char *consoles;		/* folder of the run's raw bytes */
	unsigned int lines;		/* of log and of console, at most */
};

/* Writes all that is kept of one sample; nothing a guest wrote takes effect. */
void show_sample(FILE *f, const struct show *show);

#endif /* SHOW_H */
