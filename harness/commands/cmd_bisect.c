// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_bisect.c - `lobosbench bisect`: the commit that cost instructions
 *
 * DOC: Theory of operation
 *
 * By the virtual clock one reboot of a commit is its whole truth, so git bisect
 * needs no threshold and no repeats: good and bad are measured first, and a commit in between is
 * bad when its count is nearer to that of bad. Each commit is built and run beside the present
 * one as `run --against` does it (revision.h); what was measured once is in
 * results/bisect/ and is not run again, so an interrupted search goes on.
 *
 * git works in a clone of its own without files, so that the user's checkout stays as it is. It
 * calls this command again (--step) for each commit; BISECT_HEAD there says which.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "analysis/changed_functions.h"
#include "base/child.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/path.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "commands.h"
#include "plan/revision.h"
#include "store/provenance.h"
#include "store/store.h"
#include "subrun.h"

/* What git bisect takes for "good", "bad", "cannot be tested" and "stop". */
enum { STEP_GOOD = 0, STEP_BAD = 1, STEP_SKIP = 125, STEP_STOP = 128 };

struct bisect_options {
	const char *good, *bad;		/* of a step: full ids */
	const char *way, *metric;
	bool step;
};

#define TO(member) offsetof(struct bisect_options, member)

static const struct option options[] = {
	{ "--good", "REVISION", "a revision before the loss", OPTION_TEXT, .to = TO(good), .required = true },
	{ "--bad", "REVISION", "a revision with the loss (HEAD)", OPTION_TEXT, .to = TO(bad) },
	{ "--way", "WAY", "which way to reboot, as WAY[/IMAGE] (lobos)", OPTION_TEXT,
	  .to = TO(way) },
	{ "--metric", "METRIC", "latency, or a phase of `lobosbench list phases` (latency)",
	  OPTION_TEXT, .to = TO(metric) },
	{ "--step", .kind = OPTION_FLAG, .to = TO(step) },
	{ 0 }
};

struct search {
	const struct settings *global;
	const char *good, *bad, *way, *metric;
	enum phase phase;		/* PHASES: the whole reboot */
	char *results;			/* where the reboots of searches are kept */
};

static void search_end(struct search *s)
{
	free(s->results);
}

static int check_words(const struct search *s, struct error **err)
{
	if (s->phase == PHASES && strcmp(s->metric, "latency"))
		return options_refuse(err, "bisect", "--metric: \"%s\" is neither latency nor a "
				      "phase of `lobosbench list phases`", s->metric);
	if (strspn(s->way, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") !=
	    strlen(s->way))
		return options_refuse(err, "bisect", "--way: \"%s\" is not a way", s->way);
	return 0;
}

/* The scenario of one commit: its text is what says whether it was run before. */
static char *scenario_text(const struct search *s, const char *commit)
{
	const char *image = strchr(s->way, '/');
	char *text = NULL;

	if (asprintf(&text, "# Of a search for a commit.\nname: bisect\ntitle: %s at %s\n"
		     "ways: [{way: %.*s, %s%s%srevision: %s}]\nclock: virtual\n"
		     "chain: {machines: 1, reboots: 2, warmups: 1}\n", s->way, commit,
		     image ? (int)(image - s->way) : (int)strlen(s->way), s->way,
		     image ? "image: " : "", image ? image + 1 : "", image ? ", " : "", commit) < 0)
		abort();
	return text;
}

static int64_t count_of(const struct search *s, const struct sample *sample)
{
	if (s->phase == PHASES)
		return sample->latency_instructions;
	return sample->phases.at[s->phase].state == PHASE_SEEN ?
	       sample->phases.at[s->phase].instructions : -1;
}

/* What was measured of a commit. */
struct measured {
	int64_t count;			/* -1 when it was not run to the end or failed */
	char emulator[128];		/* provenance_emulator() */
	char run[64], variant[64];	/* where its profile is */
};

static void take_emulator(struct measured *to, const struct run_row *run)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(run->provenance_json);
	CLEANUP_FREE char *words = provenance_emulator(p);

	snprintf(to->emulator, sizeof(to->emulator), "%s", words);
}

static void take_sample(const struct search *s, struct measured *to, const struct sample *sample)
{
	to->count = count_of(s, sample);
	snprintf(to->run, sizeof(to->run), "%s", sample->run);
	snprintf(to->variant, sizeof(to->variant), "%s", sample->variant);
}

static int look_up(const struct search *s, const char *text, struct measured *to,
		   struct error **err)
{
	CLEANUP_FREE char *path = path_below(s->results, "lobosbench.db");
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	sample_vec samples = { 0 };
	run_vec runs = { 0 };
	int rc;

