/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flame.h - a profile as a picture: which call path took how much of the reboot
 */
#ifndef FLAME_H
#define FLAME_H

#include "analysis/profile.h"
#include "base/error.h"

/*
 * flame_write() - a flame graph as SVG, roots on top, without scripts
 * The first row is the phases in the order of time; below each its call paths, widest first. Each
 * box has a title, which browsers show under the pointer.
 * @phases:	bits 1 << phase of those that are drawn; together they fill the width
 * Return: 0, or a negative errno with *err set.
 */
int flame_write(const struct profile *p, unsigned int phases, const char *path,
		struct error **err);

#endif /* FLAME_H */
