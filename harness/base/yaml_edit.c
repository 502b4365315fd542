// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_edit.c - a YAML text taken apart, changed, and written again
 */
#include "yaml_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool yaml_edit_parse(const char *text, yaml_document_t *doc)
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

static int append(void *to, unsigned char *bytes, size_t n)
{
	return fwrite(bytes, 1, n, to) == n;
}

char *yaml_edit_text(yaml_document_t *doc)
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

int yaml_edit_new(int id)
{
	if (!id)
		abort();
	return id;
}

int yaml_edit_scalar(yaml_document_t *doc, const char *value)
{
	return yaml_edit_new(yaml_document_add_scalar(doc, NULL, (const yaml_char_t *)value, -1,
						      YAML_PLAIN_SCALAR_STYLE));
}

int yaml_edit_copy(yaml_document_t *doc, int id)
{
	yaml_node_t node = *yaml_document_get_node(doc, id);
	int copy;

	if (node.type == YAML_SCALAR_NODE)
		return yaml_edit_scalar(doc, (const char *)node.data.scalar.value);
	if (node.type == YAML_SEQUENCE_NODE) {
		copy = yaml_edit_new(yaml_document_add_sequence(doc, NULL,
								YAML_FLOW_SEQUENCE_STYLE));
		for (yaml_node_item_t *i = node.data.sequence.items.start;
		     i < node.data.sequence.items.top; i++)
			yaml_edit_append(doc, copy, yaml_edit_copy(doc, *i));
		return copy;
	}
	copy = yaml_edit_new(yaml_document_add_mapping(doc, NULL, YAML_FLOW_MAPPING_STYLE));
	for (yaml_node_pair_t *p = node.data.mapping.pairs.start; p < node.data.mapping.pairs.top;
	     p++) {
		int key = yaml_edit_copy(doc, p->key), value = yaml_edit_copy(doc, p->value);

		if (!yaml_document_append_mapping_pair(doc, copy, key, value))
			abort();
	}
	return copy;
}

bool yaml_edit_is_scalar(yaml_document_t *doc, int id, const char *value)
{
	const yaml_node_t *node = yaml_document_get_node(doc, id);

	return node && node->type == YAML_SCALAR_NODE &&
	       !strcmp((const char *)node->data.scalar.value, value);
}

yaml_node_pair_t *yaml_edit_find(yaml_document_t *doc, int mapping, const char *key)
{
	yaml_node_t *node = yaml_document_get_node(doc, mapping);

	if (!node || node->type != YAML_MAPPING_NODE)
		return NULL;
	for (yaml_node_pair_t *p = node->data.mapping.pairs.start;
	     p < node->data.mapping.pairs.top; p++) {
		if (yaml_edit_is_scalar(doc, p->key, key))
			return p;
	}
	return NULL;
}

void yaml_edit_set(yaml_document_t *doc, int mapping, const char *key, int value)
{
	yaml_node_pair_t *pair = yaml_edit_find(doc, mapping, key);

	if (pair)
		pair->value = value;
	else if (!yaml_document_append_mapping_pair(doc, mapping, yaml_edit_scalar(doc, key),
						    value))
		abort();
}

void yaml_edit_set_value(yaml_document_t *doc, const char *section, const char *key,
			 const char *value)
{
	int mapping = YAML_ROOT, id = yaml_edit_scalar(doc, value);
	yaml_node_pair_t *pair;

	if (section) {
		pair = yaml_edit_find(doc, YAML_ROOT, section);
		mapping = pair ? pair->value :
			  yaml_edit_new(yaml_document_add_mapping(doc, NULL,
								  YAML_BLOCK_MAPPING_STYLE));
		if (!pair)
			yaml_edit_set(doc, YAML_ROOT, section, mapping);
	}
	yaml_edit_set(doc, mapping, key, id);
}

void yaml_edit_remove(yaml_document_t *doc, const char *section, const char *key)
{
	yaml_node_pair_t *pair = section ? yaml_edit_find(doc, YAML_ROOT, section) : NULL, *at;
	int id = pair ? pair->value : YAML_ROOT;
	yaml_node_t *mapping;

	if (section && !pair)
		return;
	at = yaml_edit_find(doc, id, key);
	if (!at)
		return;
	mapping = yaml_document_get_node(doc, id);
	mapping->data.mapping.pairs.top--;
	memmove(at, at + 1, (char *)mapping->data.mapping.pairs.top - (char *)at);
}

void yaml_edit_append(yaml_document_t *doc, int sequence, int item)
{
	if (!yaml_document_append_sequence_item(doc, sequence, item))
		abort();
}
