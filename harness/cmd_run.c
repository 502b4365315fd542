// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_run.c - lobosbench run: a scenario into a run
 *
 * Everything that can be refused is refused before a row is stored or a machine
 * is started. From then on whatever happens leaves a run that a second call with
 * the same words continues.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <string.h>

#include "accel.h"
#include "calibration.h"
#include "commands.h"
#include "lock.h"
#include "run_record.h"
#include "runner.h"
#include "scenario_override.h"
#include "state_dir.h"
#include "tree.h"
#include "versus_record.h"
#include "work.h"

#define WAYS_MAX	32
/* Of a run: one machine's live files and consoles each, and the report. */
#define MACHINE_SPACE	(UINT64_C(64) << 20)

const char cmd_run_help[] =
	"Usage: lobosbench run SCENARIO [OPTION]...\n"
	"\n"
	"Runs a scenario: a YAML file, or the name of one in scenarios/. A second run of\n"
	"the same scenario with the same options continues one that was interrupted.\n"
	"\n"
	"  --way WAY            only this way (may be given again); one that the scenario\n"
	"                       does not have is run as WAY[/IMAGE][+OPTION]... says\n"
	"  --versus WAY         compare: side A is the one --way, side B this, which may be\n"
	"                       the same. Machines of both take turns, AB BA AB ..., until\n"
	"                       the figures tell them apart or show that they do not differ\n"
	"  --against REV        side B is built from that commit of this checkout\n"
	"  --most N             counted reboots a side of a comparison, at most (30)\n"
	"  --machines N         machines for each way\n"
	"  --reboots N          reboots of each machine, warm-ups included\n"
	"  --seed S             of the random order\n"
	"  --accelerator A      kvm, tcg or auto\n"
	"  --new                begin a new run, even if one was interrupted\n"
	"\n"
	"Ctrl-C ends cleanly and keeps what was measured; a second one ends at once.\n"
	"Exit status: 0 all went well, 1 a reboot failed, 2 bad input, 3 the host lacks\n"
	"something, 4 the instrument failed, 5 another run is going on, 130 interrupted.\n"
	"\n"
	"Example: lobosbench run bench --way lobos --way kexec --machines 1\n"
	"         lobosbench run bench --way kexec --versus kexec/vmlinux+no-checks\n"
	"         lobosbench run bench --way lobos --against HEAD~1\n";

struct run_options {
	const char *scenario;
	struct scenario_override override;
	const char *ways[WAYS_MAX];
	const char *against;		/* as the user wrote it */
	bool begin_new;
};

/* Signals so far; the handler may touch nothing else. */
static volatile sig_atomic_t signals;
static volatile bool stop;

static void on_signal(int signal)
{
	(void)signal;
	if (signals++)
		_exit(ERROR_INTERRUPTED);
	stop = true;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
	/* A reader that goes away (`| head`) must not end a run half way. */
	signal(SIGPIPE, SIG_IGN);
}

static int usage(struct error **err, const char *fmt, const char *what)
{
	int rc = error_set(err, ERROR_USAGE, 0, fmt, what);

	error_hint(err, "`lobosbench run --help` tells the options");
	return rc;
}

static int take_number(const char *option, const char *value, const char **to, struct error **err)
{
	if (!value[0] || strspn(value, "0123456789") != strlen(value) || strlen(value) > 18)
		return error_set(err, ERROR_USAGE, 0, "--%s: \"%s\" is no whole number", option,
				 value);
	*to = value;
	return 0;
}

static int take_way(struct run_options *o, const char *way, struct error **err)
{
	for (unsigned int i = 0; i < o->override.ways_count; i++) {
		if (!strcmp(o->ways[i], way))
			return 0;
	}
	if (o->override.ways_count == WAYS_MAX)
		return usage(err, "--way %s: too many ways", way);
	o->ways[o->override.ways_count++] = way;
	return 0;
}

static int take_accelerator(struct run_options *o, const char *name, struct error **err)
{
	if (strcmp(name, "kvm") && strcmp(name, "tcg") && strcmp(name, "auto"))
		return usage(err, "--accelerator: \"%s\" is none of kvm, tcg, auto", name);
	o->override.accelerator = name;
	return 0;
}

