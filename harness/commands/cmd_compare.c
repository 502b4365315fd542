// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_compare.c - `lobosbench compare`: what differs between two sets of samples
 */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "commands.h"
#include "report/comparison.h"
#include "report/comparison_doubts.h"
#include "results.h"
#include "store/found_pairs.h"

struct compare_request {
	const char *a, *b;
	double threshold;	/* a share; NAN: that of the clock */
	double confidence;
	enum comparison_format format;
	const char *results;	/* the results folder; no option */
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
	  "virtual clock 0.05, or what chance can make if that is more)", OPTION_PERCENT, .to = TO(threshold), .high = 100 },
	{ "--confidence", "PERCENT", "confidence of verdicts and intervals (99)", OPTION_PERCENT,
	  .to = TO(confidence), .low = 50, .high = 100 },
	{ "--format", "FORMAT", "text, json or md", OPTION_CHOICE, .to = TO(format),
	  .choices = formats },
	{ 0 }
};

/* Of two runs that kept profiles of the way. */
static void name_functions(const struct found_group *a, const struct found_group *b,
			   const struct compare_request *q, struct compared *c)
{
	const struct profile_of of_a = {
		q->results, a->samples.at[0].run, a->way, a->variant,
	};
	const struct profile_of of_b = {
		q->results, b->samples.at[0].run, b->way, b->variant,
	};

	c->functions = changed_functions(&of_a, &of_b, PHASES);
}

static int compare_groups(const struct found_group *a, const struct found_group *b,
			  const struct compare_request *q, struct comparison_set *set,
			  struct error **err)
{
	struct compared c = {
		.a = a->label, .b = b->label, .exact = a->exact,
		.options = { .threshold = q->threshold, .confidence = q->confidence },
	};
	int rc = compare_possible(a->samples.at, a->samples.n, b->samples.at, b->samples.n, err);

	if (!rc && c.exact) {
		rc = compare_exact(a->samples.at, a->samples.n, b->samples.at, b->samples.n,
				   q->threshold, &c.exactly, err);
		c.options.threshold = c.exactly.threshold;
	} else if (!rc) {
		if (isnan(q->threshold))
			c.options.threshold = COMPARE_THRESHOLD;
		c.by_chance = compare_samples(a->samples.at, a->samples.n, b->samples.at,
					      b->samples.n, &c.options);
	}
	if (!rc && c.exact && !c.exactly.identical)
		name_functions(a, b, q, &c);
	if (!rc) {
		vec_push(&set->pairs, c);
		comparison_set_hints(set, a->label, a->samples.at[0].hints, b->label,
				     b->samples.at[0].hints);
	}
	return rc ? error_wrap(err, "%s against %s", c.a, c.b) : 0;
}

static void add_lone(const struct found *a, const struct found *b, struct comparison_set *set)
{
	for (size_t i = 0; i < a->groups.n; i++)
		if (found_is_lone(a, b, i))
			vec_push(&set->only_a, a->groups.at[i].label);
	for (size_t i = 0; i < b->groups.n; i++)
		if (found_is_lone(b, a, i))
			vec_push(&set->only_b, b->groups.at[i].label);
}

static int nothing_in_common(const struct found *a, const struct found *b, struct error **err)
{
	for (size_t i = 0; i < a->groups.n; i++) {
		const struct found_group *x = &a->groups.at[i], *y = found_like(a, b, x, true);

		/* It says which clocks they are. */
		if (y && compare_possible(x->samples.at, x->samples.n, y->samples.at,
					  y->samples.n, err))
			return error_wrap(err, "%s against %s", x->label, y->label);
	}
	error_set(err, ERROR_USAGE, 0, "%s and %s have no way in common", a->words, b->words);
	error_hint(err, "name one way of each: RUN:WAY");
	return -EINVAL;
}

static bool has_clock(const struct found *in, bool exact)
{
	for (size_t i = 0; i < in->groups.n; i++)
		if (in->groups.at[i].exact == exact)
			return true;
	return false;
}

/* Exact figures that are none are an error, unless there are others: then a sentence says so. */
static int leave_out(const struct found *a, const struct found *b, int rc,
		     struct comparison_set *set, struct error **err)
{
	if (!has_clock(a, false) || !has_clock(b, false))
		return rc;
	vec_push(&set->left_out, text_format("Left out: %s.", (*err)->message));
	error_free(*err);
	*err = NULL;
	return 0;
}

/* All pairs by one clock. */
static int compare_clock(const struct found *a, const struct found *b, bool exact,
			 const struct compare_request *q, struct comparison_set *set,
			 struct error **err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < a->groups.n; i++) {
		const struct found_group *g = found_like(a, b, &a->groups.at[i], false);

		if (!g || g->exact != exact)
			continue;
		rc = compare_groups(&a->groups.at[i], g, q, set, err);
		if (rc && exact)
			rc = leave_out(a, b, rc, set, err);
	}
	return rc;
}

static int compare_all(const struct found *a, const struct found *b, bool with_exact,
		       const struct compare_request *q, struct comparison_set *set,
		       struct error **err)
{
	int rc = with_exact ? compare_clock(a, b, true, q, set, err) : 0;

	if (!rc)
		rc = compare_clock(a, b, false, q, set, err);
	add_lone(a, b, set);
	for (int exact = 0; exact < 2; exact++)
		if (has_clock(a, exact) != has_clock(b, exact))
			vec_push(&set->left_out, text_format(
				"Only %s has figures by the %s clock: they are left out.",
				has_clock(a, exact) ? "A" : "B", exact ? "exact" : "wall"));
	return rc || set->pairs.n ? rc : nothing_in_common(a, b, err);
}

