// SPDX-License-Identifier: GPL-2.0-only
/*
 * sampler.c - perf on the threads of a machine's process
 *
 * Callers are taken along with each sample, as copies of the stack that perf unwinds later:
 * QEMU has no frame pointers, and no names for its static functions. From the named function
 * above such a one follows what it was called for.
 */
#include "sampler.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/subprocess.h"
#include "base/text.h"
#include "perf.h"

#define TEXT_OF(number)	#number
#define TEXT(number)	TEXT_OF(number)

/* Of each stack so many bytes are copied. */
#define STACK_BYTES	4096

struct sampler {
	pthread_t thread;
	pid_t pid;
	enum sampler_what what;
	char *file;
	bool kernel;
	struct error *err;
};

int sampler_check(bool *kernel, struct error **err)
{
	int rc;

	*kernel = perf_samples(true);
	if (!*kernel && !perf_samples(false)) {
		rc = error_set(err, ERROR_HOST, EACCES, "this host forbids sampling");
		error_hint(err, "sysctl kernel.perf_event_paranoid=1, or run as root");
		return rc;
	}
	if (subprocess_found("perf"))
		return 0;
	rc = error_set(err, ERROR_HOST, ENOENT, "perf is not installed");
	error_hint(err, "apt-get install linux-perf");
	return rc;
}

/*
 * "4711,4715": its threads but the workers, which end when they have nothing to do. perf 6.1
 * takes a whole processor for itself once a thread that it samples has ended.
 */
static char *lasting_threads(pid_t pid)
{
	CLEANUP_FREE char *dir = text_format("/proc/%d/task", pid);
	CLEANUP_CLOSEDIR DIR *tasks = opendir(dir);
	char *list = text_format("%d", pid);
	const struct dirent *e;

	while (tasks && (e = readdir(tasks))) {
		CLEANUP_FREE char *path = text_format("%s/%s/comm", dir, e->d_name);
		CLEANUP_FREE char *name = file_first_line(path), *before = list;

		if (name && atoi(e->d_name) > 0 && atoi(e->d_name) != pid && strcmp(name, "worker"))
			list = text_format("%s,%s", before, e->d_name);
		else
			before = NULL;
	}
	return list;
}

/* Appends words up to a NULL. */
static void add_words(const char *words[SAMPLER_WORDS], const char *const more[])
{
	size_t n = 0;

	while (words[n])
		n++;
	for (size_t i = 0; more[i]; i++) {
		assert(n + 1 < SAMPLER_WORDS);
		words[n++] = more[i];
	}
	words[n] = NULL;
}

#define ADD(words, ...) add_words(words, (const char *const[]){ __VA_ARGS__, NULL })

void sampler_record_words(enum sampler_what what, bool kernel, const char *threads,
			  const char *file, const char *words[SAMPLER_WORDS])
{
	words[0] = NULL;
	if (what == SAMPLER_EMULATOR)
		ADD(words, "perf", "record", "--no-buildid", "--event",
		    kernel ? "cpu-clock" : "cpu-clock:u", "--freq", TEXT(SAMPLER_HZ),
		    "--call-graph", "dwarf," TEXT(STACK_BYTES));
	else if (what == SAMPLER_GUEST)
		ADD(words, "perf", "kvm", "--guest", "record", "--no-buildid", "--freq",
		    TEXT(SAMPLER_HZ));
	else
		ADD(words, "perf", "kvm", "stat", "record");
	ADD(words, "--quiet", "--clockid", "mono", "--output", file, "--tid", threads);
}

void sampler_text_words(enum sampler_what what, const char *file, const char *time,
			const char *words[SAMPLER_WORDS])
{
	static const char *const fields[] = {
		[SAMPLER_EMULATOR] = "comm,tid,time,ip,sym,dso",
		[SAMPLER_GUEST] = "tid,time,ip",
		[SAMPLER_EXITS] = "tid,time,event,trace",
	};

	words[0] = NULL;
	ADD(words, "perf", "script", "--input", file, "--ns", "--no-inline", "--time", time,
	    "--fields", fields[what]);
}

static void *record(void *arg)
{
	struct sampler *s = arg;
	CLEANUP_FREE char *threads = lasting_threads(s->pid);
	const char *words[SAMPLER_WORDS];

	sampler_record_words(s->what, s->kernel, threads, s->file, words);
	subprocess_run(words, NULL, &s->err);
	return NULL;
}

static void sampler_free(struct sampler *s)
{
	free(s->file);
	free(s);
}

struct sampler *sampler_start(pid_t pid, enum sampler_what what, const char *file,
			      struct error **err)
{
	struct sampler *s = calloc(1, sizeof(*s));
	int rc;

	if (!s)
		abort();
	s->pid = pid;
	s->what = what;
	s->file = text_format("%s", file);
	rc = sampler_check(&s->kernel, err);
	if (!rc) {
		rc = pthread_create(&s->thread, NULL, record, s);
		if (rc)
			error_set(err, ERROR_HOST, rc, "cannot start the thread of perf");
	}
	if (!rc)
		return s;
	sampler_free(s);
	return NULL;
}

int sampler_end(struct sampler *s, struct error **err)
{
	int rc = 0;

	pthread_join(s->thread, NULL);
	if (s->err) {
		*err = s->err;
		rc = error_rc(*err);
	}
	sampler_free(s);
	return rc;
}

int sampler_text(const char *file, enum sampler_what what, int64_t from_ns, int64_t to_ns,
		 const char *text, struct error **err)
{
	CLEANUP_FREE char *time = text_format("%" PRId64 ".%09" PRId64 ",%" PRId64 ".%09" PRId64,
					      from_ns / NS_PER_S, from_ns % NS_PER_S,
					      to_ns / NS_PER_S, to_ns % NS_PER_S);
	const char *words[SAMPLER_WORDS];

	sampler_text_words(what, file, time, words);
	return subprocess_write(words, text, err);
}
