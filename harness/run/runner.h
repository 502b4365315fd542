/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * runner.h - which trial when
 *
 * A run is a set of chains: for each way of the scenario as many as it has
 * machines, each of so many counted reboots after so many warm-ups. Chains are
 * run in randomised blocks: a block holds one chain of each way, in an order
 * that the seed decides, so that a slow hour of the host falls on all ways alike.
 * In a comparison of two sides a block is a pair, and the order is AB, BA, AB ...:
 * whatever gets slower or faster steadily falls on both sides alike. Pairs are run
 * until they are enough, or until the plan ends.
 *
 * A chain is worked on by one machine. When a reboot fails, its sample stays, the
 * machine is ended, and what is left of the chain is run on a new machine, which
 * has warm-ups of its own. A chain is given up when RUNNER_FRUITLESS_MAX
 * machines in a row gave no good counted reboot.
 *
 * What is left is worked out from what is stored, so that a run that was
 * interrupted goes on exactly where it stopped.
 */
#ifndef RUNNER_H
#define RUNNER_H

#include "machine/calibration.h"
#include "progress.h"
#include "store/store.h"
#include "machine/trial.h"

#define RUNNER_FRUITLESS_MAX	3

/* trial_run(), or a test double. */
typedef int (*runner_trial_fn)(struct connection *c, const struct trial_plan *plan,
			       trial_sample_fn on_sample, trial_phase_fn on_phase, void *arg,
			       volatile const bool *stop, struct error **err);

/*
 * Asked before a block but the first is begun: sets *enough when the blocks before it are
 * enough. It may read the store. Return: 0, or a negative errno with *err set, which
 * ends the run.
 */
typedef int (*runner_enough_fn)(void *arg, int blocks, bool *enough, struct error **err);

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
	struct progress *progress;		/* or NULL */
	volatile bool *stop;			/* set by a signal handler; and by the runner when
						 * one machine's error ends all */
};

/* One chain of the order. */
struct runner_chain {
	int number;			/* from 0; also of its first machine */
	int block;
	unsigned int way;		/* index in the scenario */
};

/* How many chains a scenario has. */
int runner_chains(const struct scenario *s);

/* How many counted reboots each chain of a block has: of the last pair of a comparison, the rest. */
int runner_counted(const struct scenario *s, int block);

/* How many samples a run of so many blocks without a failure has, warm-ups included. */
int runner_planned(const struct scenario *s, int blocks);

/*
 * runner_order() - the order of the chains. Pure.
 * @chains:	room for runner_chains(); chains[i].number is i
 * Depends on nothing but the seed and the numbers of ways and machines. In a comparison
 * blocks are pairs, and each has the two sides in the other order than the one before.
 */
void runner_order(const struct scenario *s, struct runner_chain *chains);

/*
 * runner_run() - run what is left of a run
 * Return: 0 when nothing is left (a chain that was given up counts as that); -EINTR
 * without *err when *stop became true; another negative errno with *err set. What
 * is stored stays in every case.
 */
int runner_run(const struct runner *r, struct error **err);

#endif /* RUNNER_H */
