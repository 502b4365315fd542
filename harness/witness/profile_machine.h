/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_machine.h - a machine with the profiler in it, and what it counted
 */
#ifndef PROFILE_MACHINE_H
#define PROFILE_MACHINE_H

#include "analysis/profile.h"
#include "subject.h"

struct symbols;

/* All of it stays the caller's. */
struct profile_machine {
	const char *top;		/* the checkout */
	const char *plugins;		/* folder of the emulator's plugins */
	const struct scenario *scenario;	/* by the virtual clock */
	const struct scenario_way *way;
	const char *trace;		/* file that the plugin writes */
};

/*
 * profile_machine_plugin() - what stands behind QEMU's -plugin, to be freed
 * Return: NULL with *err set when the plugin is not built, or the kernel's files cannot be read.
 */
char *profile_machine_plugin(const struct profile_machine *m, struct error **err);

/* The same for a subject. */
char *profile_machine_subject(const struct subject *s, const char *trace, struct error **err);

/*
 * profile_machine_symbols() - the functions of the kernel that a subject boots
 * @symbols:	zeroed; to be freed with symbols_free() in any case
 * Return: 0, or a negative errno with *err set.
 */
int profile_machine_symbols(const struct subject *s, struct symbols *symbols, struct error **err);

/*
 * profile_machine_read() - the profile of the machine's last reboot
 * @sample:	of that reboot: what the exact clock counted
 * @p:		zeroed; to be freed with profile_free() in any case
 * Return: 0, or a negative errno with *err set.
 */
int profile_machine_read(const struct profile_machine *m, const struct sample *sample,
			 struct profile *p, struct error **err);

/*
 * profile_machine_reboot() - reboot a subject with the profiler in the machine
 * @s:		of a scenario by the virtual clock
 * @dir:	what came out of the machine and the plugin's trace are kept there; what was there
 *		before is removed
 * @p:		zeroed; to be freed with profile_free() in any case
 * @to:		why a reboot failed is printed there
 * Return: 0; 1 when the reboot failed; a negative errno with *err set.
 */
int profile_machine_reboot(struct subject *s, const char *dir, struct profile *p, FILE *to,
			   struct error **err);

#endif /* PROFILE_MACHINE_H */
