/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * captions.h - what stands below a figure in print
 */
#ifndef CAPTIONS_H
#define CAPTIONS_H

#include "model.h"

/*
 * Each writes the caption of one figure, a sentence a line, plain text in UTF-8: what is
 * drawn and how to read it, how many reboots of what scenario and run, on which host.
 */
void caption_latency(FILE *f, const struct report *r);

/*
 * caption_cumulative() - of the figure of shares
 * @f:	where
 * @r:	the model, with counted reboots
 */
void caption_cumulative(FILE *f, const struct report *r);

/*
 * caption_phases() - of the figure of phases
 * @f:	where
 * @r:	the model, with reboots that came up
 */
void caption_phases(FILE *f, const struct report *r);

/* The same of a model by the virtual clock. */
void caption_instructions(FILE *f, const struct report *r);

/* Of latency against a number, of a model that slopes.h finds a series in. */
void caption_slopes(FILE *f, const struct report *r);

/* A text as LaTeX that sets it as it is. */
void caption_put_tex(FILE *f, const char *text);

#endif /* CAPTIONS_H */
