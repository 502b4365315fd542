// SPDX-License-Identifier: GPL-2.0-only
/*
 * connection.c - a connection to libvirt with its event loop
 *
 * One thread runs libvirt's event loop for the life of a connection. Its
 * callbacks stamp and append; nothing else happens there.
 *
 * The embedded driver keeps all its state below one folder. It has no
 * AUTODESTROY: emulator.c sees to it that no machine outlives the supervisor, and what
 * is left all the same is ended before the driver starts again (leftovers.c). A libvirt
 * elsewhere ends the machines of a connection that ends. It may hold machines of
 * several harnesses: each carries its owner in its description, and only those
 * whose owner is dead are ended.
 */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "capabilities.h"
#include "domain_private.h"
#include "domain_xml.h"
#include "emulator.h"
#include "leftovers.h"
#include "owner.h"
#include "state_dir.h"

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

/*
 * A machine that switched itself off stopped; one whose process died, or was
 * killed by somebody, crashed. libvirt has one event for both.
 */
static int lifecycle_callback(virConnectPtr v, virDomainPtr dom, int event, int detail, void *c)
{
	bool died = detail == VIR_DOMAIN_EVENT_STOPPED_CRASHED ||
		    detail == VIR_DOMAIN_EVENT_STOPPED_FAILED;

	(void)v;
	if (event == VIR_DOMAIN_EVENT_CRASHED || (event == VIR_DOMAIN_EVENT_STOPPED && died))
		add_event(c, dom, MACHINE_CRASHED);
	else if (event == VIR_DOMAIN_EVENT_STOPPED)
		add_event(c, dom, MACHINE_STOPPED);
	else if (event == VIR_DOMAIN_EVENT_SUSPENDED)
		add_event(c, dom, MACHINE_PAUSED);
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

/* In the order of connection.emulators. */
static const char *const archs[] = { "i386", "x86_64" };

static int make_emulators(struct connection *c, const char *state_dir, struct error **err)
{
	for (size_t i = 0; !*err && i < sizeof(archs) / sizeof(*archs); i++) {
		CLEANUP_FREE char *name = text_format("qemu-system-%s", archs[i]);

		c->emulators[i] = emulator_make(state_dir, name, err);
	}
	return *err ? error_rc(*err) : 0;
}

const char *connection_emulator(const struct connection *c, const char *arch)
{
	for (size_t i = 0; i < sizeof(archs) / sizeof(*archs); i++)
		if (!strcmp(arch, archs[i]))
			return c->emulators[i];
	return NULL;
}

static int prepare_state(struct connection *c, const char *state_dir, struct error **err)
{
	CLEANUP_FREE char *log = NULL;
	int rc;

	c->state_lock = state_dir_take(state_dir, err);
	if (c->state_lock < 0)
		return c->state_lock;
	rc = leftovers_end(state_dir, &c->leftovers, err);
	if (!rc)
		rc = make_emulators(c, state_dir, err);
	if (rc)
		return rc;
	/* libvirt's own warnings (running as root, no confinement) are no news to the user. */
	if (asprintf(&log, "3:file:%s/log/libvirt.log", state_dir) < 0)
		abort();
	setenv("LIBVIRT_LOG_OUTPUTS", log, 0);
	return 0;
}

static bool runs_qemu(struct connection *c)
{
	const char *type = virConnectGetType(c->v);

	return type && !strcmp(type, "QEMU");
}

static int open_libvirt(struct connection *c, const char *uri, const char *state_dir,
			struct error **err)
{
	CLEANUP_FREE char *embedded = NULL;
	int rc;

	if (asprintf(&embedded, "qemu:///embed?root=%s", state_dir) < 0)
		abort();
	c->v = virConnectOpen(uri ? uri : embedded);
	/* The embedded driver refuses it. */
	c->autodestroy = c->v && uri && runs_qemu(c);
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
	/* It returns int, which libvirt's generic type does not: clang wants a neutral type between. */
	c->on_lifecycle = watch(c, VIR_DOMAIN_EVENT_ID_LIFECYCLE,
				VIR_DOMAIN_EVENT_CALLBACK((void (*)(void))lifecycle_callback));
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
	for (size_t i = 0; i < sizeof(archs) / sizeof(*archs); i++)
		free(c->emulators[i]);
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

/* ---- what a libvirt elsewhere can do ---- */

/* The machine's disks and sockets are ours, and cards are opened by QEMU itself. */
static int check_user(struct connection *c, struct error **err)
{
	CLEANUP_FREE char *xml = virConnectGetCapabilities(c->v);
	int64_t uid = xml ? capabilities_user(xml) : -1;
	int rc;

	if (!xml)
		return libvirt_error(err, ERROR_HOST, "cannot ask libvirt for its capabilities");
	if (uid < 0 || uid == geteuid())
		return 0;
	rc = error_set(err, ERROR_HOST, EACCES, "libvirt runs QEMU as user %lld, who cannot "
		       "write to the files of user %d", (long long)uid, (int)geteuid());
	error_hint(err, "set user and group in its qemu.conf (/etc/libvirt/qemu.conf) to yours and "
		   "restart it, or leave out --connect: then no daemon is needed");
	return rc;
}

int connection_check(struct connection *c, struct error **err)
{
	int rc;

	if (c->state_lock >= 0)
		return 0;
	if (runs_qemu(c))
		return check_user(c, err);
	rc = error_set(err, ERROR_HOST, ENOTSUP, "this libvirt's driver is %s, not QEMU",
		       virConnectGetType(c->v));
	error_hint(err, "--connect qemu:///session or another URI that begins with qemu; without "
		   "--connect no daemon is needed");
	return rc;
}

/* ---- versions, abilities ---- */

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
