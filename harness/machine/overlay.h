/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * overlay.h - a fresh disk over a shared base image
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "base/error.h"

/*
 * overlay_create() - makes a qcow2 file whose untouched blocks are those of a raw image
 * @base:	absolute path of the raw image; never written
 * @path:	of the new file; its folder exists
 * Return: 0, or a negative errno with *err set.
 */
int overlay_create(const char *base, const char *path, struct error **err);

#endif /* OVERLAY_H */
