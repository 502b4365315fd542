// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_file.c - a YAML file that is refused with line, key and what would be right
 */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <yaml.h>

#include "vec.h"
#include "yaml_file.h"

struct yaml_file {
	char *path;
	char *text;
	yaml_document_t document;
	bool parsed;
};

/* Longer key paths than the deepest of any schema here, list numbers included. */
#define KEY_LENGTH 256

static const cyaml_config_t cyaml_config = {
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_ERROR,
};

static yaml_node_t *node_at(struct yaml_file *f, int index)
{
	return yaml_document_get_node(&f->document, index);
}

static const char *scalar(const yaml_node_t *node)
{
	return (const char *)node->data.scalar.value;
}

static int refuse(struct yaml_file *f, const yaml_node_t *node, const char *key, struct error **err,
		  const char *fmt, va_list args)
{
	CLEANUP_FREE char *what = NULL;
	size_t line = node ? node->start_mark.line + 1 : 1;

	if (vasprintf(&what, fmt, args) < 0)
		abort();
	return error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: %s%s%s", f->path, line, key,
			 *key ? ": " : "", what);
}

static int __attribute__((format(printf, 5, 6)))
refuse_node(struct yaml_file *f, const yaml_node_t *node, const char *key, struct error **err,
	    const char *fmt, ...)
{
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = refuse(f, node, key, err, fmt, args);
	va_end(args);
	return rc;
}

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
		return *scalar(node) ? "one value" : "nothing";
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
	const char *words[64];
	size_t n = 0;

	for (; fields->key && n < 64; fields++)
		words[n++] = fields->key;
	return join(words, n);
}

static int check_integer(struct yaml_file *f, const yaml_node_t *node, const char *key,
			 bool is_signed, struct error **err)
{
	const char *text = scalar(node);
	char *end;

	errno = 0;
	if (is_signed)
		strtoll(text, &end, 10);
	else
		strtoull(text, &end, 10);
	/* A leading zero would be octal to libcyaml and ten to everybody else. */
	if (!*text || *end || errno || (text[0] == '0' && text[1]) ||
	    (!is_signed && text[0] == '-'))
		return refuse_node(f, node, key, err, "\"%s\" is not %s%s", text,
				   type_words(CYAML_INT), is_signed ? "" : " from 0 up");
	return 0;
}

static int check_enum(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      const cyaml_schema_value_t *schema, struct error **err)
{
	CLEANUP_FREE char *known = NULL;
	const char *words[64];
	uint32_t n = schema->enumeration.count;

	for (uint32_t i = 0; i < n && i < 64; i++) {
		words[i] = schema->enumeration.strings[i].str;
		if (!strcmp(words[i], scalar(node)))
			return 0;
	}
	known = join(words, n);
	return refuse_node(f, node, key, err, "\"%s\" is none of: %s", scalar(node), known);
}

static int check_bool(struct yaml_file *f, const yaml_node_t *node, const char *key,
		      struct error **err)
{
	if (!strcmp(scalar(node), "true") || !strcmp(scalar(node), "false"))
		return 0;
	return refuse_node(f, node, key, err, "\"%s\" is not true or false", scalar(node));
}

static int check_string(struct yaml_file *f, const yaml_node_t *node, const char *key,
			const cyaml_schema_value_t *schema, struct error **err)
{
	size_t length = strlen(scalar(node));

	if (length < schema->string.min)
		return refuse_node(f, node, key, err, "is empty, should be a text");
	if (length > schema->string.max)
		return refuse_node(f, node, key, err, "has %zu characters, more than %u", length,
				   schema->string.max);
	return 0;
}

static int check_value(struct yaml_file *f, const yaml_node_t *node, const char *key,
		       const cyaml_schema_value_t *schema, struct error **err);

static int check_sequence(struct yaml_file *f, const yaml_node_t *node, const char *key,
			  const cyaml_schema_value_t *schema, struct error **err)
{
	const yaml_node_item_t *item = node->data.sequence.items.start;
	size_t n = node->data.sequence.items.top - item;
	char below[KEY_LENGTH];

	if (n < schema->sequence.min || n > schema->sequence.max)
		return refuse_node(f, node, key, err, "has %zu items, should have %u to %u", n,
				   schema->sequence.min, schema->sequence.max);
	for (size_t i = 0; i < n; i++) {
		int rc;

		snprintf(below, sizeof(below), "%s[%zu]", key, i);
		rc = check_value(f, node_at(f, item[i]), below, schema->sequence.entry, err);
		if (rc)
			return rc;
	}
	return 0;
}

