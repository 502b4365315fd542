/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_file_private.h - what yaml_file.c and yaml_check.c share
 */
#ifndef YAML_FILE_PRIVATE_H
#define YAML_FILE_PRIVATE_H

#include <yaml.h>

#include "yaml_file.h"

struct yaml_file {
	char *path;
	char *text;
	yaml_document_t document;
	bool parsed;
};

/* Longer key paths than the deepest of any schema here, list numbers included. */
#define KEY_LENGTH 256

static inline yaml_node_t *yaml_node_at(struct yaml_file *f, int index)
{
	return yaml_document_get_node(&f->document, index);
}

static inline const char *yaml_scalar(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

/* The value of a key of a mapping, or NULL. */
yaml_node_t *yaml_lookup(struct yaml_file *f, const yaml_node_t *mapping, const char *key);

/* Refuses what stands at node (NULL: at the top): "PATH:LINE: KEY: message". Return: -EINVAL. */
int yaml_refuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key,
		     struct error **err, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* yaml_check.c: holds what stands at node, reached by key, against the schema. 0 or -EINVAL. */
int yaml_check(struct yaml_file *f, const yaml_node_t *node, const char *key,
	       const cyaml_schema_value_t *schema, struct error **err);

#endif /* YAML_FILE_PRIVATE_H */
