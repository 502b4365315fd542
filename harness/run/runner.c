// SPDX-License-Identifier: GPL-2.0-only
/*
 * runner.c - which trial when
 *
 * Worker threads take one chain after the other from the order, each works on
 * its chain until nothing is left of it. One mutex guards the order, the counter
 * of machines and the store. The calling thread only looks at the clock and
 * draws the progress. The first error that is not one machine's own sets *stop, so
 * that the other machines end cleanly too.
 */
#include "runner_private.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/folder.h"
#include "host_load.h"
#include "reboot/doubt.h"

/* Of live files and consoles of one machine: overlays take a few MiB, a console less. */
#define MACHINE_SPACE	(UINT64_C(64) << 20)

/* One machine at work; what its callbacks need. */
struct shift {
	struct crew *crew;
	struct job *job;
	char label[128];
	int machine;
	int warmups;			/* of this machine: those of the scenario, or more */
	bool replaces;			/* the chain had a machine before */
	int samples, good;		/* good: counted and ok */
	int64_t last_ns;
	struct host_load load;
};

static const struct scenario_way *way_of(const struct runner *r, const struct job *job)
{
	return &r->scenario->ways[job->chain.way];
}

static unsigned int progress_way(const struct shift *shift)
{
	return runner_progress_way(shift->crew->r, &shift->job->chain);
}

static int on_sample(struct sample *sample, const event_vec *events, void *arg,
		     struct error **err)
{
	struct shift *shift = arg;
	struct crew *crew = shift->crew;
	struct host_load load = host_load_read();
	int64_t now = clock_now_ns();
	double seconds = (now - shift->last_ns) / 1e9;
	int rc;

	(void)events;
	/* The emulator's stamps are exact, whatever the host does. */
	sample->clock_error_ns = shift->job->chain.exact ? 0 :
		calibration_error(crew->r->calibration, &sample->phases);
	sample->doubts |= doubts_of_sample(sample);
	if (shift->replaces)
		sample->doubts |= DOUBT_BIT(DOUBT_RESUMED);
	if (crew->r->scenario->fault.kind != FAULT_NONE)
		sample->doubts |= DOUBT_BIT(DOUBT_FAULT_INJECTED);
	if (host_load_busy(&shift->load, &load) && !shift->job->chain.exact)
		sample->doubts |= DOUBT_BIT(DOUBT_HOST_BUSY);
	pthread_mutex_lock(&crew->mutex);
	rc = store_sample_add(crew->r->store, sample, err);
	pthread_mutex_unlock(&crew->mutex);
	if (rc)
		return rc;
	if (sample_counts(sample))
		shift->job->left--;
	if (!sample->warmup && sample->judgement.verdict == VERDICT_OK)
		shift->good++;
	progress_sample(crew->r->progress, progress_way(shift), shift->label, sample, seconds,
			!shift->samples);
	shift->samples++;
	shift->last_ns = now;
	shift->load = load;
	return 0;
}

static void on_phase(int machine, int index, enum phase phase, void *arg)
{
	struct shift *shift = arg;

	progress_phase(shift->crew->r->progress, shift->label, machine, index, phase);
}

/* Stores that a machine begins, under a number that no other has. */
static int begin_machine(struct shift *shift, struct error **err)
{
	struct crew *crew = shift->crew;
	const struct scenario *s = crew->r->scenario;
	struct machine_row row = { .chain = shift->job->chain.number };
	int rc;

	pthread_mutex_lock(&crew->mutex);
	shift->replaces = shift->job->machines++ > 0;
	shift->machine = shift->replaces ? runner_next_machine(crew) : shift->job->chain.number;
	row.machine = shift->machine;
	snprintf(row.way, sizeof(row.way), "%s", order_way(s, &shift->job->chain));
	snprintf(row.variant, sizeof(row.variant), "%s", order_variant(s, &shift->job->chain));
	clock_wall_time(clock_now_ns(), row.started, sizeof(row.started));
	rc = store_machine_add(crew->r->store, crew->r->run, &row, err);
	pthread_mutex_unlock(&crew->mutex);
	return rc;
}

