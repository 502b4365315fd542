/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * yaml_file.h - a YAML file that is refused with line, key and what would be right
 *
 * libcyaml turns a checked file into structs; its error about a wrong one names
 * the line of the key before. So yaml_check() compares the file with the same schema
 * first, on the nodes that libyaml parsed, which know their lines.
 */
#ifndef YAML_FILE_H
#define YAML_FILE_H

#include <cyaml/cyaml.h>
#include <stdbool.h>

#include "error.h"

struct yaml_file;

/* Reads and parses the file at path. NULL with *err set. */
struct yaml_file *yaml_file_open(const char *path, struct error **err);

/*
 * yaml_file_parse() - parses text that was read from a file before
 * @path:	its name, for messages
 * @text:	copied
 *
 * Return: the file, or NULL with *err set: the text is no YAML, or empty
 */
struct yaml_file *yaml_file_parse(const char *path, const char *text, struct error **err);

/*
 * yaml_file_close() - frees a file; what was loaded from it stays
 * @f:		may be NULL
 */
void yaml_file_close(struct yaml_file *f);

DEFINE_CLEANUP(struct yaml_file, yaml_file_close)

/* The file as read, ended by NUL; as long as f. */
const char *yaml_file_text(const struct yaml_file *f);

/*
 * yaml_file_load() - checks a file and fills a struct from it
 * @schema:	libcyaml's, a mapping with CYAML_FLAG_POINTER
 *
 * Return: the struct, to be freed with yaml_file_free_data(); NULL with *err set
 */
void *yaml_file_load(struct yaml_file *f, const cyaml_schema_value_t *schema, struct error **err);

/*
 * yaml_file_free_data() - frees what yaml_file_load() filled
 * @schema:	the same as then
 * @data:	may be NULL
 */
void yaml_file_free_data(const cyaml_schema_value_t *schema, void *data);

/* Whether the file has that key: "chain.warmups", "ways[2].options[0]". */
bool yaml_file_has(struct yaml_file *f, const char *key);

/*
 * yaml_file_refuse() - refuses a value that the schema lets pass
 * @key:	as for yaml_file_has(); of a missing one the line is that of the file's top
 * @fmt:	what is wrong and what would be right
 *
 * Return: -EINVAL
 */
int yaml_file_refuse(struct yaml_file *f, const char *key, struct error **err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Refuses value unless it lies in [min, max]. Return: 0 or -EINVAL. */
int yaml_file_check_range(struct yaml_file *f, const char *key, long long value, long long min,
			  long long max, struct error **err);

#endif /* YAML_FILE_H */
