/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * file.h - all bytes of a file
 */
#ifndef FILE_H
#define FILE_H

#include "error.h"

/*
 * whole_file() - read a file
 * @n:	how many bytes; a zero stands behind them
 * Return: the bytes, to be freed; NULL with *err set (ERROR_HOST).
 */
char *whole_file(const char *path, size_t *n, struct error **err);

#endif /* FILE_H */
