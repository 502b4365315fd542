/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * output_file.h - a file that readers see whole or not at all
 */
#ifndef OUTPUT_FILE_H
#define OUTPUT_FILE_H

#include "error.h"

/* Written beside its place; moved there by output_file_close(). */
struct output_file {
	FILE *f;
	char *path, *beside;
};

/* Opens dir/name. 0, or a negative errno with *err set; then there is nothing to close. */
int output_file_open(struct output_file *o, const char *dir, const char *name, struct error **err);
/* Ends it. 0, or a negative errno with *err set: then what stood at its place still does. */
int output_file_close(struct output_file *o, struct error **err);
/* Ends it without putting it in its place. */
void output_file_drop(struct output_file *o);
/* Makes a folder if it is not there; its parent is. 0, or a negative errno with *err set. */
int output_folder(const char *path, struct error **err);

#endif /* OUTPUT_FILE_H */
