// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_figures.c - `lobosbench figures`: a run's figures for print
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>
#include <sys/stat.h>

#include "base/path.h"
#include "report/report.h"
#include "store/find.h"
#include "usage.h"

const char cmd_figures_help[] =
	"Usage: lobosbench figures [RUN] [--out DIR]\n"
	"\n"
	"Writes every figure of a run's report for print: NAME.pdf with its fonts inside,\n"
	"NAME.svg of the same lines, the caption as NAME.txt, both for LaTeX as NAME.tex.\n"
	"One column is 84 mm wide, two are 174 mm. RUN is its name or its folder; without\n"
	"it the newest.\n"
	"\n"
	"  --out DIR      write there instead of into results/RUN/print\n"
	"\n"
	"Example: lobosbench figures latest --out paper/figures\n";

/* results/RUN/print; the run's folder need not be there, as that of a database copied alone. */
static int own_folder(const char *results, const char *run, char **dir, struct error **err)
{
	CLEANUP_FREE char *above = path_below(results, run);

	*dir = path_below(above, "print");
	if (mkdir(above, 0777) == 0 || errno == EEXIST)
		return 0;
	return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", above);
}

int cmd_figures(const struct settings *global, int argc, char **argv, struct error **err)
{
	static const struct option options[] = {
		{ "out", required_argument, NULL, 'o' },
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
			return usage_bad_option(err, "figures", c, argv);
		output = optarg;
	}
	if (argc - optind > 1)
		return usage_error(err, "figures", "one run at a time; what is \"%s\"?",
				   argv[optind + 1]);
	path = path_below(global->results, "lobosbench.db");
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	rc = find_run(store, global->results, argv[optind], &run, err);
	if (rc)
		return rc;
	if (output)
		dir = path_absolute(output);
	else
		rc = own_folder(global->results, run.name, &dir, err);
	if (!rc)
		rc = report_publish(global, store, run.name, dir, stdout, err);
	run_row_free(&run);
	return rc;
}
