// SPDX-License-Identifier: GPL-2.0-only
/*
 * section_provenance.c - on what, from what and when the figures were made
 */
#include "sections.h"

#include <string.h>

#include "markdown.h"
#include "safe_text.h"

static void put_fact(void *table, const char *path, const char *text)
{
	md_cell(table, "%s", path);
	md_cell(table, "%s", !text ? "null" : *text ? text : "–");
}

static void row(struct md_table *t, const char *key, const char *value)
{
	md_cell(t, "%s", key);
	md_cell(t, "%s", *value ? value : "–");
}

/* All samples of the run, those of the exact clock behind the others; to be freed. */
static sample_vec all_samples(const struct report *r)
{
	sample_vec all = { 0 };

	for (; r; r = r->exact)
		for (size_t i = 0; i < r->samples.n; i++)
			vec_push(&all, r->samples.at[i]);
	return all;
}

/* Which kernels came up, and how often. */
static void put_kernels(struct md_table *t, const struct report *r)
{
	sample_vec samples = all_samples(r);
	size_t i, k;

	for (i = 0; i < samples.n; i++) {
		const char *kernel = samples.at[i].kernel;
		size_t times = 0;
		bool seen = false;

		for (k = 0; k < samples.n; k++) {
			if (strcmp(samples.at[k].kernel, kernel) != 0)
				continue;
			seen |= k < i;
			times++;
		}
		if (seen || !*kernel)
			continue;
		md_cell(t, "kernel that came up");
		md_cell(t, "%s (%zu reboots)", kernel, times);
	}
	vec_free(&samples);
}

static void put_machines(struct md_table *t, const struct report *r)
{
	struct machine_kind kind = report_machine(r);
	char machine[MACHINE_KIND_TEXT];

	machine_kind_words(&kind, machine);
	row(t, "machine", machine);
	for (; r; r = r->exact) {
		md_cell(t, "accelerator by the %s clock", r->samples.at[0].clock);
		md_cell(t, "%s", r->samples.at[0].accel);
	}
}

void section_provenance(FILE *f, const struct report *r)
{
	static const char *const headers[] = { "what", "value" };
	struct md_table *t = md_table_new("ll", headers);

	md_heading(f, 2, "Provenance");
	row(t, "run", r->run->name);
	row(t, "scenario", r->run->scenario);
	row(t, "started", r->run->started);
	row(t, "ended", r->run->ended);
	row(t, "state", r->run->state);
	if (r->samples.n)
		put_machines(t, r);
	put_kernels(t, r);
	provenance_each(r->provenance, put_fact, t);
	md_table_end(t, f);
	if (r->run->scenario_yaml && *r->run->scenario_yaml) {
		CLEANUP_FREE char *yaml = safe_text(r->run->scenario_yaml,
						    strlen(r->run->scenario_yaml), true);

		md_heading(f, 3, "The scenario as it was run");
		md_verbatim(f, yaml);
	}
}
