/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * compare_metric.h - what is compared of a reboot
 */
#ifndef COMPARE_METRIC_H
#define COMPARE_METRIC_H

#include <stdbool.h>

#include "reboot/phase.h"

enum compare_metric {
	COMPARE_LATENCY,	/* the headline */
	COMPARE_DOWNTIME,
	COMPARE_SUCCESS,	/* share of the reboots that came up as asked, proved */
	COMPARE_PHASE,		/* + enum phase */
	COMPARE_METRICS = COMPARE_PHASE + PHASES
};

/* "latency", "success", "kernel" ... */
const char *compare_metric_name(enum compare_metric m);
/* True for a metric of which much is good; the others are times. */
bool compare_large_is_good(enum compare_metric m);
#endif /* COMPARE_METRIC_H */
