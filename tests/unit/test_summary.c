// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_summary.c - what a complete run says of itself, and its exit status
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run/summary.h"
#include "sample_maker.h"

#define N	6

static void make_samples(struct sample *samples, enum verdict third, enum verdict fifth)
{
	for (int i = 0; i < N; i++)
		samples[i] = make_sample("run", 0, i);
	samples[2].judgement.verdict = third;
	samples[4].judgement.verdict = fifth;
}

static void assert_ends(enum verdict third, enum verdict fifth, int status, const char *words)
{
	struct sample samples[N];
	CLEANUP_FREE char *text = NULL;
	struct summary s;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	make_samples(samples, third, fifth);
	s = summary_count(samples, N);
	summary_print_count(f, &s);
	fclose(f);
	assert_string_equal(text, words);
	assert_int_equal(summary_status(&s, N), status);
}

static void all_well(void **state)
{
	(void)state;
	assert_ends(VERDICT_OK, VERDICT_OK, 0, "6 reboots, 0 failed\n");
}

static void a_failed_reboot_is_a_result(void **state)
{
	(void)state;
	assert_ends(VERDICT_HUNG, VERDICT_OK, 1, "6 reboots, 1 failed\n");
}

static void an_instrument_fault_is_no_failed_reboot(void **state)
{
	(void)state;
	assert_ends(VERDICT_INSTRUMENT_FAULT, VERDICT_OK, ERROR_INSTRUMENT,
		    "6 reboots, 0 failed, 1 instrument fault\n");
	assert_ends(VERDICT_INSTRUMENT_FAULT, VERDICT_INSTRUMENT_FAULT, ERROR_INSTRUMENT,
		    "6 reboots, 0 failed, 2 instrument faults\n");
}

static void a_failure_outweighs_a_fault(void **state)
{
	(void)state;
	assert_ends(VERDICT_INSTRUMENT_FAULT, VERDICT_PANICKED, 1,
		    "6 reboots, 1 failed, 1 instrument fault\n");
}

static void what_was_given_up_is_missing(void **state)
{
	struct summary s = { .reboots = 5 };

	(void)state;
	assert_int_equal(summary_status(&s, 6), 1);
	s.faults = 1;
	assert_int_equal(summary_status(&s, 6), ERROR_INSTRUMENT);
}

/* Each clock has a table of its own. */
static void clocks_are_kept_apart(void **state)
{
	CLEANUP_FREE char *text = NULL;
	struct sample samples[2 * N];
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	make_samples(samples, VERDICT_OK, VERDICT_OK);
	make_samples(samples + N, VERDICT_OK, VERDICT_OK);
	for (int i = N; i < 2 * N; i++) {
		strcpy(samples[i].clock, "virtual");
		samples[i].latency_instructions = 259112000 + i;
	}
	summary_print(f, samples, 2 * N);
	fclose(f);
	assert_string_equal(text,
		"way, million instructions            n    ok      median         max\n"
		"kexec vmlinux no-checks              5     5   259.112 M   259.112 M\n"
		"way                                  n    ok      median         max\n"
		"kexec vmlinux no-checks              5     5     2.346 s     2.346 s\n");
}

/* So has each kernel that reboots led to. */
static void kernels_are_kept_apart(void **state)
{
	CLEANUP_FREE char *text = NULL;
	struct sample samples[N];
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	make_samples(samples, VERDICT_OK, VERDICT_OK);
	for (int i = 1; i < N; i += 2) {
		strcpy(samples[i].build, "i386-6.12");
		samples[i].latency_ns += 1000000000;
	}
	summary_print(f, samples, N);
	fclose(f);
	assert_string_equal(text,
		"way, to i386-6.1                     n    ok      median         max\n"
		"kexec vmlinux no-checks              2     2     2.346 s     2.346 s\n"
		"way, to i386-6.12                    n    ok      median         max\n"
		"kexec vmlinux no-checks              3     3     3.346 s     3.346 s\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clocks_are_kept_apart),
		cmocka_unit_test(kernels_are_kept_apart),
		cmocka_unit_test(all_well),
		cmocka_unit_test(a_failed_reboot_is_a_result),
		cmocka_unit_test(an_instrument_fault_is_no_failed_reboot),
		cmocka_unit_test(a_failure_outweighs_a_fault),
		cmocka_unit_test(what_was_given_up_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
