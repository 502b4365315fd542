/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_table.h - a profile for people to read
 */
#ifndef PROFILE_TABLE_H
#define PROFILE_TABLE_H

#include <stdio.h>

#include "analysis/profile.h"

/*
 * profile_table() - the sums against the exact clock, then each phase's functions
 * @top:	how many functions of each table at most
 */
void profile_table(const struct profile *p, unsigned int top, FILE *to);

#endif /* PROFILE_TABLE_H */