/* Runs one machine for what is left of the chain. */
static int run_machine(struct shift *shift, struct error **err)
{
	const struct runner *r = shift->crew->r;
	const struct order_chain *chain = &shift->job->chain;
	struct scenario scenario = order_scenario(r->scenario, chain->block);
	struct trial_plan plan = {
		.scenario = &scenario, .way = way_of(r, shift->job),
		.accelerator = chain->exact ? ACCELERATOR_TCG : r->accelerator,
		.run = r->run, .paths = r->paths,
	};
	const struct image_set *images = r->images ? &r->images[chain->way] : NULL;
	CLEANUP_FREE char *work = NULL, *plugin = NULL;
	char name[16];
	int rc = folder_check_space(r->paths.work, MACHINE_SPACE, err);

	if (!rc)
		rc = folder_check_space(r->paths.consoles, MACHINE_SPACE, err);
	if (!rc)
		rc = begin_machine(shift, err);
	if (rc)
		return rc;
	snprintf(name, sizeof(name), "m%d", shift->machine);
	work = folder_make_below(r->paths.work, name, err);
	if (!work)
		return -EIO;
	scenario.machine = factor_machine(&scenario.machine, &plan.way->own);
	scenario.chain.warmups = shift->warmups;
	scenario.chain.reboots = shift->warmups + shift->job->left;
	plan.machine = shift->machine;
	plan.paths.work = work;
	if (images) {
		plan.build = images->build;
		plan.chain = &images->chain;
		plan.kernel_expected = images->kernel_release;
		plan.paths.boot_base = images->boot;
		plan.paths.root_base = images->root;
		plan.paths.firmware = images->firmware;
		plan.paths.variables_base = images->variables;
	}
	if (r->plugin && chain->exact && order_is_first(r->scenario, chain))
		plugin = r->plugin(r->plugin_arg, &scenario, plan.way, plan.machine);
	plan.plugin = plugin;
	shift->last_ns = clock_now_ns();
	shift->load = host_load_read();
	progress_phase(r->progress, shift->label, shift->machine, 0, PHASES);
	rc = r->trial(r->connection, &plan, on_sample, on_phase, shift, r->stop, err);
	folder_remove(work);
	return rc;
}

/* Whether an error ends the run; if not, it was the machine's own and another may do better. */
static bool is_fatal(const struct error *err, int fruitless)
{
	return !err || err->class != ERROR_INSTRUMENT || fruitless >= RUNNER_FRUITLESS_MAX;
}

/* The machine did not take what progress had been told: tell it what there is now. */
static void plan_again(struct shift *shift, int before)
{
	const struct runner *r = shift->crew->r;

	progress_plan(r->progress, progress_way(shift), (shift->job->left > 0) - !shift->samples,
		      runner_reboots(shift->crew, shift->job) -
		      (shift->warmups + before - shift->samples));
}

static void give_up(struct shift *shift)
{
	const struct runner *r = shift->crew->r;

	progress_note(r->progress, "%s: given up, for %d machines in a row gave no good reboot; "
		      "%d of its reboots are not run", shift->label, RUNNER_FRUITLESS_MAX,
		      shift->job->left);
	progress_plan(r->progress, progress_way(shift), -1, -runner_reboots(shift->crew, shift->job));
}

/* Runs machines until nothing is left of the chain. */
static int run_job(struct crew *crew, struct job *job, struct error **err)
{
	const struct scenario *s = crew->r->scenario;
	const char *variant = order_variant(s, &job->chain);

	while (job->left > 0 && !*crew->r->stop) {
		struct shift shift = { .crew = crew, .job = job,
				       .warmups = runner_warmups(crew, job) };
		int before = job->left, rc;

		snprintf(shift.label, sizeof(shift.label), "%s%s%s", order_way(s, &job->chain),
			 *variant ? " " : "", variant);
		rc = run_machine(&shift, err);
		job->fruitless = shift.good ? 0 : job->fruitless + 1;
		if (*crew->r->stop || rc == -EINTR)
			return -EINTR;
		if (rc && is_fatal(*err, job->fruitless))
			return rc;
		if (rc) {
			progress_note(crew->r->progress, "%s, machine %d: %s; trying another",
				      shift.label, shift.machine, (*err)->message);
			error_free(*err);
			*err = NULL;
		}
		plan_again(&shift, before);
		if (job->left > 0 && job->fruitless >= RUNNER_FRUITLESS_MAX) {
			give_up(&shift);
			return 0;
		}
	}
	return 0;
}

/* Nothing more is run: what was planned is taken back. The mutex is held. */
static void drop_jobs(struct crew *crew, int from)
{
	for (int i = from; i < crew->jobs_count; i++) {
		const struct job *job = &crew->jobs[i];

		if (job->left > 0)
			progress_plan(crew->r->progress,
				      runner_progress_way(crew->r, &job->chain), -1,
				      -runner_reboots(crew, job));
	}
	crew->jobs_count = from;
	crew->part_end = from;
}

/*
 * Whether what ran is enough, asked once at the border of two blocks. What is
 * answered rests on whole blocks only, so a run that goes on in the middle of one gets
 * the answer that it had. The mutex is held, which guards the store.
 */
