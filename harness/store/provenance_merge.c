// SPDX-License-Identifier: GPL-2.0-only
/*
 * provenance_merge.c - what a run rests on whose shards were run apart
 */
#include "provenance_merge.h"

#include <string.h>

#include "base/text.h"
#include "provenance.h"

/* Whether both have the same at a key, or both nothing. */
static bool same_at(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);

	return x == y || json_equal(x, y);
}

static bool same_emulator(const json_t *a, const json_t *b)
{
	CLEANUP_PROVENANCE struct provenance *x = provenance_read((json_t *)a);
	CLEANUP_PROVENANCE struct provenance *y = provenance_read((json_t *)b);
	CLEANUP_FREE char *first = provenance_emulator(x), *second = provenance_emulator(y);

	return !strcmp(first, second);
}

const char *provenance_unlike(const json_t *a, const json_t *b)
{
	static const char *const keys[] = {
		"schema", "source", "images", "sides", "kernels", "hints", "accelerator", "discards",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!same_at(a, b, keys[i]))
			return keys[i];
	return same_emulator(a, b) ? NULL : "versions";
}

static bool shared(const struct provenance_part *parts, size_t n, const char *key)
{
	for (size_t i = 1; i < n; i++)
		if (!same_at(parts[0].json, parts[i].json, key))
			return false;
	return true;
}

/* What one shard has of its own; its starts are with those of the others. */
static json_t *own_facts(const struct provenance_part *parts, size_t n, size_t at)
{
	const struct provenance_part *part = &parts[at];
	json_t *own = json_pack("{s:s, s:s, s:s, s:I}", "run", part->row->name, "started",
				part->row->started, "ended", part->row->ended, "samples",
				(json_int_t)part->samples);
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)part->json, key, value)
		if (strcmp(key, "starts") && strcmp(key, "shard") && !shared(parts, n, key))
			json_object_set(own, key, value);
	return own;
}

static void add_once(json_t *texts, const char *text)
{
	json_t *known;
	size_t i;

	json_array_foreach(texts, i, known)
		if (!strcmp(json_string_value(known), text))
			return;
	json_array_append_new(texts, json_string(text));
}

/* The starts of a shard go to those of all; each was on a host, and in one boot of it. */
static void add_starts(const struct provenance_part *part, json_t *starts, json_t *hosts,
		       json_t *boots)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_read((json_t *)part->json);
	char host[PROVENANCE_HOST_DIGITS + 1];
	json_t *start;
	size_t i;

	provenance_host(p, host);
	add_once(hosts, host);
	json_array_foreach(json_object_get(part->json, "starts"), i, start) {
		json_t *copy = json_copy(start);
		CLEANUP_FREE char *boot = text_format("%s %s", host, json_text_at(start, "boot"));

		json_object_set_new(copy, "shard", json_integer(part->shard));
		json_array_append_new(starts, copy);
		add_once(boots, boot);
	}
}

static json_t *missing(const struct provenance_part *parts, size_t n, int of)
{
	json_t *numbers = json_array();
	size_t at = 0;

	for (int number = 1; number <= of; number++) {
		if (at < n && parts[at].shard == number)
			at++;
		else
			json_array_append_new(numbers, json_integer(number));
	}
	return numbers;
}

json_t *provenance_merge(const struct provenance_part *parts, size_t n, int of)
{
	json_t *all = json_object(), *shards = json_object();
	json_t *starts = json_array(), *hosts = json_array(), *boots = json_array();
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)parts[0].json, key, value)
		if (strcmp(key, "starts") && strcmp(key, "shard") && shared(parts, n, key))
			json_object_set(all, key, value);
	for (size_t i = 0; i < n; i++) {
		CLEANUP_FREE char *number = text_format("%d", parts[i].shard);

		add_starts(&parts[i], starts, hosts, boots);
		json_object_set_new(shards, number, own_facts(parts, n, i));
	}
	json_object_set_new(all, "starts", starts);
	json_object_set_new(all, "merged", json_pack("{s:i, s:o, s:o, s:o, s:o}", "of", of,
						     "missing", missing(parts, n, of), "hosts",
						     hosts, "boots", boots, "shards", shards));
	return all;
}
