/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * trial.h - one machine through its chain of reboots
 */
#ifndef TRIAL_H
#define TRIAL_H

#include "domain.h"
#include "plan/scenario.h"

/* Where a trial's parts are; all absolute, all the runner's. */
struct trial_paths {
	const char *work;		/* short folder for socket and live files, emptied afterwards */
	const char *consoles;		/* where <trial>.console, .marks, .data and .stamps are kept */
	const char *boot_base;		/* base image of the boot disk */
	const char *root_base;		/* base image of the root disk */
	const char *clock_plugin;	/* of the emulator; used with the virtual clock only */
};

/* What a machine boots from; each way of a run has one. */
struct image_set {
	char *boot, *root;		/* base images of the two disks; no links */
	char *kernel_release;		/* `uname -rv` of the kernel */
};

struct trial_plan {
	const struct scenario *scenario;
	const struct scenario_way *way;
	enum accelerator accelerator;	/* as proved; never AUTO */
	int machine;			/* number in the run */
	int first_index;		/* of the first sample (a resumed machine starts anew) */
	const char *run;
	const char *kernel_expected;	/* `uname -rv`, or NULL */
	const char *plugin;		/* text for QEMU's -plugin, or NULL: nothing is instrumented */
	struct trial_paths paths;
};

/* Called once for each finished sample; a non-zero return ends the trial with it. */
typedef int (*trial_sample_fn)(struct sample *sample, void *arg, struct error **err);
/* Called when a phase begins, for the progress display; may be NULL. */
typedef void (*trial_phase_fn)(int machine, int index, enum phase phase, void *arg);

/*
 * trial_run() - start a machine, follow it, judge each reboot
 * @stop:	becomes true when the user asks to stop; the trial ends cleanly with -EINTR
 * Return: 0 when the chain ended, however its reboots went; negative errno with
 * *err set when the instrument failed. A reboot that fails ends the machine; the
 * rest of its chain is then run by the runner on a new machine.
 */
int trial_run(struct connection *c, const struct trial_plan *plan, trial_sample_fn on_sample,
	      trial_phase_fn on_phase, void *arg, volatile const bool *stop, struct error **err);

#endif /* TRIAL_H */
