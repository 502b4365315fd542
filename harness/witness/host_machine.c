// SPDX-License-Identifier: GPL-2.0-only
/*
 * host_machine.c - a machine by the wall clock that the host's perf looks at
 */
#include "host_machine.h"

#include <errno.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/path.h"
#include "machine/machine.h"
#include "machine/sampler.h"
#include "profile_machine.h"
#include "symbols.h"

/* perf takes some tenths of a second to begin, on a busy host more. */
#define LEAST_SETTLE_MS	2000

/* A reboot under perf. */
struct session {
	struct scenario by_wall;
	struct subject subject;
	char *samples;			/* perf's file */
	const char *dir;
};

static void session_close(struct session *s)
{
	vec_free(&s->subject.events);
	free(s->samples);
}

/* Return: as subject_reboot(). */
static int reboot(struct session *session, struct subject *s, const char *dir, bool kvm, FILE *to,
		  struct error **err)
{
	struct scenario *by_wall = &session->by_wall;
	struct subject *subject = &session->subject;
	int rc;

	session->dir = dir;
	session->samples = path_below(dir, "perf.data");
	*by_wall = *s->scenario;
	by_wall->clock = (char *)"wall";
	if (by_wall->chain.settle_ms < LEAST_SETTLE_MS)
		by_wall->chain.settle_ms = LEAST_SETTLE_MS;
	*subject = *s;
	subject->scenario = by_wall;
	subject->samples = session->samples;
	subject->kvm = kvm;
	subject->events = (event_vec){ 0 };
	rc = subject_reboot(subject, dir, NULL, to, err);
	s->sample = subject->sample;
	return rc;
}

/* What perf recorded up to ready, as text to be freed; NULL with *err set. */
static char *text_of(const struct session *s, const char *file, enum sampler_what what,
		     struct error **err)
{
	CLEANUP_FREE char *path = path_below(s->dir, "perf.txt"), *text = NULL;
	const struct phases *phases = &s->subject.sample.phases;
	size_t n;

	if (!sampler_text(file, what, phases->request_ns - NS_PER_S, phases->ready_ns, path, err))
		text = file_read(path, FILE_ANY_LENGTH, &n, err);
	unlink(path);
	return steal_ptr(&text);
}

static int too_late(struct error **err)
{
	return error_set(err, ERROR_INSTRUMENT, EAGAIN, "perf began behind the request");
}

static int read_samples(const struct session *s, struct host_profile *p, struct error **err)
{
	CLEANUP_FREE char *text = text_of(s, s->samples, SAMPLER_EMULATOR, err);
	host_sample_vec samples = { 0 };
	int rc;

	if (!text)
		return error_rc(*err);
	rc = host_samples_read(text, &samples, err);
	/* Even an idle machine is sampled some times a second. */
	if (!rc && (!samples.n || samples.at[0].ns >= s->subject.sample.phases.request_ns))
		rc = too_late(err);
	if (!rc)
		host_profile_cut(p, &samples, &s->subject.events, scenario_phases(s->subject.way));
	vec_free(&samples);
	return rc;
}

int host_machine_emulated(struct subject *s, const char *dir, struct host_profile *p, FILE *to,
			  struct error **err)
{
	CLEANUP(session_close) struct session session = { 0 };
	int rc;

	*p = (struct host_profile){ .hz = SAMPLER_HZ };
	rc = sampler_check(&p->host_kernel, err);
	if (!rc)
		rc = reboot(&session, s, dir, false, to, err);
	if (rc)
		return rc;
	p->kernel = s->sample.kernel;
	p->processor_ns = s->sample.perf[PERF_TASK_CLOCK_NS];
	return read_samples(&session, p, err);
}

static const char *name_of(uint64_t address, const void *arg)
{
	const struct symbol *symbol = symbols_at(arg, address);

	return symbol ? symbol->name : "(outside the kernel's image)";
}

static int read_functions(const struct session *s, const struct kvm_reboot *r,
			  struct kvm_profile *p, struct error **err)
{
	CLEANUP_FREE char *file = machine_guest_samples(s->samples);
	CLEANUP(symbols_free) struct symbols symbols = { 0 };
	CLEANUP_ERROR struct error *not_sampled = NULL;
	CLEANUP_FREE char *text = text_of(s, file, SAMPLER_GUEST, &not_sampled);
	int rc;

	if (!text)
		return 0;
	rc = profile_machine_symbols(&s->subject, &symbols, err);
	return rc ? rc : kvm_samples_read(text, r, name_of, &symbols, p, err);
}

static int read_exits(const struct session *s, const struct kvm_reboot *r, struct kvm_profile *p,
		      struct error **err)
{
	CLEANUP_FREE char *text = text_of(s, s->samples, SAMPLER_EXITS, err);
	int rc = text ? kvm_exits_read(text, r, p, err) : error_rc(*err);

	/* A shutdown without an exit is none. */
	if (!rc && (!p->exits.n || p->exits.at[0].phase != PHASE_SHUTDOWN))
		rc = too_late(err);
	return rc;
}

int host_machine_kvm(struct subject *s, const char *dir, struct kvm_profile *p, FILE *to,
		     struct error **err)
{
	CLEANUP(session_close) struct session session = { 0 };
	struct kvm_reboot r = {
		.events = &session.subject.events, .expected = scenario_phases(s->way),
	};
	bool kernel;
	int rc;

	p->hz = SAMPLER_HZ;
	rc = sampler_check(&kernel, err);
	if (!rc)
		rc = reboot(&session, s, dir, true, to, err);
	if (!rc)
		rc = read_exits(&session, &r, p, err);
	if (!rc)
		rc = read_functions(&session, &r, p, err);
	if (rc)
		return rc;
	p->kernel = s->sample.kernel;
	kvm_profile_finish(p, &r);
	return 0;
}
