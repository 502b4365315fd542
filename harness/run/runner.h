/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * runner.h - which trial when
 *
 * plan/order.h has the chains of a run and their order. The pairs of a comparison are
 * run until they are enough, or until the plan ends. In a run by both clocks the chains of the
 * wall clock come first, as many side by side as the scenario says; then those of the
 * exact one, as many as the host has processors: they do not disturb each other.
 *
 * A chain is worked on by one machine. When a reboot fails, its sample stays, the
 * machine is ended, and what is left of the chain is run on a new machine, which
 * has warm-ups of its own: as many as it takes to be at the same place of the chain. A
 * chain is given up when RUNNER_FRUITLESS_MAX machines in a row gave no good counted
 * reboot.
 *
 * What is left is worked out from what is stored, so that a run that was
 * interrupted goes on exactly where it stopped.
 */
#ifndef RUNNER_H
#define RUNNER_H

#include <stdatomic.h>

#include "machine/calibration.h"
#include "machine/trial.h"
#include "progress.h"
#include "store/store.h"

#define RUNNER_FRUITLESS_MAX	3

/* trial_run(), or a test double. */
typedef int (*runner_trial_fn)(struct connection *c, const struct trial_plan *plan,
			       trial_sample_fn on_sample, trial_phase_fn on_phase, void *arg,
			       const atomic_bool *stop, struct error **err);

/*
 * Asked before a block but the first is begun: sets *enough when the blocks before it are
 * enough. It may read the store. Return: 0, or a negative errno with *err set, which
 * ends the run.
 */
typedef int (*runner_enough_fn)(void *arg, int blocks, bool *enough, struct error **err);

/*
 * What is loaded into the emulator for the first machine of a way by the virtual clock, beside the
 * clock itself: text for QEMU's -plugin, to be freed, or NULL. Called by several threads at once.
 * @s:	as the machine sees it
 */
typedef char *(*runner_plugin_fn)(void *arg, const struct scenario *s,
				  const struct scenario_way *way, int machine);

struct runner {
	const struct scenario *scenario;	/* resolved */
	struct store *store;
	const char *run;			/* name of a stored run */
	struct connection *connection;
	enum accelerator accelerator;		/* as proved */
	const struct image_set *images;		/* one for each way; NULL for a test double */
	const struct calibration *calibration;	/* how exact the recorder is; NULL: not known */
	struct trial_paths paths;		/* work: each machine gets a folder in it */
	runner_trial_fn trial;
	runner_enough_fn enough;		/* or NULL: all that is planned is run */
	void *enough_arg;
	runner_plugin_fn plugin;		/* or NULL: nothing is */
	void *plugin_arg;
	struct progress *progress;		/* or NULL */
	atomic_bool *stop;			/* set by a signal handler; and by the runner when
						 * one machine's error ends all */
};

/* How many machines run side by side: in the exact part of a run by both clocks, or before it. */
int runner_parallel(const struct scenario *s, bool exact_part);

/*
 * runner_run() - run what is left of a run
 * Return: 0 when nothing is left (a chain that was given up counts as that); -EINTR
 * without *err when *stop became true; another negative errno with *err set. What
 * is stored stays in every case.
 */
int runner_run(const struct runner *r, struct error **err);

#endif /* RUNNER_H */
