/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * work.h - the folder of a run's live files
 */
#ifndef WORK_H
#define WORK_H

#include "base/error.h"

/*
 * work_open() - an empty folder for the live files of the run that holds the lock of results
 * What a killed run left in it is removed. It lies in results unless that makes
 * the paths of sockets too long: then below /tmp.
 * Return: its absolute path, to be freed; NULL with *err set.
 */
char *work_open(const char *results, struct error **err);

#endif /* WORK_H */
