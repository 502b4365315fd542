// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_sampler.c - perf on a process that computes, and a host that has no perf
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "analysis/host_profile.h"
#include "base/clock.h"
#include "base/file.h"
#include "machine/sampler.h"
#include "scratch.h"

#define COMPUTES_MS	1500

/* A process that computes and then ends; killed, so that valgrind does not look for leaks in it. */
static pid_t compute(void)
{
	struct timespec used = { 0 };
	pid_t pid = fork();

	if (pid)
		return pid;
	/* Processor time: on a busy host perf begins late, too. */
	while (used.tv_sec * 1000 + used.tv_nsec / NS_PER_MS < COMPUTES_MS)
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	raise(SIGKILL);
	return -1;
}

static void skip_without_perf(void)
{
	CLEANUP_ERROR struct error *err = NULL;
	bool kernel;

	if (sampler_check(&kernel, &err)) {
		print_message("%s\n", err->message);
		skip();
	}
}

static void a_process_is_sampled_to_its_end(void **state)
{
	CLEANUP_FREE char *data = scratch_path(state, "perf.data");
	CLEANUP_FREE char *path = scratch_path(state, "perf.txt"), *text = NULL;
	int64_t from = clock_now_ns();
	host_sample_vec samples = { 0 };
	struct error *err = NULL;
	struct sampler *s;
	size_t n;
	pid_t pid;

	skip_without_perf();
	pid = compute();
	s = sampler_start(pid, SAMPLER_EMULATOR, data, &err);
	assert_non_null(s);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(sampler_end(s, &err), 0);
	assert_int_equal(sampler_text(data, SAMPLER_EMULATOR, from, clock_now_ns(), path,
				      &err), 0);
	text = file_read(path, FILE_ANY_LENGTH, &n, &err);
	assert_non_null(text);
	assert_int_equal(host_samples_read(text, &samples, &err), 0);
	assert_in_range(samples.n, 10, COMPUTES_MS + 100);
	for (size_t i = 0; i < samples.n; i++)
		assert_true(samples.at[i].ns >= from && samples.at[i].ns <= clock_now_ns());
	vec_free(&samples);
}

static void a_process_that_has_ended_is_an_error(void **state)
{
	CLEANUP_FREE char *data = scratch_path(state, "perf.data");
	CLEANUP_ERROR struct error *err = NULL;
	struct sampler *s;
	pid_t pid;

	skip_without_perf();
	pid = fork();
	if (!pid)
		raise(SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	s = sampler_start(pid, SAMPLER_EMULATOR, data, &err);
	assert_non_null(s);
	assert_int_equal(sampler_end(s, &err), -EIO);
}

static void a_host_without_perf_says_what_to_do(void **state)
{
	CLEANUP_FREE char *dir = scratch_path(state, "no-programs"), *path = strdup(getenv("PATH"));
	CLEANUP_ERROR struct error *err = NULL;
	bool kernel;
	int rc;

	setenv("PATH", dir, 1);
	rc = sampler_check(&kernel, &err);
	setenv("PATH", path, 1);
	/* Where sampling is forbidden, that comes first. */
	assert_true(rc == -ENOENT || rc == -EACCES);
	assert_non_null(err->hint);
}

static void assert_words(const char *const *words, const char *expected)
{
	char text[512] = "";

	for (size_t i = 0; words[i]; i++) {
		strcat(text, *text ? " " : "");
		strcat(text, words[i]);
	}
	assert_string_equal(text, expected);
}

/* Nothing here runs those of KVM: perf-kvm(1) and perf-script(1) have these words. */
static void commands_are_in_perfs_words(void **state)
{
	const char *words[SAMPLER_WORDS];

	(void)state;
	sampler_record_words(SAMPLER_EMULATOR, false, "1,2", "f", words);
	assert_words(words, "perf record --no-buildid --event cpu-clock:u --freq 997 "
		     "--call-graph dwarf,4096 --quiet --clockid mono --output f --tid 1,2");
	sampler_record_words(SAMPLER_GUEST, true, "1,2", "f", words);
	assert_words(words, "perf kvm --guest record --no-buildid --freq 997 "
		     "--quiet --clockid mono --output f --tid 1,2");
	sampler_record_words(SAMPLER_EXITS, true, "1,2", "f", words);
	assert_words(words, "perf kvm stat record --quiet --clockid mono --output f --tid 1,2");
	sampler_text_words(SAMPLER_EXITS, "f", "1.5,2.5", words);
	assert_words(words, "perf script --input f --ns --no-inline --time 1.5,2.5 "
		     "--fields tid,time,event,trace");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_process_is_sampled_to_its_end, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_process_that_has_ended_is_an_error,
						scratch_setup, scratch_teardown),
		cmocka_unit_test(commands_are_in_perfs_words),
		cmocka_unit_test_setup_teardown(a_host_without_perf_says_what_to_do,
						scratch_setup, scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
