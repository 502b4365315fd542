// SPDX-License-Identifier: GPL-2.0-only
/*
 * hint.c - files of scenarios/hints/ into checked hints
 */
#include "hint.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/path.h"
#include "base/yaml_file.h"

#define SUFFIX ".yaml"

typedef __typeof__(((struct hint *)NULL)->gain) hint_gain;

#define OPTIONAL_PTR	(CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_field_t gain_fields[] = {
	CYAML_FIELD_STRING_PTR("million_instructions", CYAML_FLAG_POINTER, hint_gain,
			       million_instructions, 1, 15),
	CYAML_FIELD_STRING_PTR("machine", CYAML_FLAG_POINTER, hint_gain, machine, 1, 300),
	CYAML_FIELD_STRING_PTR("kernel", CYAML_FLAG_POINTER, hint_gain, kernel, 1, 100),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t hint_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct hint, name, 1, 31),
	CYAML_FIELD_STRING_PTR("title", CYAML_FLAG_POINTER, struct hint, title, 1, 200),
	CYAML_FIELD_STRING_PTR("words", OPTIONAL_PTR, struct hint, words, 1, 500),
	CYAML_FIELD_STRING_PTR("only", OPTIONAL_PTR, struct hint, only, 1, 31),
	CYAML_FIELD_STRING_PTR("request", OPTIONAL_PTR, struct hint, request, 1, 500),
	CYAML_FIELD_STRING_PTR("reason", CYAML_FLAG_POINTER, struct hint, reason, 1, 2000),
	CYAML_FIELD_STRING_PTR("danger", CYAML_FLAG_POINTER, struct hint, danger, 1, 2000),
	CYAML_FIELD_MAPPING("gain", CYAML_FLAG_DEFAULT, struct hint, gain, gain_fields),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t hint_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct hint, hint_fields)
};

/* The name becomes a word of a list that blanks part. */
static int check_name(struct yaml_file *f, const char *path, const struct hint *h,
		      struct error **err)
{
	const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
	size_t n = strlen(h->name);

	for (const unsigned char *c = (const unsigned char *)h->name; *c; c++)
		if (!islower(*c) && !isdigit(*c) && *c != '-')
			return yaml_file_refuse(f, "name", err, "\"%s\" may hold only a-z, 0-9 and -",
						h->name);
	if (!strncmp(file, h->name, n) && !strcmp(file + n, SUFFIX))
		return 0;
	return yaml_file_refuse(f, "name", err, "\"%s\" should be the name of the file, without "
				"\"" SUFFIX "\"", h->name);
}

/* Words pass through the guest's shell as they are. */
static int check_words(struct yaml_file *f, const char *key, const char *words, struct error **err)
{
	if (!words[strspn(words, " ")])
		return yaml_file_refuse(f, key, err, "is blank, should be words");
	for (const unsigned char *c = (const unsigned char *)words; *c; c++)
		if (!isalnum(*c) && !strchr(" -_.,:;=+/@%!", *c))
			return yaml_file_refuse(f, key, err, "\"%s\" may hold only letters, digits, "
						"blanks and - _ . , : ; = + / @ %% !", words);
	return 0;
}

/* Either words for any way's command line, or words for the request of one way. */
static int check_kind(struct yaml_file *f, const struct hint *h, const struct impl_list *impls,
		      struct error **err)
{
	if (!h->words && !h->request)
		return yaml_file_refuse(f, "", err, "needs \"words\" for the new kernel's command "
					"line, or \"only\" and \"request\" for one way");
	if (h->words && h->request)
		return yaml_file_refuse(f, "request", err, "a hint has \"words\" or a \"request\", "
					"not both; make two hints of it");
	if (!h->only != !h->request)
		return yaml_file_refuse(f, h->only ? "only" : "request", err, "\"only\" and "
					"\"request\" belong together");
	if (h->only && impls && !impl_find(impls, h->only))
		return yaml_file_refuse(f, "only", err, "there is no way \"%s\"; `lobosbench list "
					"ways` shows them", h->only);
	return h->words ? check_words(f, "words", h->words, err) :
			  check_words(f, "request", h->request, err);
}

static int check_gain(struct yaml_file *f, const struct hint *h, struct error **err)
{
	const char *given = h->gain.million_instructions;
	char *end;

	if (isfinite(strtod(given, &end)) && end != given && !*end)
		return 0;
	return yaml_file_refuse(f, "gain.million_instructions", err, "\"%s\" should be a number, "
				"such as 12.5", given);
}

static struct hint *load(struct yaml_file *f, const char *path, const struct impl_list *impls,
			 struct error **err)
{
	CLEANUP(cleanup_hint_free) struct hint *h = yaml_file_load(f, &hint_schema, err);

	if (!h)
		return NULL;
	h->text = strdup(yaml_file_text(f));
	if (check_name(f, path, h, err) || check_kind(f, h, impls, err) || check_gain(f, h, err))
		return NULL;
	return steal_ptr(&h);
}

struct hint *hint_parse(const char *path, const char *text, const struct impl_list *impls,
			struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_parse(path, text, err);

	return f ? load(f, path, impls, err) : NULL;
}

void hint_free(struct hint *hint)
{
	if (!hint)
		return;
	free(hint->text);
	yaml_file_free_data(&hint_schema, hint);
}

static int is_yaml(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return e->d_name[0] != '.' && dot && !strcmp(dot, SUFFIX);
}

static int add(struct hint_list *list, const char *path, const struct impl_list *impls,
	       struct error **err)
{
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_open(path, err);
	struct hint *hint = f ? load(f, path, impls, err) : NULL;

	if (!hint)
		return -EINVAL;
	vec_push(&list->hints, hint);
	return 0;
}

struct hint_list *hint_list_load(const char *top, const struct impl_list *impls, struct error **err)
{
	CLEANUP(cleanup_hint_list_free) struct hint_list *list = calloc(1, sizeof(*list));
	CLEANUP_FREE char *dir = path_below(top, "scenarios/hints");
	CLEANUP_FREE struct dirent **entries = NULL;
	int n = scandir(dir, &entries, is_yaml, alphasort), rc = 0;

	if (!list)
		abort();
	if (n < 0 && errno != ENOENT) {
		error_set(err, ERROR_USAGE, errno, "cannot read the folder %s", dir);
		return NULL;
	}
	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = entries[i];
		CLEANUP_FREE char *path = path_below(dir, e->d_name);

		if (!rc)
			rc = add(list, path, impls, err);
	}
	return rc ? NULL : steal_ptr(&list);
}

const struct hint *hint_find(const struct hint_list *list, const char *name)
{
	for (size_t i = 0; i < list->hints.n; i++)
		if (!strcmp(list->hints.at[i]->name, name))
			return list->hints.at[i];
	return NULL;
}

bool hint_is_for(const struct hint *hint, const char *way)
{
	return !hint->only || !strcmp(hint->only, way);
}

void hint_list_free(struct hint_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->hints.n; i++)
		hint_free(list->hints.at[i]);
	vec_free(&list->hints);
	free(list);
}
