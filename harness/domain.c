// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain.c - one transient virtual machine through libvirt
 *
 * One thread runs libvirt's event loop for the life of a connection. Its
 * callbacks stamp and append; nothing else happens there. An event belongs to a
 * machine by UUID, which is known only when the machine already runs: what comes
 * meanwhile is kept aside and taken over.
 *
 * The embedded driver keeps all its state below one folder. It has no
 * AUTODESTROY, so machines of a killed harness live on; they are ended before
 * the driver starts again (leftovers.c). A libvirt elsewhere may hold machines of
 * several harnesses: each carries its owner in its description, and only those
 * whose owner is dead are ended.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "clock.h"
#include "domain.h"
#include "domain_xml.h"
#include "leftovers.h"
#include "owner.h"
#include "perf.h"
#include "state_dir.h"

struct early_event {
	unsigned char uuid[VIR_UUID_BUFLEN];
	struct event event;
};

struct connection {
	virConnectPtr v;
	int state_lock;			/* held for the embedded driver; -1: another one */
	unsigned int leftovers;		/* ended before the embedded driver was started */
	pthread_t loop;
	bool loop_runs;
	int wake;			/* the timer that ends the loop */
	atomic_bool stop;
	int on_reboot, on_lifecycle;	/* callback ids, -1: none */
	pthread_mutex_t lock;		/* of all below and of each machine's events */
	struct domain *domains;
	unsigned int starting;		/* calls of domain_start() under way */
	VEC(struct early_event) early;	/* meanwhile: events of machines not in the list */
};

struct domain {
	struct connection *c;
	struct domain *next;
	virDomainPtr v;
	unsigned char uuid[VIR_UUID_BUFLEN];
	event_vec events;		/* not yet fetched */
};

static inline void cleanup_lock(pthread_mutex_t **lock)
{
	pthread_mutex_unlock(*lock);
}

/* Holds the lock to the end of the block. */
#define LOCKED(mutex) \
	CLEANUP(cleanup_lock) __attribute__((unused)) pthread_mutex_t *locked_ = (mutex); \
	pthread_mutex_lock(locked_)

static int libvirt_error(struct error **err, enum error_class class, const char *what)
{
	return error_set(err, class, 0, "%s: %s", what, virGetLastErrorMessage());
}

/* libvirt would print each error by itself, too. */
static void say_nothing(void *arg, virErrorPtr error)
{
	(void)arg;
	(void)error;
}

/* ---- events ---- */

static void add_event(struct connection *c, virDomainPtr v, enum machine_event id)
{
	struct early_event e = {
		.event = { .ns = clock_now_ns(), .source = EVENT_MACHINE, .id = id }
	};
	LOCKED(&c->lock);

	if (virDomainGetUUID(v, e.uuid))
		return;
	for (struct domain *d = c->domains; d; d = d->next) {
		if (memcmp(d->uuid, e.uuid, sizeof(e.uuid)))
			continue;
		vec_push(&d->events, e.event);
		return;
	}
	if (c->starting)
		vec_push(&c->early, e);
}

static void reboot_callback(virConnectPtr v, virDomainPtr dom, void *c)
{
	(void)v;
	add_event(c, dom, MACHINE_RESET);
}

static int lifecycle_callback(virConnectPtr v, virDomainPtr dom, int event, int detail, void *c)
{
	(void)v;
	(void)detail;
	if (event == VIR_DOMAIN_EVENT_CRASHED)
		add_event(c, dom, MACHINE_CRASHED);
	else if (event == VIR_DOMAIN_EVENT_STOPPED)
		add_event(c, dom, MACHINE_STOPPED);
	return 0;
}

static void wake_callback(int timer, void *arg)
{
	struct connection *c = arg;

	virEventUpdateTimeout(timer, -1);
	atomic_store(&c->stop, true);
}

static void *loop_thread(void *arg)
{
	struct connection *c = arg;

	while (!atomic_load(&c->stop))
		virEventRunDefaultImpl();
	return NULL;
}

static void register_loop(void)
{
	virEventRegisterDefaultImpl();
}

