/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * marks.h - marks set by programs
 */
#ifndef MARKS_H
#define MARKS_H

#include <stdio.h>

#include "reboot_marks.h"

/*
 * marks_set() - ask the kernel to set a mark
 * @id: one of reboot_marks.h
 * Return: 0, -ENOENT when this kernel sets no marks (the console lines must
 * do then), or another negative errno.
 */
int marks_set(int id);

/* The id of a mark that programs may set, by its name in reports; -1 if there is none. */
int marks_id(const char *name);

/* Prints the names that marks_id() knows, with '|' between them. */
void marks_list(FILE *to);

#endif /* MARKS_H */
