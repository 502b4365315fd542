// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_report.c - `lobosbench report`: write a run's report again
 */
#include <errno.h>

#include "base/path.h"
#include "commands.h"
#include "report/report.h"
#include "results.h"

struct report_options {
	const char *run, *output;
};

#define TO(member) offsetof(struct report_options, member)

static const struct option options[] = {
	RESULTS_RUN(TO(run)),
	{ "--output", "DIR", "write there instead of into results/RUN", OPTION_TEXT,
	  .to = TO(output) },
	{ 0 }
};

/* A report in the run's own folder also stores what the witness says. */
static int open_run(const struct settings *global, const struct report_options *o,
		    struct store **store, struct run_row *run, struct error **err)
{
	CLEANUP_FREE char *database = results_database(global);
	int rc = results_run(global, o->run, store, run, err);

	if (rc || o->output)
		return rc;
	store_close(*store);
	*store = store_open(database, false, err);
	return *store ? 0 : -EIO;
}

static int run_report(const struct settings *global, const void *given, struct error **err)
{
	const struct report_options *o = given;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *dir = NULL;
	struct run_row run = { 0 };
	int rc = open_run(global, o, &store, &run, err);

	if (rc) {
		run_row_free(&run);
		return rc;
	}
	dir = o->output ? path_absolute(o->output) : path_below(global->results, run.name);
	rc = o->output ? report_write_to(global, store, run.name, dir, err) :
			 report_write(global, store, run.name, err);
	if (rc >= 0)
		printf("%s/report.html\n", dir);
	run_row_free(&run);
	return rc;
}

const struct command command_report = {
	.name = "report",
	.summary = "write a run's report again",
	.prose = "Writes report.md, report.html, report.pdf and figures/ of a run from what the "
		 "database keeps of it, without running anything.",
	.options = options,
	.statuses = "0 success, 1 the witness contradicts a way of the run",
	.examples = "lobosbench report --output /tmp/report",
	.size = sizeof(struct report_options),
	.run = run_report,
};
