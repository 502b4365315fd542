/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_versus.h - the functions in which two profiles differ, for people to read
 */
#ifndef PROFILE_VERSUS_H
#define PROFILE_VERSUS_H

#include <stdio.h>

#include "analysis/profile.h"

/*
 * profile_versus() - each phase's functions that gained or lost most, from A to B
 * @top:	how many functions of each table at most
 */
void profile_versus(const struct profile *a, const struct profile *b, unsigned int top, FILE *to);

#endif /* PROFILE_VERSUS_H */
