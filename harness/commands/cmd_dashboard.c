// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_dashboard.c - `lobosbench dashboard`: draw the history of all runs
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>

#include "report/dashboard.h"

const char cmd_dashboard_help[] =
	"usage: lobosbench dashboard [--out DIR] [--host ID]\n"
	"\n"
	"Writes a folder of pages that need no server, no network and no scripts: the\n"
	"status of the newest night, a plot of each metric over all nights with its changes\n"
	"of level, and a page for each run with its samples phase by phase. Runs nothing.\n"
	"\n"
	"  --out DIR      write there (results/dashboard); a folder of the results lets\n"
	"                 the pages lead to the reports of the runs\n"
	"  --host ID      index.html is of that host, not that of the newest run\n"
	"\n"
	"Example: lobosbench dashboard && xdg-open results/dashboard/index.html\n";

/* The folder to write into, absolute, for gnuplot is told to go there; to be freed. */
static char *output_folder_of(const struct settings *global, const char *out)
{
	CLEANUP_FREE char *here = NULL;
	char *dir = NULL;
	int n;

	if (!out) {
		n = asprintf(&dir, "%s/dashboard", global->results);
	} else if (*out == '/') {
		n = asprintf(&dir, "%s", out);
	} else {
		here = getcwd(NULL, 0);
		n = asprintf(&dir, "%s/%s", here ? here : ".", out);
	}
	if (n < 0)
		abort();
	return dir;
}

int cmd_dashboard(const struct settings *global, int argc, char **argv, struct error **err)
{
	static const struct option options[] = {
		{ "out", required_argument, NULL, 'o' },
		{ "host", required_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *path = NULL, *dir = NULL;
	struct nightly_options nightly = { 0 };
	const char *out = NULL;
	int c, rc;

	optind = 0;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'o')
			out = optarg;
		else if (c == 'h')
			nightly.host = optarg;
		else
			return error_set(err, ERROR_USAGE, 0, "see lobosbench dashboard --help");
	}
	if (optind < argc)
		return error_set(err, ERROR_USAGE, 0,
				 "\"%s\": what is that? See lobosbench dashboard --help",
				 argv[optind]);
	if (asprintf(&path, "%s/lobosbench.db", global->results) < 0)
		abort();
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	dir = output_folder_of(global, out);
	rc = dashboard_write(global, store, &nightly, dir, err);
	if (!rc)
		printf("%s/index.html\n", dir);
	return rc;
}
