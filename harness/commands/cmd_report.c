// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_report.c - `lobosbench report`: write a run's report again
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>

#include "base/path.h"
#include "report/report.h"
#include "store/find.h"
#include "usage.h"

const char cmd_report_help[] =
	"Usage: lobosbench report [RUN] [--output DIR]\n"
	"\n"
	"Writes report.md, report.html, report.pdf and figures/ of a run from what the\n"
	"database keeps of it, without running anything. RUN is its name or its folder;\n"
	"without it the newest.\n"
	"\n"
	"  --output DIR   write there instead of into results/RUN\n"
	"\n"
	"Example: lobosbench report --output /tmp/report\n";

int cmd_report(const struct settings *global, int argc, char **argv, struct error **err)
{
	static const struct option options[] = {
		{ "output", required_argument, NULL, 'o' },
		{ NULL, 0, NULL, 0 },
	};
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *path = NULL, *dir = NULL;
	struct run_row run = { 0 };
	const char *output = NULL;
	int c, rc;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c != 'o')
			return usage_bad_option(err, "report", c, argv);
		output = optarg;
	}
	if (argc - optind > 1)
		return usage_error(err, "report", "one run at a time; what is \"%s\"?",
				   argv[optind + 1]);
	path = path_below(global->results, "lobosbench.db");
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	rc = find_run(store, global->results, argv[optind], &run, err);
	if (rc)
		return rc;
	dir = output ? path_absolute(output) : path_below(global->results, run.name);
	rc = output ? report_write_to(global, store, run.name, dir, err) :
	     report_write(global, store, run.name, err);
	if (!rc)
		printf("%s/report.html\n", dir);
	run_row_free(&run);
	return rc;
}
