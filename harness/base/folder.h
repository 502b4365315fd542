/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * folder.h - folders: made, removed, with room in them
 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "error.h"

/* Makes a folder and those above it, unless they exist; 0 or a negative errno with *err set. */
int folder_make(const char *path, struct error **err);

/* Makes dir/name, as folder_make() does; its path, to be freed, or NULL with *err set. */
char *folder_make_below(const char *dir, const char *name, struct error **err);

/* Removes a folder and all in it, but does not follow links. It need not exist. */
void folder_remove(const char *path);

/*
 * folder_check_space() - refuse to begin what would run out of space
 * @dir:	exists
 * @bytes:	that must be free there
 * Return: 0; -ENOSPC, or another negative errno, with *err set.
 */
int folder_check_space(const char *dir, uint64_t bytes, struct error **err);

/* Whether nothing more can be written there. Programs that others wrote may not notice. */
bool folder_is_full(const char *dir);

/*
 * folder_blame() - give a full disk as the reason why a program failed that writes there
 * @err:	says that it failed
 * Return: the negative errno of *err.
 */
int folder_blame(const char *dir, struct error **err);

#endif /* FOLDER_H */
