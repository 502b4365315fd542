/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * seabios.h - which firmware QEMU's PC starts
 */
#ifndef SEABIOS_H
#define SEABIOS_H

#include <stddef.h>

/*
 * seabios_rom() - the file that QEMU takes it from
 * Return: a literal, NULL where there is none.
 */
const char *seabios_rom(void);

/*
 * seabios_version() - the version that an image of it names, such as
 * "1.16.2-debian-1.16.2-1" or "rel-1.16.2-0-gea1b7a0733-prebuilt.qemu.org"
 * @image:	n bytes
 * Return: to be freed; NULL when it names none. Pure.
 */
char *seabios_version(const void *image, size_t n);

/*
 * seabios_version_of() - the version that a file names
 * @path:	of the image
 *
 * Return: to be freed; NULL when it cannot be read or names none.
 */
char *seabios_version_of(const char *path);

#endif /* SEABIOS_H */
