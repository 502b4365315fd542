// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_data_line.c - what a machine says in words, and what it lost from one block to the next
 *
 * Reads: reboot/data_line.c reboot/machine_facts.c
 */
#include <assert.h>

#include "input.h"
#include "reboot/data_line.h"

static void compare(struct machine_losses *losses, struct machine_facts *before,
		    const struct machine_facts *after)
{
	char value[1024];

	if (after->known && before->known) {
		uint64_t bits = machine_facts_follow(losses, before, after);

		for (enum difference d = 0; d < DIFFERENCES; d++)
			if (bits & DIFFERENCE_BIT(d))
				machine_facts_value(after, d, value, sizeof(value));
	}
	*before = *after;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct machine_losses losses = { 0 };
	struct machine_facts before = { 0 };
	struct stream s = { 0 };
	struct data_item item;
	size_t at = 0, next;

	stream_append(&s, data, size, 1);
	input_trim(&s);
	for (;; at = next) {
		next = data_line_next(&s, at, &item);
		assert(next >= at && next <= s.bytes.n);
		assert((item.kind == DATA_NOTHING) == (next == at));
		if (next == at)
			break;
		if (item.kind == DATA_BOOT)
			assert(item.log_offset + item.log_bytes <= next);
		if (item.kind == DATA_BOOT || item.kind == DATA_REQUEST)
			compare(&losses, &before, &item.facts);
	}
	stream_free(&s);
	return 0;
}
