// SPDX-License-Identifier: GPL-2.0-only
/*
 * impl.c - impl.yaml of each way to reboot into a checked struct impl
 */
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "base/yaml_file.h"
#include "claim.h"
#include "impl.h"
#include "impl_private.h"
#include "reboot/phase.h"

#define OPTIONAL	CYAML_FLAG_OPTIONAL
#define OPTIONAL_PTR	(CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_value_t word = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 63)
};

static const cyaml_schema_field_t image_fields[] = {
	CYAML_FIELD_STRING_PTR("format", CYAML_FLAG_POINTER, struct impl_image, format, 1, 31),
	CYAML_FIELD_STRING_PTR("path", CYAML_FLAG_POINTER, struct impl_image, path, 1, 1023),
	CYAML_FIELD_SEQUENCE("without", OPTIONAL_PTR, struct impl_image, without, &word, 0,
			     PHASES),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t image_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct impl_image, image_fields)
};

#define SIGN_FIELD(key, type, member) \
	CYAML_FIELD_STRING_PTR(key, OPTIONAL_PTR, type, member, 1, 31)

#define SIGN_FIELDS(type, of) \
	SIGN_FIELD("paging_ends", type, of[SIGN_PAGING_ENDS]), \
	SIGN_FIELD("real_mode", type, of[SIGN_REAL_MODE]), \
	SIGN_FIELD("bios", type, of[SIGN_BIOS]), \
	SIGN_FIELD("video", type, of[SIGN_VIDEO]), \
	SIGN_FIELD("gdt_loads", type, of[SIGN_GDT_LOADS])

static const cyaml_schema_field_t sign_fields[] = {
	SIGN_FIELDS(struct signs, of),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t arch_sign_fields[] = {
	CYAML_FIELD_STRING_PTR("arch", CYAML_FLAG_POINTER, struct arch_signs, arch, 1, 15),
	SIGN_FIELDS(struct arch_signs, signs.of),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t arch_signs_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct arch_signs, arch_sign_fields)
};

static const cyaml_schema_field_t option_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct impl_option, name, 1, 31),
	CYAML_FIELD_STRING_PTR("help", CYAML_FLAG_POINTER, struct impl_option, help, 1, 200),
	CYAML_FIELD_STRING_PTR("words", OPTIONAL_PTR, struct impl_option, words, 1, 500),
	CYAML_FIELD_STRING_PTR("command_line", OPTIONAL_PTR, struct impl_option, command_line, 1,
			       500),
	CYAML_FIELD_STRING_PTR("before", OPTIONAL_PTR, struct impl_option, before, 1, 4000),
	CYAML_FIELD_STRING_PTR("previous_log", OPTIONAL_PTR, struct impl_option, previous_log, 1,
			       255),
	CYAML_FIELD_SEQUENCE("archs", OPTIONAL_PTR, struct impl_option, archs, &word, 1, 8),
	CYAML_FIELD_SEQUENCE("images", OPTIONAL_PTR, struct impl_option, images, &word, 1, 8),
	CYAML_FIELD_SEQUENCE("excludes", OPTIONAL_PTR, struct impl_option, excludes, &word, 1, 32),
	CYAML_FIELD_SEQUENCE("with", OPTIONAL_PTR, struct impl_option, with, &word, 0, PHASES),
	CYAML_FIELD_SEQUENCE("without", OPTIONAL_PTR, struct impl_option, without, &word, 0,
			     PHASES),
	CYAML_FIELD_MAPPING("signs", OPTIONAL, struct impl_option, signs, sign_fields),
	CYAML_FIELD_SEQUENCE("arch_signs", OPTIONAL_PTR, struct impl_option, arch_signs,
			     &arch_signs_schema, 0, 8),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t option_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct impl_option, option_fields)
};

static const cyaml_schema_field_t claim_fields[] = {
	CYAML_FIELD_STRING_PTR("claim", CYAML_FLAG_POINTER, struct impl_claim, claim, 1, 31),
	CYAML_FIELD_STRING_PTR("section", OPTIONAL_PTR, struct impl_claim, section, 1, 31),
	CYAML_FIELD_STRING_PTR("says", OPTIONAL_PTR, struct impl_claim, says, 1, 300),
	CYAML_FIELD_STRING_PTR("value", OPTIONAL_PTR, struct impl_claim, value, 1, 31),
	CYAML_FIELD_STRING_PTR("now", OPTIONAL_PTR, struct impl_claim, now, 1, 31),
	CYAML_FIELD_STRING_PTR("by", OPTIONAL_PTR, struct impl_claim, by, 1, 200),
	CYAML_FIELD_STRING_PTR("because", OPTIONAL_PTR, struct impl_claim, because, 1, 500),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t claim_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct impl_claim, claim_fields)
};

static const cyaml_strval_t firmwares[] = {
	{ "bios", FIRMWARE_BIOS },
	{ "uefi", FIRMWARE_UEFI },
};

