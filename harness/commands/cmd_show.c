// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_show.c - `lobosbench show`: one sample, phase by phase
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>

#include "base/path.h"
#include "report/show.h"
#include "store/find.h"
#include "usage.h"

#define LINES 15
#define LINES_MAX 1000000

const char cmd_show_help[] =
	"Usage: lobosbench show [--lines N] SAMPLE\n"
	"       lobosbench show [--lines N] RUN/WAY/MACHINE/INDEX\n"
	"\n"
	"Shows one measured reboot: its verdict and proof, its phases on a time line, its\n"
	"counters and doubts, the last lines of the old kernel's log on the host's time\n"
	"line, and of the console. SAMPLE is a row of the database; RUN may be \"latest\",\n"
	"MACHINE and INDEX are numbers from 0, as in samples.jsonl.\n"
	"\n"
	"  --lines N      show so many lines of log and console (15)\n"
	"\n"
	"Example: lobosbench show latest/lobos/0/3\n";

/* A whole decimal number from 0 to max. Return: false for anything else. */
static bool parse_number(const char *text, long max, long *to)
{
	char *end;

	errno = 0;
	*to = strtol(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *to <= max;
}

/* Cuts text at its last slash. Return: what is behind it, NULL when there is none. */
static char *cut_last(char *text)
{
	char *slash = strrchr(text, '/');

	if (!slash)
		return NULL;
	*slash = '\0';
	return slash + 1;
}

static int find_named(struct store *store, const char *results, const char *name,
		      struct sample *sample, struct error **err)
{
	CLEANUP_FREE char *text = strdup(name);
	struct run_row run = { 0 };
	sample_vec samples = { 0 };
	char *index_text, *machine_text, *way;
	long machine, index;
	size_t i;
	int rc;

	if (!text)
		abort();
	index_text = cut_last(text);
	machine_text = index_text ? cut_last(text) : NULL;
	way = machine_text ? cut_last(text) : NULL;
	if (!way || !parse_number(machine_text, INT_MAX, &machine) ||
	    !parse_number(index_text, INT_MAX, &index)) {
		error_set(err, ERROR_USAGE, 0, "\"%s\" names no sample", name);
		error_hint(err, "give its number, or RUN/WAY/MACHINE/INDEX as in latest/lobos/0/3");
		return -EINVAL;
	}
	rc = find_run(store, results, text, &run, err);
	if (!rc)
		rc = store_samples(store, run.name, &samples, err);
	for (i = 0; !rc && i < samples.n; i++)
		if (strcmp(samples.at[i].way, way) == 0 && samples.at[i].machine == machine &&
		    samples.at[i].index == index)
			break;
	if (!rc && i == samples.n)
		rc = error_set(err, ERROR_USAGE, 0, "run %s has no sample %s/%ld/%ld", run.name,
			       way, machine, index);
	if (!rc)
		*sample = samples.at[i];
	run_row_free(&run);
	vec_free(&samples);
	return rc;
}

/* What came before the sample on its machine: tells which boot of the machine it was. */
static int show_one(const struct settings *global, struct store *store, const struct sample *s,
		    unsigned int lines, struct error **err)
{
	struct show show = { .sample = s, .boot = 1, .lines = lines };
	CLEANUP_FREE char *consoles = NULL;
	struct run_row run = { 0 };
	sample_vec samples = { 0 };
	size_t i;
	int rc = store_run_get(store, s->run, &run, err);

	if (!rc)
		rc = store_samples(store, s->run, &samples, err);
	for (i = 0; !rc && i < samples.n; i++) {
		const struct sample *other = &samples.at[i];

		if (strcmp(other->trial, s->trial) != 0 || other->index >= s->index)
			continue;
		show.boot++;
		show.before = other;
	}
	if (asprintf(&consoles, "%s/%s/consoles", global->results, s->run) < 0)
		abort();
	if (!rc) {
		show.target_ns = run.target_ns;
		show.consoles = consoles;
		show_sample(stdout, &show);
	}
	vec_free(&samples);
	run_row_free(&run);
	return rc;
}

int cmd_show(const struct settings *global, int argc, char **argv, struct error **err)
{
	static const struct option options[] = {
		{ "lines", required_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 },
	};
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	CLEANUP_FREE char *path = NULL;
	struct sample sample;
	long lines = LINES, id;
	int c, rc;

	optind = 0;
	opterr = 0;
	while ((c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c != 'l')
			return usage_bad_option(err, "show", c, argv);
		if (!parse_number(optarg, LINES_MAX, &lines))
			return usage_error(err, "show", "--lines: \"%s\" is no number from 0 to %d",
					   optarg, LINES_MAX);
	}
	if (argc - optind > 1)
		return usage_error(err, "show", "one sample at a time; what is \"%s\"?",
				   argv[optind + 1]);
	if (argc == optind)
		return usage_error(err, "show", "which sample?");
	path = path_below(global->results, "lobosbench.db");
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	if (parse_number(argv[optind], LONG_MAX, &id))
		rc = store_sample_get(store, id, &sample, err);
	else
		rc = find_named(store, global->results, argv[optind], &sample, err);
	return rc ? rc : show_one(global, store, &sample, (unsigned int)lines, err);
}
