// SPDX-License-Identifier: GPL-2.0-only
/*
 * soak.c - many reboots of each way, parted among long chains
 */
#include "soak.h"

#include "scenario.h"

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int divide_up(int a, int b)
{
	return (a + b - 1) / b;
}

struct soak soak_part(int counted, int warmups, int ways, int processors)
{
	int most = counted < SOAK_CHAIN_LEAST ? 1 : counted / SOAK_CHAIN_LEAST;
	int side_by_side = least(processors, SCENARIO_PARALLEL_MAX);
	struct soak s = { .machines = least(divide_up(side_by_side, ways), most) };

	s.reboots = warmups + divide_up(counted, s.machines);
	s.parallel = least(side_by_side, s.machines * ways);
	return s;
}
