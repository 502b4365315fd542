/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * gnuplot.h - the one place that starts gnuplot
 */
#ifndef GNUPLOT_H
#define GNUPLOT_H

#include "base/error.h"

/*
 * gnuplot_run() - have gnuplot do what a script says
 * @dir:	absolute; the names of files in the script are relative to it
 * @script:	text, given to gnuplot on its standard input; says `set output` itself
 *
 * Return: 0; -ENOENT when there is no gnuplot; -EIO when it stopped at a mistake,
 * with gnuplot's own words in *err.
 */
int gnuplot_run(const char *dir, const char *script, struct error **err);

/* A text as a string of a script: in single quotes, which take nothing in it to be special. */
void gnuplot_put_word(FILE *f, const char *text);

/* A text as a column of a data file: in double quotes, of which it can hold none. */
void gnuplot_put_column(FILE *f, const char *text);

#endif /* GNUPLOT_H */