	*to = (struct measured){ .count = -1 };
	if (access(path, F_OK))
		return 0;
	store = store_open(path, false, err);
	if (!store)
		return -EIO;
	rc = store_runs(store, &runs, err);
	for (size_t i = 0; !rc && i < runs.n; i++) {
		if (strcmp(runs.at[i].scenario_yaml, text) || strcmp(runs.at[i].state, "complete"))
			continue;
		take_emulator(to, &runs.at[i]);
		rc = store_samples(store, runs.at[i].name, &samples, err);
	}
	for (size_t i = 0; i < samples.n; i++)
		if (sample_counts(&samples.at[i]) && sample_succeeded(&samples.at[i]))
			take_sample(s, to, &samples.at[i]);
	for (size_t i = 0; i < runs.n; i++)
		run_row_free(&runs.at[i]);
	vec_free(&runs);
	vec_free(&samples);
	return rc;
}

/*
 * measure() - the count of one commit, from what is stored or by a run
 * Return: 0 with to->count, -1 when the commit cannot be built or does not come up; a
 * negative errno with *err set.
 */
static int measure(const struct search *s, const char *commit, struct measured *to,
		   struct error **err)
{
	CLEANUP_FREE char *text = scenario_text(s, commit);
	CLEANUP_FREE char *path = path_below(s->results, "bisect.yaml");
	int status = 0, rc = look_up(s, text, to, err);

	if (rc || to->count >= 0)
		return rc;
	rc = file_write(path, text, err);
	if (!rc)
		rc = subrun(s->global, s->results, path, &status, err);
	return rc ? rc : look_up(s, text, to, err);
}

/* What an earlier search has left may be another emulator's. */
static int check_emulators(const struct search *s, const struct measured *a,
			   const struct measured *b, struct error **err)
{
	if (a->count < 0 || b->count < 0 || !strcmp(a->emulator, b->emulator))
		return 0;
	error_set(err, ERROR_USAGE, 0, "one commit was measured with %s, another with %s: their "
		  "counts cannot be compared", a->emulator, b->emulator);
	error_hint(err, "rm -r %s; the same command then measures all commits again", s->results);
	return -EINVAL;
}

/* One commit, asked by git bisect in its clone. */
static int step(const struct search *s, struct error **err)
{
	CLEANUP_FREE char *commit = revision_commit(".", "BISECT_HEAD", err);
	struct measured good, bad, here;
	int rc;

	if (!commit)
		return STEP_STOP;
	rc = measure(s, s->good, &good, err);
	if (!rc)
		rc = measure(s, s->bad, &bad, err);
	if (!rc)
		rc = measure(s, commit, &here, err);
	if (!rc)
		rc = check_emulators(s, &good, &here, err);
	if (rc)
		return rc;
	if (here.count < 0) {
		printf("%.12s cannot be measured, and is left out\n", commit);
		return STEP_SKIP;
	}
	printf("%.12s: %s %s takes %" PRId64 " instructions\n", commit, s->way, s->metric,
	       here.count);
	return llabs(here.count - bad.count) < llabs(here.count - good.count) ? STEP_BAD :
										STEP_GOOD;
}

/* Makes a clone without files and starts git bisect in it with both ends. */
static int prepare(const char *top, const char *clone, const char *good, const char *bad,
		   struct error **err)
{
	const char *const argv[] = { "git", "clone", "-q", "--shared", "--no-checkout", top, clone,
				     NULL };
	const char *const start[] = { "git", "-C", clone, "bisect", "start", "--no-checkout", bad,
				      good, NULL };
	int rc;

	folder_remove(clone);
	rc = subprocess_run(argv, NULL, err);
	return rc ? rc : subprocess_run(start, NULL, err);
}

static int run_git(const struct search *s, const char *clone, const char *good,
		      const char *bad, struct error **err)
{
	const struct settings *g = s->global;
	CLEANUP_FREE char *self = realpath("/proc/self/exe", NULL);
	const char *const argv[] = {
		"git", "bisect", "run", self, "--top", g->top, "--results", g->results, "--state",
		g->state, "bisect", "--step", "--good", good, "--bad", bad, "--way", s->way,
		"--metric", s->metric, g->connect ? "--connect" : NULL, g->connect, NULL,
	};
	int status = 0, rc = child_run(argv, clone, &status, err);

	if (rc || !status)
		return rc;
	rc = error_set(err, ERROR_INSTRUMENT, 0, "git bisect found no commit (status %d)", status);
	error_hint(err, "what it said stands above; the same command again goes on from there");
	return rc;
}

/* Names the functions that the first bad commit changed, if it and its parent were profiled. */
static void tell_functions(const struct search *s, const char *first, struct error **err)
{
	CLEANUP_FREE char *way = strndup(s->way, strcspn(s->way, "/")), *words = NULL;
	CLEANUP_FREE char *parent_name = text_format("%s~1", first);
	CLEANUP_FREE char *parent = revision_commit(s->global->top, parent_name, err);
	struct changed_functions changed;
	struct measured before, after;

	if (!parent || measure(s, parent, &before, err) || measure(s, first, &after, err) ||
	    before.count < 0 || after.count < 0)
		return;
	changed = changed_functions(
		&(struct profile_of){ s->results, before.run, way, before.variant },
		&(struct profile_of){ s->results, after.run, way, after.variant }, s->phase);
	words = changed_functions_words(&changed);
	if (*words)
		printf("it changed most, in instructions of their own: %s\n", words);
}

