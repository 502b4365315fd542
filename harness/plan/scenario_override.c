// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_override.c - a scenario with the options of the command line
 */
#include "scenario_override.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

/*
 * Counted reboots of each machine of a comparison from the command line: what is
 * compared is one figure a machine, so many short chains tell more than a few long ones.
 */
#define VERSUS_REBOOTS	1

static bool is_empty(const struct scenario_override *o)
{
	return !o->ways_count && !o->machines && !o->reboots && !o->seed && !o->accelerator &&
	       !o->versus && !o->against && !o->most;
}

static int add_scalar(yaml_document_t *doc, const char *value)
{
	int id = yaml_document_add_scalar(doc, NULL, (const yaml_char_t *)value, -1,
					  YAML_PLAIN_SCALAR_STYLE);

	if (!id)
		abort();
	return id;
}

static bool is_scalar(yaml_document_t *doc, int id, const char *value)
{
	const yaml_node_t *node = yaml_document_get_node(doc, id);

	return node && node->type == YAML_SCALAR_NODE &&
	       !strcmp((const char *)node->data.scalar.value, value);
}

/* The pair of that key in a mapping, or NULL. */
static yaml_node_pair_t *find_pair(yaml_document_t *doc, int mapping, const char *key)
{
	yaml_node_t *node = yaml_document_get_node(doc, mapping);

	if (!node || node->type != YAML_MAPPING_NODE)
		return NULL;
	for (yaml_node_pair_t *p = node->data.mapping.pairs.start;
	     p < node->data.mapping.pairs.top; p++) {
		if (is_scalar(doc, p->key, key))
			return p;
	}
	return NULL;
}

static void set_pair(yaml_document_t *doc, int mapping, const char *key, int value)
{
	yaml_node_pair_t *pair = find_pair(doc, mapping, key);

	if (pair)
		pair->value = value;
	else if (!yaml_document_append_mapping_pair(doc, mapping, add_scalar(doc, key), value))
		abort();
}

/* Sets root.section.key, or root.key when section is NULL. */
static void set_value(yaml_document_t *doc, int root, const char *section, const char *key,
		      const char *value)
{
	int mapping = root, id = add_scalar(doc, value);
	yaml_node_pair_t *pair;

	if (section) {
		pair = find_pair(doc, root, section);
		mapping = pair ? pair->value :
				 yaml_document_add_mapping(doc, NULL, YAML_BLOCK_MAPPING_STYLE);
		if (!mapping)
			abort();
		if (!pair)
			set_pair(doc, root, section, mapping);
	}
	set_pair(doc, mapping, key, id);
}

static int new_node(int id)
{
	if (!id)
		abort();
	return id;
}

static void append_item(yaml_document_t *doc, int sequence, int item)
{
	if (!yaml_document_append_sequence_item(doc, sequence, item))
		abort();
}

/* A word of a way as it is written on the command line, up to the next '/' or '+'. */
static int add_word(yaml_document_t *doc, const char *word)
{
	CLEANUP_FREE char *copy = strndup(word, strcspn(word, "/+"));

	if (!copy)
		abort();
	return add_scalar(doc, copy);
}

/* The entry that "kexec/vmlinux+no-checks" stands for; 0 with *err set. */
static int add_way(yaml_document_t *doc, const char *spec, struct error **err)
{
	const char *image = strchr(spec, '/'), *option = strchr(spec, '+');
	int entry = new_node(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE));
	int options;

	if (!*spec || strspn(spec, "/+") || strstr(spec, "/+") || strstr(spec, "++") ||
	    strchr("/+", spec[strlen(spec) - 1]) || (image && strchr(image + 1, '/')) ||
	    (image && option && option < image)) {
		error_set(err, ERROR_USAGE, EINVAL, "\"%s\" is no way: WAY[/IMAGE][+OPTION]..., "
			  "such as kexec/vmlinux+no-checks", spec);
		return 0;
	}
	set_pair(doc, entry, "way", add_word(doc, spec));
	if (image)
		set_pair(doc, entry, "image", add_word(doc, image + 1));
	if (!option)
		return entry;
	options = new_node(yaml_document_add_sequence(doc, NULL, YAML_FLOW_SEQUENCE_STYLE));
	for (; option; option = strchr(option + 1, '+'))
		append_item(doc, options, add_word(doc, option + 1));
	set_pair(doc, entry, "options", options);
	return entry;
}