static int parse_options(int argc, char **argv, struct run_options *o, struct error **err)
{
	static const struct option options[] = {
		{ "way", required_argument, NULL, 'w' },
		{ "machines", required_argument, NULL, 'm' },
		{ "reboots", required_argument, NULL, 'r' },
		{ "seed", required_argument, NULL, 's' },
		{ "accelerator", required_argument, NULL, 'a' },
		{ "versus", required_argument, NULL, 'v' },
		{ "against", required_argument, NULL, 'g' },
		{ "most", required_argument, NULL, 'M' },
		{ "new", no_argument, NULL, 'n' },
		{ 0 }
	};
	int c, rc = 0;

	o->override.ways = o->ways;
	optind = 0;
	opterr = 0;
	while (!rc && (c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'w')
			rc = take_way(o, optarg, err);
		else if (c == 'm')
			rc = take_number("machines", optarg, &o->override.machines, err);
		else if (c == 'r')
			rc = take_number("reboots", optarg, &o->override.reboots, err);
		else if (c == 's')
			rc = take_number("seed", optarg, &o->override.seed, err);
		else if (c == 'a')
			rc = take_accelerator(o, optarg, err);
		else if (c == 'v')
			o->override.versus = optarg;
		else if (c == 'g')
			o->against = optarg;
		else if (c == 'M')
			rc = take_number("most", optarg, &o->override.most, err);
		else if (c == 'n')
			o->begin_new = true;
		else if (c == ':')
			rc = usage(err, "%s needs a value", argv[optind - 1]);
		else
			rc = usage(err, "there is no option %s", argv[optind - 1]);
	}
	if (rc)
		return rc;
	if (optind == argc)
		return usage(err, "%s", "which scenario? A file, or a name in scenarios/");
	if (optind + 1 < argc)
		return usage(err, "one scenario at a time; what is \"%s\"?", argv[optind + 1]);
	o->scenario = argv[optind];
	return 0;
}

/* A name without a slash or an ending is one of scenarios/; anything else is a file. */
static char *scenario_path(const struct options *global, const char *given)
{
	char *path = NULL;

	if (strchr(given, '/') || strchr(given, '.'))
		path = strdup(given);
	else if (asprintf(&path, "%s/scenarios/%s.yaml", global->top, given) < 0)
		path = NULL;
	if (!path)
		abort();
	return path;
}

/* All that a run needs, taken in the order in which it can be refused most cheaply. */
struct session {
	const struct options *global;
	struct impl_list *impls;
	char *against;			/* id of the commit of side B */
	struct trees trees;
	struct scenario *scenario;
	struct lock *lock;
	struct store *store;
	struct run_images images;
	struct accel_proof proof;
	enum accelerator accelerator;
	struct connection *connection;
	char *work;
	struct calibration calibration;
};

static void session_close(struct session *s)
{
	if (s->work)
		work_remove(s->work);
	free(s->work);
	if (s->connection)
		connection_close(s->connection);
	run_images_free(&s->images);
	store_close(s->store);
	lock_release(s->lock);
	scenario_free(s->scenario);
	trees_free(&s->trees);
	free(s->against);
	impl_list_free(s->impls);
}

static int load_scenario(struct session *s, const struct run_options *o, struct error **err)
{
	CLEANUP_FREE char *path = scenario_path(s->global, o->scenario);
	CLEANUP_FREE char *impls = NULL;
	struct scenario_override override = o->override;
	int rc;

	if (asprintf(&impls, "%s/impls", s->global->top) < 0)
		abort();
	if (o->against) {
		s->against = tree_commit(s->global->top, o->against, err);
		if (!s->against)
			return error_wrap(err, "--against");
		override.against = s->against;
	}
	s->scenario = scenario_load_overridden(path, &override, err);
	if (!s->scenario) {
		if ((*err)->code == ENOENT)
			error_hint(err, "`lobosbench list` tells the scenarios");
		return -EINVAL;
	}
	s->impls = impl_list_load(impls, err);
	if (!s->impls)
		return -EINVAL;
	rc = trees_open(&s->trees, s->global, s->scenario, err);
	return rc ? rc : scenario_resolve(s->scenario, s->impls, err);
}

static int take_results(struct session *s, struct error **err)
{
	CLEANUP_FREE char *what = NULL, *database = NULL;
	int rc = folder_make(s->global->results, err);

	if (rc) {
		error_hint(err, "--results names another folder");
		return rc;
	}
	if (asprintf(&what, "scenario %s", s->scenario->name) < 0 ||
	    asprintf(&database, "%s/lobosbench.db", s->global->results) < 0)
		abort();
	s->lock = lock_take(s->global->results, what, err);
	if (!s->lock)
		return -EBUSY;
	s->store = store_open(database, false, err);
	return s->store ? 0 : -EIO;
}