static yaml_node_t *lookup(struct yaml_file *f, const yaml_node_t *mapping, const char *key)
{
	const yaml_node_pair_t *p = mapping->data.mapping.pairs.start;

	for (; p < mapping->data.mapping.pairs.top; p++) {
		yaml_node_t *k = node_at(f, p->key);

		if (k->type == YAML_SCALAR_NODE && !strcmp(scalar(k), key))
			return node_at(f, p->value);
	}
	return NULL;
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
	const yaml_node_t *k = node_at(f, pair->key), *v = node_at(f, pair->value);
	const cyaml_schema_field_t *field;
	char below[KEY_LENGTH];

	if (k->type != YAML_SCALAR_NODE)
		return refuse_node(f, k, key, err, "a key must be a word");
	snprintf(below, sizeof(below), "%s%s%s", key, *key ? "." : "", scalar(k));
	field = field_of(fields, scalar(k));
	if (!field) {
		CLEANUP_FREE char *known = known_keys(fields);

		return refuse_node(f, k, below, err, "there is no such key; known here: %s", known);
	}
	if (lookup(f, mapping, scalar(k)) != v)
		return refuse_node(f, k, below, err, "stands here for the second time");
	return check_value(f, v, below, &field->value, err);
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
	for (; field->key; field++)
		if (!(field->value.flags & CYAML_FLAG_OPTIONAL) && !lookup(f, node, field->key))
			return refuse_node(f, node, key, err, "the key \"%s\" is missing, should be %s",
					   field->key, type_words(field->value.type));
	return 0;
}

static int check_value(struct yaml_file *f, const yaml_node_t *node, const char *key,
		       const cyaml_schema_value_t *schema, struct error **err)
{
	yaml_node_type_t wanted = schema->type == CYAML_MAPPING ? YAML_MAPPING_NODE :
				  schema->type == CYAML_SEQUENCE ? YAML_SEQUENCE_NODE :
				  YAML_SCALAR_NODE;

	if (node->type != wanted)
		return refuse_node(f, node, key, err, "is %s, should be %s", node_words(node),
				   type_words(schema->type));
	switch (schema->type) {
	case CYAML_MAPPING:
		return check_mapping(f, node, key, schema, err);
	case CYAML_SEQUENCE:
		return check_sequence(f, node, key, schema, err);
	case CYAML_INT:
	case CYAML_UINT:
		return check_integer(f, node, key, schema->type == CYAML_INT, err);
	case CYAML_ENUM:
		return check_enum(f, node, key, schema, err);
	case CYAML_BOOL:
		return check_bool(f, node, key, err);
	default:
		return check_string(f, node, key, schema, err);
	}
}

/* The node of "a.b[2].c", or NULL. */
static const yaml_node_t *find(struct yaml_file *f, const char *key)
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
			       node_at(f, items[i]) : NULL;
		} else if (node->type == YAML_MAPPING_NODE) {
			n = strcspn(key, ".[");
			snprintf(word, sizeof(word), "%.*s", (int)n, key);
			node = lookup(f, node, word);
		} else {
			return NULL;
		}
		key += n;
		key += *key == '.';
	}
	return node;
}

/**
 * yaml_file_parse() - parses text that was read from a file before
 * @path:	its name, for messages
 * @text:	copied
 *
 * Return: the file, or NULL with *err set: the text is no YAML, or empty
 */
