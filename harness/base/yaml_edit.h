/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_edit.h - a YAML text taken apart, changed, and written again
 *
 * Nodes are libyaml's: a number each, from 1, the root first. A node that is added belongs
 * to the document. Without memory the program ends.
 */
#ifndef YAML_EDIT_H
#define YAML_EDIT_H

#include <stdbool.h>
#include <yaml.h>

#define YAML_ROOT 1

/* Parses a text; the document is to be freed with yaml_document_delete(). False: it is no YAML. */
bool yaml_edit_parse(const char *text, yaml_document_t *doc);

/* The document as text, to be freed; the document is freed. */
char *yaml_edit_text(yaml_document_t *doc);

/* The node that libyaml added: ends the program where it could not. */
int yaml_edit_new(int id);

/* Adds a plain scalar. */
int yaml_edit_scalar(yaml_document_t *doc, const char *value);

/* Adds a copy of a node with all below it: one that stands twice would be written as an alias. */
int yaml_edit_copy(yaml_document_t *doc, int id);

/* Whether a node is a scalar with that text. */
bool yaml_edit_is_scalar(yaml_document_t *doc, int id, const char *value);

/* The pair of a key in a mapping, until the mapping is changed; NULL when there is none. */
yaml_node_pair_t *yaml_edit_find(yaml_document_t *doc, int mapping, const char *key);

/* Sets a key of a mapping, which is added where it is missing. */
void yaml_edit_set(yaml_document_t *doc, int mapping, const char *key, int value);

/* Sets SECTION.KEY of the root to a scalar, or KEY when section is NULL. */
void yaml_edit_set_value(yaml_document_t *doc, const char *section, const char *key,
			 const char *value);

/* Removes SECTION.KEY of the root, or KEY when section is NULL; it may be missing. */
void yaml_edit_remove(yaml_document_t *doc, const char *section, const char *key);

/* Puts a node behind the last one of a sequence. */
void yaml_edit_append(yaml_document_t *doc, int sequence, int item);

#endif /* YAML_EDIT_H */
