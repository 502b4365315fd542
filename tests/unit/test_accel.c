// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_accel.c - the accelerator is chosen by proof and by nothing less
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <time.h>

#include "machine/accel.h"

static enum accelerator chosen_of(enum accelerator wanted, bool kvm)
{
	struct accel_proof proof = { .kvm = kvm };
	CLEANUP_ERROR struct error *err = NULL;
	enum accelerator chosen;

	assert_int_equal(accel_choose(wanted, &proof, &chosen, &err), 0);
	return chosen;
}

static void auto_takes_what_is_proved(void **state)
{
	(void)state;
	assert_int_equal(chosen_of(ACCELERATOR_AUTO, true), ACCELERATOR_KVM);
	assert_int_equal(chosen_of(ACCELERATOR_AUTO, false), ACCELERATOR_TCG);
	assert_int_equal(chosen_of(ACCELERATOR_TCG, true), ACCELERATOR_TCG);
	assert_int_equal(chosen_of(ACCELERATOR_KVM, true), ACCELERATOR_KVM);
}

static void kvm_without_proof_is_refused_with_the_reason(void **state)
{
	struct accel_proof proof = { .reason = "the loop was slow" };
	CLEANUP_ERROR struct error *err = NULL;
	enum accelerator chosen;

	(void)state;
	assert_int_equal(accel_choose(ACCELERATOR_KVM, &proof, &chosen, &err), -ENODEV);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->message, "the loop was slow"));
	assert_non_null(err->hint);
}

static void proof_is_bounded_and_consistent(void **state)
{
	struct timespec before, after;
	struct accel_proof proof;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &before);
	accel_prove(&proof);
	clock_gettime(CLOCK_MONOTONIC, &after);
	/* Half a second is allowed to the loop; ten are for a host that is busy. */
	assert_true(after.tv_sec - before.tv_sec < 10);
	assert_true(strlen(proof.reason) > 0);
	assert_true(proof.bound_ns > 0);
	if (proof.kvm)
		assert_true(proof.cpu_flag && proof.device && proof.ran &&
			    proof.loop_ns > 0 && proof.loop_ns <= proof.bound_ns);
	if (!proof.device)
		assert_true(!proof.ran && !proof.kvm && proof.loop_ns == -1);
}

static void names_are_those_of_scenarios(void **state)
{
	(void)state;
	assert_string_equal(accel_name(ACCELERATOR_AUTO), "auto");
	assert_string_equal(accel_name(ACCELERATOR_KVM), "kvm");
	assert_string_equal(accel_name(ACCELERATOR_TCG), "tcg");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(auto_takes_what_is_proved),
		cmocka_unit_test(kvm_without_proof_is_refused_with_the_reason),
		cmocka_unit_test(proof_is_bounded_and_consistent),
		cmocka_unit_test(names_are_those_of_scenarios),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
