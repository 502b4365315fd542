// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_export.c - `lobosbench export`: the samples of a run for other programs
 */
#include <errno.h>
#include <string.h>

#include "commands.h"
#include "results.h"
#include "store/export.h"

struct export_options {
	const char *run, *output;
	enum export_format format;
};

#define TO(member) offsetof(struct export_options, member)

static const char *const formats[] = {
	[EXPORT_JSONL] = "jsonl", [EXPORT_CSV] = "csv", NULL
};

static const struct option options[] = {
	RESULTS_RUN(TO(run)),
	{ "--format", "FORMAT", "jsonl (JSON Lines, the default) or csv (RFC 4180)", OPTION_CHOICE,
	  .to = TO(format), .choices = formats },
	{ "--output", "FILE", "write there instead of to the standard output", OPTION_TEXT,
	  .to = TO(output) },
	{ 0 }
};

static int run_export(const struct settings *global, const void *given, struct error **err)
{
	const struct export_options *o = given;
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct run_row run = { 0 };
	sample_vec samples = { 0 };
	int rc = results_run(global, o->run, &store, &run, err);

	if (!rc)
		rc = store_samples(store, run.name, &samples, err);
	if (!rc && o->output && strcmp(o->output, "-"))
		rc = export_file(samples.at, samples.n, o->format, o->output, err);
	else if (!rc)
		rc = export_samples(samples.at, samples.n, o->format, stdout, "standard output",
				    err);
	vec_free(&samples);
	run_row_free(&run);
	return rc;
}

const struct command command_export = {
	.name = "export",
	.summary = "write samples as JSON Lines or CSV",
	.prose = "Writes the samples of a run. results/README.md describes the columns.",
	.options = options,
	.examples = "lobosbench export --format csv --output bench.csv",
	.size = sizeof(struct export_options),
	.run = run_export,
};
