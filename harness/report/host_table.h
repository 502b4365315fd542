/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host_table.h - where the time of an emulated reboot went, for people to read
 */
#ifndef HOST_TABLE_H
#define HOST_TABLE_H

#include <stdio.h>

#include "analysis/host_profile.h"

/* Shares of each phase and of the whole reboot, and how far they can be trusted. */
void host_table(const struct host_profile *p, FILE *to);

#endif /* HOST_TABLE_H */
