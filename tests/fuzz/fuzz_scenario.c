// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_scenario.c - scenario files, with the ways and hints of this checkout
 *
 * Reads: plan/scenario.c plan/scenario_machine.c plan/scenario_resolve.c
 * Reads: plan/scenario_override.c plan/factor.c plan/order.c base/yaml_scan.c base/yaml_file.c
 * Reads: base/yaml_node.c base/yaml_check.c base/yaml_edit.c
 */
#include <assert.h>

#include "input.h"
#include "plan/order.h"
#include "plan/scenario_override.h"

/* Options of a command line that every scenario is tried with. */
static const char *const ways[] = { "lobos", "kexec/vmlinux+no-checks" };
static const struct scenario_override overrides[] = {
	{ .machines = "2", .reboots = "3", .seed = "7", .clock = "virtual" },
	{ .ways = ways, .ways_count = 2, .kernel = "x86_64", .chipset = "q35", .firmware = "uefi",
	  .accelerator = "tcg", .clock = "both" },
	{ .versus = "kexec", .most = "12" },
};

static void ask(struct scenario *s, const struct impl_list *impls)
{
	CLEANUP_ERROR struct error *err = NULL;
	bool revisions = false;

	for (unsigned int i = 0; i < s->ways_count; i++)
		revisions |= s->ways[i].revision != NULL;
	/* Another commit would have to be unpacked. */
	if (revisions || scenario_resolve(s, ".", impls, &err))
		return;
	for (unsigned int i = 0; i < s->ways_count; i++) {
		CLEANUP_FREE char *name = scenario_way_name(&s->ways[i]);
		CLEANUP_FREE char *hints = scenario_hints(&s->ways[i]);

		assert(*name && hints);
		assert(scenario_phases(&s->ways[i]));
		scenario_previous_log(&s->ways[i]);
	}
}

static void make_order(const struct scenario *s)
{
	int n = order_chains(s);
	CLEANUP_FREE struct order_chain *chains = NULL;

	assert(n > 0);
	/* As large as any that is run. */
	if (n > 4096)
		return;
	chains = calloc((size_t)n, sizeof(*chains));
	order_make(s, chains);
	for (int i = 0; i < n; i++)
		assert(chains[i].way < s->ways_count);
}

static void override(const char *text, const struct scenario_override *o)
{
	CLEANUP_ERROR struct error *err = NULL, *refused = NULL;
	CLEANUP_FREE char *changed = scenario_override_text(text, o, &err);
	CLEANUP(cleanup_scenario_free) struct scenario *s =
		changed ? scenario_parse("changed", changed, &refused) : NULL;

	assert(!changed == !!err && !s == !!(changed ? refused : err));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct impl_list *impls;
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_FREE char *text = input_copy((struct input){ data, size }, true);
	CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;

	if (!impls)
		impls = impl_list_load("impls", &err);
	assert(impls);
	s = scenario_parse("scenario", text, &err);
	assert(!s == !!err);
	if (!s)
		return 0;
	make_order(s);
	for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++)
		override(s->text, &overrides[i]);
	ask(s, impls);
	return 0;
}
