// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_show.c - `lobosbench show`: one sample, phase by phase
 */
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "commands.h"
#include "report/show.h"
#include "results.h"
#include "store/find.h"

struct show_options {
	const char *sample;
	long lines;
};

#define TO(member) offsetof(struct show_options, member)

static const struct option options[] = {
	{ "SAMPLE", NULL, "a row of the database, or RUN/WAY/MACHINE/INDEX: RUN may be latest, "
	  "MACHINE and INDEX are numbers from 0, as in samples.jsonl", OPTION_TEXT,
	  .to = TO(sample), .required = true },
	{ "--lines", "N", "show so many lines of log and console (15)", OPTION_NUMBER,
	  .to = TO(lines), .high = 1000000 },
	{ 0 }
};

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

/* The samples before it on its machine give the number of its boot. */
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

static int run_show(const struct settings *global, const void *given, struct error **err)
{
	const struct show_options *o = given;
	CLEANUP(cleanup_store_close) struct store *store = results_open(global, err);
	struct sample sample;
	long id;
	int rc;

	if (!store)
		return -EIO;
	if (parse_number(o->sample, LONG_MAX, &id))
		rc = store_sample_get(store, id, &sample, err);
	else
		rc = find_named(store, global->results, o->sample, &sample, err);
	return rc ? rc : show_one(global, store, &sample, (unsigned int)o->lines, err);
}

const struct command command_show = {
	.name = "show",
	.summary = "show one sample: its phases, its console",
	.prose = "Shows one measured reboot: its verdict and proof, its phases on a time line, its "
		 "counters and doubts, the last lines of the old kernel's log on the host's time "
		 "line, and of the console.",
	.options = options,
	.examples = "lobosbench show latest/lobos/0/3",
	.size = sizeof(struct show_options),
	.defaults = &(const struct show_options){ .lines = 15 },
	.run = run_show,
};