static bool is_way(yaml_document_t *doc, int entry, const char *way)
{
	yaml_node_pair_t *pair = find_pair(doc, entry, "way");

	return pair && is_scalar(doc, pair->value, way);
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
		append_item(doc, to, entry);
	}
	if (found)
		return 0;
	entry = add_way(doc, way, err);
	if (!entry)
		return -EINVAL;
	append_item(doc, to, entry);
	return 0;
}

/* The sequence of the document's ways, or 0. */
static int ways_of(yaml_document_t *doc, int root)
{
	yaml_node_pair_t *pair = find_pair(doc, root, "ways");

	if (!pair || yaml_document_get_node(doc, pair->value)->type != YAML_SEQUENCE_NODE)
		return 0;
	return pair->value;
}

static int keep_ways(yaml_document_t *doc, int root, const struct scenario_override *o,
		     struct error **err)
{
	int from = ways_of(doc, root), to, rc = 0;

	if (!from)
		return 0;
	to = new_node(yaml_document_add_sequence(doc, NULL, YAML_BLOCK_SEQUENCE_STYLE));
	for (unsigned int i = 0; !rc && i < o->ways_count; i++)
		rc = keep_way(doc, from, to, o->ways[i], err);
	set_pair(doc, root, "ways", to);
	return rc;
}

/* A node with all below it once more: one that stands twice would be written as an alias. */
static int copy_node(yaml_document_t *doc, int id)
{
	yaml_node_t node = *yaml_document_get_node(doc, id);
	int copy;

	if (node.type == YAML_SCALAR_NODE)
		return add_scalar(doc, (const char *)node.data.scalar.value);
	if (node.type == YAML_SEQUENCE_NODE) {
		copy = new_node(yaml_document_add_sequence(doc, NULL, YAML_FLOW_SEQUENCE_STYLE));
		for (yaml_node_item_t *i = node.data.sequence.items.start;
		     i < node.data.sequence.items.top; i++)
			append_item(doc, copy, copy_node(doc, *i));
		return copy;
	}
	copy = new_node(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE));
	for (yaml_node_pair_t *p = node.data.mapping.pairs.start; p < node.data.mapping.pairs.top;
	     p++) {
		int key = copy_node(doc, p->key), value = copy_node(doc, p->value);

		if (!yaml_document_append_mapping_pair(doc, copy, key, value))
			abort();
	}
	return copy;
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
	error_set(err, ERROR_USAGE, EINVAL, "which way is side A of the comparison? One --way says");
	return 0;
}

/* Removes a key of a section, if both are there. */
static void remove_key(yaml_document_t *doc, int root, const char *section, const char *key)
{
	yaml_node_pair_t *pair = find_pair(doc, root, section), *at;
	yaml_node_t *mapping;

	at = pair ? find_pair(doc, pair->value, key) : NULL;
	if (!at)
		return;
	mapping = yaml_document_get_node(doc, pair->value);
	mapping->data.mapping.pairs.top--;
	memmove(at, at + 1, (char *)mapping->data.mapping.pairs.top - (char *)at);
}

static int make_sides(yaml_document_t *doc, int root, const struct scenario_override *o,
		      struct error **err)
{
	int from = ways_of(doc, root), ways, a, b;

