// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_trace.c - what the witness wrote, made into an account
 *
 * Input: length of the marks (2 bytes), the marks, the trace.
 *
 * Reads: witness/account.c witness/says.c witness/table.c
 */
#include <assert.h>

#include "base/json.h"
#include "input.h"
#include "witness/account.h"
#include "witness/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct input part = input_part(&in, input_number(&in));
	CLEANUP_FREE char *marks = input_copy(part, false), *trace = input_copy(in, true);
	CLEANUP_FREE char *table = NULL, *text = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_JSON json_t *account = account_of(trace, (const uint8_t *)marks, part.n, &err);
	size_t n;
	FILE *f;

	assert(!account == !!err);
	if (!account)
		return 0;
	f = open_memstream(&table, &n);
	table_print(account, f);
	fclose(f);
	/* It is kept as a file. */
	text = json_dumps(account, 0);
	assert(text);
	return 0;
}
