/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * staged.h - ways whose kernel was loaded before the request
 *
 * Their latency has no load in it. They are ranked with the others, and whoever names one of them
 * as first says so.
 */
#ifndef STAGED_H
#define STAGED_H

#include "model.h"

/* Whether the kernel was there when the user asked: neither a load nor a boot loader came later. */
bool staged(const struct report_group *g);

/* ", its kernel loaded before the request"; "" where it was not. */
const char *staged_words(const struct report_group *g);

/*
 * staged_sentence() - which ways are so, and which of the others is first by the model's clock
 * Writes nothing when none is.
 */
void staged_sentence(FILE *f, const struct report *r);

/* The same of all ways as a paragraph below a table, without the first of the others. */
void staged_note(FILE *f, const struct report *r);

#endif /* STAGED_H */
