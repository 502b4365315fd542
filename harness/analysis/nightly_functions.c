// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_functions.c - the functions behind an exact change of a night
 */
#include "nightly.h"

static void name(const struct nightly *n, struct nightly_metric *m, const char *results)
{
	const struct history_series *s = m->series;
	const struct profile_of good = {
		results, nightly_good(n, m, m->change)->name, s->way, s->variant,
	};
	const struct profile_of bad = {
		results, nightly_bad(n, m, m->change)->name, s->way, s->variant,
	};

	m->functions = changed_functions(&good, &bad, m->metric->phase);
}

void nightly_name_functions(struct nightly *n, const char *results)
{
	for (size_t i = 0; i < n->metrics.n; i++) {
		struct nightly_metric *m = &n->metrics.at[i];

		if (m->change && m->series->exact && m->metric->unit != HISTORY_SHARE)
			name(n, m, results);
	}
}
