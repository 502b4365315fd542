/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host_speed.h - did the speed of the host change while it was measured?
 *
 * What a phase takes varies for reasons of its own, and with the speed of the host. The
 * second makes two phases of the same reboot long or short together, whatever the way.
 * Pure.
 */
#ifndef HOST_SPEED_H
#define HOST_SPEED_H

#include "base/vec.h"
#include "reboot/sample.h"

typedef VEC(double) host_speed_vec;

/* Two phases that every way has, of each reboot; host_speed_free() it. */
struct host_speed {
	host_speed_vec kernel, userspace;	/* relative to the medians of way and index */
};

/*
 * host_speed_add() - add the reboots of one way
 * @s:	its samples by the wall clock; those that do not count or did not come up, or
 *	have not both phases, are passed over
 */
void host_speed_add(struct host_speed *h, const struct sample *s, size_t n);

/*
 * host_speed_correlation() - Spearman's rank correlation of the two phases
 * Return: -1 to 1; NAN for fewer than 24 reboots, or when the kernel phase hardly varies
 * (80 % of all reboots within 15 %).
 */
double host_speed_correlation(const struct host_speed *h);

/* True when the correlation is so high that figures of this run are the host's in part. */
bool host_speed_changed(const struct host_speed *h);

/* Frees what is in it, not *h. */
void host_speed_free(struct host_speed *h);

#endif /* HOST_SPEED_H */
