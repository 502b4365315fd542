// SPDX-License-Identifier: GPL-2.0-only
/*
 * run_facts.c - what a history asks of a run's provenance
 */
#include "run_facts.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/cleanup.h"
#include "base/json.h"

/* Kernels of one release see a little more or less of the same memory. */
#define MEMORY_STEP_MIB 256

static json_t *part(const json_t *from, const char *object, const char *key)
{
	json_t *value = json_object_get(object ? json_object_get(from, object) : from, key);

	return value ? json_incref(value) : json_null();
}

/*
 * The part of a provenance that says on what a figure was made, and nothing that may
 * differ between two runs on one host, such as load or the times of a probe.
 */
static json_t *identity_of(const json_t *p)
{
	json_int_t memory = json_int_at(p, "memory_mib");

	memory = (memory + MEMORY_STEP_MIB / 2) / MEMORY_STEP_MIB * MEMORY_STEP_MIB;
	return json_pack("{s:o, s:I, s:o, s:{s:o, s:o, s:o, s:o}, s:o}",
			 "cpu", part(p, NULL, "cpu"), "memory_mib", memory,
			 "accelerator", part(p, NULL, "accelerator"),
			 "kernel", "release", part(p, "kernel", "release"),
			 "machine", part(p, "kernel", "machine"),
			 "command_line", part(p, "kernel", "command_line"),
			 "clocksource", part(p, "kernel", "clocksource"),
			 "versions", part(p, NULL, "versions"));
}

static void name_of(const json_t *identity, char name[HOST_ID_DIGITS + 1])
{
	CLEANUP_FREE char *text = json_dumps(identity, JSON_SORT_KEYS | JSON_COMPACT);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	if (!text || !EVP_Digest(text, strlen(text), digest, &size, EVP_sha256(), NULL))
		abort();
	for (int i = 0; i < HOST_ID_DIGITS / 2; i++)
		sprintf(name + 2 * i, "%02x", digest[i]);
}

static const char *text_at(const json_t *from, const char *object, const char *key)
{
	const json_t *in = object ? json_object_get(from, object) : from;
	const char *text = json_string_value(json_object_get(in, key));

	return text ? text : "unknown";
}

static char *words_of(const json_t *p)
{
	json_int_t memory = json_int_at(p, "memory_mib");
	json_int_t count = json_int_at(json_object_get(p, "cpu"), "count");
	char *words = NULL;

	if (asprintf(&words, "%s x %lld, %lld MiB, %s, Linux %s, QEMU %s, libvirt %s, SeaBIOS %s, "
			     "%s, %s", text_at(p, "cpu", "model"), (long long)count,
		     (long long)memory, text_at(p, NULL, "accelerator"),
		     text_at(p, "kernel", "release"), text_at(p, "versions", "hypervisor"),
		     text_at(p, "versions", "libvirt"), text_at(p, "versions", "seabios"),
		     text_at(p, "versions", "gcc"), text_at(p, "versions", "os")) < 0)
		abort();
	return words;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(text_at(*(json_t *const *)a, NULL, "path"),
		      text_at(*(json_t *const *)b, NULL, "path"));
}

static char *images_of(const json_t *p)
{
	const json_t *list = json_object_get(p, "images");
	size_t n = json_array_size(list), size;
	const json_t **images = calloc(n + 1, sizeof(*images));
	char *text = NULL;
	FILE *f = open_memstream(&text, &size);

	if (!images || !f)
		abort();
	for (size_t i = 0; i < n; i++)
		images[i] = json_array_get(list, i);
	qsort(images, n, sizeof(*images), by_path);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s %s\n", text_at(images[i], NULL, "sha256"),
			text_at(images[i], NULL, "path"));
	free(images);
	if (fclose(f) != 0)
		abort();
	return text;
}

void run_facts_read(struct run_facts *facts, const char *provenance_json)
{
	CLEANUP_JSON json_t *p = json_loads(provenance_json, 0, NULL), *identity = NULL;
	const json_t *source = json_object_get(p, "source");

	memset(facts, 0, sizeof(*facts));
	identity = identity_of(p);
	if (!identity)
		abort();
	name_of(identity, facts->host);
	facts->host_words = words_of(p);
	facts->images = images_of(p);
	snprintf(facts->commit, sizeof(facts->commit), "%s", json_text_at(source, "commit"));
	facts->comparison = json_object_get(p, "versus") != NULL;
	facts->dirty = json_is_true(json_object_get(source, "dirty"));
}

void run_facts_free(struct run_facts *facts)
{
	free(facts->host_words);
	free(facts->images);
	facts->host_words = NULL;
	facts->images = NULL;
}
