/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine_facts.h - what a machine has, as it says, and what it lost in a reboot
 *
 * DOC: What counts as a difference
 *
 * The machine that came up is compared with the one that was there just before the
 * request, not with the first boot: CPUs that were offline then and are online now are no
 * difference. One that is missing now is a difference of this reboot and of each later one
 * until it is back, and so is everything else that changed for the worse: a way whose kernels
 * all warn is never whole. A clock source that Linux rates higher is a difference once. A clock
 * source or a TSC that a machine loses between its report and the next request, or a warning of
 * that time, counts for the reboot that is requested then. The TSC and the warnings
 * are from the kernel's log: when it has wrapped at a request, those that came up are meant.
 *
 *	cpus			fewer are online
 *	memory			MemTotal is smaller by more than 16 KiB (see MEMORY_SLACK_KIB)
 *	memory_map		some System RAM of before is not System RAM now
 *	clocksource		another one
 *	tsc			it has no frequency any more, or another by more than 1 %
 *	block_devices		one of before is missing, or has another size
 *	interrupt_controllers	others are in use, or fewer, or more
 *	taint			a flag is set that was not
 *	warnings		the new kernel's log has more of them than the old one's had
 *	efi_runtime		EFI's runtime services are gone
 *
 * More CPUs, memory and block devices than before are none.
 */
#ifndef MACHINE_FACTS_H
#define MACHINE_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "whole.h"

/* At one moment; guest_protocol.h describes the texts. Those that do not fit are cut. */
struct machine_facts {
	bool known;			/* a guest of an older lobosbench says the clock source only */
	char clocksource[64];
	uint64_t cpus;
	uint64_t memory_kib;
	char memory_map[1024];
	uint64_t tsc_khz;		/* 0: not known */
	char block_devices[1024];
	char interrupt_controllers[256];
	uint64_t taint;
	uint64_t warnings;
	uint64_t efi_runtime;		/* 1 or 0; 0 of an older guest */
};

/*
 * machine_facts_take() - one line of a block, by its key
 * @facts:	the line's value is entered
 * @i:		number of the line among those of the facts, from 0, the clock source
 * @line:	without its end
 * Pure. Return: false when it is not that line, or its number is none.
 */
bool machine_facts_take(struct machine_facts *facts, unsigned int i, const char *line);

/*
 * So many lines there are, of which an older guest does not have the last; the key of each
 * ("cpus "), for messages.
 */
#define MACHINE_FACTS_LINES 10
const char *machine_facts_key(unsigned int i);

/*
 * machine_facts_value() - what a difference is about, as text
 * @to:		buffer of size bytes: "2", "248000", "tsc"; a machine's own words are not checked
 * Pure.
 */
void machine_facts_value(const struct machine_facts *facts, enum difference d, char *to,
			 size_t size);

/* What reboots of one chain lost and no later one brought back; zeroed at its begin. */
struct machine_losses {
	uint64_t bits;			/* DIFFERENCE_BIT(d) of each */
	struct machine_facts had;	/* before it was lost; only the fields of these bits */
	struct machine_facts up;	/* what came up last */
};

/*
 * machine_facts_follow() - compare one reboot of a chain, and what was lost before. Pure.
 * @losses:	of the reboots before; brought up to date
 * @before:	just before the request; known
 * @after:	what came up; known
 *
 * Return: bits DIFFERENCE_BIT(d), see whole.h.
 */
uint64_t machine_facts_follow(struct machine_losses *losses, const struct machine_facts *before,
			      const struct machine_facts *after);

/*
 * machine_facts_compare() - what a reboot changed for the worse. Pure.
 * @before:	just before the request; known
 * @after:	what came up; known
 * Return: bits DIFFERENCE_BIT(d), see whole.h.
 */
uint64_t machine_facts_compare(const struct machine_facts *before,
			       const struct machine_facts *after);

#endif /* MACHINE_FACTS_H */
