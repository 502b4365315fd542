// SPDX-License-Identifier: GPL-2.0-only
/*
 * yaml_file.c - a YAML file that is refused with line, key and what would be right
 */
#include "yaml_file.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

#include "file.h"
#include "yaml_check.h"
#include "yaml_scan.h"

static const cyaml_config_t cyaml_config = {
	.mem_fn = cyaml_mem,
	.log_level = CYAML_LOG_ERROR,
};

struct yaml_file *yaml_file_parse(const char *path, const char *text, struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = calloc(1, sizeof(*f));
	yaml_parser_t parser;

	if (yaml_scan(path, text, err))
		return NULL;
	if (!f || !yaml_parser_initialize(&parser))
		abort();
	f->path = strdup(path);
	f->text = strdup(text);
	yaml_parser_set_input_string(&parser, (const unsigned char *)f->text, strlen(f->text));
	f->parsed = yaml_parser_load(&parser, &f->document);
	if (!f->parsed)
		yaml_scan_failed(path, &parser, err);
	yaml_parser_delete(&parser);
	if (f->parsed && !yaml_document_get_root_node(&f->document))
		error_set(err, ERROR_USAGE, EINVAL, "%s:1: the file is empty", path);
	return *err ? NULL : steal_ptr(&f);
}

/* No file of ours is longer; what is, is something else. */
#define LENGTH_MAX (1 << 20)

struct yaml_file *yaml_file_open(const char *path, struct error **err)
{
	size_t n;
	CLEANUP_FREE char *text = file_read(path, LENGTH_MAX, &n, err);

	if (!text) {
		(*err)->class = ERROR_USAGE;
		return NULL;
	}
	if (!n || memchr(text, '\0', n)) {
		error_set(err, ERROR_USAGE, 0, "%s: the file %s", path,
			  n ? "has a NUL byte, as no YAML has" : "is empty");
		return NULL;
	}
	return yaml_file_parse(path, text, err);
}

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

const char *yaml_file_text(const struct yaml_file *f)
{
	return f->text;
}

void *yaml_file_load(struct yaml_file *f, const cyaml_schema_value_t *schema, struct error **err)
{
	const yaml_node_t *root = yaml_document_get_root_node(&f->document);
	cyaml_data_t *data = NULL;
	cyaml_err_t rc;

	if (yaml_check(f, root, "", schema, err))
		return NULL;
	rc = cyaml_load_data((const uint8_t *)f->text, strlen(f->text), &cyaml_config, schema,
			     &data, NULL);
	if (rc) {
		error_set(err, ERROR_USAGE, EINVAL, "%s: %s", f->path, cyaml_strerror(rc));
		return NULL;
	}
	return data;
}

void yaml_file_free_data(const cyaml_schema_value_t *schema, void *data)
{
	cyaml_free(&cyaml_config, schema, data, 0);
}

bool yaml_file_has(struct yaml_file *f, const char *key)
{
	return yaml_find(f, key);
}

int yaml_file_refuse(struct yaml_file *f, const char *key, struct error **err, const char *fmt, ...)
{
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = yaml_vrefuse_node(f, yaml_find(f, key), key, err, fmt, args);
	va_end(args);
	return rc;
}

int yaml_file_check_range(struct yaml_file *f, const char *key, long long value, long long min,
			  long long max, struct error **err)
{
	if (value >= min && value <= max)
		return 0;
	return yaml_file_refuse(f, key, err, "%lld is out of range, should be %lld to %lld", value,
				min, max);
}
