// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_profile_trace.c - what the profiler wrote, made into the functions of one reboot
 *
 * Input: phases of the way (2 bytes), the trace.
 *
 * Reads: witness/profile_trace.c analysis/call_tree.c analysis/profile_functions.c
 */
#include <assert.h>

#include "analysis/profile_functions.h"
#include "input.h"
#include "witness/profile_trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int expected = input_phases(&in);
	CLEANUP_FREE char *text = input_copy(in, true);
	CLEANUP_FREE uint64_t *totals = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	profile_function_vec functions = { 0 };
	struct profile p = { 0 };
	module_code_vec code = { 0 };
	int rc = profile_trace_read(text, expected, &p, &code, &err);

	assert(!rc == !err);
	for (size_t i = 0; i < code.n; i++)
		assert(code.at[i].function < p.tree.functions.n);
	if (!rc) {
		call_tree_sort_functions(&p.tree);
		totals = call_tree_totals(&p.tree, CALL_TREE_ALL);
		profile_functions_of(&p, &functions);
	}
	profile_functions_free(&functions);
	module_code_free(&code);
	profile_free(&p);
	return 0;
}
