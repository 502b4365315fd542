// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_profiles.c - the profiles that a run by the virtual clock keeps: one of each way
 */
#include "run_profiles.h"

#include <errno.h>
#include <string.h>

#include "analysis/changed_functions.h"
#include "analysis/profile_functions.h"
#include "base/folder.h"
#include "base/text.h"
#include "witness/profile_machine.h"

static char *trace_of(const struct run_profiles *r, int machine)
{
	return text_format("%s/m%d.profile", r->traces, machine);
}

static void leave_out(const char *way, struct error **err)
{
	fprintf(stderr, "no profile of %s: %s\n", way, (*err)->message);
	error_free(*err);
	*err = NULL;
}

char *run_profiles_plugin(void *arg, const struct scenario *s, const struct scenario_way *way,
			  int machine)
{
	const struct run_profiles *r = arg;
	CLEANUP_FREE char *trace = trace_of(r, machine);
	struct profile_machine m = {
		.top = r->top, .plugins = r->plugins, .scenario = s, .way = way, .trace = trace,
	};
	struct error *err = NULL;
	char *plugin = profile_machine_plugin(&m, &err);

	if (!plugin)
		leave_out(way->way, &err);
	return plugin;
}

static const struct scenario_way *way_of(const struct scenario *s, const struct sample *sample)
{
	for (unsigned int i = 0; i < s->ways_count; i++)
		if (!strcmp(s->ways[i].way, sample->way) &&
		    !strcmp(s->ways[i].variant ? s->ways[i].variant : "", sample->variant))
			return &s->ways[i];
	return NULL;
}

/* The machine's last reboot that came up by the virtual clock: the one that its trace ends with. */
static bool is_last(const sample_vec *samples, const struct sample *s)
{
	if (s->latency_instructions < 0)
		return false;
	for (size_t i = 0; i < samples->n; i++)
		if (samples->at[i].machine == s->machine && samples->at[i].index > s->index &&
		    samples->at[i].latency_instructions >= 0)
			return false;
	return true;
}

static int write_one(const struct profile_machine *m, const struct sample *sample,
		     const struct profile_of *of, struct error **err)
{
	CLEANUP(profile_free) struct profile p = { 0 };
	CLEANUP_FREE char *path = profile_path_of(of);
	int rc = profile_machine_read(m, sample, &p, err);

	return rc ? rc : profile_functions_write(&p, path, err);
}

int run_profiles_write(const struct run_profiles *r, const struct scenario *s,
		       struct store *store, const char *run, struct error **err)
{
	CLEANUP_FREE char *profiles = text_format("%s/%s/profile", r->results, run);
	sample_vec samples = { 0 };
	int rc = store_samples(store, run, &samples, err);

	for (size_t i = 0; !rc && i < samples.n; i++) {
		const struct sample *sample = &samples.at[i];
		CLEANUP_FREE char *trace = trace_of(r, sample->machine);
		struct profile_machine m = {
			.top = r->top, .plugins = r->plugins, .scenario = s,
			.way = way_of(s, sample), .trace = trace,
		};
		struct profile_of of = {
			.results = r->results, .run = run, .way = sample->way,
			.variant = sample->variant,
		};

		if (!m.way || access(trace, R_OK) || !is_last(&samples, sample))
			continue;
		if (folder_make(profiles, err) || write_one(&m, sample, &of, err))
			leave_out(sample->way, err);
		unlink(trace);
	}
	vec_free(&samples);
	return rc;
}
