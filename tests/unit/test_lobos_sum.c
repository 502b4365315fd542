// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_lobos_sum.c - the checksums of a LOBOS image find what they promise to find
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../impls/lobos/files/kernel/lobos/sum.c"

#define PAGES 3
#define ROWS (PAGES * LOBOS_SUM_GROUPS * LOBOS_SUM_COLUMNS)
#define WORDS (ROWS * LOBOS_LANES)

static uint32_t image[WORDS];

static struct lobos_sums sums_of_image(void)
{
	struct lobos_sums sums = { 0 };

	for (size_t page = 0; page < PAGES; page++)
		lobos_sum_page(&sums, image + page * WORDS / PAGES);
	return sums;
}

/* What is the same in an image that is only pages of zeros, for one word that is not. */
static struct lobos_sums sums_of_one(size_t word, uint32_t value)
{
	struct lobos_sums sums;

	image[word] = value;
	sums = sums_of_image();
	image[word] = 0;
	return sums;
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct lobos_sums));
}

/*
 * Sums are linear: what two wrong words do to them is what each does alone. Two
 * go unseen if and only if both do the same. "all" is then the same, so that it
 * is enough to try one value at all places.
 */
static void test_two_wrong_words_of_a_lane_are_found(void **state)
{
	static const uint32_t values[] = { 1, 0x80000000, 0xffffffff, 0x12345678 };
	struct lobos_sums *sums = calloc(ROWS, sizeof(*sums));

	(void)state;
	assert_non_null(sums);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		for (size_t row = 0; row < ROWS; row++) {
			sums[row] = sums_of_one(row * LOBOS_LANES + 2, values[i]);
			assert_int_equal(sums[row].all[2], values[i]);
			assert_int_equal(sums[row].all[0], 0);
		}
		qsort(sums, ROWS, sizeof(*sums), compare);
		for (size_t row = 1; row < ROWS; row++)
			assert_int_not_equal(compare(&sums[row - 1], &sums[row]), 0);
	}
	free(sums);
}

static void test_sums_are_linear(void **state)
{
	struct lobos_sums a = sums_of_one(17, 0xdeadbeef), b = sums_of_one(2900, 77), both;

	(void)state;
	image[17] = 0xdeadbeef;
	image[2900] = 77;
	both = sums_of_image();
	memset(image, 0, sizeof(image));
	for (size_t lane = 0; lane < LOBOS_LANES; lane++) {
		assert_int_equal(both.all[lane], a.all[lane] ^ b.all[lane]);
		assert_int_equal(both.columns[lane], a.columns[lane] ^ b.columns[lane]);
		assert_int_equal(both.groups[lane], a.groups[lane] ^ b.groups[lane]);
	}
}

/* Worked out by hand: the last row of the image is worth 1, the one before it x. */
static void test_powers_of_x(void **state)
{
	struct lobos_sums last = sums_of_one(WORDS - 1, 1), other;

	(void)state;
	assert_int_equal(last.columns[3], 1);
	assert_int_equal(last.groups[3], 1);
	other = sums_of_one(WORDS - 1 - LOBOS_LANES, 1);
	assert_int_equal(other.columns[3], 2);
	assert_int_equal(other.groups[3], 1);
	other = sums_of_one(WORDS - 1 - LOBOS_LANES, 0x80000000);
	assert_int_equal(other.columns[3], CRC32_POLYNOMIAL);
	other = sums_of_one(WORDS - 1 - LOBOS_LANES * LOBOS_SUM_COLUMNS, 1);
	assert_int_equal(other.columns[3], 1);
	assert_int_equal(other.groups[3], 2);
	/* The last row of the page before: sixteen columns and sixteen groups later. */
	other = sums_of_one(WORDS - 1 - WORDS / PAGES, 1);
	assert_int_equal(other.columns[3], 1 << 16);
	assert_int_equal(other.groups[3], 1 << 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_wrong_words_of_a_lane_are_found),
		cmocka_unit_test(test_sums_are_linear),
		cmocka_unit_test(test_powers_of_x),
	};

	return cmocka_run_group_tests_name("lobos_sum", tests, NULL, NULL);
}
