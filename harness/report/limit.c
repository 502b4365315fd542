// SPDX-License-Identifier: GPL-2.0-only
/*
 * limit.c - how few instructions a reboot could take
 */
#include "limit.h"

#include <string.h>

/* `rep movsl` or `rep movsq` moves so many bytes each time, and the virtual clock counts each time. */
static int bytes_at_once(const struct report *r)
{
	return r->samples.n && !strcmp(r->samples.at[0].arch, "x86_64") ? 8 : 4;
}

/* The group whose phase takes the fewest instructions in any repeat; NULL when none was counted. */
static const struct report_group *smallest(const struct report *r, enum phase p)
{
	const struct report_group *found = NULL;

	for (size_t i = 0; i < r->groups.n; i++) {
		const struct report_group *g = &r->groups.at[i];
		int64_t least = g->exact.instructions[p].least;

		if (least >= 0 && (!found || least < found->exact.instructions[p].least))
			found = g;
	}
	return found;
}

/* Whether its hand-off copies the whole kernel: nothing else unpacks or reads it. */
static bool copies_whole(const struct report_group *g)
{
	static const enum phase others[] = { PHASE_FIRMWARE, PHASE_BOOTLOADER, PHASE_DECOMPRESS };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (g->phases[others[i]].s.n || g->phases[others[i]].unseen)
			return false;
	return g->exact.instructions[PHASE_HANDOFF].least >= 0;
}

/* A way that copies the kernel in less shows that the emulator counts a repeated instruction as one. */
static const struct report_group *below_copy(const struct report *r, double copy)
{
	for (size_t i = 0; i < r->groups.n; i++)
		if (copies_whole(&r->groups.at[i]) &&
		    (double)r->groups.at[i].exact.instructions[PHASE_HANDOFF].least < copy)
			return &r->groups.at[i];
	return NULL;
}

struct limit limit_of(const struct report *exact)
{
	struct limit l = {
		.bytes = exact->provenance->kernel_bytes, .at_once = bytes_at_once(exact),
		.kernel_of = smallest(exact, PHASE_KERNEL),
		.userspace_of = smallest(exact, PHASE_USERSPACE),
	};
	const struct report_group *below;

	l.copy = (double)l.bytes / l.at_once;
	below = below_copy(exact, l.copy);
	if (!l.bytes)
		snprintf(l.why_not, sizeof(l.why_not), "the run did not record how much of its kernel "
			 "there is to copy");
	else if (!l.kernel_of || !l.userspace_of)
		snprintf(l.why_not, sizeof(l.why_not), "no reboot's instructions of the phase %s were "
			 "counted", phase_name(l.kernel_of ? PHASE_USERSPACE : PHASE_KERNEL));
	else if (below)
		snprintf(l.why_not, sizeof(l.why_not), "the hand-off of %.60s executes fewer "
			 "instructions than it copies words, so this emulator does not count each round "
			 "of a repeated instruction", below->label);
	if (*l.why_not)
		return l;
	l.kernel = (double)l.kernel_of->exact.instructions[PHASE_KERNEL].least;
	l.userspace = (double)l.userspace_of->exact.instructions[PHASE_USERSPACE].least;
	return l;
}

double limit_whole(const struct limit *limit)
{
	return limit->copy + limit->kernel + limit->userspace;
}
