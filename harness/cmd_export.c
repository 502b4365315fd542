// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_export.c - lobosbench export: the samples of a run for other programs
 */
#include <errno.h>
#include <getopt.h>
#include <string.h>

#include "commands.h"
#include "export.h"

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
	char *run;
	enum export_format format;
	const char *output;
};

static int usage(struct error **err, const char *fmt, const char *what)
{
	int rc = error_set(err, ERROR_USAGE, 0, fmt, what);

	error_hint(err, "`lobosbench export --help` tells the options");
	return rc;
}

/* The last part of a path, so that a folder of results/ may be named as the shell completes it. */
static char *run_name(char *given)
{
	size_t n = strlen(given);
	char *slash;

	while (n > 1 && given[n - 1] == '/')
		given[--n] = '\0';
	slash = strrchr(given, '/');
	return slash ? slash + 1 : given;
}

/* The run that a link in the results folder ("latest") points to, into to; else the name itself. */
static const char *follow(const char *results, const char *name, char *to, size_t size)
{
	CLEANUP_FREE char *path = NULL;
	ssize_t n;

	if (!name)
		return NULL;
	if (asprintf(&path, "%s/%s", results, name) < 0)
		abort();
	n = readlink(path, to, size - 1);
	if (n < 0)
		return name;
	to[n] = '\0';
	return to;
}

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
			return usage(err, "--format: \"%s\" is none of jsonl, csv", optarg);
		else if (c == ':')
			return usage(err, "%s needs a value", argv[optind - 1]);
		else
			return usage(err, "there is no option %s", argv[optind - 1]);
	}
	if (optind + 1 < argc)
		return usage(err, "one run at a time; what is \"%s\"?", argv[optind + 1]);
	o->run = optind < argc ? run_name(argv[optind]) : NULL;
	return 0;
}

/**
 * cmd_export() - lobosbench export
 *
 * Return: 0, or a negative errno with *err set.
 */
int cmd_export(const struct options *global, int argc, char **argv, struct error **err)
{
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct export_options o = { .format = EXPORT_JSONL };
	CLEANUP_FREE char *database = NULL;
	struct run_row run = { 0 };
	char link[sizeof(run.name)];
	sample_vec samples = { 0 };
	int rc = parse_options(argc, argv, &o, err);

	if (rc)
		return rc;
	if (asprintf(&database, "%s/lobosbench.db", global->results) < 0)
		abort();
	store = store_open(database, true, err);
	if (!store)
		return -EIO;
	rc = store_run_get(store, follow(global->results, o.run, link, sizeof(link)), &run, err);
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
