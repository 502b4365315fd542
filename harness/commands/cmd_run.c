// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_run.c - `lobosbench run`: a scenario into a run
 *
 * Everything that can be refused is refused before a row is stored or a machine
 * is started. From then on whatever happens leaves a run that a second call with
 * the same words continues.
 */
#include <errno.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/path.h"
#include "base/text.h"
#include "commands.h"
#include "machine/accel.h"
#include "machine/calibration.h"
#include "machines.h"
#include "plan/order.h"
#include "plan/revision.h"
#include "report/report.h"
#include "results.h"
#include "run/run_record.h"
#include "run/runner.h"
#include "run/versus_record.h"
#include "run_profiles.h"
#include "run_scenario.h"

#define TO(member) offsetof(struct run_options, member)

static const char *const accelerators[] = { "kvm", "tcg", "auto", NULL };
static const char *const chipsets[] = { "pc", "q35", NULL };
static const char *const firmwares[] = { "bios", "uefi", NULL };
static const char *const clocks[] = { "wall", "virtual", "both", NULL };

static const struct option options[] = {
	{ "SCENARIO", NULL, "a YAML file, or the name of one in scenarios/", OPTION_TEXT,
	  .to = TO(scenario), .required = true },
	{ "--way", "WAY", "only this way (may be given again); one that the scenario does not have "
	  "is run as WAY[/IMAGE][+OPTION]... says", OPTION_LIST, .to = TO(ways) },
	{ "--versus", "WAY", "compare: side A is the one --way, side B this, which may be the same. "
	  "Machines of both take turns, AB BA AB ..., until the figures tell them apart or show "
	  "that they do not differ", OPTION_TEXT, .to = TO(override.versus) },
	{ "--against", "REV", "side B is built from that commit of this checkout", OPTION_TEXT,
	  .to = TO(against) },
	{ "--most", "N", "counted reboots a side of a comparison, at most (30)", OPTION_NUMBER,
	  .to = TO(override.most), .as_text = true },
	{ "--machines", "N", "machines for each way; of a run by both clocks at most so many by the "
	  "exact one", OPTION_NUMBER, .to = TO(override.machines), .as_text = true },
	{ "--reboots", "N", "reboots of each machine, warm-ups included; of a run by both clocks at "
	  "most so many by the exact one", OPTION_NUMBER, .to = TO(override.reboots), .as_text = true },
	{ "--clock", "C", "wall, virtual or both; a comparison of a scenario with both goes by wall",
	  OPTION_CHOICE, .to = TO(override.clock), .as_text = true, .choices = clocks },
	{ "--shard", "I/N", "only the I-th of N parts of the run, in a results folder of its own on any "
	  "host; `lobosbench merge` makes one run of all", OPTION_TEXT, .to = TO(override.shard) },
	{ "--seed", "S", "seed of the random order", OPTION_NUMBER, .to = TO(override.seed),
	  .as_text = true },
	{ "--accelerator", "A", "kvm, tcg or auto", OPTION_CHOICE, .to = TO(override.accelerator),
	  .as_text = true, .choices = accelerators },
	{ "--kernel", "K", "folder of build/kernels, such as x86_64-6.12; it names the architecture, too",
	  OPTION_TEXT, .to = TO(override.kernel) },
	{ "--chipset", "C", "pc or q35", OPTION_CHOICE, .to = TO(override.chipset), .as_text = true,
	  .choices = chipsets },
	{ "--firmware", "F", "bios or uefi; a way that needs the other one is refused", OPTION_CHOICE,
	  .to = TO(override.firmware), .as_text = true, .choices = firmwares },
	{ "--new", NULL, "begin a new run, even if one was interrupted", OPTION_FLAG,
	  .to = TO(begin_new) },
	{ 0 }
};

/* Of a run: one machine's live files and consoles each, and the report. */
#define MACHINE_SPACE	(UINT64_C(64) << 20)

/* All that a run needs, taken in the order in which it can be refused most cheaply. */
struct session {
	const struct settings *global;
	struct impl_list *impls;
	char *against;			/* id of the commit of side B */
	struct revisions revisions;
	struct scenario *scenario;
	struct store *store;
	struct images images;
	struct accel_proof proof;
	enum accelerator accelerator;
	struct machines machines;
	struct calibration calibration;
};

