// SPDX-License-Identifier: GPL-2.0-only
/*
 * provenance.c - what the samples of a run rest on
 */
#include "provenance.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/text.h"

/* The file that a machine with UEFI executes first; see plan/images.c. */
#define UEFI_CODE_NAME "OVMF_CODE_4M.fd"

/* Kernels of one release see a little more or less of the same memory. */
#define MEMORY_STEP_MIB 256

/* The string at a key; NULL where there is none. */
static const char *text_at(const json_t *from, const char *key)
{
	return json_string_value(json_object_get(from, key));
}

static bool true_at(const json_t *from, const char *key)
{
	return json_is_true(json_object_get(from, key));
}

static void read_sides(struct provenance *p, const json_t *sides)
{
	json_t *side;
	size_t i;

	json_array_foreach(sides, i, side)
		vec_push(&p->sides, ((struct provenance_side){
			.commit = json_text_at(side, "commit"), .dirty = true_at(side, "dirty"),
		}));
}

static struct provenance_arm arm_of(const json_t *json)
{
	return (struct provenance_arm){
		.way = json_text_at(json, "way"), .variant = json_text_at(json, "variant"),
		.reboots = (size_t)json_int_at(json, "reboots"),
		.failed = (size_t)json_int_at(json, "failed"),
		.median_s = json_number_at(json, "median_s"),
	};
}

static void read_looks(struct provenance *p, const json_t *versus)
{
	json_t *look;
	size_t i;

	p->comparison = versus != NULL;
	p->comparison_complete = true_at(versus, "complete");
	json_array_foreach(json_object_get(versus, "looks"), i, look)
		vec_push(&p->looks, ((struct provenance_look){
			.pairs = (int)json_int_at(look, "pairs"), .looked = true_at(look, "looked"),
			.verdict = json_text_at(look, "verdict"),
			.words = json_text_at(look, "words"),
			.arms = {
				arm_of(json_object_get(look, "a")),
				arm_of(json_object_get(look, "b")),
			},
			.shift_s = json_number_at(look, "shift_s"),
			.low_s = json_number_at(look, "low_s"),
			.high_s = json_number_at(look, "high_s"),
			.confidence = json_number_at(look, "confidence"),
		}));
}

static void read_lateness(struct provenance *p, const json_t *starts)
{
	static const char *const keys[EVENT_SOURCES] = {
		[EVENT_MARK] = "marks_lateness_ns",
		[EVENT_CONSOLE] = "console_lateness_ns",
		[EVENT_MACHINE] = "reset_lateness_ns",
	};
	json_t *start;
	size_t i;

	for (unsigned int s = 0; s < EVENT_SOURCES; s++) {
		struct provenance_lateness *worst = &p->lateness[s];

		*worst = (struct provenance_lateness){ NAN, NAN };
		json_array_foreach(starts, i, start) {
			const json_t *ns = json_object_get(start, keys[s]);

			worst->p50_s = fmax(worst->p50_s, json_number_at(ns, "p50") / 1e9);
			worst->p99_s = fmax(worst->p99_s, json_number_at(ns, "p99") / 1e9);
		}
	}
}

/* One kernel of which it is not known makes the smallest unknown. */
static long least_bytes(const json_t *kernels)
{
	json_t *kernel;
	long least = 0;
	size_t i;

	json_array_foreach(kernels, i, kernel) {
		long bytes = json_int_at(kernel, "bytes");

		if (!i || bytes < least)
			least = bytes;
	}
	return least;
}

static void read_merged(struct provenance *p, const json_t *merged)
{
	p->merged.of = (int)json_int_at(merged, "of");
	p->merged.shards = json_object_size(json_object_get(merged, "shards"));
	p->merged.hosts = json_array_size(json_object_get(merged, "hosts"));
	p->merged.boots = json_array_size(json_object_get(merged, "boots"));
}

