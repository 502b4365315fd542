/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * json.h - what jansson lacks: cleanup, text that may not be UTF-8, unknown values
 */
#ifndef JSON_H
#define JSON_H

#include <jansson.h>

#include "error.h"

DEFINE_CLEANUP(json_t, json_decref)
#define CLEANUP_JSON CLEANUP(cleanup_json_decref)

/* A string. JSON must be UTF-8: in a text that is not, each byte beyond ASCII becomes "?". */
json_t *json_text(const char *text);

/* As json_text(); null for NULL. */
json_t *json_text_or_null(const char *text);

/* A number; null for NAN and infinity, which JSON does not have. */
json_t *json_number_or_null(double x);

/* The string at a key, as long as the object; "" where there is none. */
const char *json_text_at(const json_t *object, const char *key);

/* The integer at a key; 0 where there is none. */
json_int_t json_int_at(const json_t *object, const char *key);

/* The sum of two integers; where it is greater or less than any, the greatest or the least. */
json_int_t json_int_sum(json_int_t a, json_int_t b);

/* The number at a key; NAN where there is none. */
double json_number_at(const json_t *object, const char *key);

/*
 * json_write() - write a file that readers see whole or not at all
 * @flags:	as for json_dumps()
 * Return: 0, or a negative errno with *err set.
 */
int json_write(const char *path, const json_t *json, size_t flags, struct error **err);

#endif /* JSON_H */
