/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * table.h - an account for people to read
 */
#ifndef TABLE_H
#define TABLE_H

#include <jansson.h>
#include <stdio.h>

/* Prints an account (account.h); of many steps the first and the last ones. */
void table_print(const json_t *account, FILE *to);

#endif /* TABLE_H */
