/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * figures.h - a report's figures: data files, scripts, pictures
 */
#ifndef FIGURES_H
#define FIGURES_H

#include "model.h"

/*
 * figures_write() - write figures/ of a report
 * @scripts:	folder of the gnuplot scripts (report/ of the checkout)
 * @dir:	existing folder to write into
 *
 * Leaves NAME.dat, NAME.gp, NAME.svg and NAME.png for each figure, and style.gp; where
 * nothing was counted, nothing. `gnuplot NAME.gp` in that folder draws it again.
 * Return: 0, or a negative errno with *err set.
 */
int figures_write(const struct report *r, const char *scripts, const char *dir, struct error **err);

/* The data of each figure, for tests. */
void figure_latency_data(FILE *f, const struct report *r);
void figure_cumulative_data(FILE *f, const struct report *r);
void figure_phases_data(FILE *f, const struct report *r);

#endif /* FIGURES_H */