/* The very same samples on both sides would only prove that they are the same. */
static int check_different(const struct found *a, const struct found *b,
			   struct error **err)
{
	if (strcmp(a->run, b->run))
		return 0;
	for (size_t i = 0; i < a->groups.n; i++)
		for (size_t k = 0; k < b->groups.n; k++) {
			if (!found_same(&a->groups.at[i], &b->groups.at[k]))
				continue;
			error_set(err, ERROR_USAGE, 0, "A and B have the same samples: %s of run %s",
				  a->groups.at[i].label, a->run);
			error_hint(err, "name two ways of it: %s:WAY", a->run);
			return -EINVAL;
		}
	return 0;
}

/*
 * Another emulator, or firmware, executes other instructions, so exact figures say nothing
 * of the subject: they are left out, and refused where they are all. Times are compared, but both
 * sides say what they were taken with.
 */
static int check_emulators(struct found *a, struct found *b, bool *with_exact,
			   struct comparison_set *set, struct error **err)
{
	struct found *const sides[] = { a, b };

	*with_exact = true;
	if (!strcmp(a->emulator, b->emulator))
		return 0;
	*with_exact = !(has_clock(a, true) && has_clock(b, true));
	if (!*with_exact && !(has_clock(a, false) && has_clock(b, false))) {
		error_set(err, ERROR_USAGE, 0, "exact figures of different emulators cannot be "
			  "compared: A has %s, B %s", a->emulator, b->emulator);
		error_hint(err, "run both on one host, or on hosts with the same QEMU");
		return -EINVAL;
	}
	if (!*with_exact)
		vec_push(&set->left_out, text_format("The figures by the exact clock are left out: "
						     "those of different emulators cannot be "
						     "compared."));
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(sides[i]->words);

		snprintf(sides[i]->words + n, sizeof(sides[i]->words) - n, ", with %s",
			 sides[i]->emulator);
	}
	return 0;
}

/* Both sides say what machines they are of, unless these are alike. */
static void say_machines(struct found *a, struct found *b)
{
	struct found *const sides[] = { a, b };

	if (machine_kind_agrees(&a->machine, &b->machine))
		return;
	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(sides[i]->words);
		char machine[MACHINE_KIND_TEXT];

		machine_kind_words(&sides[i]->machine, machine);
		snprintf(sides[i]->words + n, sizeof(sides[i]->words) - n, ", on %s", machine);
	}
}

/* Says which ways of a side the witness contradicts: their reboots were read as failures. */
static void doubt_ways(const struct found *in, char side, struct comparison_set *set)
{
	for (size_t i = 0; i < in->groups.n; i++) {
		const struct found_group *g = &in->groups.at[i];
		const struct proof *p = proof_find(&in->proofs, g->way, g->variant);
		bool said = false;

		for (size_t k = 0; k < i; k++)
			said |= found_same_way(&in->groups.at[k], g);
		if (p && p->word == PROOF_CONTRADICTED && !said)
			vec_push(&set->doubts, text_format(
				"%s of %c is not what it says: the witness saw another way (%s). None "
				"of its reboots counts as a success.", g->label, side, p->why));
	}
}

/* Says which hints of the same name have another text on the other side. */
static void say_changed_hints(const struct found *a, const struct found *b,
			      struct comparison_set *set)
{
	const char *name;
	json_t *text;

	json_object_foreach(a->hints, name, text) {
		const json_t *other = json_object_get(b->hints, name);

		if (other && !json_equal(text, other))
			vec_push(&set->hints, text_format("The hint %s of B is not that of A: its file "
							  "was changed.", name));
	}
}

static void free_texts(char **texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(texts[i]);
	free(texts);
}

static int compare_both(struct found *a, struct found *b, const struct compare_request *q,
			struct error **err)
{
	struct comparison_set set = { .a = a->words, .b = b->words };
	bool with_exact;
	int rc = check_emulators(a, b, &with_exact, &set, err);

	if (!rc)
		rc = check_different(a, b, err);
	say_machines(a, b);
	doubt_ways(a, 'A', &set);
	doubt_ways(b, 'B', &set);
	if (!rc) {
		say_changed_hints(a, b, &set);
		rc = compare_all(a, b, with_exact, q, &set, err);
		/* By the exact clock there is nothing to compare where no reboot counts as one. */
		if (rc && set.doubts.n)
			error_hint(err, "%s", set.doubts.at[0]);
	}
	if (!rc) {
		comparison_doubts(a, 'A', &set);
		comparison_doubts(b, 'B', &set);
		comparison_write(stdout, &set, q->format);
		rc = comparison_verdict(&set) == COMPARE_WORSE;
	}
	vec_free(&set.pairs);
	vec_free(&set.only_a);
	vec_free(&set.only_b);
	free_texts(set.doubts.at, set.doubts.n);
	free_texts(set.hints.at, set.hints.n);
	free_texts(set.left_out.at, set.left_out.n);
	return rc;
}

static int run_compare(const struct settings *global, const void *given, struct error **err)
{
	struct compare_request q = *(const struct compare_request *)given;
	CLEANUP(cleanup_store_close) struct store *store = results_open(global, err);
	struct found a = { 0 }, b = { 0 };
	int rc;

	if (!store)
		return -EIO;
	q.results = global->results;
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

const struct command command_compare = {
	.name = "compare",
	.summary = "say what differs between two runs, commits, kernels, ways",
	.prose = "Says by how much B is slower or faster than A, in which phase, and whether that "
		 "is chance. Without a way in A and B each way of A is compared with the same way "
		 "of B, clock by clock.\n\n"
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
