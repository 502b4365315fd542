// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_check.c - a YAML document compared with a schema of libcyaml
 */
#include "yaml_check.h"

#include <errno.h>
#include <string.h>

/* What a value of that type looks like, for a person. */
static const char *type_words(cyaml_type_e type)
{
	switch (type) {
	case CYAML_INT:
	case CYAML_UINT:
		return "a whole number";
	case CYAML_BOOL:
		return "true or false";
	case CYAML_MAPPING:
		return "keys with values (key: value)";
	case CYAML_SEQUENCE:
		return "a list ([a, b] or lines that begin with \"- \")";
	default:
		return "a text";
	}
}

static const char *node_words(const yaml_node_t *node)
{
	switch (node->type) {
	case YAML_MAPPING_NODE:
		return "keys with values";
	case YAML_SEQUENCE_NODE:
		return "a list";
	default:
		return *yaml_scalar(node) ? "one value" : "nothing";
	}
}

/* The words of a list, "a, b, c"; the caller's to free. */
static char *join(const char *const *words, size_t n)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s%s", i ? ", " : "", words[i]);
	fclose(f);
	return text;
}

static char *known_keys(const cyaml_schema_field_t *fields)
{
	const char *words[64] = { NULL };
	size_t n = 0;

	for (; fields->key && n < 64; fields++)
		words[n++] = fields->key;
	return join(words, n);
}

/* Whether text is a number that size bytes hold. */
static bool is_integer(const char *text, bool is_signed, uint32_t size)
{
	unsigned int spare = 64 - 8 * size;
	long long limit = INT64_MAX >> spare, value = 0;
	unsigned long long positive = 0;
	char *end;

	/* A leading zero would be octal to libcyaml and ten to everybody else. */
	if (!*text || (text[0] == '0' && text[1]) || (!is_signed && text[0] == '-'))
		return false;
	errno = 0;
	if (is_signed)
		value = strtoll(text, &end, 10);
	else
		positive = strtoull(text, &end, 10);
	return !*end && !errno && value <= limit && value >= -limit - 1 &&
	       positive <= UINT64_MAX >> spare;
}

static int check_integer(struct yaml_file *f, const yaml_node_t *node, const char *key,
			 const cyaml_schema_value_t *schema, struct error **err)
{
	bool is_signed = schema->type == CYAML_INT;

	if (is_integer(yaml_scalar(node), is_signed, schema->data_size))
		return 0;
	return yaml_refuse_node(f, node, key, err, "\"%s\" is not a whole number%s of %u bits",
			   yaml_scalar(node), is_signed ? "" : " from 0 up", 8 * schema->data_size);
}

static int check_enum(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      const cyaml_schema_value_t *schema, struct error **err)
{
	CLEANUP_FREE char *known = NULL;
	const char *words[64] = { NULL };
	uint32_t n = schema->enumeration.count < 64 ? schema->enumeration.count : 64;

	for (uint32_t i = 0; i < n; i++) {
		words[i] = schema->enumeration.strings[i].str;
		if (!strcmp(words[i], yaml_scalar(node)))
			return 0;
	}
	known = join(words, n);
	return yaml_refuse_node(f, node, key, err, "\"%s\" is not one of: %s", yaml_scalar(node),
				known);
}

static int check_bool(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      struct error **err)
{
	if (!strcmp(yaml_scalar(node), "true") || !strcmp(yaml_scalar(node), "false"))
		return 0;
	return yaml_refuse_node(f, node, key, err, "\"%s\" is not true or false",
				yaml_scalar(node));
}

static int check_string(struct yaml_file *f, const yaml_node_t *node, const char *key,
			const cyaml_schema_value_t *schema, struct error **err)
{
	size_t length = strlen(yaml_scalar(node));

	if (length < schema->string.min)
		return yaml_refuse_node(f, node, key, err, "is empty, should be a text");
	if (length > schema->string.max)
		return yaml_refuse_node(f, node, key, err, "has %zu characters, more than %u",
					length, schema->string.max);
	return 0;
}

