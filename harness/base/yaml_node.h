/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_node.h - the nodes of a YAML file: found by key, refused with their line
 */
#ifndef YAML_NODE_H
#define YAML_NODE_H

#include <stdarg.h>
#include <stdbool.h>
#include <yaml.h>

#include "error.h"

struct yaml_file {
	char *path;
	char *text;
	yaml_document_t document;
	bool parsed;
};

/* Longer than any path of keys in the schemas here, list numbers included. */
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

/* The node at a path of keys such as "a.b[2].c", or NULL. */
const yaml_node_t *yaml_find(struct yaml_file *f, const char *key);

/*
 * yaml_refuse_node() - refuse what stands at a node: "PATH:LINE: KEY: message"
 * @node:	NULL: at the top
 * @key:	its path of keys
 *
 * Return: -EINVAL
 */
int yaml_refuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key,
		     struct error **err, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
int yaml_vrefuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      struct error **err, const char *fmt, va_list args)
	__attribute__((format(printf, 5, 0)));

#endif /* YAML_NODE_H */
