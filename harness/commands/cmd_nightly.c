// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_nightly.c - `lobosbench nightly`: run the night's scenarios, then judge them
 *
 * DOC: Theory of operation
 *
 * Each scenario is run by `lobosbench run`, a process of its own, one after the other.
 * What they measured is judged against the history of this host. A scenario that
 * compares a way with itself is the canary: the two sides cannot differ, so when they do
 * the instrument is broken, and so it is when a scenario could not be run.
 *
 * A night that was interrupted goes on where it stopped: results/nightly/begun says
 * when it began and at which commit, and what was completed since then is not run
 * again. At another commit a new night begins, for those runs say nothing of it.
 */
#include <errno.h>
#include <string.h>

#include "analysis/nightly.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/text.h"
#include "commands.h"
#include "plan/revision.h"
#include "plan/scenario.h"
#include "report/dashboard.h"
#include "report/nightly_outputs.h"
#include "report/nightly_words.h"
#include "results.h"
#include "store/provenance.h"
#include "subrun.h"

static const struct option options[] = {
	{ "SCENARIO", NULL, "a YAML file, or the name of one in scenarios/; at least one must be "
	  "without versus", OPTION_LIST, .required = true },
	{ 0 }
};

struct night {
	const struct settings *global;
	char *begun;			/* file that says when this night began */
	char since[32];			/* the same moment, as in run.started */
	const char *names[OPTION_LIST_MAX];	/* of the scenarios, as in their files */
	struct scenario *scenarios[OPTION_LIST_MAX];
	size_t n;
	VEC(char *) faults;		/* what the instrument did wrong */
};

static void night_end(struct night *night)
{
	for (size_t i = 0; i < night->n; i++)
		scenario_free(night->scenarios[i]);
	for (size_t i = 0; i < night->faults.n; i++)
		free(night->faults.at[i]);
	vec_free(&night->faults);
	free(night->begun);
}

static int load(struct night *night, const struct option_list *scenarios, struct error **err)
{
	bool history = false;

	for (unsigned int i = 0; i < scenarios->n; i++) {
		CLEANUP_FREE char *path = scenario_path(night->global->top, scenarios->at[i]);
		struct scenario *s = scenario_load(path, err);

		if (!s)
			return -EINVAL;
		night->names[night->n] = s->name;
		night->scenarios[night->n++] = s;
		history |= !s->versus.on;
	}
	if (!history)
		return options_refuse(err, "nightly", "only comparisons: a night needs a scenario "
				      "without versus, whose metrics have a history");
	return 0;
}

/* The commit of the checkout, "-" outside of git; to be freed. */
static char *commit_now(const struct night *night)
{
	CLEANUP_ERROR struct error *none = NULL;
	char *commit = revision_commit(night->global->top, "HEAD", &none);

	if (!commit)
		commit = strdup("-");
	if (!commit)
		abort();
	return commit;
}

/* Takes the beginning of a night of this commit that was not finished, or begins one. */
static int begin(struct night *night, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(night->global->results, "nightly"), *line = NULL;
	CLEANUP_FREE char *commit = commit_now(night), *text = NULL;
	int rc = folder_make(dir, err);
	char of[48];

	if (rc)
		return rc;
	night->begun = path_below(dir, "begun");
	line = file_first_line(night->begun);
	if (line && sscanf(line, "%31s %47s", night->since, of) == 2 && !strcmp(of, commit)) {
		fprintf(stderr, "the night that began at %s goes on\n", night->since);
		return 0;
	}
	clock_wall_time(clock_now_ns(), night->since, sizeof(night->since));
	text = text_format("%s %s\n", night->since, commit);
	return file_write(night->begun, text, err);
}

/* The newest complete run of a scenario since this night began: 0, -ENOENT, or *err is set. */
static int completed(const struct night *night, const struct scenario *s, struct run_row *run,
		     struct error **err)
{
	CLEANUP_FREE char *path = results_database(night->global);
	CLEANUP(cleanup_store_close) struct store *store = NULL;

	if (access(path, F_OK))
		return -ENOENT;
	store = store_open(path, true, err);
	return store ? store_run_completed(store, s->name, night->since, run, err) : -EIO;
}

static void fault(struct night *night, const char *name, const char *what)
{
	char *text = NULL;

	if (asprintf(&text, "%s: %s", name, what) < 0)
		abort();
	vec_push(&night->faults, text);
}

