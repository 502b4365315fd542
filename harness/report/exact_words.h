/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * exact_words.h - figures of the exact clock as a reader sees them
 */
#ifndef EXACT_WORDS_H
#define EXACT_WORDS_H

#include "analysis/words.h"
#include "model.h"

/* "235.3", or "235.1 to 235.3" where repeats differ: millions, without the unit. */
struct words exact_millions(struct exact_range r);

/* What two ways are that no figure tells apart: "are equal", "cannot be told apart". */
const char *exact_tie_words(struct exact_range a, struct exact_range b);

/* Why a way's figures are not exact, as part of a sentence; to be freed. NULL: they are. */
char *exact_why_not(const struct report_group *g);

#endif /* EXACT_WORDS_H */