static int start_loop(struct connection *c, struct error **err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int rc;

	virSetErrorFunc(NULL, say_nothing);
	pthread_once(&once, register_loop);
	if (virInitialize() < 0)
		return libvirt_error(err, ERROR_HOST, "cannot initialise libvirt");
	c->wake = virEventAddTimeout(-1, wake_callback, c, NULL);
	rc = pthread_create(&c->loop, NULL, loop_thread, c);
	if (rc)
		return error_set(err, ERROR_INSTRUMENT, rc, "cannot start libvirt's event loop");
	c->loop_runs = true;
	return 0;
}

/* ---- the connection ---- */

static int prepare_state(struct connection *c, const char *state_dir, struct error **err)
{
	CLEANUP_FREE char *log = NULL;
	int rc;

	c->state_lock = state_dir_take(state_dir, err);
	if (c->state_lock < 0)
		return c->state_lock;
	rc = leftovers_end(state_dir, &c->leftovers, err);
	if (rc)
		return rc;
	/* libvirt's own warnings (running as root, no confinement) are no news to the user. */
	if (asprintf(&log, "3:file:%s/log/libvirt.log", state_dir) < 0)
		abort();
	setenv("LIBVIRT_LOG_OUTPUTS", log, 0);
	return 0;
}

static int open_libvirt(struct connection *c, const char *uri, const char *state_dir,
			struct error **err)
{
	CLEANUP_FREE char *embedded = NULL;
	int rc;

	if (asprintf(&embedded, "qemu:///embed?root=%s", state_dir) < 0)
		abort();
	c->v = virConnectOpen(uri ? uri : embedded);
	if (c->v)
		return 0;
	rc = error_set(err, ERROR_HOST, 0, "cannot connect to libvirt at %s: %s",
		       uri ? uri : embedded, virGetLastErrorMessage());
	error_hint(err, uri ? "is its daemon running? Without --connect no daemon is needed" :
		   "`lobosbench doctor` says what is missing");
	return rc;
}

/* Return: the callback's id, or -1. */
static int watch(struct connection *c, int event, virConnectDomainEventGenericCallback callback)
{
	return virConnectDomainEventRegisterAny(c->v, NULL, event, callback, c, NULL);
}

/**
 * connection_open() - a libvirt connection with its event loop thread
 * @uri:	any libvirt URI, or NULL for the embedded driver
 * @state_dir:	of the embedded driver; made if need be; short, for libvirt makes
 *		sockets below it
 *
 * Return: the connection, to be closed with connection_close(); NULL with *err
 * set: ERROR_BUSY when another harness holds @state_dir
 */
struct connection *connection_open(const char *uri, const char *state_dir, struct error **err)
{
	CLEANUP(cleanup_connection_close) struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	pthread_mutex_init(&c->lock, NULL);
	c->on_reboot = c->on_lifecycle = c->state_lock = -1;
	if (!uri && prepare_state(c, state_dir, err))
		return NULL;
	if (start_loop(c, err) || open_libvirt(c, uri, state_dir, err))
		return NULL;
	c->on_reboot = watch(c, VIR_DOMAIN_EVENT_ID_REBOOT,
			     VIR_DOMAIN_EVENT_CALLBACK(reboot_callback));
	c->on_lifecycle = watch(c, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
				VIR_DOMAIN_EVENT_CALLBACK(lifecycle_callback));
	if (c->on_reboot < 0 || c->on_lifecycle < 0) {
		libvirt_error(err, ERROR_HOST, "cannot watch machines");
		return NULL;
	}
	return steal_ptr(&c);
}

/**
 * connection_close() - closes a connection; its machines must have been ended
 * @c:		may be NULL
 */