static void session_close(struct session *s)
{
	images_free(&s->images);
	store_close(s->store);
	machines_close(&s->machines);
	scenario_free(s->scenario);
	revisions_free(&s->revisions);
	free(s->against);
	impl_list_free(s->impls);
}

static int load_scenario(struct session *s, const struct run_options *o, struct error **err)
{
	CLEANUP_FREE char *path = scenario_path(s->global->top, o->scenario);
	CLEANUP_FREE char *impls = path_below(s->global->top, "impls");
	struct scenario_override override = o->override;
	int rc;

	override.ways = o->ways.at;
	override.ways_count = o->ways.n;
	if (o->against) {
		s->against = revision_commit(s->global->top, o->against, err);
		if (!s->against)
			return error_wrap(err, "--against");
		override.against = s->against;
	}
	s->scenario = scenario_load_overridden(path, &override, err);
	if (!s->scenario) {
		if ((*err)->code == ENOENT)
			error_hint(err, "`lobosbench list scenarios` shows them");
		return -EINVAL;
	}
	s->impls = impl_list_load(impls, err);
	if (!s->impls)
		return -EINVAL;
	rc = order_check_shard(s->scenario, err);
	if (!rc)
		rc = revisions_open(&s->revisions, s->global, s->scenario, err);
	return rc ? rc : scenario_resolve(s->scenario, s->global->top, s->impls, err);
}

static int take_results(struct session *s, struct error **err)
{
	CLEANUP_FREE char *what = text_format("scenario %s", s->scenario->name);
	CLEANUP_FREE char *database = results_database(s->global);
	int rc = machines_lock(&s->machines, s->global, what, err);

	if (rc)
		return rc;
	s->store = store_open(database, false, err);
	return s->store ? 0 : -EIO;
}

/* Whether a reset is the border of a phase by the host's clock. */
static bool is_reset(const struct scenario *s)
{
	bool resets = false;

	for (unsigned int i = 0; i < s->ways_count; i++)
		resets |= s->ways[i].impl->resets;
	return resets && !scenario_is_virtual(s);
}

/* How many machines run side by side in the exact part; 0: the run does not have one. */
static int exact_parallel(const struct scenario *s)
{
	return scenario_is_both(s) ? runner_parallel(s, true) : 0;
}

static int take_machines(struct session *s, struct error **err)
{
	int wall = runner_parallel(s->scenario, false), exact = exact_parallel(s->scenario);
	uint64_t space = MACHINE_SPACE * ((wall > exact ? wall : exact) + 1);
	int rc = machines_open(&s->machines, s->global, space, err);

	if (!rc)
		rc = calibration_run(s->machines.work, CALIBRATION_MESSAGES, &s->calibration, err);
	if (!rc && is_reset(s->scenario))
		rc = calibration_resets(s->machines.connection, CALIBRATION_RESETS, &s->calibration,
					err);
	return rc;
}

/* A build that was ended by the user's Ctrl-C did not fail. */
static int build_revisions(struct session *s, struct error **err)
{
	int rc = revisions_build(&s->revisions, s->scenario, err);

	if (!rc || !interrupt_asked)
		return rc;
	error_free(*err);
	*err = NULL;
	rc = error_set(err, ERROR_INTERRUPTED, EINTR, "interrupted while a commit was built");
	error_hint(err, "the same command again goes on from there");
	return rc;
}

static int find_plugin(const struct session *s, const char *name, struct error **err)
{
	CLEANUP_FREE char *plugin = path_below(s->global->plugins, name);
	int rc;

	if (!access(plugin, R_OK))
		return 0;
	rc = error_set(err, ERROR_HOST, errno, "%s: not built", plugin);
	error_hint(err, "`make harness` builds it");
	return rc;
}

static int find_plugins(const struct session *s, struct error **err)
{
	bool virtual = scenario_is_virtual(s->scenario), both = scenario_is_both(s->scenario);
	int rc = 0;

	if (virtual || both)
		rc = find_plugin(s, "clock.so", err);
	if (!rc && !virtual)
		rc = find_plugin(s, "discard.so", err);
	return rc;
}

static int session_open(struct session *s, const struct run_options *o, struct error **err)
{
	int rc = load_scenario(s, o, err);

	if (!rc)
		rc = find_plugins(s, err);
	/* The lock first: a build would disturb the machines of another run. */
	if (!rc)
		rc = take_results(s, err);
	if (rc)
		return rc;
	accel_prove(&s->proof);
	rc = accel_choose(s->scenario->machine.accelerator, &s->proof, &s->accelerator, err);
	if (!rc)
		rc = build_revisions(s, err);
	if (!rc)
		rc = images_find(&s->images, s->global, s->scenario, err);
	return rc ? rc : take_machines(s, err);
}

