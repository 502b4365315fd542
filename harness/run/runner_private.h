/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * runner_private.h - what the files of the runner share
 */
#ifndef RUNNER_PRIVATE_H
#define RUNNER_PRIVATE_H

#include <pthread.h>

#include "plan/order.h"
#include "runner.h"

/* A chain with what is known of it. */
struct job {
	struct order_chain chain;
	int left;			/* counted reboots still to run */
	int machines;			/* that worked on it, earlier runs included */
	int fruitless;			/* machines in a row that gave no good counted reboot */
};

/* What the workers share. */
struct crew {
	const struct runner *r;
	pthread_mutex_t mutex;
	pthread_cond_t ended;
	struct job *jobs;
	int jobs_count, next_job;
	int part_end;			/* the job behind the last one of the present part */
	int next_machine;		/* see runner_next_machine() */
	int asked;			/* the block ahead of which it was asked what is enough */
	int working;			/* threads */
	struct error *err;		/* the first */
	int rc;
};

/*
 * runner_next_machine() - the number of the next machine that replaces another
 * They lie behind those of all chains. Each shard of a run has others, so that no two machines of
 * the whole run have one.
 */
int runner_next_machine(struct crew *crew);

/*
 * runner_warmups() - uncounted reboots that the next machine of a chain begins with
 *
 * What is left of a chain keeps its places: a machine that replaces another is rebooted as
 * often as that one was before it counts, because the place may decide the figure. It begins
 * the chain anew when the way there is long, and on the last try: a failure at one place on
 * every machine must not keep all later reboots from being run.
 */
int runner_warmups(const struct crew *crew, const struct job *job);

/* All reboots of the next machine of a chain: its warm-ups, then what is left to count. */
int runner_reboots(const struct crew *crew, const struct job *job);

/* The way of a chain as progress.h counts them: those of the exact part stand behind the others. */
unsigned int runner_progress_way(const struct runner *r, const struct order_chain *chain);

/*
 * runner_jobs_make() - the chains of a run with what is left of each
 * What earlier starts of this run have stored is taken off; the rest is planned in the progress.
 * Return: 0, or a negative errno with *err set. crew->jobs is to be freed in either case.
 */
int runner_jobs_make(struct crew *crew, struct error **err);

#endif /* RUNNER_PRIVATE_H */
