// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_compare.c - `lobosbench compare`: what differs between two sets of samples
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "commands.h"
#include "report/comparison.h"
#include "results.h"
#include "store/find.h"

struct compare_request {
	const char *a, *b;
	double threshold;	/* a share; NAN: that of the clock */
	double confidence;
	enum comparison_format format;
};

#define TO(member) offsetof(struct compare_request, member)

static const char *const formats[] = {
	[COMPARISON_TEXT] = "text", [COMPARISON_MARKDOWN] = "md", [COMPARISON_JSON] = "json", NULL
};

static const struct option options[] = {
	{ "A", NULL, "a run's name, its folder, or latest; the beginning of a commit, or part of a "
	  "kernel's name: the newest complete run with it. :WAY or :WAY/VARIANT may follow, as in "
	  "latest:kexec/vmlinux+no-checks", OPTION_TEXT, .to = TO(a), .required = true },
	{ "B", NULL, "the other side, named in the same way", OPTION_TEXT, .to = TO(b), .required = true },
	{ "--threshold", "PERCENT", "ignore smaller differences: share of A's latency (2; by the "
	  "virtual clock 0.05)", OPTION_PERCENT, .to = TO(threshold), .high = 100 },
	{ "--confidence", "PERCENT", "confidence of verdicts and intervals (99)", OPTION_PERCENT,
	  .to = TO(confidence), .low = 50, .high = 100 },
	{ "--format", "FORMAT", "text, json or md", OPTION_CHOICE, .to = TO(format),
	  .choices = formats },
	{ 0 }
};

static bool is_virtual(const struct found_group *g)
{
	return g->samples.n && !strcmp(g->samples.at[0].clock, "virtual");
}

static int compare_groups(const struct found_group *a, const struct found_group *b,
			  const struct compare_request *q, struct comparison_set *set,
			  struct error **err)
{
	struct compared c = { .a = a->label, .b = b->label, .exact = is_virtual(a) };
	int rc = compare_possible(a->samples.at, a->samples.n, b->samples.at, b->samples.n, err);

	if (!rc && isnan(q->threshold))
		set->options.threshold = c.exact ? COMPARE_EXACT_THRESHOLD : COMPARE_THRESHOLD;
	if (!rc && c.exact)
		rc = compare_exact(a->samples.at, a->samples.n, b->samples.at, b->samples.n,
				   set->options.threshold, &c.exactly, err);
	else if (!rc)
		c.by_chance = compare_samples(a->samples.at, a->samples.n, b->samples.at,
					      b->samples.n, &set->options);
	if (!rc)
		vec_push(&set->pairs, c);
	return rc ? error_wrap(err, "%s against %s", c.a, c.b) : 0;
}

static const struct found_group *same_way(const struct found *in,
					    const struct found_group *g)
{
	for (size_t i = 0; i < in->groups.n; i++)
		if (!strcmp(in->groups.at[i].way, g->way) &&
		    !strcmp(in->groups.at[i].variant, g->variant))
			return &in->groups.at[i];
	return NULL;
}

/* Two single ways are compared whatever they are called, else each with its like. */
static int compare_all(const struct found *a, const struct found *b,
		       const struct compare_request *q, struct comparison_set *set,
		       struct error **err)
{
	int rc = 0;

	if (a->groups.n == 1 && b->groups.n == 1)
		return compare_groups(&a->groups.at[0], &b->groups.at[0], q, set, err);
	for (size_t i = 0; !rc && i < a->groups.n; i++) {
		const struct found_group *g = same_way(b, &a->groups.at[i]);

		if (g)
			rc = compare_groups(&a->groups.at[i], g, q, set, err);
		else
			vec_push(&set->only_a, a->groups.at[i].label);
	}
	for (size_t i = 0; i < b->groups.n; i++)
		if (!same_way(a, &b->groups.at[i]))
			vec_push(&set->only_b, b->groups.at[i].label);
	if (rc || set->pairs.n)
		return rc;
	error_set(err, ERROR_USAGE, 0, "%s and %s have no way in common", a->words, b->words);
	error_hint(err, "name one way of each: RUN:WAY");
	return -EINVAL;
}

