// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_provenance.c - what the samples of a run rest on
 */
#include "run_provenance.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "host.h"
#include "plan/order.h"
#include "plan/revision.h"
#include "plan/sizes.h"
#include "store/provenance.h"

/* The order of the chains as a list, so that a run says in which order it was made. */
static json_t *order_json(const struct scenario *s)
{
	int n = order_chains(s);
	CLEANUP_FREE struct order_chain *chains = calloc(n, sizeof(*chains));
	json_t *order = json_array();

	if (!chains)
		abort();
	order_make(s, chains);
	for (int i = 0; i < n; i++) {
		json_array_append_new(order, json_pack("{s:i, s:i, s:s, s:s, s:s}",
						       "chain", chains[i].number,
						       "block", chains[i].block, "way",
						       order_way(s, &chains[i]), "variant",
						       order_variant(s, &chains[i]), "clock",
						       chains[i].exact ? "virtual" : "wall"));
	}
	return order;
}

static json_t *lateness_json(const struct lateness *l)
{
	return json_pack("{s:I, s:I, s:I}", "p50", (json_int_t)l->p50_ns, "p99",
			 (json_int_t)l->p99_ns, "max", (json_int_t)l->max_ns);
}

/* One start of the run: when, on which host, how much was there, how exact the recorder was. */
static json_t *start_json(const struct calibration *c, size_t samples)
{
	CLEANUP_FREE char *boot = file_first_line("/proc/sys/kernel/random/boot_id");
	char now[32];

	clock_wall_time(clock_now_ns(), now, sizeof(now));
	return json_pack("{s:s, s:o, s:I, s:s, s:i, s:o, s:o, s:i, s:o}", "at", now, "boot",
			 json_text_or_null(boot), "samples", (json_int_t)samples, "recorder",
			 c->recorder, "messages", c->messages, "marks_lateness_ns",
			 lateness_json(&c->marks), "console_lateness_ns",
			 lateness_json(&c->console), "resets", c->resets, "reset_lateness_ns",
			 c->resets ? lateness_json(&c->reset) : json_null());
}

void run_provenance_start(struct run_row *row, const struct calibration *c, size_t samples)
{
	provenance_append(&row->provenance_json, "starts", start_json(c, samples));
	if (row->clock_error_p50_ns < c->marks.p50_ns)
		row->clock_error_p50_ns = c->marks.p50_ns;
	if (row->clock_error_p99_ns < c->marks.p99_ns)
		row->clock_error_p99_ns = c->marks.p99_ns;
}

/*
 * Images are told from the checkout on, those of a commit as git would, "1a2b3c4d5e:path":
 * where they lie differs from host to host. To be freed.
 */
static char *short_path(const char *path, const struct run_base *b)
{
	const char *top = b->global->top, *commit = "";
	char *text = NULL;
	size_t n;

	for (unsigned int i = 0; i < b->scenario->ways_count; i++) {
		const struct revision *rev = b->scenario->ways[i].unpacked;

		if (!rev || strncmp(path, rev->top, strlen(rev->top)))
			continue;
		top = rev->top;
		commit = rev->commit;
	}
	n = strlen(top);
	if (strncmp(path, top, n) || path[n] != '/')
		text = strdup(path);
	else if (asprintf(&text, "%.*s%s%s", SCENARIO_REVISION_SHORT, commit, *commit ? ":" : "",
			  path + n + 1) < 0)
		text = NULL;
	if (!text)
		abort();
	return text;
}

static void shorten_paths(json_t *images, const struct run_base *b)
{
	for (size_t i = 0; i < json_array_size(images); i++) {
		json_t *image = json_array_get(images, i);
		const char *path = json_string_value(json_object_get(image, "path"));
		CLEANUP_FREE char *text = path ? short_path(path, b) : NULL;

		if (text)
			json_object_set_new(image, "path", json_string(text));
	}
}