void connection_close(struct connection *c)
{
	if (!c)
		return;
	if (c->on_reboot >= 0)
		virConnectDomainEventDeregisterAny(c->v, c->on_reboot);
	if (c->on_lifecycle >= 0)
		virConnectDomainEventDeregisterAny(c->v, c->on_lifecycle);
	if (c->v)
		virConnectClose(c->v);
	if (c->loop_runs) {
		virEventUpdateTimeout(c->wake, 0);
		pthread_join(c->loop, NULL);
		virEventRemoveTimeout(c->wake);
	}
	if (c->state_lock >= 0)
		close(c->state_lock);
	vec_free(&c->early);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static bool is_leftover(virDomainPtr v)
{
	CLEANUP_FREE char *owner =
		virDomainGetMetadata(v, VIR_DOMAIN_METADATA_DESCRIPTION, NULL, 0);

	return !strncmp(virDomainGetName(v), DOMAIN_NAME_PREFIX, strlen(DOMAIN_NAME_PREFIX)) &&
	       owner && owner_is_dead(owner);
}

/**
 * connection_end_leftovers() - ends machines that an earlier, killed run left
 * @ended:	counts them, those ended before the embedded driver started included
 *
 * Return: 0, or a negative errno with *err set
 */
int connection_end_leftovers(struct connection *c, unsigned int *ended, struct error **err)
{
	CLEANUP_FREE virDomainPtr *all = NULL;
	int n = virConnectListAllDomains(c->v, &all, 0);

	*ended = c->leftovers;
	c->leftovers = 0;
	if (n < 0)
		return libvirt_error(err, ERROR_INSTRUMENT, "cannot list the machines");
	for (int i = 0; i < n; i++) {
		if (is_leftover(all[i]) && !virDomainDestroy(all[i]))
			(*ended)++;
		virDomainFree(all[i]);
	}
	return 0;
}

/* ---- versions, abilities ---- */

static void version_text(unsigned long v, char *to)
{
	snprintf(to, 32, "%lu.%lu.%lu", v / 1000000, v / 1000 % 1000, v % 1000);
}

/**
 * connection_versions() - versions as "9.0.0"
 * @libvirt:	32 bytes, as is @hypervisor
 */
int connection_versions(struct connection *c, char *libvirt, char *hypervisor, struct error **err)
{
	unsigned long lib, hv;

	if (virConnectGetLibVersion(c->v, &lib) || virConnectGetVersion(c->v, &hv))
		return libvirt_error(err, ERROR_HOST, "cannot ask for the hypervisor's version");
	version_text(lib, libvirt);
	version_text(hv, hypervisor);
	return 0;
}

/**
 * connection_supports() - whether the driver accepts such a machine
 * @type:	"kvm" or "qemu"
 * @arch:	"i686", "x86_64"
 */
bool connection_supports(struct connection *c, const char *type, const char *arch)
{
	CLEANUP_FREE char *xml = virConnectGetDomainCapabilities(c->v, NULL, arch, "pc", type, 0);

	return xml;
}

/* ---- one machine ---- */

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

/**
 * domain_start() - starts a transient machine
 * @xml:	from domain_xml()
 *
 * Return: the machine, running, to be ended with domain_end(); NULL with *err set
 */
struct domain *domain_start(struct connection *c, const char *xml, struct error **err)
{
	CLEANUP(cleanup_domain_end) struct domain *d = calloc(1, sizeof(*d));
	char owner[OWNER_LENGTH];

	if (!d)
		abort();
	d->c = c;
	begin_start(c);
	d->v = virDomainCreateXML(c->v, xml, 0);
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

/**
 * domain_events() - what happened to the machine since the last call
 * @to:		EVENT_MACHINE events are appended, in order of time, as they arrived
 *
 * One reset gives two or three MACHINE_RESET events: SeaBIOS, finding that it ran
 * before, resets once more. By emulation they were up to 0.1 s apart. It is one
 * reset until a boot sector ran.
 */
void domain_events(struct domain *d, event_vec *to)
{
	LOCKED(&d->c->lock);

	for (size_t i = 0; i < d->events.n; i++)
		vec_push(to, d->events.at[i]);
	d->events.n = 0;
}

/**
 * domain_type() - what the machine really runs on, as libvirt says
 * @type:	"kvm" or "qemu"; 8 bytes
 */
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

/**
 * domain_perf() - the performance events of the machine's process until now
 * @counters:	those that were not asked for or are not to be had become -1
 */
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

/**
 * domain_end() - ends the machine at once
 * @d:		freed; may be NULL
 */
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
