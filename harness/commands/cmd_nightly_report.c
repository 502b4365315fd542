// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_nightly_report.c - `lobosbench nightly-report`: judge the newest night
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>

#include "analysis/nightly.h"
#include "report/nightly_outputs.h"
#include "report/nightly_words.h"

const char cmd_nightly_report_help[] =
	"usage: lobosbench nightly-report [OPTION]...\n"
	"\n"
	"Compares the newest night with the history of its host and writes junit.xml,\n"
	"metrics.txt (OpenMetrics), nightly.json and summary.md. Runs nothing.\n"
	"\n"
	"  --out DIR          write there (results/nightly)\n"
	"  --host ID          of that host, not that of the newest run\n"
	"  --scenario NAME    only that scenario; may be given again\n"
	"  --window NIGHTS    a change is news for so many nights (7)\n"
	"  --threshold PART   what to tell by the wall clock, as a part of the level (0.02)\n"
	"\n"
	"Exit status: 0 pass, 1 regression, 4 broken instrument.\n"
	"\n"
	"Example: lobosbench nightly-report --scenario bench\n";

#define SCENARIOS 64

struct request {
	struct nightly_options nightly;
	const char *scenarios[SCENARIOS];
	const char *out;
};

static int parse(int argc, char **argv, struct request *r, struct error **err)
{
	static const struct option options[] = {
		{ "out", required_argument, NULL, 'o' },
		{ "host", required_argument, NULL, 'h' },
		{ "scenario", required_argument, NULL, 's' },
		{ "window", required_argument, NULL, 'w' },
		{ "threshold", required_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	char *end = NULL;
	int c;

	optind = 0;
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		long nights;

		switch (c) {
		case 'o':
			r->out = optarg;
			break;
		case 'h':
			r->nightly.host = optarg;
			break;
		case 's':
			if (r->nightly.n_scenarios == SCENARIOS)
				return error_set(err, ERROR_USAGE, 0, "--scenario: too many");
			r->scenarios[r->nightly.n_scenarios++] = optarg;
			break;
		case 'w':
			errno = 0;
			nights = strtol(optarg, &end, 10);
			if (*end || errno || nights < 1 || nights > 100000)
				return error_set(err, ERROR_USAGE, 0,
						 "--window %s: a number of nights from 1 on", optarg);
			r->nightly.window = (size_t)nights;
			break;
		case 't':
			r->nightly.thresholds.wall = strtod(optarg, &end);
			if (end == optarg || *end || !(r->nightly.thresholds.wall > 0) ||
			    r->nightly.thresholds.wall >= 1)
				return error_set(err, ERROR_USAGE, 0,
						 "--threshold %s: a part between 0 and 1", optarg);
			break;
		default:
			return error_set(err, ERROR_USAGE, 0, "see lobosbench nightly-report --help");
		}
	}
	if (optind < argc)
		return error_set(err, ERROR_USAGE, 0, "\"%s\": what is that? See "
				 "lobosbench nightly-report --help", argv[optind]);
	r->nightly.scenarios = r->scenarios;
	return 0;
}

int cmd_nightly_report(const struct settings *global, int argc, char **argv, struct error **err)
{
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_HISTORY struct history *history = NULL;
	CLEANUP_NIGHTLY struct nightly *nightly = NULL;
	CLEANUP_FREE char *path = NULL, *out = NULL;
	struct request r = { 0 };
	int rc = parse(argc, argv, &r, err);

	if (rc)
		return rc;
	if (asprintf(&path, "%s/lobosbench.db", global->results) < 0 ||
	    asprintf(&out, "%s/nightly", global->results) < 0)
		abort();
	store = store_open(path, true, err);
	history = store ? history_read(store, NULL, NULL, err) : NULL;
	nightly = history ? nightly_judge(history, &r.nightly, err) : NULL;
	if (!nightly)
		return -EIO;
	rc = nightly_outputs_write(nightly, r.out ? r.out : out, err);
	if (rc)
		return rc;
	printf("%s\n%s/summary.md\n", nightly_status_words(nightly).s, r.out ? r.out : out);
	return nightly_status(nightly);
}
