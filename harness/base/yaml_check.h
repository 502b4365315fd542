/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_check.h - a YAML document compared with a schema of libcyaml
 */
#ifndef YAML_CHECK_H
#define YAML_CHECK_H

#include <cyaml/cyaml.h>

#include "yaml_node.h"

/* Refuses what stands at node, reached by key, unless it follows the schema. 0 or -EINVAL. */
int yaml_check(struct yaml_file *f, const yaml_node_t *node, const char *key,
	       const cyaml_schema_value_t *schema, struct error **err);

#endif /* YAML_CHECK_H */
