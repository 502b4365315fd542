/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * owner.h - which harness a machine belongs to
 *
 * A libvirt elsewhere may hold machines of several harnesses on several hosts, so
 * each machine says in its description whose it is.
 */
#ifndef OWNER_H
#define OWNER_H

#include <stdbool.h>

#define OWNER_LENGTH 128

/* Names this process for good, by boot of the host, pid and start time; to: OWNER_LENGTH bytes. */
void owner_text(char *to);

/*
 * Whether text, from owner_text() of some process, names one of this host that
 * is gone. False for anything else: what cannot be known to be dead is left alone.
 */
bool owner_is_dead(const char *text);

#endif /* OWNER_H */
