// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_claim.c - the paper's words, and what agrees with them
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plan/claim.h"

static void every_claim_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int c = 0; c < CLAIMS; c++) {
		assert_non_null(claim_name(c));
		assert_non_null(claim_title(c));
		assert_int_equal(claim_from_name(claim_name(c)), c);
	}
	assert_int_equal(claim_from_name("taste"), CLAIMS);
}

static void values_are_words_or_numbers(void **state)
{
	static const char *const numbers[] = {
		"4", "0", "24.6", "270 to 330", "5 to 5", "> 30", ">= 600", "<99", "<= 0",
		"least", "most",
	};
	static const char *const none[] = {
		"", "four", "-1", "4 lines", "330 to 270", "4 to", "=4", ">> 4", "<> 4", "> inf",
		"4to 5", "on", ">=< 3", "nan",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (claim_takes(CLAIM_SIZE, numbers[i]))
			fail_msg("\"%s\" is refused", numbers[i]);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (!claim_takes(CLAIM_SIZE, none[i]))
			fail_msg("\"%s\" is taken", none[i]);
	assert_null(claim_takes(CLAIM_PAGING, "on"));
	assert_string_equal(claim_takes(CLAIM_PAGING, "yes"), "on or off");
	assert_non_null(claim_takes(CLAIM_PAGING, "4"));
	assert_non_null(claim_takes(CLAIM_PAGING, "least"));
	assert_null(claim_takes(CLAIM_READS_FILE, "program"));
}

static void words_are_compared_as_they_are(void **state)
{
	(void)state;
	assert_int_equal(claim_compare(CLAIM_LOG, "yes", "yes", NAN), AGREEMENT_SAME);
	assert_int_equal(claim_compare(CLAIM_LOG, "yes", "not always", NAN), AGREEMENT_OTHER);
	assert_int_equal(claim_compare(CLAIM_LOG, "yes", NULL, NAN), AGREEMENT_OPEN);
	assert_int_equal(claim_compare(CLAIM_LOG, NULL, "yes", NAN), AGREEMENT_OPEN);
}

static void numbers_are_compared_with_their_ends(void **state)
{
	static const struct {
		const char *said;
		double inside, outside;
	} cases[] = {
		{ "4", 4, 3 }, { "270 to 330", 270, 269 }, { "270 to 330", 330, 331 },
		{ ">= 600", 600, 599 }, { "> 30", 30.1, 30 }, { "<= 8", 8, 9 }, { "< 8", 0, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(claim_compare(CLAIM_SIZE, cases[i].said, NULL, cases[i].inside),
				 AGREEMENT_SAME);
		assert_int_equal(claim_compare(CLAIM_SIZE, cases[i].said, NULL, cases[i].outside),
				 AGREEMENT_OTHER);
	}
	assert_int_equal(claim_compare(CLAIM_SIZE, "4", NULL, NAN), AGREEMENT_OPEN);
	assert_int_equal(claim_compare(CLAIM_SIZE, "least", NULL, 4), AGREEMENT_OPEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_claim_has_a_name_of_its_own),
		cmocka_unit_test(values_are_words_or_numbers),
		cmocka_unit_test(words_are_compared_as_they_are),
		cmocka_unit_test(numbers_are_compared_with_their_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
