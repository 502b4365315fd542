/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * limit.h - how few instructions a reboot could take: a row beside the ways, and no way
 *
 * One plain copy of the kernel, then a kernel that finds everything as it was, then its user
 * space. The first is worked out, the others are the smallest that the run measured: nobody
 * has shown a smaller one. All else that a way does is above the limit.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include "model.h"

struct limit {
	char why_not[200];		/* why the run does not have one; "": it does, and: */
	long bytes;			/* of the kernel that are copied */
	int at_once;			/* so many of them by one instruction */
	double copy, kernel, userspace;	/* instructions */
	const struct report_group *kernel_of, *userspace_of;	/* whose they are */
};

/* The limit of the run's reboots by the virtual clock. */
struct limit limit_of(const struct report *exact);

/* All of its instructions. */
double limit_whole(const struct limit *limit);

#endif /* LIMIT_H */
