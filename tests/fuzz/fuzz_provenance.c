// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_provenance.c - the provenance of a run, as its database has it
 *
 * Reads: store/provenance.c store/provenance_facts.c plan/sizes.c
 */
#include <assert.h>

#include "input.h"
#include "plan/sizes.h"
#include "store/provenance.h"

static void count(void *arg, const char *path, const char *text)
{
	*(size_t *)arg += strlen(path) + (text ? strlen(text) : 0);
}

static void ask(const struct provenance *p)
{
	CLEANUP_FREE char *host = provenance_host_words(p), *emulator = provenance_emulator(p);
	CLEANUP_FREE char *images = provenance_images(p);
	char name[PROVENANCE_HOST_DIGITS + 1];
	struct sizes sizes;
	size_t n = 0;

	assert(host && emulator && images);
	provenance_host(p, name);
	assert(strlen(name) == PROVENANCE_HOST_DIGITS);
	provenance_sha256(p, "/root.img");
	provenance_each(p, count, &n);
	if (sizes_from_json(&sizes, p->sizes)) {
		CLEANUP_JSON json_t *again = sizes_json(&sizes);

		assert(again);
	}
	sizes_free(&sizes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = input_copy((struct input){ data, size }, true);
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(text);

	ask(p);
	assert(!provenance_differs(text, p->json));
	provenance_put(&text, "starts", json_array());
	provenance_append(&text, "sides", json_object());
	free(text);
	return 0;
}