/* From which commit each way of a run is, where that need not be the checkout's. */
static json_t *sides_json(const struct run_base *b, json_t *source)
{
	const struct scenario *s = b->scenario;
	json_t *sides = json_array();

	for (unsigned int i = 0; i < s->ways_count; i++) {
		const struct scenario_way *way = &s->ways[i];
		const struct revision *rev = way->unpacked;

		json_array_append_new(sides, json_pack(
			"{s:s, s:s, s:o, s:o, s:s}", "way", way->way, "variant", way->variant,
			"commit", rev ? json_string(rev->commit) :
				  json_incref(json_object_get(source, "commit")),
			"dirty", rev ? json_false() :
				 json_incref(json_object_get(source, "dirty")),
			"kernel", b->images->of[i].kernel_release));
	}
	return sides;
}

static bool has_sides(const struct scenario *s)
{
	bool any = s->versus.on;

	for (unsigned int i = 0; i < s->ways_count; i++)
		any |= s->ways[i].unpacked != NULL;
	return any;
}

/* The lines of each way at this moment; null when they cannot be counted, which stops no run. */
static json_t *sizes_now(const struct impl_list *impls)
{
	CLEANUP(sizes_free) struct sizes sizes = { 0 };
	CLEANUP_ERROR struct error *err = NULL;

	if (!sizes_count(&sizes, impls, &err))
		return sizes_json(&sizes);
	fprintf(stderr, "the report will have no sizes: %s\n", err->message);
	return json_null();
}

/* @bytes: 0 when they are not known */
static void add_kernel(json_t *kernels, const char *release, uint64_t bytes)
{
	for (size_t i = 0; i < json_array_size(kernels); i++) {
		json_t *known = json_object_get(json_array_get(kernels, i), "kernel");

		if (!strcmp(json_string_value(known), release))
			return;
	}
	json_array_append_new(kernels, json_pack("{s:s, s:o}", "kernel", release, "bytes", bytes ?
						 json_integer((json_int_t)bytes) : json_null()));
}

/* Each kernel of the run and how much of it there is to copy. */
static json_t *kernels_json(const struct images *images)
{
	json_t *kernels = json_array();

	for (unsigned int i = 0; i < images->ways; i++) {
		const struct image_set *set = &images->of[i];

		add_kernel(kernels, set->kernel_release, set->kernel_bytes);
		for (unsigned int k = 0; k < set->chain.others_count; k++)
			add_kernel(kernels, set->chain.others[k].release, set->chain.others[k].bytes);
	}
	return kernels;
}

/* The files of the scenario's hints as they are now; a hint is no more than its words. */
static json_t *hints_json(const struct scenario *s)
{
	json_t *hints = json_object();

	for (unsigned int i = 0; i < s->hints_count; i++)
		json_object_set_new(hints, s->hints[i],
				    json_text(hint_find(s->known, s->hints[i])->text));
	return hints;
}

json_t *run_provenance(const struct run_base *b, struct error **err)
{
	json_t *json = host_provenance(b->global->top, b->proof, b->accelerator, b->connection,
				       (const char *const *)b->images->hashed,
				       b->images->hashed_count, err);

	if (!json)
		return NULL;
	shorten_paths(json_object_get(json, "images"), b);
	if (has_sides(b->scenario))
		json_object_set_new(json, "sides",
				    sides_json(b, json_object_get(json, "source")));
	json_object_set_new(json, "kernels", kernels_json(b->images));
	if (b->scenario->hints_count)
		json_object_set_new(json, "hints", hints_json(b->scenario));
	json_object_set_new(json, "sizes", sizes_now(b->impls));
	json_object_set_new(json, "discards",
			    json_boolean(scenario_discards(b->scenario, b->accelerator)));
	json_object_set_new(json, "seed", json_integer(b->scenario->seed));
	json_object_set_new(json, "order", order_json(b->scenario));
	if (shard_is_part(&b->scenario->shard))
		json_object_set_new(json, "shard", json_pack("{s:i, s:i}", "number",
							     b->scenario->shard.number, "of",
							     b->scenario->shard.of));
	return json;
}
