// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_impl.c - the impl.yaml of a way
 *
 * Reads: plan/impl.c plan/impl_check.c plan/impl_find.c plan/sign.c plan/claim.c
 * Reads: base/yaml_check.c
 */
#include <assert.h>

#include "input.h"
#include "plan/impl.h"

static void ask(const struct impl *impl)
{
	char *options[64];
	unsigned int n = 0;

	for (; n < impl->options_count; n++)
		options[n] = impl->options[n].name;
	for (unsigned int i = 0; i < impl->images_count; i++)
		impl_phases(impl, impl->images[i].format, options, n);
	for (unsigned int i = 0; i < impl->archs_count; i++) {
		assert(impl_runs(impl, impl->archs[i], impl->firmware.only));
		for (enum sign s = 0; s < SIGNS; s++)
			impl_sign(impl, impl->archs[i], n ? options[n - 1] : "", s);
	}
	impl_claim(impl, "paging");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = input_copy((struct input){ data, size }, true);
	CLEANUP(cleanup_impl_list_free) struct impl_list *list =
		impl_list_parse("impls/way", text, &err);

	assert(!list == !!err);
	if (!list)
		return 0;
	assert(list->n == 1 && impl_find(list, list->at[0].name));
	ask(&list->at[0]);
	return 0;
}
