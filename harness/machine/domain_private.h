/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * domain_private.h - what domain.c and connection.c share: libvirt, and what they keep of it
 */
#ifndef DOMAIN_PRIVATE_H
#define DOMAIN_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>

#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "domain.h"

struct early_event {
	unsigned char uuid[VIR_UUID_BUFLEN];
	struct event event;
};

struct connection {
	virConnectPtr v;
	int state_lock;			/* held for the embedded driver; -1: another one */
	bool autodestroy;		/* libvirt ends a machine whose connection has ended */
	char *emulators[2];		/* of the embedded driver, see emulator.h; or NULL */
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

static inline int libvirt_error(struct error **err, enum error_class class, const char *what)
{
	return error_set(err, class, 0, "%s: %s", what, virGetLastErrorMessage());
}

#endif /* DOMAIN_PRIVATE_H */