/* Says which commit it was, and what it cost. */
static int tell(const struct search *s, const char *clone, int64_t good, int64_t bad,
		struct error **err)
{
	CLEANUP_FREE char *first = revision_commit(clone, "refs/bisect/bad", err), *words = NULL;
	const char *const argv[] = { "git", "-C", clone, "log", "-1", "--format=%h %an %ad%n    %s",
				     "--date=short", first, NULL };
	CLEANUP_ERROR struct error *none = NULL;
	int rc = first ? subprocess_run(argv, &words, err) : -EIO;

	if (rc)
		return rc;
	printf("%s\n%s %s: %" PRId64 " instructions at %s, %" PRId64 " at %s (%+" PRId64 ")\n"
	       "the first bad commit is %s", first, s->way, s->metric, good, s->good, bad, s->bad,
	       bad - good, words);
	tell_functions(s, first, &none);
	return 0;
}

/* Before anything is built: the search goes from a commit to one that has it behind it. */
static int check_order(const struct search *s, const char *good, const char *bad,
		       struct error **err)
{
	const char *const argv[] = { "git", "-C", s->global->top, "merge-base", "--is-ancestor", good,
				     bad, NULL };
	CLEANUP_ERROR struct error *no = NULL;

	if (!strcmp(good, bad))
		return options_refuse(err, "bisect", "%s and %s are the same commit: there is nothing "
				      "to search for", s->good, s->bad);
	if (!subprocess_run(argv, NULL, &no))
		return 0;
	error_set(err, ERROR_USAGE, 0, "%s is not behind %s", s->good, s->bad);
	error_hint(err, "--good is the older commit, --bad one that came from it");
	return -EINVAL;
}

static int search(struct search *s, struct error **err)
{
	CLEANUP_FREE char *good = revision_commit(s->global->top, s->good, err), *bad = NULL;
	CLEANUP_FREE char *clone = path_below(s->results, "clone");
	struct measured at_good, at_bad;
	int rc;

	if (!good)
		return error_wrap(err, "--good");
	bad = revision_commit(s->global->top, s->bad, err);
	if (!bad)
		return error_wrap(err, "--bad");
	rc = check_order(s, good, bad, err);
	if (!rc)
		rc = folder_make(s->results, err);
	if (!rc)
		rc = measure(s, good, &at_good, err);
	if (!rc)
		rc = measure(s, bad, &at_bad, err);
	if (!rc)
		rc = check_emulators(s, &at_good, &at_bad, err);
	if (rc)
		return rc;
	if (at_good.count < 0 || at_bad.count < 0)
		return error_set(err, ERROR_USAGE, 0, "%s at %s did not come up, or has no %s: see "
				 "above, and `lobosbench list ways`", s->way,
				 at_good.count < 0 ? s->good : s->bad, s->metric);
	if (at_good.count == at_bad.count)
		return error_set(err, ERROR_USAGE, 0, "%s %s takes %" PRId64 " instructions at both "
				 "ends: there is nothing to search for", s->way, s->metric, at_bad.count);
	rc = prepare(s->global->top, clone, good, bad, err);
	if (!rc)
		rc = run_git(s, clone, good, bad, err);
	if (!rc)
		rc = tell(s, clone, at_good.count, at_bad.count, err);
	folder_remove(clone);
	return rc;
}

static int run_bisect(const struct settings *global, const void *given, struct error **err)
{
	const struct bisect_options *o = given;
	CLEANUP(search_end) struct search s = {
		.global = global, .good = o->good, .bad = o->bad, .way = o->way,
		.metric = o->metric, .phase = phase_from_name(o->metric),
	};
	int rc = check_words(&s, err);

	if (rc)
		return rc;
	s.results = path_below(global->results, "bisect");
	if (!o->step)
		return search(&s, err);
	rc = step(&s, err);
	if (rc >= 0)
		return rc;
	/* Of a lower status git bisect would take the commit for bad. */
	error_print(*err, stderr);
	error_free(*err);
	*err = NULL;
	return STEP_STOP;
}

const struct command command_bisect = {
	.name = "bisect",
	.summary = "find the commit that cost instructions",
	.prose = "Names the first commit at which a way of rebooting executes as many "
		 "instructions as at the bad one: by git bisect, one reboot by the virtual clock "
		 "for each commit. Commits that cannot be built, or do not come up, are left out "
		 "of the search.",
	.options = options,
	.statuses = "0 found",
	.examples = "lobosbench bisect --good v1.2 --way lobos --metric kernel",
	.size = sizeof(struct bisect_options),
	.defaults = &(const struct bisect_options){
		.bad = "HEAD", .way = "lobos", .metric = "latency",
	},
	.run = run_bisect,
};
