/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * domain.h - one transient virtual machine: start, watch, end
 *
 * domain.c and connection.c, which makes its connections, are the only files of
 * the harness that include libvirt.
 */
#ifndef DOMAIN_H
#define DOMAIN_H

#include "base/error.h"
#include "reboot/event.h"
#include "reboot/sample.h"

struct connection;
struct domain;

/*
 * connection_open() - a libvirt connection with its event loop thread
 * @uri:  NULL for the embedded QEMU driver, kept below state_dir (absolute, created)
 */
struct connection *connection_open(const char *uri, const char *state_dir, struct error **err);

/*
 * connection_close() - closes a connection; its machines must have been ended
 * @c:		may be NULL
 */
void connection_close(struct connection *c);

DEFINE_CLEANUP(struct connection, connection_close)

/*
 * connection_emulator() - the program that a machine is to be started with
 * @arch:	"i386" or "x86_64"
 * Return: its path, which lives as long as the connection; NULL: libvirt chooses.
 */
const char *connection_emulator(const struct connection *c, const char *arch);

/*
 * connection_check() - can this libvirt run machines that use files of ours?
 * Return: 0; a negative errno with *err set, of ERROR_HOST, when it has no QEMU, or its QEMU
 * runs as another user.
 */
int connection_check(struct connection *c, struct error **err);

/* Ends machines named "lobosbench-*" that an earlier, killed run left; *ended counts them. */
int connection_end_leftovers(struct connection *c, unsigned int *ended, struct error **err);

/* Versions of libvirt and hypervisor as "9.0.0"; into buffers of 32 bytes. */
int connection_versions(struct connection *c, char *libvirt, char *hypervisor, struct error **err);

/* Whether the driver accepts a machine of that type ("kvm", "qemu") and arch ("i686", "x86_64"). */
bool connection_supports(struct connection *c, const char *type, const char *arch);

/* Starts a transient domain from XML. NULL with *err set. */
struct domain *domain_start(struct connection *c, const char *xml, struct error **err);

/* The same with processors that stay where they are: such a machine can only be reset. */
struct domain *domain_start_paused(struct connection *c, const char *xml, struct error **err);

/* Resets the machine from outside, as its button would. 0, or a negative errno with *err set. */
int domain_reset(struct domain *d, struct error **err);

/*
 * domain_events() - what happened to the machine since the last call
 * @to:		EVENT_MACHINE events are appended, in order of time, as they arrived
 *
 * One reset gives two or three MACHINE_RESET events: SeaBIOS, finding that it ran
 * before, resets once more. By emulation they were up to 0.1 s apart. It is one
 * reset until a boot sector ran.
 */
void domain_events(struct domain *d, event_vec *to);

/* The domain type libvirt reports for the running machine: "kvm" or "qemu"; buffer of 8 bytes. */
int domain_type(struct domain *d, char *type, struct error **err);
/* Counters now; those the host does not have are -1. */
int domain_perf(struct domain *d, int64_t counters[PERF_COUNTERS], struct error **err);

/*
 * domain_registers() - what is in the registers of each CPU, as QEMU prints it
 * An emulator that does not answer for DOMAIN_ANSWER_S, as one that is stopped, is ended: only for a
 * machine that is of no more use.
 * Return: the text, to be freed; NULL when there is none.
 */
char *domain_registers(struct domain *d);
#define DOMAIN_ANSWER_S INT64_C(5)

/*
 * domain_end() - ends the machine at once
 * @d:		freed; may be NULL
 */
void domain_end(struct domain *d);

DEFINE_CLEANUP(struct domain, domain_end)

#endif /* DOMAIN_H */
