/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host_machine.h - a machine by the wall clock that the host's perf looks at
 */
#ifndef HOST_MACHINE_H
#define HOST_MACHINE_H

#include "analysis/host_profile.h"
#include "analysis/kvm_profile.h"
#include "subject.h"

/*
 * host_machine_emulated() - reboot a subject by the wall clock, its emulator under perf
 * @s:		of a scenario by any clock; its sample is that of the last reboot, which is
 *		the one that @p is of
 * @dir:	what perf recorded and what came out of the machine are kept there; what was there
 *		before is removed
 * @p:		filled in; its texts are those of the sample
 * @to:		why a reboot failed is printed there
 * Return: 0; 1 when the reboot failed; a negative errno with *err set.
 */
int host_machine_emulated(struct subject *s, const char *dir, struct host_profile *p, FILE *to,
			  struct error **err);

/* The same by KVM. @p is zeroed before, and to be freed with kvm_profile_free() in any case. */
int host_machine_kvm(struct subject *s, const char *dir, struct kvm_profile *p, FILE *to,
		     struct error **err);

#endif /* HOST_MACHINE_H */