struct provenance *provenance_read(json_t *json)
{
	const json_t *cpu = json_object_get(json, "cpu");
	const json_t *versions = json_object_get(json, "versions");
	const json_t *source = json_object_get(json, "source");
	struct provenance *p = malloc(sizeof(*p));

	if (!p)
		abort();
	*p = (struct provenance){
		.json = json_incref(json),
		.cpu_model = text_at(cpu, "model"), .cpu_count = (int)json_int_at(cpu, "count"),
		.memory_mib = json_int_at(json, "memory_mib"),
		.accelerator = text_at(json, "accelerator"),
		.kernel_release = text_at(json_object_get(json, "kernel"), "release"),
		.os = text_at(versions, "os"), .libvirt = text_at(versions, "libvirt"),
		.hypervisor = text_at(versions, "hypervisor"),
		.seabios = text_at(versions, "seabios"), .gcc = text_at(versions, "gcc"),
		.commit = text_at(source, "commit"), .dirty = true_at(source, "dirty"),
		.discards = true_at(json, "discards"), .sizes = json_object_get(json, "sizes"),
		.kernel_bytes = least_bytes(json_object_get(json, "kernels")),
		.hints = json_object_get(json, "hints"),
	};
	read_lateness(p, json_object_get(json, "starts"));
	p->shard.number = (int)json_int_at(json_object_get(json, "shard"), "number");
	p->shard.of = (int)json_int_at(json_object_get(json, "shard"), "of");
	read_merged(p, json_object_get(json, "merged"));
	read_sides(p, json_object_get(json, "sides"));
	read_looks(p, json_object_get(json, "versus"));
	return p;
}

/* The object that a text is; an empty one for anything else. */
static json_t *object_of(const char *text)
{
	json_t *json = text ? json_loads(text, 0, NULL) : NULL;

	if (json_is_object(json))
		return json;
	json_decref(json);
	return json_object();
}

struct provenance *provenance_parse(const char *text)
{
	CLEANUP_JSON json_t *json = object_of(text);

	return provenance_read(json);
}

void provenance_free(struct provenance *p)
{
	if (!p)
		return;
	vec_free(&p->sides);
	vec_free(&p->looks);
	json_decref(p->json);
	free(p);
}

static json_t *part(const json_t *from, const char *key)
{
	json_t *value = json_object_get(from, key);

	return value ? json_incref(value) : json_null();
}

/* Nothing in it differs between two runs on one host, as load and the times of a probe do. */
static json_t *identity_of(const struct provenance *p)
{
	const json_t *kernel = json_object_get(p->json, "kernel");
	uint64_t steps = ((uint64_t)p->memory_mib + MEMORY_STEP_MIB / 2) / MEMORY_STEP_MIB;

	return json_pack("{s:o, s:I, s:o, s:{s:o, s:o, s:o, s:o}, s:o}",
			 "cpu", part(p->json, "cpu"), "memory_mib", (json_int_t)(steps * MEMORY_STEP_MIB),
			 "accelerator", part(p->json, "accelerator"),
			 "kernel", "release", part(kernel, "release"),
			 "machine", part(kernel, "machine"),
			 "command_line", part(kernel, "command_line"),
			 "clocksource", part(kernel, "clocksource"),
			 "versions", part(p->json, "versions"));
}

/* Of a merged run all its hosts; one kind of host stands for itself. */
static json_t *hosts_of(const struct provenance *p)
{
	return json_object_get(json_object_get(p->json, "merged"), "hosts");
}

void provenance_host(const struct provenance *p, char name[PROVENANCE_HOST_DIGITS + 1])
{
	CLEANUP_JSON json_t *identity = p->merged.of ? json_incref(hosts_of(p)) : identity_of(p);
	CLEANUP_FREE char *text = json_dumps(identity, JSON_SORT_KEYS | JSON_COMPACT);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	if (p->merged.hosts == 1) {
		snprintf(name, PROVENANCE_HOST_DIGITS + 1, "%s",
			 json_string_value(json_array_get(identity, 0)));
		return;
	}
	if (!text || !EVP_Digest(text, strlen(text), digest, &size, EVP_sha256(), NULL))
		abort();
	for (int i = 0; i < PROVENANCE_HOST_DIGITS / 2; i++)
		sprintf(name + 2 * i, "%02x", digest[i]);
}

