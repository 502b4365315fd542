// SPDX-License-Identifier: GPL-2.0-only
/*
 * domain.c - one transient virtual machine through libvirt
 *
 * One thread runs libvirt's event loop for the life of a connection. Its
 * callbacks stamp and append; nothing else happens there. A machine is made
 * paused, entered in the connection's list, and only then runs, so no event of
 * it can come before there is a place for it.
 *
 * The embedded driver keeps all its state below one folder. It has no
 * AUTODESTROY: machines of a killed harness live on, their status files stay,
 * and the driver finds them again at its next start, which is when
 * connection_end_leftovers() ends them.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "domain.h"
#include "domain_xml.h"
#include "perf.h"

struct connection {
	virConnectPtr v;
	bool embedded;
	pthread_t loop;
	bool loop_runs;
	int wake;			/* the timer that ends the loop */
	atomic_bool stop;
	int on_reboot, on_lifecycle;	/* callback ids, -1: none */
	pthread_mutex_t lock;		/* of the list and of each machine's events */
	struct domain *domains;
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

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

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
	struct event e = { .ns = now_ns(), .source = EVENT_MACHINE, .id = id };
	unsigned char uuid[VIR_UUID_BUFLEN];
	LOCKED(&c->lock);

	if (virDomainGetUUID(v, uuid))
		return;
	for (struct domain *d = c->domains; d; d = d->next)
		if (!memcmp(d->uuid, uuid, sizeof(uuid)))
			vec_push(&d->events, e);
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

static int start_loop(struct connection *c, struct error **err)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	int rc;

	virSetErrorFunc(NULL, say_nothing);
	pthread_once(&once, (void (*)(void))virEventRegisterDefaultImpl);
	if (virInitialize() < 0)
		return libvirt_error(err, ERROR_HOST, "cannot initialise libvirt");
	c->wake = virEventAddTimeout(-1, wake_callback, c, NULL);
	rc = pthread_create(&c->loop, NULL, loop_thread, c);
	if (rc)
		return error_set(err, ERROR_INSTRUMENT, rc, "cannot start libvirt's event loop");
	c->loop_runs = true;
	return 0;
}

/* ---- the embedded driver ---- */

static int make_folder(const char *path, struct error **err)
{
	CLEANUP_FREE char *copy = strdup(path);

	for (char *slash = strchr(copy + 1, '/'); ; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(copy, 0755) && errno != EEXIST)
			return error_set(err, ERROR_HOST, errno, "cannot make the folder %s", copy);
		if (!slash)
			return 0;
		*slash = '/';
	}
}

/*
 * Settings of the embedded driver: nothing of the host's that a container may
 * lack, and QEMU as the user we are, for the disks belong to that one.
 */
static const char qemu_conf[] =
	"user = \"root\"\n"
	"group = \"root\"\n"
	"security_driver = \"none\"\n"
	"cgroup_controllers = []\n"
	"namespaces = []\n"
	"stdio_handler = \"file\"\n"
	"remember_owner = 0\n";

static int write_settings(const char *state_dir, struct error **err)
{
	CLEANUP_FREE char *etc = NULL, *path = NULL;
	CLEANUP_FCLOSE FILE *f = NULL;
	int rc;

	if (asprintf(&etc, "%s/etc", state_dir) < 0 || asprintf(&path, "%s/qemu.conf", etc) < 0)
		abort();
	rc = make_folder(etc, err);
	if (rc)
		return rc;
	f = fopen(path, "we");
	if (!f || fputs(qemu_conf, f) < 0 || fflush(f))
		return error_set(err, ERROR_HOST, errno, "cannot write %s", path);
	return 0;
}

static int open_libvirt(struct connection *c, const char *uri, const char *state_dir,
			struct error **err)
{
	CLEANUP_FREE char *embedded = NULL;
	int rc;

	if (!uri) {
		rc = write_settings(state_dir, err);
		if (rc)
			return rc;
		if (asprintf(&embedded, "qemu:///embed?root=%s", state_dir) < 0)
			abort();
		c->embedded = true;
	}
	c->v = virConnectOpen(uri ? uri : embedded);
	if (c->v)
		return 0;
	rc = error_set(err, ERROR_HOST, 0, "cannot connect to libvirt at %s: %s",
		       uri ? uri : embedded, virGetLastErrorMessage());
	return rc;
}

struct connection *connection_open(const char *uri, const char *state_dir, struct error **err)
{
	CLEANUP(cleanup_connection_close) struct connection *c = calloc(1, sizeof(*c));

