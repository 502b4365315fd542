// SPDX-License-Identifier: GPL-2.0-only
/*
 * runner_jobs.c - what is left of a run
 */
#include "runner_private.h"

#include <string.h>

#include "base/processors.h"

int runner_next_machine(struct crew *crew)
{
	const struct shard *shard = &crew->r->scenario->shard;
	int number = crew->next_machine;

	crew->next_machine += shard_is_part(shard) ? shard->of : 1;
	return number;
}

/* The job that a machine of the run worked on, or NULL for a machine that is not stored. */
static struct job *job_of(struct crew *crew, const machine_vec *machines, int machine)
{
	for (size_t i = 0; i < machines->n; i++) {
		int chain = machines->at[i].chain;

		if (machines->at[i].machine == machine && chain >= 0 && chain < crew->jobs_count)
			return &crew->jobs[chain];
	}
	return NULL;
}

/* Takes off what earlier starts of this run have stored. */
static int take_off_stored(struct crew *crew, struct error **err)
{
	machine_vec machines = { 0 };
	sample_vec samples = { 0 };
	int rc = store_machines(crew->r->store, crew->r->run, &machines, err);

	if (!rc)
		rc = store_samples(crew->r->store, crew->r->run, &samples, err);
	for (size_t i = 0; !rc && i < machines.n; i++) {
		struct job *job = job_of(crew, &machines, machines.at[i].machine);

		if (job)
			job->machines++;
		while (machines.at[i].machine >= crew->next_machine)
			runner_next_machine(crew);
	}
	for (size_t i = 0; !rc && i < samples.n; i++) {
		struct job *job = job_of(crew, &machines, samples.at[i].machine);

		if (job && sample_counts(&samples.at[i]))
			job->left--;
	}
	vec_free(&machines);
	vec_free(&samples);
	return rc;
}

int runner_warmups(const struct crew *crew, const struct job *job)
{
	const struct scenario *s = crew->r->scenario;
	int done = order_counted(s, job->chain.block) - job->left;

	if (done > ORDER_REPLAY_MOST || job->fruitless == RUNNER_FRUITLESS_MAX - 1)
		done = 0;
	return order_scenario(s, job->chain.block).chain.warmups + done;
}

int runner_reboots(const struct crew *crew, const struct job *job)
{
	return job->left > 0 ? runner_warmups(crew, job) + job->left : 0;
}

unsigned int runner_progress_way(const struct runner *r, const struct order_chain *chain)
{
	return chain->way + (scenario_is_both(r->scenario) && chain->exact ?
			     r->scenario->ways_count : 0);
}

int runner_jobs_make(struct crew *crew, struct error **err)
{
	const struct scenario *s = crew->r->scenario;
	int n = order_chains(s), rc;
	CLEANUP_FREE struct order_chain *order = calloc(n, sizeof(*order));

	crew->jobs = calloc(n, sizeof(*crew->jobs));
	if (!order || !crew->jobs)
		abort();
	crew->jobs_count = n;
	crew->next_machine = n + (shard_is_part(&s->shard) ? s->shard.number - 1 : 0);
	order_make(s, order);
	for (int i = 0; i < n; i++) {
		crew->jobs[i].chain = order[i];
		if (shard_has(&s->shard, order[i].block))
			crew->jobs[i].left = order_counted(s, order[i].block);
	}
	rc = take_off_stored(crew, err);
	for (int i = 0; !rc && i < n; i++) {
		if (crew->jobs[i].left > 0)
			progress_plan(crew->r->progress,
				      runner_progress_way(crew->r, &crew->jobs[i].chain), 1,
				      runner_warmups(crew, &crew->jobs[i]) + crew->jobs[i].left);
	}
	return rc;
}

int runner_parallel(const struct scenario *s, bool exact_part)
{
	int most = s->exact.machines * (int)s->ways_count, processors = processors_usable();

	if (!exact_part)
		return s->chain.parallel;
	return processors < most ? processors : most;
}
