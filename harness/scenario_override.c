// SPDX-License-Identifier: GPL-2.0-only
/*
 * scenario_override.c - a scenario with the options of the command line
 */
#include "scenario_override.h"

#include <errno.h>
#include <string.h>
#include <yaml.h>

static bool is_empty(const struct scenario_override *o)
{
	return !o->ways_count && !o->machines && !o->reboots && !o->seed && !o->accelerator;
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

static bool is_way(yaml_document_t *doc, int entry, const char *way)
{
	yaml_node_pair_t *pair = find_pair(doc, entry, "way");

	return pair && is_scalar(doc, pair->value, way);
}

/* Appends the entries of one way to a sequence; one in its default form if there are none. */
static void keep_way(yaml_document_t *doc, int from, int to, const char *way)
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
		if (!yaml_document_append_sequence_item(doc, to, entry))
			abort();
	}
	if (found)
		return;
	entry = yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE);
	if (!entry || !yaml_document_append_sequence_item(doc, to, entry))
		abort();
	set_pair(doc, entry, "way", add_scalar(doc, way));
}

static void keep_ways(yaml_document_t *doc, int root, const struct scenario_override *o)
{
	yaml_node_pair_t *pair = find_pair(doc, root, "ways");
	int from = pair ? pair->value : 0, to;

	if (!from || yaml_document_get_node(doc, from)->type != YAML_SEQUENCE_NODE)
		return;
	to = yaml_document_add_sequence(doc, NULL, YAML_BLOCK_SEQUENCE_STYLE);
	if (!to)
		abort();
	for (unsigned int i = 0; i < o->ways_count; i++)
		keep_way(doc, from, to, o->ways[i]);
	set_pair(doc, root, "ways", to);
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
	if (o->ways_count)
		keep_ways(&doc, root, o);
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

struct scenario *scenario_load_overridden(const char *path, const struct scenario_override *o,
					  struct error **err)
{
	CLEANUP(cleanup_scenario_free) struct scenario *s = scenario_load(path, err);
	CLEANUP_FREE char *text = NULL, *name = NULL;

	if (!s || is_empty(o))
		return steal_ptr(&s);
	text = scenario_override_text(s->text, o, err);
	if (!text)
		return NULL;
	if (asprintf(&name, "%s with the options of the command line", path) < 0)
		abort();
	return scenario_parse(name, text, err);
}