static const cyaml_schema_field_t firmware_fields[] = {
	CYAML_FIELD_ENUM("only", CYAML_FLAG_DEFAULT, struct impl_firmware, only, firmwares,
			 CYAML_ARRAY_LEN(firmwares)),
	CYAML_FIELD_STRING_PTR("because", CYAML_FLAG_POINTER, struct impl_firmware, because, 1,
			       200),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t sizes_fields[] = {
	CYAML_FIELD_SEQUENCE("arch_dependent", OPTIONAL_PTR, struct impl_sizes, arch_dependent,
			     &word, 0, 64),
	CYAML_FIELD_SEQUENCE("shared", OPTIONAL_PTR, struct impl_sizes, shared, &word, 0, 8),
	CYAML_FIELD_END
};

static const cyaml_schema_field_t impl_fields[] = {
	CYAML_FIELD_STRING_PTR("name", CYAML_FLAG_POINTER, struct impl, name, 1, 31),
	CYAML_FIELD_STRING_PTR("title", CYAML_FLAG_POINTER, struct impl, title, 1, 200),
	CYAML_FIELD_SEQUENCE("archs", CYAML_FLAG_POINTER, struct impl, archs, &word, 1, 8),
	CYAML_FIELD_MAPPING("firmware", OPTIONAL, struct impl, firmware, firmware_fields),
	CYAML_FIELD_SEQUENCE("images", CYAML_FLAG_POINTER, struct impl, images, &image_schema, 1,
			     8),
	CYAML_FIELD_STRING_PTR("request", CYAML_FLAG_POINTER, struct impl, request, 1, 4000),
	CYAML_FIELD_SEQUENCE("phases", CYAML_FLAG_POINTER, struct impl, phases, &word, 1, PHASES),
	CYAML_FIELD_SEQUENCE("ahead", OPTIONAL_PTR, struct impl, ahead, &word, 0, PHASES),
	CYAML_FIELD_BOOL("resets", OPTIONAL, struct impl, resets),
	CYAML_FIELD_STRING_PTR("previous_log", OPTIONAL_PTR, struct impl, previous_log, 1, 1023),
	CYAML_FIELD_SEQUENCE("options", OPTIONAL_PTR, struct impl, options, &option_schema, 0, 32),
	CYAML_FIELD_MAPPING("signs", OPTIONAL, struct impl, signs, sign_fields),
	CYAML_FIELD_SEQUENCE("arch_signs", OPTIONAL_PTR, struct impl, arch_signs,
			     &arch_signs_schema, 0, 8),
	CYAML_FIELD_MAPPING("sizes", OPTIONAL, struct impl, sizes, sizes_fields),
	CYAML_FIELD_SEQUENCE("paper", OPTIONAL_PTR, struct impl, paper, &claim_schema, 0, CLAIMS),
	CYAML_FIELD_END
};

static const cyaml_schema_value_t impl_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct impl, impl_fields)
};

typedef VEC(struct impl) impl_vec;

/* Adds the way of a parsed file, which lies in dir. */
static int take(impl_vec *to, struct yaml_file *f, const char *dir, struct error **err)
{
	struct impl *impl = yaml_file_load(f, &impl_schema, err);

	if (!impl)
		return -EINVAL;
	if (impl_check(f, impl, err)) {
		yaml_file_free_data(&impl_schema, impl);
		return -EINVAL;
	}
	impl->dir = strdup(dir);
	vec_push(to, *impl);
	/* libcyaml gave it as one block; the list holds it by value, so only the block itself goes. */
	free(impl);
	return 0;
}

/* Loads impl.yaml of dir if it has one, and else looks into its folders, levels deep. */
static int load_below(const char *dir, int levels, impl_vec *to, struct error **err)
{
	CLEANUP_FREE struct dirent **entries = NULL;
	CLEANUP_FREE char *file = NULL;
	int n, rc = 0;

	if (asprintf(&file, "%s/impl.yaml", dir) < 0)
		abort();
	if (!access(file, F_OK)) {
		CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_open(file, err);

		return f ? take(to, f, dir, err) : -EINVAL;
	}
	if (!levels)
		return 0;
	n = scandir(dir, &entries, NULL, alphasort);
	if (n < 0)
		return errno == ENOTDIR ? 0 :
		       error_set(err, ERROR_USAGE, errno, "cannot read the folder %s", dir);
	for (int i = 0; i < n; i++) {
		CLEANUP_FREE struct dirent *e = entries[i];
		CLEANUP_FREE char *below = NULL;

		if (rc || e->d_name[0] == '.')
			continue;
		if (asprintf(&below, "%s/%s", dir, e->d_name) < 0)
			abort();
		rc = load_below(below, levels - 1, to, err);
	}
	return rc;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct impl *)a)->name, ((const struct impl *)b)->name);
}

struct impl_list *impl_list_load(const char *dir, struct error **err)
{
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = calloc(1, sizeof(*list));
	impl_vec found = { 0 };
	int rc;

	if (!list)
		abort();
	rc = load_below(dir, 2, &found, err);
	list->at = found.at;
	list->n = found.n;
	if (rc)
		return NULL;
	if (!list->n) {
		error_set(err, ERROR_USAGE, ENOENT, "%s holds no impl.yaml", dir);
		error_hint(err, "--top DIR names the checkout");
		return NULL;
	}
	qsort(list->at, list->n, sizeof(*list->at), by_name);
	for (size_t i = 1; i < list->n; i++)
		if (!by_name(&list->at[i - 1], &list->at[i])) {
			error_set(err, ERROR_USAGE, EEXIST, "%s/impl.yaml: the name \"%s\" is "
				  "taken", list->at[i].dir, list->at[i].name);
			return NULL;
		}
	return steal_ptr(&list);
}

struct impl_list *impl_list_parse(const char *dir, const char *text, struct error **err)
{
	CLEANUP_FREE char *path = text_format("%s/impl.yaml", dir);
	CLEANUP(cleanup_yaml_file_close) struct yaml_file *f = yaml_file_parse(path, text, err);
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = calloc(1, sizeof(*list));
	impl_vec one = { 0 };

	if (!list)
		abort();
	if (!f || take(&one, f, dir, err))
		return NULL;
	list->at = one.at;
	list->n = one.n;
	return steal_ptr(&list);
}

void impl_list_free(struct impl_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->n; i++) {
		struct impl *block = malloc(sizeof(*block));

		if (!block)
			abort();
		free(list->at[i].dir);
		*block = list->at[i];
		yaml_file_free_data(&impl_schema, block);
	}
	free(list->at);
	free(list);
}
