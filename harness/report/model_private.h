/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model_private.h - what the files of the model share
 */
#ifndef MODEL_PRIVATE_H
#define MODEL_PRIVATE_H

#include "model.h"

/* The classes of all samples of a run; to be freed with vec_free(). */
report_class_vec model_classes(const sample_vec *samples);
/* The place of a sample's class among them. */
size_t model_class_of(const report_class_vec *classes, const struct sample *s);

/* Fills in what follows from all samples of each group together. */
void model_summarise(struct report *r);
/* By the virtual clock: the index that ways are compared at, and the figures there. */
void model_exact(struct report *r);

#endif /* MODEL_PRIVATE_H */
