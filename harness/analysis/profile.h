/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile.h - where the instructions of one reboot went
 */
#ifndef PROFILE_H
#define PROFILE_H

#include "call_tree.h"

/* How far the call paths can be trusted: witness/paths.h. */
struct profile_paths {
	uint64_t calls, returns, odd, lost, cut;
};

struct profile {
	char *way;			/* "kexec vmlinux no-checks" */
	char *kernel;			/* `uname -rv` of the kernel that came up */
	struct call_tree tree;
	int64_t clock[PHASES];		/* what the exact clock counted; -1: the way has no such phase */
	uint64_t faults[PHASES];	/* page faults: each may begin an instruction once more */
	struct profile_paths paths;
};

/*
 * profile_free() - free what a profile holds
 * @p:	filled or zeroed
 */
void profile_free(struct profile *p);

/* All instructions of these phases (bits 1 << phase), as counted and by the exact clock. Pure. */
uint64_t profile_counted(const struct profile *p, unsigned int phases);
int64_t profile_clock(const struct profile *p, unsigned int phases);

#endif /* PROFILE_H */