static int check_sequence(struct yaml_file *f, const yaml_node_t *node, const char *key,
			  const cyaml_schema_value_t *schema, struct error **err)
{
	const yaml_node_item_t *item = node->data.sequence.items.start;
	size_t n = node->data.sequence.items.top - item;
	char below[KEY_LENGTH];

	if (n < schema->sequence.min || n > schema->sequence.max)
		return yaml_refuse_node(f, node, key, err, "has %zu items, should have %u to %u", n,
				   schema->sequence.min, schema->sequence.max);
	for (size_t i = 0; i < n; i++) {
		int rc;

		snprintf(below, sizeof(below), "%s[%zu]", key, i);
		rc = yaml_check(f, yaml_node_at(f, item[i]), below, schema->sequence.entry, err);
		if (rc)
			return rc;
	}
	return 0;
}

static const cyaml_schema_field_t *field_of(const cyaml_schema_field_t *fields, const char *key)
{
	for (; fields->key; fields++)
		if (!strcmp(fields->key, key))
			return fields;
	return NULL;
}

static int check_pair(struct yaml_file *f, const yaml_node_t *mapping, const yaml_node_pair_t *pair,
		      const char *key, const cyaml_schema_field_t *fields, struct error **err)
{
	const yaml_node_t *k = yaml_node_at(f, pair->key), *v = yaml_node_at(f, pair->value);
	const cyaml_schema_field_t *field;
	char below[KEY_LENGTH];

	if (k->type != YAML_SCALAR_NODE)
		return yaml_refuse_node(f, k, key, err, "a key must be a word");
	snprintf(below, sizeof(below), "%s%s%s", key, *key ? "." : "", yaml_scalar(k));
	field = field_of(fields, yaml_scalar(k));
	if (!field) {
		CLEANUP_FREE char *known = known_keys(fields);

		return yaml_refuse_node(f, k, below, err, "there is no such key; known here: %s",
					known);
	}
	if (yaml_lookup(f, mapping, yaml_scalar(k)) != v)
		return yaml_refuse_node(f, k, below, err, "stands here for the second time");
	return yaml_check(f, v, below, &field->value, err);
}

static int check_mapping(struct yaml_file *f, const yaml_node_t *node, const char *key,
			 const cyaml_schema_value_t *schema, struct error **err)
{
	const cyaml_schema_field_t *field = schema->mapping.fields;
	const yaml_node_pair_t *p = node->data.mapping.pairs.start;

	for (; p < node->data.mapping.pairs.top; p++) {
		int rc = check_pair(f, node, p, key, schema->mapping.fields, err);

		if (rc)
			return rc;
	}
	for (; field->key; field++) {
		if (field->value.flags & CYAML_FLAG_OPTIONAL || yaml_lookup(f, node, field->key))
			continue;
		return yaml_refuse_node(f, node, key, err, "the key \"%s\" is missing, should be "
					"%s", field->key, type_words(field->value.type));
	}
	return 0;
}

int yaml_check(struct yaml_file *f, const yaml_node_t *node, const char *key,
	       const cyaml_schema_value_t *schema, struct error **err)
{
	yaml_node_type_t wanted = schema->type == CYAML_MAPPING ? YAML_MAPPING_NODE :
				  schema->type == CYAML_SEQUENCE ? YAML_SEQUENCE_NODE :
				  YAML_SCALAR_NODE;

	if (node->type != wanted)
		return yaml_refuse_node(f, node, key, err, "is %s, should be %s", node_words(node),
				   type_words(schema->type));
	switch (schema->type) {
	case CYAML_MAPPING:
		return check_mapping(f, node, key, schema, err);
	case CYAML_SEQUENCE:
		return check_sequence(f, node, key, schema, err);
	case CYAML_INT:
	case CYAML_UINT:
		return check_integer(f, node, key, schema, err);
	case CYAML_ENUM:
		return check_enum(f, node, key, schema, err);
	case CYAML_BOOL:
		return check_bool(f, node, key, err);
	default:
		return check_string(f, node, key, schema, err);
	}
}