	if (!c)
		abort();
	pthread_mutex_init(&c->lock, NULL);
	c->on_reboot = c->on_lifecycle = -1;
	if (start_loop(c, err) || open_libvirt(c, uri, state_dir, err))
		return NULL;
	c->on_reboot = virConnectDomainEventRegisterAny(c->v, NULL, VIR_DOMAIN_EVENT_ID_REBOOT,
				VIR_DOMAIN_EVENT_CALLBACK(reboot_callback), c, NULL);
	c->on_lifecycle = virConnectDomainEventRegisterAny(c->v, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
				VIR_DOMAIN_EVENT_CALLBACK(lifecycle_callback), c, NULL);
	if (c->on_reboot < 0 || c->on_lifecycle < 0) {
		libvirt_error(err, ERROR_HOST, "cannot watch machines");
		return NULL;
	}
	return steal_ptr(&c);
}

void connection_close(struct connection *c)
{
	if (!c)
		return;
	if (c->v) {
		if (c->on_reboot >= 0)
			virConnectDomainEventDeregisterAny(c->v, c->on_reboot);
		if (c->on_lifecycle >= 0)
			virConnectDomainEventDeregisterAny(c->v, c->on_lifecycle);
		virConnectClose(c->v);
	}
	if (c->loop_runs) {
		virEventUpdateTimeout(c->wake, 0);
		pthread_join(c->loop, NULL);
		virEventRemoveTimeout(c->wake);
	}
	pthread_mutex_destroy(&c->lock);
	free(c);
}

int connection_end_leftovers(struct connection *c, unsigned int *ended, struct error **err)
{
	virDomainPtr *all = NULL;
	int n = virConnectListAllDomains(c->v, &all, 0);

	*ended = 0;
	if (n < 0)
		return libvirt_error(err, ERROR_INSTRUMENT, "cannot list the machines");
	for (int i = 0; i < n; i++) {
		const char *name = virDomainGetName(all[i]);

		if (!strncmp(name, DOMAIN_NAME_PREFIX, strlen(DOMAIN_NAME_PREFIX)) &&
		    !virDomainDestroy(all[i]))
			(*ended)++;
		virDomainFree(all[i]);
	}
	free(all);
	return 0;
}

static void version_text(unsigned long v, char *to)
{
	snprintf(to, 32, "%lu.%lu.%lu", v / 1000000, v / 1000 % 1000, v % 1000);
}

int connection_versions(struct connection *c, char *libvirt, char *hypervisor, struct error **err)
{
	unsigned long lib, hv;

	if (virConnectGetLibVersion(c->v, &lib) || virConnectGetVersion(c->v, &hv))
		return libvirt_error(err, ERROR_HOST, "cannot ask for the hypervisor's version");
	version_text(lib, libvirt);
	version_text(hv, hypervisor);
	return 0;
}

bool connection_supports(struct connection *c, const char *type, const char *arch)
{
	CLEANUP_FREE char *xml = virConnectGetDomainCapabilities(c->v, NULL, arch, "pc", type, 0);

	return xml;
}

struct domain *domain_start(struct connection *c, const char *xml, struct error **err)
{
	CLEANUP(cleanup_domain_end) struct domain *d = calloc(1, sizeof(*d));

	if (!d)
		abort();
	d->c = c;
	d->v = virDomainCreateXML(c->v, xml, VIR_DOMAIN_START_PAUSED);
	if (!d->v) {
		libvirt_error(err, ERROR_INSTRUMENT, "cannot start a machine");
		return NULL;
	}
	virDomainGetUUID(d->v, d->uuid);
	pthread_mutex_lock(&c->lock);
	d->next = c->domains;
	c->domains = d;
	pthread_mutex_unlock(&c->lock);
	if (virDomainResume(d->v)) {
		libvirt_error(err, ERROR_INSTRUMENT, "cannot let a machine run");
		return NULL;
	}
	return steal_ptr(&d);
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

void domain_end(struct domain *d)
{
	if (!d)
		return;
	if (d->v) {
		virDomainDestroy(d->v);
		pthread_mutex_lock(&d->c->lock);
		for (struct domain **p = &d->c->domains; *p; p = &(*p)->next)
			if (*p == d) {
				*p = d->next;
				break;
			}
		pthread_mutex_unlock(&d->c->lock);
		virDomainFree(d->v);
	}
	vec_free(&d->events);
	free(d);
}