/* Runs one scenario unless this night has it already. */
static int run_one(struct night *night, size_t i, const char *given, struct error **err)
{
	struct run_row run = { 0 };
	char text[64];
	int status = 0, rc = completed(night, night->scenarios[i], &run, err);

	run_row_free(&run);
	if (rc != -ENOENT)
		return rc;
	fprintf(stderr, "%s (%zu of %zu)\n", night->names[i], i + 1, night->n);
	rc = subrun(night->global, night->global->results, given, &status, err);
	if (rc)
		return error_wrap(err, "%s", night->names[i]);
	if (status <= 1)
		return 0;
	/* A run that is complete is judged by its samples, instrument faults or not. */
	rc = completed(night, night->scenarios[i], &run, err);
	run_row_free(&run);
	if (rc != -ENOENT)
		return rc;
	snprintf(text, sizeof(text), "it could not be run (status %d)", status);
	fault(night, night->names[i], text);
	return 0;
}

/* Whether both sides of a comparison are the same thing. */
static bool is_canary(const struct scenario *s)
{
	const struct scenario_way *a = &s->ways[0], *b = &s->ways[1];

	return s->versus.on && !strcmp(a->way, b->way) && !strcmp(a->variant, b->variant) &&
	       !a->revision == !b->revision &&
	       (!a->revision || !strcmp(a->revision, b->revision));
}

/* Asks the canary's last look. */
static int hear(struct night *night, const struct scenario *s, struct error **err)
{
	CLEANUP_PROVENANCE struct provenance *p = NULL;
	const struct provenance_look *last;
	struct run_row run = { 0 };
	int rc = completed(night, s, &run, err);

	if (rc)
		return rc == -ENOENT ? 0 : rc;
	p = provenance_parse(run.provenance_json);
	run_row_free(&run);
	last = p->looks.n ? &p->looks.at[p->looks.n - 1] : NULL;
	if (!last)
		fault(night, s->name, "the canary came to no verdict");
	else if (!strcmp(last->verdict, "better") || !strcmp(last->verdict, "worse"))
		fault(night, s->name, last->words);
	return 0;
}

static int judge_night(const struct night *night, struct error **err)
{
	const struct nightly_options options = {
		.scenarios = night->names, .n_scenarios = night->n,
	};
	CLEANUP_FREE char *out = path_below(night->global->results, "nightly");
	CLEANUP(cleanup_store_close) struct store *store = results_open(night->global, err);
	CLEANUP_HISTORY struct history *history = store ? history_read(store, NULL, NULL, err) :
								NULL;
	CLEANUP_NIGHTLY struct nightly *nightly = history ?
		nightly_judge(history, &options, err) : NULL;
	int rc;

	/* A first night without a single run has no history: what went wrong is the answer. */
	if (!nightly && night->faults.n) {
		error_free(*err);
		*err = NULL;
		return error_set(err, ERROR_INSTRUMENT, 0, "%s", night->faults.at[0]);
	}
	if (!nightly)
		return -EIO;
	nightly_name_functions(nightly, night->global->results);
	for (size_t i = 0; i < night->faults.n; i++)
		nightly_fault(nightly, "%s", night->faults.at[i]);
	rc = nightly_outputs_write(nightly, out, err);
	if (rc)
		return rc;
	printf("%s\n%s/summary.md\n", nightly_status_words(nightly).s, out);
	return nightly_status(nightly);
}

static int draw_dashboard(const struct night *night, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(night->global->results, "dashboard");
	CLEANUP(cleanup_store_close) struct store *store = results_open(night->global, err);
	const struct nightly_options all = { 0 };
	int rc = store ? dashboard_write(night->global, store, &all, dir, err) : -EIO;

	if (!rc)
		printf("%s/index.html\n", dir);
	return rc;
}

static int run_nightly(const struct settings *global, const void *given, struct error **err)
{
	const struct option_list *scenarios = given;
	CLEANUP(night_end) struct night night = { .global = global };
	int rc = load(&night, scenarios, err), status;

	if (!rc)
		rc = begin(&night, err);
	for (size_t i = 0; !rc && i < night.n; i++)
		rc = run_one(&night, i, scenarios->at[i], err);
	for (size_t i = 0; !rc && i < night.n; i++)
		if (is_canary(night.scenarios[i]))
			rc = hear(&night, night.scenarios[i], err);
	if (rc)
		return rc;
	status = judge_night(&night, err);
	if (status < 0)
		return status;
	unlink(night.begun);
	rc = draw_dashboard(&night, err);
	return rc ? rc : status;
}

const struct command command_nightly = {
	.name = "nightly",
	.summary = "run a night's scenarios and judge them",
	.prose = "Runs the scenarios, judges them against the history of this host and writes "
		 "junit.xml, metrics.txt (OpenMetrics), nightly.json and summary.md below "
		 "results/nightly/, and the dashboard. A scenario whose two sides are the same is "
		 "the canary: when they differ, the instrument is broken.\n\n"
		 "After an interruption the same command goes on where it stopped, at the same "
		 "commit.",
	.options = options,
	.statuses = "0 pass, 1 regression",
	.examples = "lobosbench nightly nightly-exact nightly-wall canary",
	.size = sizeof(struct option_list),
	.run = run_nightly,
};
