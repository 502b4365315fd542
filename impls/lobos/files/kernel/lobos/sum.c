// SPDX-License-Identifier: GPL-2.0-only
/*
 * sum.c - the checksums of an image
 *
 * A row is one 32-bit word of each lane. A page is 16 groups of 16 rows; the
 * rows with the same place in their groups are a column. A word is a polynomial
 * over GF(2) modulo that of CRC-32, so that a product with x is a shift, and the
 * sum of two words is their exclusive or. For each lane:
 *
 *	all		the sum of all words
 *	columns		the sums of the columns, each times its own power of x
 *	groups		the sums of the groups, each times its own power of x
 *
 * The powers go on from page to page, and none occurs twice, because x has the
 * order 2^32 - 1. If two words of a lane are wrong by e and f, the sums cannot
 * all be right: "all" gives e = f, "columns" then the same page and column, and
 * "groups" the same group. So any damage to at most two words of each lane is
 * found, that is any to eight words in a row. It costs little because the
 * product, the dear step, is needed for 32 sums a page instead of 256 rows.
 */
#include "sum.h"

#define CRC32_POLYNOMIAL	0x04c11db7

static __u32 times_x(__u32 word)
{
	return word << 1 ^ (word >> 31) * CRC32_POLYNOMIAL;
}

static void sum_columns(struct lobos_sums *sums, const __u32 *rows, unsigned int lane)
{
	unsigned int group, column;

	for (column = 0; column < LOBOS_SUM_COLUMNS; column++) {
		__u32 sum = 0;

		for (group = 0; group < LOBOS_SUM_GROUPS; group++)
			sum ^= rows[(group * LOBOS_SUM_COLUMNS + column) * LOBOS_LANES + lane];
		sums->columns[lane] = times_x(sums->columns[lane]) ^ sum;
	}
}

static void sum_groups(struct lobos_sums *sums, const __u32 *rows, unsigned int lane)
{
	unsigned int group, column;

	for (group = 0; group < LOBOS_SUM_GROUPS; group++) {
		__u32 sum = 0;

		for (column = 0; column < LOBOS_SUM_COLUMNS; column++)
			sum ^= rows[(group * LOBOS_SUM_COLUMNS + column) * LOBOS_LANES + lane];
		sums->groups[lane] = times_x(sums->groups[lane]) ^ sum;
		sums->all[lane] ^= sum;
	}
}

void lobos_sum_page(struct lobos_sums *sums, const void *page)
{
	unsigned int lane;

	for (lane = 0; lane < LOBOS_LANES; lane++) {
		sum_columns(sums, page, lane);
		sum_groups(sums, page, lane);
	}
}
