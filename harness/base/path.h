/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * path.h - names of files
 */
#ifndef PATH_H
#define PATH_H

/*
 * path_below() - a file in a folder
 * @dir:	the folder
 * @name:	below it, may hold slashes
 *
 * Return: both with a slash between, to be freed.
 */
char *path_below(const char *dir, const char *name);

/* A path without its last n parts, to be freed; NULL when nothing is left of it. */
char *path_above(const char *path, unsigned int n);

/* The path itself, or below the current folder when it does not begin with a slash; to be freed. */
char *path_absolute(const char *path);

#endif /* PATH_H */
