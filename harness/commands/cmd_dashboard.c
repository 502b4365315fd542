// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_dashboard.c - `lobosbench dashboard`: draw the history of all runs
 */
#include <errno.h>

#include "base/path.h"
#include "commands.h"
#include "report/dashboard.h"
#include "results.h"

struct dashboard_options {
	const char *out, *host;
};

#define TO(member) offsetof(struct dashboard_options, member)

static const struct option options[] = {
	{ "--out", "DIR", "write there (results/dashboard); in a folder of the results the pages "
	  "link to the reports of the runs", OPTION_TEXT, .to = TO(out) },
	{ "--host", "ID", "index.html shows that host, not that of the newest run", OPTION_TEXT,
	  .to = TO(host) },
	{ 0 }
};

static int run_dashboard(const struct settings *global, const void *given, struct error **err)
{
	const struct dashboard_options *o = given;
	const struct nightly_options nightly = { .host = o->host };
	CLEANUP(cleanup_store_close) struct store *store = results_open(global, err);
	CLEANUP_FREE char *dir = o->out ? path_absolute(o->out) :
					  path_below(global->results, "dashboard");
	int rc = store ? dashboard_write(global, store, &nightly, dir, err) : -EIO;

	if (!rc)
		printf("%s/index.html\n", dir);
	return rc;
}

const struct command command_dashboard = {
	.name = "dashboard",
	.summary = "draw the history of all runs",
	.prose = "Writes a folder of pages that need no server, no network and no scripts: the "
		 "status of the newest night, a plot of each metric over all nights with its "
		 "changes of level, and a page for each run with its samples phase by phase. Runs "
		 "nothing.",
	.options = options,
	.examples = "lobosbench dashboard && xdg-open results/dashboard/index.html",
	.size = sizeof(struct dashboard_options),
	.run = run_dashboard,
};
