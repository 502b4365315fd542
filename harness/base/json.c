// SPDX-License-Identifier: GPL-2.0-only
/*
 * json.c - what jansson lacks: cleanup, text that may not be UTF-8, unknown values
 */
#include "json.h"

#include <math.h>
#include <string.h>

#include "file.h"

json_t *json_text(const char *text)
{
	json_t *json = json_string(text);
	CLEANUP_FREE char *clean = NULL;

	if (json)
		return json;
	clean = strdup(text);
	if (!clean)
		abort();
	for (char *c = clean; *c; c++)
		if (*c & 0x80)
			*c = '?';
	return json_string(clean);
}

json_t *json_text_or_null(const char *text)
{
	return text ? json_text(text) : json_null();
}

json_t *json_number_or_null(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

const char *json_text_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

json_int_t json_int_at(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

json_int_t json_int_sum(json_int_t a, json_int_t b)
{
	json_int_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return a > 0 ? INT64_MAX : INT64_MIN;
	return sum;
}

double json_number_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_number(value) ? json_number_value(value) : NAN;
}

int json_write(const char *path, const json_t *json, size_t flags, struct error **err)
{
	CLEANUP_FREE char *text = json_dumps(json, flags);

	if (!text)
		abort();
	return file_write(path, text, err);
}
