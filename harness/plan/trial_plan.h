/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial_plan.h - all that one machine needs to know of its chain of reboots
 */
#ifndef TRIAL_PLAN_H
#define TRIAL_PLAN_H

#include <stdint.h>

#include "guest_protocol.h"
#include "scenario.h"

/* Where a trial's parts are; all absolute, all the runner's. */
struct trial_paths {
	const char *work;		/* short folder for socket and live files, emptied afterwards */
	const char *consoles;		/* where <trial>.console, .marks, .data and .stamps are kept */
	const char *boot_base;		/* base image of the boot disk */
	const char *root_base;		/* base image of the root disk */
	const char *firmware;		/* UEFI's code; NULL: the machine has QEMU's own BIOS */
	const char *variables_base;	/* UEFI's variables before anybody has set one; or NULL */
	const char *plugins;		/* folder of the emulator's plugins, as built */
};

/* A kernel that reboots lead to, beside the one that a machine starts with. */
struct image_kernel {
	char *boot;			/* base image of its boot disk; no link */
	char *build, *release;		/* see struct image_set */
	uint64_t bytes;			/* likewise, kernel_bytes */
};

/* All of them, and which reboot leads to which. */
struct image_chain {
	struct image_kernel others[TRIAL_DISKS_MOST];
	unsigned int others_count;	/* 0: every reboot leads to the kernel that a machine starts with */
	unsigned int order[TRIAL_DISKS_MOST];	/* of reboots in turn: 0, that one; from 1, one of others */
	unsigned int order_count;
};

/* What a machine boots from; each way of a run has one. */
struct image_set {
	char *boot, *root;		/* base images of the two disks; no links */
	const char *firmware, *variables;	/* UEFI's code, and its variables to begin with; or NULL */
	char *build;			/* folder of build/kernels: "i386-6.1", also where "i386" is asked for */
	char *kernel_release;		/* `uname -rv` of the kernel */
	uint64_t kernel_bytes;		/* of it as it lies in memory, whole pages; 0: not known */
	struct image_chain chain;
};

struct trial_plan {
	const struct scenario *scenario;
	const struct scenario_way *way;	/* where the scenario is mixed trial_plan_way() says */
	enum accelerator accelerator;	/* as proved; never AUTO */
	int machine;			/* number in the run */
	int first_index;		/* of the first sample */
	const char *run;
	const char *build;		/* folder of build/kernels, see struct image_set; or NULL */
	const char *kernel_expected;	/* `uname -rv`, or NULL */
	const struct image_chain *chain;	/* NULL: it has no other kernel */
	const char *plugin;		/* text for QEMU's -plugin, or NULL: nothing is instrumented */
	const char *samples;		/* what perf samples of the last reboot goes there, or NULL */
	struct trial_paths paths;
};

/*
 * trial_plan_kernel() - the kernel that a reboot leads to
 * @number:	of the reboot, from 1
 *
 * Return: NULL where it is the one that the machine starts with.
 */
const struct image_kernel *trial_plan_kernel(const struct trial_plan *plan, int number);

/* The way that a reboot takes, by its number from 1. */
const struct scenario_way *trial_plan_way(const struct trial_plan *plan, int number);

#endif /* TRIAL_PLAN_H */