static struct run_profiles profiles_of(const struct session *s, const struct run_record *record)
{
	return (struct run_profiles){
		.top = s->global->top, .plugins = s->global->plugins,
		.results = s->global->results, .traces = record->consoles,
	};
}

static int run_trials(struct session *s, const struct run_record *record, struct error **err)
{
	CLEANUP(cleanup_progress_free) struct progress *progress =
		progress_new(stderr, s->scenario->ways_count, s->scenario->chain.parallel,
			     exact_parallel(s->scenario));
	struct runner runner = {
		.scenario = s->scenario, .store = s->store, .run = record->row.name,
		.connection = s->machines.connection, .accelerator = s->accelerator,
		.images = s->images.of, .calibration = &s->calibration,
		.paths = {
			.work = s->machines.work, .consoles = record->consoles,
			.plugins = s->global->plugins,
		},
		.trial = trial_run, .progress = progress, .stop = &interrupt_asked,
	};
	struct versus_record versus = {
		.scenario = s->scenario, .store = s->store, .run = record->row.name,
		.progress = progress,
	};
	struct run_profiles profiles = profiles_of(s, record);

	runner.plugin = run_profiles_plugin;
	runner.plugin_arg = &profiles;
	if (s->scenario->versus.on) {
		runner.enough = versus_record_enough;
		runner.enough_arg = &versus;
	}

	return runner_run(&runner, err);
}

static int write_report(struct session *s, const struct run_options *o,
			const struct run_record *record, struct error **err)
{
	int rc = report_write(s->global, s->store, record->row.name, err), printed = 0;

	if (rc < 0) {
		error_wrap(err, "the run is complete, its report is not");
		error_hint(err, "`lobosbench report` writes it again");
		return rc;
	}
	if (o->prints_chains)
		printed = report_soak(s->global, s->store, record->row.name, stdout, err);
	if (printed)
		return printed;
	if (rc)
		puts("the witness contradicts a way of this run; its reboots are no successes");
	printf("report: %s/report.md\n", record->dir);
	return rc;
}

static int run_session(struct session *s, const struct run_options *o, struct error **err)
{
	CLEANUP(run_record_close) struct run_record record = { 0 };
	struct run_base base = {
		.global = s->global, .store = s->store, .scenario = s->scenario,
		.impls = s->impls, .images = &s->images, .proof = &s->proof,
		.accelerator = s->accelerator, .connection = s->machines.connection,
		.calibration = &s->calibration, .begin_new = o->begin_new,
	};
	struct run_profiles profiles;
	int rc = run_record_open(&record, &base, err), status;

	if (rc)
		return rc;
	rc = run_trials(s, &record, err);
	if (!rc)
		rc = report_prove(s->global, s->store, record.row.name, err);
	interrupt_at_once();
	status = run_record_end(&record, &base, rc, err);
	if (status < 0)
		return status;
	profiles = profiles_of(s, &record);
	rc = run_profiles_write(&profiles, s->scenario, s->store, record.row.name, err);
	if (!rc)
		rc = write_report(s, o, &record, err);
	return rc ? rc : status;
}

int run_scenario(const struct settings *global, const struct run_options *o, struct error **err)
{
	CLEANUP(session_close) struct session session = { .global = global };
	int rc;

	interrupt_catch();
	rc = session_open(&session, o, err);
	return rc ? rc : run_session(&session, o, err);
}

static int run_run(const struct settings *global, const void *given, struct error **err)
{
	return run_scenario(global, given, err);
}

const struct command command_run = {
	.name = "run",
	.summary = "run a scenario and write its report",
	.prose = "Runs a scenario. A second run of the same scenario with the same options "
		 "continues one that was interrupted. Ctrl-C ends cleanly and keeps what was "
		 "measured; a second one ends at once.",
	.options = options,
	.statuses = "0 all went well, 1 a reboot failed",
	.examples = "lobosbench run bench --way lobos --way kexec --machines 1\n"
		    "lobosbench run bench --way kexec --versus kexec/vmlinux+no-checks\n"
		    "lobosbench run bench --way lobos --against HEAD~1",
	.supervised = true,
	.size = sizeof(struct run_options),
	.run = run_run,
};
