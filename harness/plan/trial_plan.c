// SPDX-License-Identifier: GPL-2.0-only
/*
 * trial_plan.c - which kernel a reboot of a chain leads to, and by which way
 */
#include "mixed.h"
#include "trial_plan.h"

const struct image_kernel *trial_plan_kernel(const struct trial_plan *plan, int number)
{
	const struct image_chain *chain = plan->chain;
	unsigned int at;

	if (!chain || !chain->order_count)
		return NULL;
	at = chain->order[(number - 1) % chain->order_count];
	return at ? &chain->others[at - 1] : NULL;
}

const struct scenario_way *trial_plan_way(const struct trial_plan *plan, int number)
{
	return mixed_is(plan->scenario) ? mixed_way(plan->scenario, number) : plan->way;
}
