/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * nightly_words.h - values and changes of nightly metrics for people
 */
#ifndef NIGHTLY_WORDS_H
#define NIGHTLY_WORDS_H

#include "analysis/nightly.h"
#include "analysis/words.h"

/* "1 234.5 ms", "12 345 678 instructions", "97.5 %", "never". */
struct words nightly_value_words(const struct history_metric *m, double value);

/*
 * nightly_change_words() - from one level to another
 * @m:		the metric
 * @before:	the old level
 * @after:	the new level
 *
 * Return: with a sign and, but for shares, the part of the old level in brackets.
 */
struct words nightly_change_words(const struct history_metric *m, double before, double after);

/* "1a2b3c4d5e", "+" behind it when the checkout had changes; "unknown". */
struct words nightly_commit_words(const struct history_run *run);
/* "lobos vmlinux": way and variant. */
struct words nightly_way_words(const struct history_series *s);
/* "pass", "too few nights". */
struct words nightly_verdict_words(enum nightly_verdict v);
/* One sentence on the whole night. */
struct words nightly_status_words(const struct nightly *n);

/* What the witness says of the way in the metric's newest night, "not witnessed". */
const char *nightly_witness_word(const struct nightly_metric *m);

#endif /* NIGHTLY_WORDS_H */