static int ask_enough(struct crew *crew, int block, bool *enough, struct error **err)
{
	const struct runner *r = crew->r;

	*enough = false;
	if (!r->enough || block <= crew->asked)
		return 0;
	crew->asked = block;
	return r->enough(r->enough_arg, block, enough, err);
}

/* The next chain with something left, or NULL, with *err set where that is the reason. */
static struct job *next_job(struct crew *crew, struct error **err)
{
	struct job *job = NULL;

	pthread_mutex_lock(&crew->mutex);
	for (; !job && !*err && !*crew->r->stop && crew->next_job < crew->part_end;
	     crew->next_job++) {
		struct job *next = &crew->jobs[crew->next_job];
		bool enough = false;

		if (next->left <= 0 || ask_enough(crew, next->chain.block, &enough, err))
			continue;
		if (enough)
			drop_jobs(crew, crew->next_job);
		else
			job = next;
	}
	pthread_mutex_unlock(&crew->mutex);
	return job;
}

/* The first error is the reason; asking to stop makes others fail. */
static void fail(struct crew *crew, int rc, struct error **err)
{
	pthread_mutex_lock(&crew->mutex);
	if (!crew->rc && !*crew->r->stop) {
		crew->rc = rc;
		crew->err = steal_ptr(err);
		*crew->r->stop = true;
	}
	pthread_mutex_unlock(&crew->mutex);
}

static void *work_on(void *arg)
{
	struct crew *crew = arg;

	for (;;) {
		CLEANUP_ERROR struct error *err = NULL;
		struct job *job = next_job(crew, &err);
		int rc = err ? -EIO : 0;

		if (job)
			rc = run_job(crew, job, &err);
		if (rc)
			fail(crew, rc, &err);
		if (!job)
			break;
	}
	pthread_mutex_lock(&crew->mutex);
	crew->working--;
	pthread_cond_signal(&crew->ended);
	pthread_mutex_unlock(&crew->mutex);
	return NULL;
}

/* Draws the progress once a second until no thread works any more. */
static void watch(struct crew *crew)
{
	bool told = false;

	pthread_mutex_lock(&crew->mutex);
	while (crew->working) {
		struct timespec until = clock_timespec(clock_now_ns() + NS_PER_S);

		pthread_cond_timedwait(&crew->ended, &crew->mutex, &until);
		pthread_mutex_unlock(&crew->mutex);
		if (*crew->r->stop && !told)
			progress_note(crew->r->progress, "ending the machines");
		told = *crew->r->stop;
		progress_tick(crew->r->progress);
		pthread_mutex_lock(&crew->mutex);
	}
	pthread_mutex_unlock(&crew->mutex);
}

static void run_threads(struct crew *crew, int n)
{
	pthread_t threads[n];

	crew->working = n;
	for (int i = 0; i < n; i++) {
		if (pthread_create(&threads[i], NULL, work_on, crew))
			abort();
	}
	watch(crew);
	for (int i = 0; i < n; i++)
		pthread_join(threads[i], NULL);
}

/* The chains up to end, of one part of the run; none when another part has failed. */
static void run_part(struct crew *crew, int end, bool exact_part)
{
	int left = 0, n = runner_parallel(crew->r->scenario, exact_part);

	crew->part_end = end;
	for (int i = crew->next_job; i < end; i++)
		left += crew->jobs[i].left > 0;
	if (!left || *crew->r->stop)
		return;
	if (exact_part)
		progress_note(crew->r->progress, "by the exact clock now: %d machine%s, %d side by side",
			      left, left == 1 ? "" : "s", n);
	run_threads(crew, n);
}

/* All other chains first: nothing must disturb what goes by the wall clock. */
static void run_parts(struct crew *crew)
{
	const struct scenario *s = crew->r->scenario;

	if (!scenario_is_both(s)) {
		run_part(crew, crew->jobs_count, false);
		return;
	}
	run_part(crew, s->chain.machines * order_width(s), false);
	crew->next_job = crew->part_end;
	run_part(crew, crew->jobs_count, true);
}

int runner_run(const struct runner *r, struct error **err)
{
	struct crew crew = { .r = r, .mutex = PTHREAD_MUTEX_INITIALIZER };
	pthread_condattr_t monotonic;
	int rc;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&crew.ended, &monotonic);
	pthread_condattr_destroy(&monotonic);
	rc = runner_jobs_make(&crew, err);
	if (!rc)
		run_parts(&crew);
	if (!rc && crew.rc) {
		rc = crew.rc;
		*err = crew.err;
	} else if (!rc && *r->stop) {
		rc = -EINTR;
	}
	pthread_cond_destroy(&crew.ended);
	free(crew.jobs);
	return rc;
}
