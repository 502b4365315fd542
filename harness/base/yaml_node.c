// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_node.c - the nodes of a YAML file: found by key, refused with their line
 */
#include "yaml_node.h"

#include <errno.h>
#include <string.h>

int yaml_vrefuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      struct error **err, const char *fmt, va_list args)
{
	CLEANUP_FREE char *what = NULL;
	size_t line = node ? node->start_mark.line + 1 : 1;

	if (vasprintf(&what, fmt, args) < 0)
		abort();
	return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: %s%s%s", f->path, line, key,
			 *key ? ": " : "", what);
}

int yaml_refuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key,
		     struct error **err, const char *fmt, ...)
{
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = yaml_vrefuse_node(f, node, key, err, fmt, args);
	va_end(args);
	return rc;
}

yaml_node_t *yaml_lookup(struct yaml_file *f, const yaml_node_t *mapping, const char *key)
{
	const yaml_node_pair_t *p = mapping->data.mapping.pairs.start;

	for (; p < mapping->data.mapping.pairs.top; p++) {
		yaml_node_t *k = yaml_node_at(f, p->key);

		if (k->type == YAML_SCALAR_NODE && !strcmp(yaml_scalar(k), key))
			return yaml_node_at(f, p->value);
	}
	return NULL;
}

const yaml_node_t *yaml_find(struct yaml_file *f, const char *key)
{
	const yaml_node_t *node = yaml_document_get_root_node(&f->document);
	char word[KEY_LENGTH];

	while (node && *key) {
		size_t n;

		if (*key == '[' && node->type == YAML_SEQUENCE_NODE) {
			const yaml_node_item_t *items = node->data.sequence.items.start;
			size_t i = strtoul(key + 1, NULL, 10);

			n = strcspn(key, "]") + 1;
			node = i < (size_t)(node->data.sequence.items.top - items) ?
			       yaml_node_at(f, items[i]) : NULL;
		} else if (node->type == YAML_MAPPING_NODE) {
			n = strcspn(key, ".[");
			snprintf(word, sizeof(word), "%.*s", (int)n, key);
			node = yaml_lookup(f, node, word);
		} else {
			return NULL;
		}
		key += n;
		key += *key == '.';
	}
	return node;
}
