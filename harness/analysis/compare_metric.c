// SPDX-License-Identifier: GPL-2.0-only
/*
 * compare_metric.c - what is compared of a reboot
 */
#include "compare_metric.h"

static const char *const metric_names[COMPARE_PHASE] = {
	[COMPARE_LATENCY] = "latency",
	[COMPARE_DOWNTIME] = "downtime",
	[COMPARE_SUCCESS] = "success",
};

const char *compare_metric_name(enum compare_metric m)
{
	return m < COMPARE_PHASE ? metric_names[m] : phase_name((enum phase)(m - COMPARE_PHASE));
}

bool compare_large_is_good(enum compare_metric m)
{
	return m == COMPARE_SUCCESS;
}
