// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_override.c - a scenario with the options of the command line
 */
#include "scenario_override.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml_edit.h"

/*
 * Counted reboots of each machine of a comparison from the command line: what is
 * compared is one figure a machine, so many short chains tell more than a few long ones.
 */
#define VERSUS_REBOOTS	1

static bool is_empty(const struct scenario_override *o)
{
	return !o->ways_count && !o->machines && !o->reboots && !o->parallel && !o->seed && !o->accelerator &&
	       !o->kernel && !o->chipset && !o->firmware && !o->versus && !o->against && !o->most && !o->clock &&
	       !o->shard;
}

/* Among a way's options on the command line: it is given none of the scenario's hints. */
#define PLAIN	"plain"

/* A word of a way as it is written on the command line, up to the next '/' or '+'. */
static int add_word(yaml_document_t *doc, const char *word)
{
	CLEANUP_FREE char *copy = strndup(word, strcspn(word, "/+"));

	if (!copy)
		abort();
	return yaml_edit_scalar(doc, copy);
}

static bool is_plain(const char *word)
{
	return strcspn(word, "+") == strlen(PLAIN) && !strncmp(word, PLAIN, strlen(PLAIN));
}

/* The entry that "kexec/vmlinux+no-checks" stands for; 0 with *err set. */
static int add_way(yaml_document_t *doc, const char *spec, struct error **err)
{
	const char *image = strchr(spec, '/'), *option = strchr(spec, '+');
	int entry = yaml_edit_new(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE));
	int options;

	if (!*spec || strspn(spec, "/+") || strstr(spec, "/+") || strstr(spec, "++") ||
	    strchr("/+", spec[strlen(spec) - 1]) || (image && strchr(image + 1, '/')) ||
	    (image && option && option < image)) {
		error_set(err, ERROR_USAGE, EINVAL, "\"%s\" is no way: WAY[/IMAGE][+OPTION]..., "
			  "such as kexec/vmlinux+no-checks", spec);
		return 0;
	}
	yaml_edit_set(doc, entry, "way", add_word(doc, spec));
	if (image)
		yaml_edit_set(doc, entry, "image", add_word(doc, image + 1));
	if (!option)
		return entry;
	options = yaml_edit_new(yaml_document_add_sequence(doc, NULL, YAML_FLOW_SEQUENCE_STYLE));
	for (; option; option = strchr(option + 1, '+')) {
		if (is_plain(option + 1))
			yaml_edit_set(doc, entry, PLAIN, yaml_edit_scalar(doc, "true"));
		else
			yaml_edit_append(doc, options, add_word(doc, option + 1));
	}
	yaml_edit_set(doc, entry, "options", options);
	return entry;
}

static bool is_way(yaml_document_t *doc, int entry, const char *way)
{
	yaml_node_pair_t *pair = yaml_edit_find(doc, entry, "way");

	return pair && yaml_edit_is_scalar(doc, pair->value, way);
}

/* Appends the entries of one way to a sequence; what the words stand for if there are none. */
static int keep_way(yaml_document_t *doc, int from, int to, const char *way, struct error **err)
{
	bool found = false;
	int entry;

	for (size_t i = 0;; i++) {
		yaml_node_t *node = yaml_document_get_node(doc, from);

		if (node->data.sequence.items.start + i >= node->data.sequence.items.top)
			break;
		entry = node->data.sequence.items.start[i];
		if (!is_way(doc, entry, way))
			continue;
		found = true;
		yaml_edit_append(doc, to, entry);
	}
	if (found)
		return 0;
	entry = add_way(doc, way, err);
	if (!entry)
		return -EINVAL;
	yaml_edit_append(doc, to, entry);
	return 0;
}

/* The sequence of the document's ways, or 0. */
static int ways_of(yaml_document_t *doc)
{
	yaml_node_pair_t *pair = yaml_edit_find(doc, YAML_ROOT, "ways");

	if (!pair || yaml_document_get_node(doc, pair->value)->type != YAML_SEQUENCE_NODE)
		return 0;
	return pair->value;
}

static int keep_ways(yaml_document_t *doc, const struct scenario_override *o,
		     struct error **err)
{
	int from = ways_of(doc), to, rc = 0;

	if (!from)
		return 0;
	to = yaml_edit_new(yaml_document_add_sequence(doc, NULL, YAML_BLOCK_SEQUENCE_STYLE));
	for (unsigned int i = 0; !rc && i < o->ways_count; i++)
		rc = keep_way(doc, from, to, o->ways[i], err);
	yaml_edit_set(doc, YAML_ROOT, "ways", to);
	return rc;
}

/* The entry of side A: the way asked for, or the scenario's only one; 0 with *err set. */
static int side_a(yaml_document_t *doc, int from, const struct scenario_override *o,
		  struct error **err)
{
	yaml_node_t *ways = yaml_document_get_node(doc, from);

	if (o->ways_count == 1)
		return add_way(doc, o->ways[0], err);
	if (!o->ways_count &&
	    ways->data.sequence.items.top - ways->data.sequence.items.start == 1)
		return ways->data.sequence.items.start[0];
	error_set(err, ERROR_USAGE, EINVAL, "which way is side A of the comparison? Name one beside "
		  "--versus or --against");
	return 0;
}

static int make_sides(yaml_document_t *doc, const struct scenario_override *o,
		      struct error **err)
{
	int from = ways_of(doc), ways, a, b;

