/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.h - the folder of a run's live files
 */
#ifndef WORK_H
#define WORK_H

#include <stdint.h>

#include "base/error.h"

/*
 * work_open() - an empty folder for the live files of the run that holds the lock of results
 * What a killed run left in it is removed. It lies in results unless that makes
 * the paths of sockets too long: then below /tmp.
 * Return: its absolute path, to be freed; NULL with *err set.
 */
char *work_open(const char *results, struct error **err);

/* Makes dir/name; its absolute path, to be freed, or NULL with *err set. */
char *work_folder(const char *dir, const char *name, struct error **err);

/* Removes a folder with all in it; links are not followed. What is not there is fine. */
void work_remove(const char *path);

/*
 * work_space() - refuse to begin what would run out of space
 * @dir:	exists
 * @bytes:	that must be free there
 * Return: 0; -ENOSPC, or another negative errno, with *err set.
 */
int work_space(const char *dir, uint64_t bytes, struct error **err);

#endif /* WORK_H */
