/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * comparison_doubts.h - what is doubtful about the samples of one side of a comparison
 */
#ifndef COMPARISON_DOUBTS_H
#define COMPARISON_DOUBTS_H

#include "analysis/compare_set.h"
#include "store/find.h"

/*
 * comparison_doubts() - add sentences on the samples of one side to set->doubts
 * @in:		the samples of that side
 * @side:	'A' or 'B'
 * @set:	with all its pairs; of ways that are in none of them nothing is said
 */
void comparison_doubts(const struct found *in, char side, struct comparison_set *set);

#endif /* COMPARISON_DOUBTS_H */
