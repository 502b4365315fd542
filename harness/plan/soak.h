/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * soak.h - many reboots of each way, parted among long chains that run side by side
 */
#ifndef SOAK_H
#define SOAK_H

/* Counted reboots of one machine that say what they do to it, and what a report calls a long chain. */
#define SOAK_CHAIN_LEAST	10

struct soak {
	int machines;			/* of each way */
	int reboots;			/* of each of them, warm-ups included */
	int parallel;			/* machines side by side */
};

/*
 * soak_part() - as few machines as keep all processors busy: what many reboots do is seen in long chains
 * @counted:	reboots wanted of each way; each chain has as many as the others, so there may be more
 * @warmups:	of each machine
 * @ways:	how many
 * @processors:	that the machines may use, one each; more than SCENARIO_PARALLEL_MAX stay idle
 *
 * Pure.
 */
struct soak soak_part(int counted, int warmups, int ways, int processors);

#endif /* SOAK_H */
