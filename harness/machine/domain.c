// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain.c - one transient virtual machine through libvirt
 *
 * An event belongs to a machine by UUID, which is known only when the machine
 * already runs: what comes meanwhile is kept aside and taken over.
 */
#include <errno.h>
#include <string.h>

#include <libvirt/libvirt-qemu.h>

#include "base/clock.h"
#include "domain_private.h"
#include "owner.h"
#include "perf.h"

static void begin_start(struct connection *c)
{
	LOCKED(&c->lock);

	c->starting++;
}

/* Enters d in the list, if it was started, with the events that came meanwhile. */
static void end_start(struct connection *c, struct domain *d)
{
	LOCKED(&c->lock);

	c->starting--;
	if (d->v && !virDomainGetUUID(d->v, d->uuid)) {
		d->next = c->domains;
		c->domains = d;
		for (size_t i = 0; i < c->early.n; i++)
			if (!memcmp(c->early.at[i].uuid, d->uuid, sizeof(d->uuid)))
				vec_push(&d->events, c->early.at[i].event);
	}
	if (!c->starting)
		c->early.n = 0;
}

static void leave_list(struct domain *d)
{
	struct domain **p = &d->c->domains;
	LOCKED(&d->c->lock);

	while (*p && *p != d)
		p = &(*p)->next;
	if (*p)
		*p = d->next;
}

static struct domain *start(struct connection *c, const char *xml, unsigned int flags,
			    struct error **err)
{
	CLEANUP(cleanup_domain_end) struct domain *d = calloc(1, sizeof(*d));
	char owner[OWNER_LENGTH];

	if (!d)
		abort();
	d->c = c;
	begin_start(c);
	if (c->autodestroy)
		flags |= VIR_DOMAIN_START_AUTODESTROY;
	d->v = virDomainCreateXML(c->v, xml, flags);
	end_start(c, d);
	if (!d->v) {
		libvirt_error(err, ERROR_INSTRUMENT, "cannot start a machine");
		return NULL;
	}
	owner_text(owner);
	if (c->state_lock < 0)
		virDomainSetMetadata(d->v, VIR_DOMAIN_METADATA_DESCRIPTION, owner, NULL, NULL,
				     VIR_DOMAIN_AFFECT_LIVE);
	return steal_ptr(&d);
}

struct domain *domain_start(struct connection *c, const char *xml, struct error **err)
{
	return start(c, xml, 0, err);
}

struct domain *domain_start_paused(struct connection *c, const char *xml, struct error **err)
{
	return start(c, xml, VIR_DOMAIN_START_PAUSED, err);
}

int domain_reset(struct domain *d, struct error **err)
{
	if (!virDomainReset(d->v, 0))
		return 0;
	return libvirt_error(err, ERROR_INSTRUMENT, "cannot reset a machine");
}

void domain_events(struct domain *d, event_vec *to)
{
	LOCKED(&d->c->lock);

	for (size_t i = 0; i < d->events.n; i++)
		vec_push(to, d->events.at[i]);
	d->events.n = 0;
}

int domain_type(struct domain *d, char *type, struct error **err)
{
	CLEANUP_FREE char *xml = virDomainGetXMLDesc(d->v, 0);

	if (!xml)
		return libvirt_error(err, ERROR_INSTRUMENT, "cannot ask for the machine's type");
	if (sscanf(xml, "<domain type='%7[a-z]'", type) != 1)
		return error_set(err, ERROR_INSTRUMENT, EPROTO,
				 "libvirt describes the machine without a type");
	return 0;
}

int domain_perf(struct domain *d, int64_t counters[PERF_COUNTERS], struct error **err)
{
	virDomainPtr domains[] = { d->v, NULL };
	virDomainStatsRecordPtr *records = NULL;
	int n;

	for (int i = 0; i < PERF_COUNTERS; i++)
		counters[i] = -1;
	n = virDomainListGetStats(domains, VIR_DOMAIN_STATS_PERF, &records, 0);
	if (n < 0)
		return libvirt_error(err, ERROR_INSTRUMENT, "cannot read the performance events");
	for (int i = 0; n == 1 && i < PERF_COUNTERS; i++) {
		unsigned long long value;
		char key[64];

		snprintf(key, sizeof(key), "perf.%s", perf_events[i].libvirt);
		if (virTypedParamsGetULLong(records[0]->params, records[0]->nparams, key,
					    &value) == 1)
			counters[i] = value;
	}
	virDomainStatsRecordListFree(records);
	return 0;
}

/* A question to the emulator's monitor, and its answer or NULL. */
struct question {
	virDomainPtr v;
	char *answer;
};

static void *ask(void *arg)
{
	struct question *q = arg;

	if (virDomainQemuMonitorCommand(q->v, "info registers -a", &q->answer,
					VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP))
		q->answer = NULL;
	return NULL;
}

char *domain_registers(struct domain *d)
{
	struct timespec until = clock_timespec(clock_now_ns() + DOMAIN_ANSWER_S * NS_PER_S);
	struct question q = { .v = d->v };
	pthread_t asking;

	if (pthread_create(&asking, NULL, ask, &q))
		abort();
	/* libvirt waits for ever; the end of the emulator ends that. */
	if (pthread_clockjoin_np(asking, NULL, CLOCK_MONOTONIC, &until)) {
		virDomainDestroy(d->v);
		pthread_join(asking, NULL);
	}
	return q.answer;
}

void domain_end(struct domain *d)
{
	if (!d)
		return;
	if (d->v) {
		virDomainDestroy(d->v);
		leave_list(d);
		virDomainFree(d->v);
	}
	vec_free(&d->events);
	free(d);
}
