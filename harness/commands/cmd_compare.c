// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_compare.c - `lobosbench compare`: what differs between two sets of samples
 */
#include "commands.h"

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <string.h>

#include "store/find.h"
#include "base/path.h"
#include "report/comparison.h"
#include "usage.h"

/* Of the permutations that are drawn: the same samples give the same answer. */
#define SEED 20000

const char cmd_compare_help[] =
	"Usage: lobosbench compare A B [OPTION]...\n"
	"\n"
	"Says by how much B is slower or faster than A, in which phase, and whether that is\n"
	"chance. A and B are each one of\n"
	"\n"
	"  RUN                  a run's name, its folder, or latest\n"
	"  COMMIT               the beginning of a commit: the newest complete run of it\n"
	"  KERNEL               part of a kernel's name: the newest complete run with it\n"
	"\n"
	"and :WAY or :WAY/VARIANT may follow, as in latest:kexec/vmlinux+no-checks. Without it\n"
	"each way of A is compared with the same way of B. By the virtual clock the answer is\n"
	"exact; by the wall clock it is a test on machines, of which 5 a side are few.\n"
	"\n"
	"  --threshold PERCENT  a smaller difference matters to nobody: share of A's latency\n"
	"                       (2; by the virtual clock 0.05)\n"
	"  --confidence PERCENT of verdicts and intervals (99)\n"
	"  --format FORMAT      text, json or md\n"
	"\n"
	"Exit status: 0 nothing is worse, 1 something is, 2 bad input, 4 samples of a virtual\n"
	"clock that are not exact.\n"
	"\n"
	"Example: lobosbench compare latest:lobos latest:kexec\n";

struct compare_request {
	const char *a, *b;
	double threshold;	/* a share; NAN: that of the clock */
	double confidence;
	enum comparison_format format;
};

/* A number of per cent between two limits, both excluded, as a share. */
static int take_percent(const char *option, const char *text, double low, double high, double *to,
			struct error **err)
{
	char *end;
	double x = strtod(text, &end);

	if (!*text || *end || !(x > low && x < high))
		return usage_error(err, "compare", "--%s: \"%s\" is no number between %g and %g",
				   option, text, low, high);
	*to = x / 100;
	return 0;
}

static int take_format(const char *text, enum comparison_format *to, struct error **err)
{
	static const char *const formats[] = {
		[COMPARISON_TEXT] = "text", [COMPARISON_MARKDOWN] = "md",
		[COMPARISON_JSON] = "json",
	};

	for (unsigned int i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (strcmp(text, formats[i]))
			continue;
		*to = i;
		return 0;
	}
	return usage_error(err, "compare", "--format: \"%s\" is none of text, json, md", text);
}

static int parse_options(int argc, char **argv, struct compare_request *q, struct error **err)
{
	static const struct option options[] = {
		{ "threshold", required_argument, NULL, 't' },
		{ "confidence", required_argument, NULL, 'c' },
		{ "format", required_argument, NULL, 'f' },
		{ NULL, 0, NULL, 0 },
	};
	int c, rc = 0;

	optind = 0;
	opterr = 0;
	while (!rc && (c = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (c == 't')
			rc = take_percent("threshold", optarg, 0, 100, &q->threshold, err);
		else if (c == 'c')
			rc = take_percent("confidence", optarg, 50, 100, &q->confidence, err);
		else if (c == 'f')
			rc = take_format(optarg, &q->format, err);
		else
			rc = usage_bad_option(err, "compare", c, argv);
	}
	if (rc)
		return rc;
	if (argc - optind != 2)
		return usage_error(err, "compare", "two things are compared, not %d",
				   argc - optind);
	q->a = argv[optind];
	q->b = argv[optind + 1];
	return 0;
}

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

static int compare_both(const struct found *a, const struct found *b,
			 const struct compare_request *q, struct error **err)
{
	struct comparison_set set = {
		.a = a->words, .b = b->words,
		.options = {
			.threshold = q->threshold, .confidence = q->confidence, .seed = SEED,
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

int cmd_compare(const struct settings *global, int argc, char **argv, struct error **err)
{
	struct compare_request q = { .threshold = NAN, .confidence = COMPARE_CONFIDENCE };
	CLEANUP(cleanup_store_close) struct store *store = NULL;
	struct found a = { 0 }, b = { 0 };
	CLEANUP_FREE char *path = NULL;
	int rc = parse_options(argc, argv, &q, err);

	if (rc)
		return rc;
	path = path_below(global->results, "lobosbench.db");
	store = store_open(path, true, err);
	if (!store)
		return -EIO;
	rc = find_samples(store, global->results, q.a, &a, err);
	if (rc)
		error_wrap(err, "A");
	else if ((rc = find_samples(store, global->results, q.b, &b, err)))
		error_wrap(err, "B");
	else
		rc = compare_both(&a, &b, &q, err);
	found_free(&a);
	found_free(&b);
	return rc;
}