static const char *known(const char *text)
{
	return text ? text : "unknown";
}

char *provenance_host_words(const struct provenance *p)
{
	char *words = NULL;

	if (p->merged.hosts > 1)
		return text_format("%zu kinds of hosts, merged", p->merged.hosts);
	if (asprintf(&words, "%s x %d, %ld MiB, %s, Linux %s, QEMU %s, libvirt %s, SeaBIOS %s, "
			     "%s, %s", known(p->cpu_model), p->cpu_count, p->memory_mib,
		     known(p->accelerator), known(p->kernel_release), known(p->hypervisor),
		     known(p->libvirt), known(p->seabios), known(p->gcc), known(p->os)) < 0)
		abort();
	return words;
}

char *provenance_emulator(const struct provenance *p)
{
	const char *uefi = provenance_sha256(p, "/" UEFI_CODE_NAME);
	char *words = NULL;
	int n;

	if (uefi)
		n = asprintf(&words, "QEMU %s, OVMF of SHA-256 %.12s", known(p->hypervisor), uefi);
	else
		n = asprintf(&words, "QEMU %s, SeaBIOS %s", known(p->hypervisor), known(p->seabios));
	if (n < 0)
		abort();
	return words;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(known(text_at(*(json_t *const *)a, "path")),
		      known(text_at(*(json_t *const *)b, "path")));
}

char *provenance_images(const struct provenance *p)
{
	const json_t *list = json_object_get(p->json, "images");
	size_t n = json_array_size(list), size;
	CLEANUP_FREE const json_t **images = calloc(n + 1, sizeof(*images));
	char *text = NULL;
	FILE *f = open_memstream(&text, &size);

	if (!images || !f)
		abort();
	for (size_t i = 0; i < n; i++)
		images[i] = json_array_get(list, i);
	qsort(images, n, sizeof(*images), by_path);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s %s\n", known(text_at(images[i], "sha256")),
			known(text_at(images[i], "path")));
	if (fclose(f) != 0)
		abort();
	return text;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

const char *provenance_sha256(const struct provenance *p, const char *end)
{
	const char *found = NULL;
	const json_t *image;
	size_t i;

	json_array_foreach(json_object_get(p->json, "images"), i, image) {
		const char *path = json_text_at(image, "path");

		if (!ends_with(path, end))
			continue;
		if (!strchr(path, ':'))
			return text_at(image, "sha256");
		found = found ? found : text_at(image, "sha256");
	}
	return found;
}

static void replace(char **text, const json_t *json)
{
	free(*text);
	*text = json_dumps(json, JSON_INDENT(1));
	if (!*text)
		abort();
}

void provenance_put(char **text, const char *key, json_t *value)
{
	CLEANUP_JSON json_t *json = object_of(*text);

	json_object_set_new(json, key, value);
	replace(text, json);
}

void provenance_append(char **text, const char *key, json_t *value)
{
	CLEANUP_JSON json_t *json = object_of(*text);

	if (!json_object_get(json, key))
		json_object_set_new(json, key, json_array());
	json_array_append_new(json_object_get(json, key), value);
	replace(text, json);
}

const char *provenance_differs(const char *text, const json_t *now)
{
	static const char *const keys[] = { "cpu", "accelerator", "versions", "images", "hints" };
	CLEANUP_JSON json_t *then = object_of(text);

	if (json_object_get(then, "merged"))
		return "merged";
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		json_t *a = json_object_get(then, keys[i]), *b = json_object_get(now, keys[i]);

		if (a && b && !json_equal(a, b))
			return keys[i];
	}
	return NULL;
}