static int take_machines(struct session *s, struct error **err)
{
	uint64_t space = MACHINE_SPACE * (s->scenario->chain.parallel + 1);
	unsigned int ended = 0;
	int rc = work_space(s->global->results, space, err);

	if (rc)
		return rc;
	s->connection = connection_open(s->global->connect, s->global->state, err);
	if (!s->connection)
		return -EIO;
	rc = connection_end_leftovers(s->connection, &ended, err);
	if (rc)
		return rc;
	if (ended)
		fprintf(stderr, "ended %u machine%s that a killed run had left\n", ended,
			ended > 1 ? "s" : "");
	s->work = work_open(s->global->results, err);
	if (!s->work)
		return -EIO;
	rc = work_space(s->work, space, err);
	return rc ? rc : calibration_run(s->work, CALIBRATION_MESSAGES, &s->calibration, err);
}

/* A build that was ended by the user's Ctrl-C did not fail. */
static int build_trees(struct session *s, struct error **err)
{
	int rc = trees_build(&s->trees, s->scenario, err);

	if (!rc || !stop)
		return rc;
	error_free(*err);
	*err = NULL;
	rc = error_set(err, ERROR_INTERRUPTED, EINTR, "interrupted while a commit was built");
	error_hint(err, "the same command again goes on from there");
	return rc;
}

static int session_open(struct session *s, const struct run_options *o, struct error **err)
{
	int rc = load_scenario(s, o, err);

	/* The lock first: a build would disturb the machines of another run. */
	if (!rc)
		rc = take_results(s, err);
	if (rc)
		return rc;
	accel_prove(&s->proof);
	rc = accel_choose(s->scenario->machine.accelerator, &s->proof, &s->accelerator, err);
	if (!rc)
		rc = build_trees(s, err);
	if (!rc)
		rc = run_images_find(&s->images, s->global, s->scenario, err);
	return rc ? rc : take_machines(s, err);
}

static int run_trials(struct session *s, const struct run_record *record, struct error **err)
{
	CLEANUP(cleanup_progress_free) struct progress *progress =
		progress_new(stderr, s->scenario->ways_count, s->scenario->chain.parallel);
	struct runner runner = {
		.scenario = s->scenario, .store = s->store, .run = record->row.name,
		.connection = s->connection, .accelerator = s->accelerator,
		.images = s->images.of, .calibration = &s->calibration,
		.paths = { .work = s->work, .consoles = record->consoles },
		.trial = trial_run, .progress = progress, .stop = &stop,
	};
	struct versus_record versus = {
		.scenario = s->scenario, .store = s->store, .run = record->row.name,
		.progress = progress,
	};

	if (s->scenario->versus.on) {
		runner.enough = versus_record_enough;
		runner.enough_arg = &versus;
	}

	return runner_run(&runner, err);
}

static int run_session(struct session *s, const struct run_options *o, struct error **err)
{
	CLEANUP(run_record_close) struct run_record record = { 0 };
	struct run_base base = {
		.global = s->global, .store = s->store, .scenario = s->scenario,
		.impls = s->impls, .images = &s->images, .proof = &s->proof,
		.accelerator = s->accelerator, .connection = s->connection,
		.calibration = &s->calibration, .begin_new = o->begin_new,
	};
	int rc = run_record_open(&record, &base, err);

	if (rc)
		return rc;
	rc = run_trials(s, &record, err);
	/* From here on there is nothing that a first Ctrl-C would have to end cleanly. */
	signals++;
	return run_record_end(&record, &base, rc, err);
}

/**
 * cmd_run() - lobosbench run
 *
 * Return: 0 or 1 (a reboot failed), or a negative errno with *err set.
 */
int cmd_run(const struct options *global, int argc, char **argv, struct error **err)
{
	CLEANUP(session_close) struct session session = { .global = global };
	struct run_options options = { 0 };
	int rc = parse_options(argc, argv, &options, err);

	if (rc)
		return rc;
	signals = 0;
	stop = false;
	catch_signals();
	rc = session_open(&session, &options, err);
	return rc ? rc : run_session(&session, &options, err);
}