struct yaml_file *yaml_file_parse(const char *path, const char *text, struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = calloc(1, sizeof(*f));
	yaml_parser_t parser;

	if (!f || !yaml_parser_initialize(&parser))
		abort();
	f->path = strdup(path);
	f->text = strdup(text);
	yaml_parser_set_input_string(&parser, (const unsigned char *)f->text, strlen(f->text));
	f->parsed = yaml_parser_load(&parser, &f->document);
	if (!f->parsed)
		error_set(err, ERROR_USAGE, EINVAL, "%s:%zu: this is not YAML: %s", path,
			  parser.problem_mark.line + 1,
			  parser.problem ? parser.problem : "cannot be read");
	yaml_parser_delete(&parser);
	if (f->parsed && !yaml_document_get_root_node(&f->document))
		error_set(err, ERROR_USAGE, EINVAL, "%s:1: the file is empty", path);
	return *err ? NULL : steal_ptr(&f);
}

/**
 * yaml_file_open() - reads and parses a file
 * @path:	its name, also for messages
 *
 * Return: the file, or NULL with *err set
 */
struct yaml_file *yaml_file_open(const char *path, struct error **err)
{
	CLEANUP_FCLOSE FILE *in = fopen(path, "re");
	CLEANUP_FREE char *text = NULL;
	size_t room = 0;

	if (!in) {
		error_set(err, ERROR_USAGE, errno, "cannot read %s", path);
		return NULL;
	}
	/* Up to the first NUL, which no YAML file has: the whole file. */
	if (getdelim(&text, &room, '\0', in) < 0) {
		int code = ferror(in) ? errno : EINVAL;

		error_set(err, ERROR_USAGE, code, "%s: the file is empty or cannot be read", path);
		return NULL;
	}
	return yaml_file_parse(path, text, err);
}

/**
 * yaml_file_close() - frees a file; what was loaded from it stays
 * @f:		may be NULL
 */
void yaml_file_close(struct yaml_file *f)
{
	if (!f)
		return;
	if (f->parsed)
		yaml_document_delete(&f->document);
	free(f->path);
	free(f->text);
	free(f);
}

/**
 * yaml_file_text() - the file as it was read
 */
const char *yaml_file_text(const struct yaml_file *f)
{
	return f->text;
}

/**
 * yaml_file_load() - checks a file and fills a struct from it
 * @schema:	libcyaml's, a mapping with CYAML_FLAG_POINTER
 *
 * Return: the struct, to be freed with yaml_file_free_data(); NULL with *err set
 */
void *yaml_file_load(struct yaml_file *f, const cyaml_schema_value_t *schema, struct error **err)
{
	const yaml_node_t *root = yaml_document_get_root_node(&f->document);
	cyaml_data_t *data = NULL;
	cyaml_err_t rc;

	if (check_value(f, root, "", schema, err))
		return NULL;
	rc = cyaml_load_data((const uint8_t *)f->text, strlen(f->text), &cyaml_config, schema,
			     &data, NULL);
	if (rc) {
		error_set(err, ERROR_USAGE, EINVAL, "%s: %s", f->path, cyaml_strerror(rc));
		return NULL;
	}
	return data;
}

/**
 * yaml_file_free_data() - frees what yaml_file_load() filled
 * @schema:	the same as then
 * @data:	may be NULL
 */
void yaml_file_free_data(const cyaml_schema_value_t *schema, void *data)
{
	cyaml_free(&cyaml_config, schema, data, 0);
}

/**
 * yaml_file_has() - whether a key was written down, for defaults other than 0
 * @key:	"chain.warmups", "ways[2].options[0]"
 *
 * Return: true when it is in the file
 */
bool yaml_file_has(struct yaml_file *f, const char *key)
{
	return find(f, key);
}

/**
 * yaml_file_refuse() - refuses a value that the schema lets pass
 * @key:	as for yaml_file_has(); of a missing one the line is that of the file's top
 * @fmt:	what is wrong and what would be right
 *
 * Return: -EINVAL
 */
int yaml_file_refuse(struct yaml_file *f, const char *key, struct error **err, const char *fmt, ...)
{
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = refuse(f, find(f, key), key, err, fmt, args);
	va_end(args);
	return rc;
}

/**
 * yaml_file_check_range() - refuses a number out of its range
 *
 * Return: 0 or -EINVAL
 */
int yaml_file_check_range(struct yaml_file *f, const char *key, long long value, long long min,
			  long long max, struct error **err)
{
	if (value >= min && value <= max)
		return 0;
	return yaml_file_refuse(f, key, err, "%lld is out of range, should be %lld to %lld", value,
				min, max);
}