	if (!from)
		return 0;
	a = side_a(doc, from, o, err);
	if (!a)
		return -EINVAL;
	b = o->versus ? add_way(doc, o->versus, err) : yaml_edit_copy(doc, a);
	if (!b)
		return -EINVAL;
	if (o->against)
		yaml_edit_set(doc, b, "revision", yaml_edit_scalar(doc, o->against));
	ways = yaml_edit_new(yaml_document_add_sequence(doc, NULL, YAML_BLOCK_SEQUENCE_STYLE));
	yaml_edit_append(doc, ways, a);
	yaml_edit_append(doc, ways, b);
	yaml_edit_set(doc, YAML_ROOT, "ways", ways);
	yaml_edit_remove(doc, "chain", "machines");
	yaml_edit_remove(doc, "chain", "parallel");
	if (!yaml_edit_find(doc, YAML_ROOT, "versus"))
		yaml_edit_set(doc, YAML_ROOT, "versus",
			 yaml_edit_new(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE)));
	return 0;
}

/* The ways, or the sides of a comparison. */
static int set_ways(yaml_document_t *doc, const struct scenario_override *o,
		    struct error **err)
{
	int rc = 0;

	if (o->versus || o->against)
		rc = make_sides(doc, o, err);
	else if (o->ways_count)
		rc = keep_ways(doc, o, err);
	if (rc || !o->most)
		return rc;
	if (!yaml_edit_find(doc, YAML_ROOT, "versus"))
		return error_set(err, ERROR_USAGE, 0, "--most is for a comparison: --versus or "
				 "--against says with what");
	yaml_edit_set_value(doc, "versus", "most", o->most);
	return 0;
}

/* How often by the exact clock is said only where there is another one. */
static void set_clock(yaml_document_t *doc, const char *clock)
{
	yaml_edit_set_value(doc, NULL, "clock", clock);
	if (strcmp(clock, "both"))
		yaml_edit_remove(doc, NULL, "exact");
}

static void set_machine(yaml_document_t *doc, const struct scenario_override *o)
{
	/* A kernel names its architecture, which may be another. */
	if (o->kernel) {
		yaml_edit_remove(doc, "machine", "arch");
		yaml_edit_set_value(doc, "machine", "kernel", o->kernel);
	}
	if (o->chipset)
		yaml_edit_set_value(doc, "machine", "chipset", o->chipset);
	if (o->firmware)
		yaml_edit_set_value(doc, "machine", "firmware", o->firmware);
	if (o->accelerator)
		yaml_edit_set_value(doc, "machine", "accelerator", o->accelerator);
}

char *scenario_override_text(const char *text, const struct scenario_override *o,
			     struct error **err)
{
	yaml_document_t doc;
	char *same;

	if (is_empty(o)) {
		same = strdup(text);
		if (!same)
			abort();
		return same;
	}
	if (!yaml_edit_parse(text, &doc)) {
		error_set(err, ERROR_USAGE, EINVAL, "not YAML");
		return NULL;
	}
	if (set_ways(&doc, o, err)) {
		yaml_document_delete(&doc);
		return NULL;
	}
	if (o->machines)
		yaml_edit_set_value(&doc, "chain", "machines", o->machines);
	if (o->reboots)
		yaml_edit_set_value(&doc, "chain", "reboots", o->reboots);
	if (o->parallel)
		yaml_edit_set_value(&doc, "chain", "parallel", o->parallel);
	if (o->exact_machines)
		yaml_edit_set_value(&doc, "exact", "machines", o->exact_machines);
	if (o->exact_reboots)
		yaml_edit_set_value(&doc, "exact", "reboots", o->exact_reboots);
	if (o->clock)
		set_clock(&doc, o->clock);
	set_machine(&doc, o);
	if (o->seed)
		yaml_edit_set_value(&doc, NULL, "seed", o->seed);
	if (o->shard)
		yaml_edit_set_value(&doc, NULL, "shard", o->shard);
	return yaml_edit_text(&doc);
}

char *scenario_whole_text(const char *text)
{
	yaml_document_t doc;

	if (!yaml_edit_parse(text, &doc))
		return NULL;
	yaml_edit_remove(&doc, NULL, "shard");
	return yaml_edit_text(&doc);
}

/* Reboots of each machine of a comparison, as text; NULL when the scenario's are few enough. */
static char *shorter_chain(const struct scenario *s, const struct scenario_override *o)
{
	if (o->reboots || s->chain.reboots - s->chain.warmups <= VERSUS_REBOOTS)
		return NULL;
	return text_format("%d", s->chain.warmups + VERSUS_REBOOTS);
}

/* A small run is small by both clocks: the number given, where the exact chains have more; else NULL. */
static const char *at_most(const char *given, int number)
{
	return given && atoi(given) < number ? given : NULL;
}

/* The options for a run by both clocks. A comparison goes by the one that a person waits by. */
static void suit_both(const struct scenario *s, struct scenario_override *o)
{
	if ((o->versus || o->against) && !o->clock)
		o->clock = "wall";
	if (o->clock && strcmp(o->clock, "both"))
		return;
	o->exact_machines = at_most(o->machines, s->exact.machines);
	o->exact_reboots = at_most(o->reboots, s->exact.reboots);
}

struct scenario *scenario_load_overridden(const char *path, const struct scenario_override *o,
					  struct error **err)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario_load(path, err);
	CLEANUP_FREE char *text = NULL, *name = NULL, *reboots = NULL;
	struct scenario_override all = *o;

	if (!s || is_empty(o))
		return steal_ptr(&s);
	if (o->versus || o->against)
		reboots = shorter_chain(s, o);
	if (reboots)
		all.reboots = reboots;
	if (scenario_is_both(s) || (o->clock && !strcmp(o->clock, "both")))
		suit_both(s, &all);
	text = scenario_override_text(s->text, &all, err);
	if (!text)
		return NULL;
	name = text_format("%s with the options of the command line", path);
	return scenario_parse(name, text, err);
}
