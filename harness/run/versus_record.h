/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * versus_record.h - the looks of a comparison, from the store and into it
 */
#ifndef VERSUS_RECORD_H
#define VERSUS_RECORD_H

#include "analysis/versus.h"
#include "progress.h"

/* What a look needs; all of it stays the caller's. */
struct versus_record {
	const struct scenario *scenario;
	struct store *store;
	const char *run;
	struct progress *progress;	/* or NULL: where a look is shown */
};

/*
 * versus_record_enough() - runner_enough_fn of a comparison
 * @arg:	struct versus_record
 */
int versus_record_enough(void *arg, int blocks, bool *enough, struct error **err);

/*
 * versus_record_end() - the looks at a run that ended, into its provenance
 * @row:	of the run; provenance_json gets the key "versus", of a complete run
 *		samples_planned becomes that of the pairs that it needed
 * @samples:	of the run
 * @ended:	the run is complete
 * @last:	the last look; its pairs are 0 where no pair is whole
 * Return: 0, or a negative errno with *err set.
 */
int versus_record_end(const struct versus_record *v, struct run_row *row,
		      const sample_vec *samples, bool ended, struct versus_look *last,
		      struct error **err);

/* "kexec vmlinux @1a2b3c4d5e": what a side is called. To be freed. */
char *versus_record_label(const struct scenario *s, int side);

/*
 * versus_record_words() - a look as one sentence without a full stop
 * @s:		the comparison, for the labels of its sides
 * @last:	no pair will follow
 * Return: to be freed.
 */
char *versus_record_words(const struct scenario *s, const struct versus_look *look, bool last);

#endif /* VERSUS_RECORD_H */
