// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_nightly_report.c - `lobosbench nightly-report`: judge the newest night
 */
#include <errno.h>

#include "analysis/nightly.h"
#include "base/path.h"
#include "commands.h"
#include "report/nightly_outputs.h"
#include "report/nightly_words.h"
#include "results.h"

struct nightly_report_options {
	const char *out, *host;
	struct option_list scenarios;
	long window;
	double threshold;
};

#define TO(member) offsetof(struct nightly_report_options, member)

static const struct option options[] = {
	{ "--out", "DIR", "write there (results/nightly)", OPTION_TEXT, .to = TO(out) },
	{ "--host", "ID", "of that host, not that of the newest run", OPTION_TEXT,
	  .to = TO(host) },
	{ "--scenario", "NAME", "only that scenario; may be given again", OPTION_LIST,
	  .to = TO(scenarios) },
	{ "--window", "NIGHTS", "a change is news for so many nights (7)", OPTION_NUMBER,
	  .to = TO(window), .low = 1, .high = 100000 },
	{ "--threshold", "PART", "by the wall clock, a smaller change of a level is not reported: a "
	  "part of the level (0.02)", OPTION_SHARE, .to = TO(threshold), .high = 1 },
	{ 0 }
};

static int run_nightly_report(const struct settings *global, const void *given,
			      struct error **err)
{
	const struct nightly_report_options *o = given;
	const struct nightly_options by = {
		.host = o->host, .scenarios = o->scenarios.at, .n_scenarios = o->scenarios.n,
		.window = (size_t)o->window, .thresholds.wall = o->threshold,
	};
	CLEANUP(cleanup_store_close) struct store *store = results_open(global, err);
	CLEANUP_HISTORY struct history *history = store ? history_read(store, NULL, NULL, err) :
							  NULL;
	CLEANUP_NIGHTLY struct nightly *nightly = history ? nightly_judge(history, &by, err) : NULL;
	CLEANUP_FREE char *own = path_below(global->results, "nightly");
	const char *out = o->out ? o->out : own;
	int rc;

	if (!nightly)
		return -EIO;
	nightly_name_functions(nightly, global->results);
	rc = nightly_outputs_write(nightly, out, err);
	if (rc)
		return rc;
	printf("%s\n%s/summary.md\n", nightly_status_words(nightly).s, out);
	return nightly_status(nightly);
}

const struct command command_nightly_report = {
	.name = "nightly-report",
	.summary = "judge the newest night against its history",
	.prose = "Compares the newest night with the history of its host and writes junit.xml, "
		 "metrics.txt (OpenMetrics), nightly.json and summary.md. Runs nothing.",
	.options = options,
	.statuses = "0 pass, 1 regression",
	.examples = "lobosbench nightly-report --scenario bench",
	.size = sizeof(struct nightly_report_options),
	.run = run_nightly_report,
};
