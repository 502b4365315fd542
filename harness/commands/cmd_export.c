// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_export.c - lobosbench export: the samples of a run for other programs
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "store/export.h"
#include "base/path.h"
#include "store/find.h"
#include "usage.h"

const char cmd_export_help[] =
	"Usage: lobosbench export [RUN] [OPTION]...\n"
	"\n"
	"Writes the samples of a run, the newest when none is named. RUN is its name or its\n"
	"folder. The columns are described in results/README.md.\n"
	"\n"
	"  --format FORMAT      jsonl (JSON Lines, the default) or csv (RFC 4180)\n"
	"  --output FILE        write there instead of to the standard output\n"
	"\n"
	"Example: lobosbench export --format csv --output bench.csv\n";

struct export_options {
	const char *run;
	enum export_format format;
	const char *output;
};

static int parse_options(int argc, char **argv, struct export_options *o, struct error **err)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' },
		{ "output", required_argument, NULL, 'o' },
		{ 0 }
	};
	int c;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 'o')
			o->output = optarg;
		else if (c == 'f' && !strcmp(optarg, "csv"))
			o->format = EXPORT_CSV;
		else if (c == 'f' && !strcmp(optarg, "jsonl"))
			o->format = EXPORT_JSONL;
		else if (c == 'f')
			return usage_error(err, "export", "--format: \"%s\" is none of jsonl, csv", optarg);
		else
			return usage_bad_option(err, "export", c, argv);
	}
	if (optind + 1 < argc)
		return usage_error(err, "export", "one run at a time; what is \"%s\"?", argv[optind + 1]);
	o->run = argv[optind];
	return 0;
}

int cmd_export(const struct settings *global, int argc, char **argv, struct error **err)
{
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct export_options o = { .format = EXPORT_JSONL };
	CLEANUP_FREE char *database = NULL;
	struct run_row run = { 0 };
	sample_vec samples = { 0 };
	int rc = parse_options(argc, argv, &o, err);

	if (rc)
		return rc;
	database = path_below(global->results, "lobosbench.db");
	store = store_open(database, true, err);
	if (!store)
		return -EIO;
	rc = find_run(store, global->results, o.run, &run, err);
	if (!rc)
		rc = store_samples(store, run.name, &samples, err);
	if (!rc && o.output)
		rc = export_file(samples.at, samples.n, o.format, o.output, err);
	else if (!rc)
		rc = export_samples(samples.at, samples.n, o.format, stdout, "standard output", err);
	vec_free(&samples);
	run_row_free(&run);
	return rc;
}
