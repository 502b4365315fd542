/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * built.h - the kinds of machine for which something is built
 */
#ifndef BUILT_H
#define BUILT_H

#include <dirent.h>

/*
 * built_kinds() - the kinds that a folder has, in order
 * @folder:	build/kernels or build/guest
 * @entries:	set to an array; it and each entry are to be freed. The name of an entry is a kind:
 *		"i386-6.1", and not "i386", which is a link to one, nor "root-i386"
 * Return: how many; 0 with *entries NULL when the folder cannot be read.
 */
int built_kinds(const char *folder, struct dirent ***entries);

#endif /* BUILT_H */
