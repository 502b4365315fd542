// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_machine.c - a machine by the wall clock whose emulator is sampled
 */
#include "host_machine.h"

#include <errno.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/path.h"
#include "machine/sampler.h"

/* perf takes some tenths of a second to begin, on a busy host more. */
#define LEAST_SETTLE_MS	2000

static int read_samples(const struct subject *s, const char *dir, struct host_profile *p,
			struct error **err)
{
	CLEANUP_FREE char *path = path_below(dir, "perf.txt"), *text = NULL;
	const struct phases *phases = &s->sample.phases;
	host_sample_vec samples = { 0 };
	size_t n;
	int rc;

	rc = sampler_text(s->samples, phases->request_ns - NS_PER_S, phases->ready_ns, path, err);
	if (rc)
		return rc;
	text = file_read(path, FILE_ANY_LENGTH, &n, err);
	unlink(path);
	if (!text)
		return error_rc(*err);
	rc = host_samples_read(text, &samples, err);
	/* Even an idle machine is sampled some times a second. */
	if (!rc && (!samples.n || samples.at[0].ns >= phases->request_ns))
		rc = error_set(err, ERROR_INSTRUMENT, EAGAIN, "perf began behind the request");
	if (!rc)
		host_profile_cut(p, &samples, &s->events, scenario_phases(s->way));
	vec_free(&samples);
	return rc;
}

int host_machine_reboot(struct subject *s, const char *dir, struct host_profile *p, FILE *to,
			struct error **err)
{
	CLEANUP_FREE char *samples = path_below(dir, "perf.data");
	struct scenario by_wall = *s->scenario;
	struct subject sampled = *s;
	int rc;

	*p = (struct host_profile){ .hz = SAMPLER_HZ };
	rc = sampler_check(&p->host_kernel, err);
	if (rc)
		return rc;
	by_wall.clock = (char *)"wall";
	if (by_wall.chain.settle_ms < LEAST_SETTLE_MS)
		by_wall.chain.settle_ms = LEAST_SETTLE_MS;
	sampled.scenario = &by_wall;
	sampled.samples = samples;
	sampled.events = (event_vec){ 0 };
	rc = subject_reboot(&sampled, dir, NULL, to, err);
	if (!rc)
		rc = read_samples(&sampled, dir, p, err);
	vec_free(&sampled.events);
	s->sample = sampled.sample;
	p->kernel = s->sample.kernel;
	p->processor_ns = s->sample.perf[PERF_TASK_CLOCK_NS];
	return rc;
}
