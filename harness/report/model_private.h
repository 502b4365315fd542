/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model_private.h - what the files of the model share
 */
#ifndef MODEL_PRIVATE_H
#define MODEL_PRIVATE_H

#include "model.h"

/* Fills in what follows from all samples of each group together. */
void model_summarise(struct report *r);
/* By the virtual clock: the index that ways are compared at, and the figures there. */
void model_exact(struct report *r);

#endif /* MODEL_PRIVATE_H */
