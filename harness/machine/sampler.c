// SPDX-License-Identifier: GPL-2.0-only
/*
 * sampler.c - perf on the threads of a machine's process
 *
 * Callers are taken along with each sample, as copies of the stack that perf unwinds later:
 * QEMU has no frame pointers, and no names for its static functions. From the named function
 * above such a one follows what it was called for.
 */
#include "sampler.h"

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

static void *record(void *arg)
{
	struct sampler *s = arg;
	CLEANUP_FREE char *threads = lasting_threads(s->pid);
	const char *const argv[] = {
		"perf", "record", "--quiet", "--no-buildid", "--output", s->file,
		"--event", s->kernel ? SAMPLER_EVENT : SAMPLER_EVENT ":u",
		"--freq", TEXT(SAMPLER_HZ), "--clockid", "mono",
		"--call-graph", "dwarf," TEXT(STACK_BYTES), "--tid", threads, NULL,
	};

	subprocess_run(argv, NULL, &s->err);
	return NULL;
}

static void sampler_free(struct sampler *s)
{
	free(s->file);
	free(s);
}

struct sampler *sampler_start(pid_t pid, const char *file, struct error **err)
{
	struct sampler *s = calloc(1, sizeof(*s));
	int rc;

	if (!s)
		abort();
	s->pid = pid;
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

int sampler_text(const char *file, int64_t from_ns, int64_t to_ns, const char *text,
		 struct error **err)
{
	CLEANUP_FREE char *time = text_format("%" PRId64 ".%09" PRId64 ",%" PRId64 ".%09" PRId64,
					      from_ns / NS_PER_S, from_ns % NS_PER_S,
					      to_ns / NS_PER_S, to_ns % NS_PER_S);
	const char *const argv[] = {
		"perf", "script", "--input", file, "--ns", "--no-inline", "--time", time,
		"--fields", "comm,tid,time,ip,sym,dso", NULL,
	};

	return subprocess_write(argv, text, err);
}
