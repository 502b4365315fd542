// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_discards.c - resets in the file of the plugin that throws translated code away
 *
 * Input: where the file is cut for a first look (2 bytes), its text.
 *
 * Reads: reboot/discards.c
 */
#include <assert.h>

#include "input.h"
#include "reboot/discards.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	size_t cut = input_number(&in), used;
	CLEANUP_FREE char *text = NULL;
	int64_t last_ns = 0;
	event_vec events = { 0 };

	text = input_copy(in, false);
	cut = cut < in.n ? cut : in.n;
	used = discards_resets(text, cut, INT64_MAX / 2, &last_ns, &events);
	assert(used <= cut);
	used += discards_resets(text + used, in.n - used, INT64_MAX / 2, &last_ns, &events);
	assert(used <= in.n);
	for (size_t i = 1; i < events.n; i++)
		assert(events.at[i - 1].ns <= events.at[i].ns);
	vec_free(&events);
	return 0;
}
