// SPDX-License-Identifier: GPL-2.0-only
/*
 * nightly_words.c - values and changes of nightly metrics for people
 */
#include "nightly_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Digits of a commit that people read. */
#define COMMIT_DIGITS 10

static struct words format(const char *number, const char *unit)
{
	struct words w;

	snprintf(w.s, sizeof(w.s), "%.40s%s", number, unit);
	return w;
}

struct words nightly_value_words(const struct history_metric *m, double value)
{
	if (m->unit == HISTORY_SHARE)
		return words_percent(value);
	if (!isfinite(value))
		return words_ms(value);
	if (m->unit == HISTORY_INSTRUCTIONS)
		return format(words_count(value).s, " instructions");
	return format(words_ms(value / 1e9).s, " ms");
}

struct words nightly_change_words(const struct history_metric *m, double before, double after)
{
	double d = after - before, part = 100 * d / before;
	const char *sign = d < 0 ? "−" : "+";
	struct words w;

	if (isnan(before) || isnan(after))
		return format("–", "");
	if (isinf(after))
		return format("comes up no more", "");
	if (isinf(before))
		return format("comes up again", "");
	if (m->unit == HISTORY_SHARE)
		snprintf(w.s, sizeof(w.s), "%s%.1f points", sign, 100 * fabs(d));
	else
		snprintf(w.s, sizeof(w.s), "%s%.40s (%s%.*f %%)", sign,
			 nightly_value_words(m, fabs(d)).s, sign, fabs(part) < 1 ? 3 : 1,
			 fabs(part));
	return w;
}

struct words nightly_commit_words(const struct history_run *run)
{
	struct words w;

	if (!*run->commit)
		return format("unknown", "");
	snprintf(w.s, sizeof(w.s), "%.*s%s", COMMIT_DIGITS, run->commit, run->dirty ? "+" : "");
	return w;
}

struct words nightly_way_words(const struct history_series *s)
{
	struct words w;

	snprintf(w.s, sizeof(w.s), "%.20s%s%.40s", s->way, *s->variant ? " " : "", s->variant);
	return w;
}

const char *nightly_witness_word(const struct nightly_metric *m)
{
	return proof_word(m->metric->points.at[m->metric->points.n - 1].witness);
}

struct words nightly_verdict_words(enum nightly_verdict v)
{
	struct words w = format(nightly_verdict_name(v), "");

	for (char *p = w.s; *p; p++)
		if (*p == '-')
			*p = ' ';
	return w;
}

struct words nightly_status_words(const struct nightly *n)
{
	struct words w;

	switch (nightly_verdict(n)) {
	case NIGHTLY_BROKEN:
		snprintf(w.s, sizeof(w.s), "broken instrument: %zu fault%s",
			 n->count[NIGHTLY_BROKEN] + n->faults.n,
			 n->count[NIGHTLY_BROKEN] + n->faults.n == 1 ? "" : "s");
		break;
	case NIGHTLY_REGRESSION:
		snprintf(w.s, sizeof(w.s), "regression in %zu of %zu metrics",
			 n->count[NIGHTLY_REGRESSION], n->metrics.n);
		break;
	case NIGHTLY_BASELINE:
		snprintf(w.s, sizeof(w.s), "baseline: the first night of %zu metrics",
			 n->count[NIGHTLY_BASELINE]);
		break;
	case NIGHTLY_FEW:
		snprintf(w.s, sizeof(w.s), "too few nights to judge any of %zu metrics",
			 n->count[NIGHTLY_FEW] + n->count[NIGHTLY_BASELINE]);
		break;
	default:
		snprintf(w.s, sizeof(w.s), "pass: no regression in %zu metrics",
			 n->count[NIGHTLY_PASS] + n->count[NIGHTLY_IMPROVED]);
		if (n->count[NIGHTLY_FEW] + n->count[NIGHTLY_BASELINE])
			snprintf(w.s + strlen(w.s), sizeof(w.s) - strlen(w.s), ", %zu too young",
				 n->count[NIGHTLY_FEW] + n->count[NIGHTLY_BASELINE]);
	}
	return w;
}
