// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_figures.c - `lobosbench figures`: a run's figures for print
 */
#include "base/folder.h"
#include "base/path.h"
#include "commands.h"
#include "report/report.h"
#include "results.h"

struct figures_options {
	const char *run, *out;
};

#define TO(member) offsetof(struct figures_options, member)

static const struct option options[] = {
	RESULTS_RUN(TO(run)),
	{ "--out", "DIR", "write there instead of into results/RUN/print", OPTION_TEXT,
	  .to = TO(out) },
	{ 0 }
};

/* results/RUN/print; the run's folder need not be there, as that of a database copied alone. */
static int own_folder(const char *results, const char *run, char **dir, struct error **err)
{
	CLEANUP_FREE char *above = path_below(results, run);

	*dir = path_below(above, "print");
	return folder_make(above, err);
}

static int run_figures(const struct settings *global, const void *given, struct error **err)
{
	const struct figures_options *o = given;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *dir = NULL;
	struct run_row run = { 0 };
	int rc = results_run(global, o->run, &store, &run, err);

	if (rc)
		return rc;
	if (o->out)
		dir = path_absolute(o->out);
	else
		rc = own_folder(global->results, run.name, &dir, err);
	if (!rc)
		rc = report_publish(global, store, run.name, dir, stdout, err);
	run_row_free(&run);
	return rc;
}

const struct command command_figures = {
	.name = "figures",
	.summary = "write a run's figures for print",
	.prose = "Writes every figure of a run's report for print: NAME.pdf with its fonts inside, "
		 "NAME.svg of the same lines, the caption as NAME.txt, and NAME.tex, which shows "
		 "both in LaTeX. One column is 84 mm wide, two are 174 mm.",
	.options = options,
	.examples = "lobosbench figures latest --out paper/figures",
	.size = sizeof(struct figures_options),
	.run = run_figures,
};