/* The very same samples on both sides would only prove that they are the same. */
static int check_different(const struct found *a, const struct found *b,
			   struct error **err)
{
	if (strcmp(a->run, b->run) || a->groups.n != b->groups.n)
		return 0;
	for (size_t i = 0; i < a->groups.n; i++)
		if (!same_way(b, &a->groups.at[i]))
			return 0;
	error_set(err, ERROR_USAGE, 0, "A and B are the same samples: %s", a->words);
	error_hint(err, "name two ways of it: %s:WAY", a->run);
	return -EINVAL;
}

static bool has_virtual(const struct found *in)
{
	for (size_t i = 0; i < in->groups.n; i++)
		if (is_virtual(&in->groups.at[i]))
			return true;
	return false;
}

/*
 * Another emulator, or firmware, executes other instructions, so exact figures say nothing
 * of the subject. Times are compared, but both sides say what they were taken with.
 */
static int check_emulators(struct found *a, struct found *b, struct error **err)
{
	struct found *const sides[] = { a, b };

	if (!strcmp(a->emulator, b->emulator))
		return 0;
	if (has_virtual(a) && has_virtual(b)) {
		error_set(err, ERROR_USAGE, 0, "exact figures of different emulators cannot be "
			  "compared: A has %s, B %s", a->emulator, b->emulator);
		error_hint(err, "run both on one host, or on hosts with the same QEMU");
		return -EINVAL;
	}
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(sides[i]->words);

		snprintf(sides[i]->words + n, sizeof(sides[i]->words) - n, ", with %s",
			 sides[i]->emulator);
	}
	return 0;
}

static int compare_both(const struct found *a, const struct found *b,
			 const struct compare_request *q, struct error **err)
{
	struct comparison_set set = {
		.a = a->words, .b = b->words,
		.options = {
			.threshold = q->threshold, .confidence = q->confidence,
		},
	};
	int rc = check_different(a, b, err);

	if (!rc)
		rc = compare_all(a, b, q, &set, err);
	if (!rc) {
		comparison_write(stdout, &set, q->format);
		rc = comparison_verdict(&set) == COMPARE_WORSE;
	}
	vec_free(&set.pairs);
	vec_free(&set.only_a);
	vec_free(&set.only_b);
	return rc;
}

static int run_compare(const struct settings *global, const void *given, struct error **err)
{
	const struct compare_request *q = given;
	CLEANUP(cleanup_store_close) struct store *store = results_open(global, err);
	struct found a = { 0 }, b = { 0 };
	int rc;

	if (!store)
		return -EIO;
	rc = find_samples(store, global->results, q->a, &a, err);
	if (rc)
		error_wrap(err, "A");
	else if ((rc = find_samples(store, global->results, q->b, &b, err)))
		error_wrap(err, "B");
	else if (!(rc = check_emulators(&a, &b, err)))
		rc = compare_both(&a, &b, q, err);
	found_free(&a);
	found_free(&b);
	return rc;
}

const struct command command_compare = {
	.name = "compare",
	.summary = "say what differs between two runs, commits, kernels, ways",
	.prose = "Says by how much B is slower or faster than A, in which phase, and whether that "
		 "is chance. Without a way in A and B each way of A is compared with the same way "
		 "of B.\n\n"
		 "By the virtual clock the answer is exact; samples of one side that differ are a "
		 "fault of the instrument, and two versions of QEMU are refused. By the wall clock it "
		 "is a test on machines, of which 5 a side are few.",
	.options = options,
	.statuses = "0 nothing is worse, 1 something is",
	.examples = "lobosbench compare latest:lobos latest:kexec",
	.size = sizeof(struct compare_request),
	.defaults = &(const struct compare_request){
		.threshold = NAN, .confidence = COMPARE_CONFIDENCE,
	},
	.run = run_compare,
};