	if (!from)
		return 0;
	a = side_a(doc, from, o, err);
	if (!a)
		return -EINVAL;
	b = o->versus ? add_way(doc, o->versus, err) : copy_node(doc, a);
	if (!b)
		return -EINVAL;
	if (o->against)
		set_pair(doc, b, "revision", add_scalar(doc, o->against));
	ways = new_node(yaml_document_add_sequence(doc, NULL, YAML_BLOCK_SEQUENCE_STYLE));
	append_item(doc, ways, a);
	append_item(doc, ways, b);
	set_pair(doc, root, "ways", ways);
	remove_key(doc, root, "chain", "machines");
	remove_key(doc, root, "chain", "parallel");
	if (!find_pair(doc, root, "versus"))
		set_pair(doc, root, "versus",
			 new_node(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE)));
	return 0;
}

/* The ways, or the sides of a comparison. */
static int set_ways(yaml_document_t *doc, int root, const struct scenario_override *o,
		    struct error **err)
{
	int rc = 0;

	if (o->versus || o->against)
		rc = make_sides(doc, root, o, err);
	else if (o->ways_count)
		rc = keep_ways(doc, root, o, err);
	if (rc || !o->most)
		return rc;
	if (!find_pair(doc, root, "versus"))
		return error_set(err, ERROR_USAGE, 0, "--most is for a comparison: --versus or "
				 "--against says with what");
	set_value(doc, root, "versus", "most", o->most);
	return 0;
}

static int append(void *to, unsigned char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, to) == n;
}

/* Writes the document, which the emitter frees. */
static char *text_of(yaml_document_t *doc)
{
	yaml_emitter_t emitter;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out || !yaml_emitter_initialize(&emitter))
		abort();
	yaml_emitter_set_output(&emitter, append, out);
	yaml_emitter_set_unicode(&emitter, 1);
	if (!yaml_emitter_open(&emitter) || !yaml_emitter_dump(&emitter, doc) ||
	    !yaml_emitter_close(&emitter))
		abort();
	yaml_emitter_delete(&emitter);
	fclose(out);
	return text;
}

static bool parse(const char *text, yaml_document_t *doc)
{
	yaml_parser_t parser;
	int fine;

	if (!yaml_parser_initialize(&parser))
		abort();
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
	fine = yaml_parser_load(&parser, doc);
	yaml_parser_delete(&parser);
	return fine;
}

char *scenario_override_text(const char *text, const struct scenario_override *o,
			     struct error **err)
{
	const int root = 1;	/* libyaml numbers nodes from 1, the root first */
	yaml_document_t doc;
	char *same;

	if (is_empty(o)) {
		same = strdup(text);
		if (!same)
			abort();
		return same;
	}
	if (!parse(text, &doc)) {
		error_set(err, ERROR_USAGE, EINVAL, "not YAML");
		return NULL;
	}
	if (set_ways(&doc, root, o, err)) {
		yaml_document_delete(&doc);
		return NULL;
	}
	if (o->machines)
		set_value(&doc, root, "chain", "machines", o->machines);
	if (o->reboots)
		set_value(&doc, root, "chain", "reboots", o->reboots);
	if (o->accelerator)
		set_value(&doc, root, "machine", "accelerator", o->accelerator);
	if (o->seed)
		set_value(&doc, root, NULL, "seed", o->seed);
	return text_of(&doc);
}

/* Reboots of each machine of a comparison, as text; NULL when the scenario's are few enough. */
static char *shorter_chain(const struct scenario *s, const struct scenario_override *o)
{
	char *reboots = NULL;

	if (o->reboots || s->chain.reboots - s->chain.warmups <= VERSUS_REBOOTS)
		return NULL;
	if (asprintf(&reboots, "%d", s->chain.warmups + VERSUS_REBOOTS) < 0)
		abort();
	return reboots;
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
	text = scenario_override_text(s->text, &all, err);
	if (!text)
		return NULL;
	if (asprintf(&name, "%s with the options of the command line", path) < 0)
		abort();
	return scenario_parse(name, text, err);
}
