/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * figures.h - a report's figures, on the screen and in print
 */
#ifndef FIGURES_H
#define FIGURES_H

#include "model.h"

/*
 * figures_write() - write figures/ of a report
 * @scripts:	folder of the gnuplot scripts (report/ of the checkout)
 * @dir:	existing folder to write into, absolute
 *
 * Leaves NAME.dat, NAME.gp, NAME.svg and NAME.png for each figure, and what the scripts
 * share; where nothing was counted, nothing. `gnuplot NAME.gp` in that folder draws it again.
 * Return: 0, or a negative errno with *err set.
 */
int figures_write(const struct report *r, const char *scripts, const char *dir, struct error **err);

/*
 * figures_publish() - write the same figures for print
 * @said:	for each figure a line that says what was written, or why nothing
 *
 * Leaves NAME.pdf with its fonts inside, NAME.svg of the same lines with its letters as
 * outlines, the caption as NAME.txt, and NAME.tex, which sets both in LaTeX; and
 * NAME.dat, NAME.gp, and what the scripts share. A figure that this run has none of is removed.
 * Return: 0, or a negative errno with *err set; ERROR_USAGE when nothing was counted.
 */
int figures_publish(const struct report *r, const char *scripts, const char *dir, FILE *said,
		    struct error **err);

#endif /* FIGURES_H */
