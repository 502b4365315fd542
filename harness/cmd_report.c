// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_report.c - `lobosbench report`: write a run's report again
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "report/report.h"
#include "store.h"

const char cmd_report_help[] =
	"usage: lobosbench report [RUN] [--output DIR]\n"
	"\n"
	"Writes report.md, report.html, report.pdf and figures/ of a run from what the\n"
	"database keeps of it, without running anything. Of the newest run when RUN is\n"
	"not given.\n"
	"\n"
	"  --output DIR   write there instead of into results/RUN\n"
	"\n"
	"Example: lobosbench report --output /tmp/report\n";

/* The folder to write into, absolute, for gnuplot is told to go there; to be freed. */
static char *output_folder(const struct options *global, const char *output, const char *run)
{
	CLEANUP_FREE char *here = NULL;
	char *dir = NULL;
	int n;

	if (!output) {
		n = asprintf(&dir, "%s/%s", global->results, run);
	} else if (*output == '/') {
		n = asprintf(&dir, "%s", output);
	} else {
		here = getcwd(NULL, 0);
		n = asprintf(&dir, "%s/%s", here ? here : ".", output);
	}
	if (n < 0)
		abort();
	return dir;
}

/**
 * cmd_report() - write a run's report again
 * @global:	options of every command
 * @argc:	at least 1
 * @argv:	"report", options, the run's name
 * @err:	set on failure
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_report(const struct options *global, int argc, char **argv, struct error **err)
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
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c != 'o')
			return error_set(err, ERROR_USAGE, 0, "see lobosbench report --help");
		output = optarg;
	}
	if (argc - optind > 1)
		return error_set(err, ERROR_USAGE, 0, "one run at most, not \"%s\" too",
				 argv[optind + 1]);
	if (asprintf(&path, "%s/lobosbench.db", global->results) < 0)
		abort();
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	rc = store_run_get(store, argv[optind], &run, err);
	if (rc)
		return rc;
	dir = output_folder(global, output, run.name);
	rc = report_write_to(global, store, run.name, dir, err);
	if (!rc)
		printf("%s/report.html\n", dir);
	run_row_free(&run);
	return rc;
}
