// SPDX-License-Identifier: GPL-2.0-only
/*
 * paper_facts.c - what a report knows beside its samples, read from where it lies
 */
#include "paper_facts.h"

#include <string.h>

#include "base/json.h"
#include "base/path.h"
#include "base/text.h"
#include "store/provenance.h"

/* The kernel that came up in a way's reboots, else in any of the run; "" while none did. */
static const char *kernel_of(const sample_vec *samples, const char *way, const char *variant)
{
	const char *kernel = "";

	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *s = &samples->at[i];

		if (!sample_succeeded(s))
			continue;
		if (!strcmp(s->way, way) && !strcmp(s->variant, variant))
			return s->kernel;
		if (!*kernel)
			kernel = s->kernel;
	}
	return kernel;
}

/* The hints that a way and variant was given, each with the text that the run kept, or null. */
static json_t *hints_of(const struct provenance *p, const sample_vec *samples, const char *way,
			const char *variant)
{
	json_t *hints = json_object();
	char *save = NULL;

	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *s = &samples->at[i];
		CLEANUP_FREE char *names = text_format("%s", s->hints);

		if (strcmp(s->way, way) || strcmp(s->variant, variant))
			continue;
		for (char *name = strtok_r(names, " ", &save); name;
		     name = strtok_r(NULL, " ", &save)) {
			json_t *text = json_object_get(p->hints, name);

			json_object_set_new(hints, name, text ? json_incref(text) : json_null());
		}
		break;
	}
	return hints;
}

/* True for the first sample of its way, or of its way and variant. */
static bool is_first(const sample_vec *samples, size_t i, bool of_variant)
{
	const struct sample *s = &samples->at[i];

	for (size_t k = 0; k < i; k++)
		if (!strcmp(samples->at[k].way, s->way) &&
		    (!of_variant || !strcmp(samples->at[k].variant, s->variant)))
			return false;
	return true;
}

/* Called for each way and variant of a run, and for the default of each of its ways. */
struct reading {
	struct paper_facts *facts;
	const struct provenance *provenance;
	const char *results, *run_dir;
};

typedef int (*account_fn)(const struct reading *r, const char *way, const char *variant,
			  const struct witness_wanted *wanted, struct error **err);

static int one_account(const struct reading *r, const sample_vec *samples, account_fn fn,
		       const char *way, const char *variant, struct error **err)
{
	CLEANUP_FREE char *impl = text_format("/%s/impl.yaml", way);
	CLEANUP_JSON json_t *hints = hints_of(r->provenance, samples, way, variant);
	const struct witness_wanted wanted = {
		.kernel = kernel_of(samples, way, variant),
		.impl = provenance_sha256(r->provenance, impl),
		.root = provenance_sha256(r->provenance, "/root.img"),
		.hints = hints,
	};

	return fn(r, way, variant, &wanted, err);
}

static int each_account(const struct reading *r, const sample_vec *samples, account_fn fn,
			struct error **err)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < samples->n; i++) {
		const struct sample *s = &samples->at[i];

		if (is_first(samples, i, false))
			rc = one_account(r, samples, fn, s->way, "", err);
		if (!rc && *s->variant && is_first(samples, i, true))
			rc = one_account(r, samples, fn, s->way, s->variant, err);
	}
	return rc;
}

static int read_account(const struct reading *r, const char *way, const char *variant,
			const struct witness_wanted *wanted, struct error **err)
{
	struct witnessed seen;

	(void)err;
	witnessed_read(&seen, way, variant, r->run_dir, wanted);
	if (seen.state == WITNESS_MISSING)
		witnessed_read(&seen, way, variant, r->results, wanted);
	vec_push(&r->facts->witnessed, seen);
	return 0;
}

static void prove(struct paper_facts *facts, const sample_vec *samples)
{
	for (size_t i = 0; i < samples->n; i++) {
		const struct sample *s = &samples->at[i];
		const struct impl *impl = facts->impls ? impl_find(facts->impls, s->way) : NULL;

		if (is_first(samples, i, true))
			vec_push(&facts->proofs,
				 proof_of(s->way, s->variant, s->arch, impl,
					  witnessed_find(&facts->witnessed, s->way, s->variant)));
	}
}

struct paper_facts *paper_facts_read(const struct settings *global, const struct run_row *run,
				     const sample_vec *samples)
{
	struct paper_facts *facts = calloc(1, sizeof(*facts));
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *impls = path_below(global->top, "impls");
	CLEANUP_FREE char *dir = path_below(global->results, run->name);
	CLEANUP_PROVENANCE struct provenance *provenance = provenance_parse(run->provenance_json);
	struct reading reading = { .facts = facts, .provenance = provenance,
				   .results = global->results, .run_dir = dir };

	if (!facts)
		abort();
	facts->impls = impl_list_load(impls, &err);
	if (!facts->impls) {
		facts->trouble = strdup(err->message);
		if (!facts->trouble)
			abort();
	}
	sizes_from_json(&facts->sizes, provenance->sizes);
	each_account(&reading, samples, read_account, &err);
	prove(facts, samples);
	return facts;
}

void paper_facts_free(struct paper_facts *facts)
{
	impl_list_free(facts->impls);
	free(facts->trouble);
	sizes_free(&facts->sizes);
	vec_free(&facts->witnessed);
	vec_free(&facts->proofs);
	free(facts);
}

static int keep_account(const struct reading *r, const char *way, const char *variant,
			const struct witness_wanted *wanted, struct error **err)
{
	return witnessed_keep(way, variant, r->results, r->run_dir, wanted, err);
}

int paper_facts_keep(const struct settings *global, const struct run_row *run,
		     const sample_vec *samples, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(global->results, run->name);
	CLEANUP_PROVENANCE struct provenance *provenance = provenance_parse(run->provenance_json);
	struct reading reading = { .provenance = provenance, .results = global->results,
				   .run_dir = dir };

	return each_account(&reading, samples, keep_account, err);
}
