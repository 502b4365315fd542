// SPDX-License-Identifier: GPL-2.0-only
/*
 * planned.c - what of a run's plan was not measured
 *
 * A run plans warm-ups and counted reboots in one number. The machine that repeats a reboot
 * has warm-ups of its own, beyond the plan, so only counted reboots show what is missing.
 */
#include "planned.h"

#include "base/error.h"
#include "plan/order.h"

/* The warm-ups among the planned reboots. Return: false when the scenario cannot be read. */
static bool planned_warmups(const struct run_row *run, size_t *warmups)
{
	struct error *err = NULL;
	CLEANUP(cleanup_scenario_free) struct scenario *s =
		scenario_parse("scenario", run->scenario_yaml ? run->scenario_yaml : "", &err);

	error_free(err);
	*warmups = 0;
	if (!s)
		return false;
	/* A comparison plans no more blocks than it needs. */
	for (int b = 0; b < order_blocks(s) && order_planned(s, b) < run->samples_planned; b++)
		if (shard_has(&s->shard, b))
			*warmups += (size_t)order_width(s) * (size_t)order_scenario(s, b).chain.warmups;
	return true;
}

struct planned planned_of(const struct report *r)
{
	struct planned plan = { .reboots = r->run->samples_planned > 0 ?
					   (size_t)r->run->samples_planned : 0 };
	size_t warmups, done = 0;
	bool read = planned_warmups(r->run, &warmups);

	if (read && warmups <= plan.reboots)
		plan.reboots -= warmups;
	for (; r; r = r->exact) {
		done += r->counted;
		for (size_t i = 0; i < r->groups.n; i++) {
			plan.faults += r->groups.at[i].faults;
			done += read ? 0 : r->groups.at[i].warmups;
		}
	}
	plan.missing = plan.reboots > done ? plan.reboots - done : 0;
	return plan;
}
