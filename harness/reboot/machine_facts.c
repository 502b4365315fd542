// SPDX-License-Identifier: GPL-2.0-only
/*
 * machine_facts.c - what a machine has, as it says, and what it lost in a reboot
 */
#include "machine_facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "guest_protocol.h"

/* Calibrations of one TSC agree to this share of it. */
#define TSC_SHARE 100
/* kexec-tools reserves a page, two at most, for a random seed once the old kernel has one to give. */
#define MEMORY_SLACK_KIB 16

#define TEXT(field)	offsetof(struct machine_facts, field), \
			sizeof(((struct machine_facts *)NULL)->field)
#define NUMBER(field)	offsetof(struct machine_facts, field), 0

static const struct {
	const char *key;
	size_t offset, size;		/* size 0: a number */
	enum difference difference;
} lines[MACHINE_FACTS_LINES] = {
	{ DATA_LINE_CLOCKSOURCE, TEXT(clocksource), DIFFERENCE_CLOCKSOURCE },
	{ DATA_LINE_CPUS, NUMBER(cpus), DIFFERENCE_CPUS },
	{ DATA_LINE_MEMORY_KIB, NUMBER(memory_kib), DIFFERENCE_MEMORY },
	{ DATA_LINE_MEMORY_MAP, TEXT(memory_map), DIFFERENCE_MEMORY_MAP },
	{ DATA_LINE_TSC_KHZ, NUMBER(tsc_khz), DIFFERENCE_TSC },
	{ DATA_LINE_BLOCK_DEVICES, TEXT(block_devices), DIFFERENCE_BLOCK_DEVICES },
	{ DATA_LINE_INTERRUPTS, TEXT(interrupt_controllers), DIFFERENCE_INTERRUPT_CONTROLLERS },
	{ DATA_LINE_TAINT, NUMBER(taint), DIFFERENCE_TAINT },
	{ DATA_LINE_WARNINGS, NUMBER(warnings), DIFFERENCE_WARNINGS },
	{ DATA_LINE_EFI_RUNTIME, NUMBER(efi_runtime), DIFFERENCE_EFI_RUNTIME },
};

const char *machine_facts_key(unsigned int i)
{
	return lines[i].key;
}

bool machine_facts_take(struct machine_facts *facts, unsigned int i, const char *line)
{
	size_t length = strlen(lines[i].key);
	char *field = (char *)facts + lines[i].offset;
	int end = -1;

	if (strncmp(line, lines[i].key, length))
		return false;
	line += length;
	facts->known = i >= MACHINE_FACTS_LINES - 2;
	if (lines[i].size) {
		/* Its words have a blank behind each. */
		for (length = strlen(line); length && line[length - 1] == ' '; length--)
			;
		snprintf(field, lines[i].size, "%.*s", (int)length, line);
		return true;
	}
	return sscanf(line, "%" SCNu64 "%n", (uint64_t *)field, &end) == 1 && !line[end];
}

void machine_facts_value(const struct machine_facts *facts, enum difference d, char *to,
			 size_t size)
{
	for (unsigned int i = 0; i < MACHINE_FACTS_LINES; i++) {
		const char *field = (const char *)facts + lines[i].offset;

		if (lines[i].difference != d)
			continue;
		if (lines[i].size)
			snprintf(to, size, "%s", field);
		else
			snprintf(to, size, "%" PRIu64, *(const uint64_t *)field);
	}
}

/* The next word of a text, from *at on. */
static bool next_word(const char **at, const char **word, size_t *n)
{
	*word = *at + strspn(*at, " ");
	*n = strcspn(*word, " ");
	*at = *word + *n;
	return *n > 0;
}

static bool has_word(const char *text, const char *wanted, size_t wanted_n)
{
	const char *word;
	size_t n;

	while (next_word(&text, &word, &n))
		if (n == wanted_n && !strncmp(word, wanted, n))
			return true;
	return false;
}

static bool has_words(const char *text, const char *wanted)
{
	const char *word;
	size_t n;

	while (next_word(&wanted, &word, &n))
		if (!has_word(text, word, n))
			return false;
	return true;
}

/* Whether ranges, which are in order, hold all of first to last. */
static bool covers(const char *ranges, uint64_t first, uint64_t last)
{
	uint64_t from, to;
	const char *word;
	size_t n;

	while (next_word(&ranges, &word, &n))
		if (sscanf(word, "%" SCNx64 "-%" SCNx64, &from, &to) == 2 && from <= first &&
		    first <= to) {
			if (to >= last)
				return true;
			first = to + 1;
		}
	return false;
}

static bool covers_all(const char *ranges, const char *wanted)
{
	uint64_t first, last;
	const char *word;
	size_t n;

	while (next_word(&wanted, &word, &n))
		if (sscanf(word, "%" SCNx64 "-%" SCNx64, &first, &last) == 2 &&
		    !covers(ranges, first, last))
			return false;
	return true;
}

static bool is_another_tsc(uint64_t before, uint64_t after)
{
	uint64_t apart = before > after ? before - after : after - before;

	return before && apart > before / TSC_SHARE;
}

static bool is_less_memory(uint64_t before, uint64_t after)
{
	return before > after && before - after > MEMORY_SLACK_KIB;
}

uint64_t machine_facts_compare(const struct machine_facts *before,
			       const struct machine_facts *after)
{
	const bool differs[DIFFERENCES] = {
		[DIFFERENCE_CPUS] = after->cpus < before->cpus,
		[DIFFERENCE_MEMORY] = is_less_memory(before->memory_kib, after->memory_kib),
		[DIFFERENCE_MEMORY_MAP] = !covers_all(after->memory_map, before->memory_map),
		[DIFFERENCE_CLOCKSOURCE] = strcmp(after->clocksource, before->clocksource) != 0,
		[DIFFERENCE_TSC] = is_another_tsc(before->tsc_khz, after->tsc_khz),
		[DIFFERENCE_BLOCK_DEVICES] =
			!has_words(after->block_devices, before->block_devices),
		[DIFFERENCE_INTERRUPT_CONTROLLERS] =
			!has_words(after->interrupt_controllers, before->interrupt_controllers) ||
			!has_words(before->interrupt_controllers, after->interrupt_controllers),
		[DIFFERENCE_TAINT] = (after->taint & ~before->taint) != 0,
		[DIFFERENCE_WARNINGS] = after->warnings > before->warnings,
		[DIFFERENCE_EFI_RUNTIME] = after->efi_runtime < before->efi_runtime,
	};
	uint64_t bits = 0;

	for (enum difference d = 0; d < DIFFERENCES; d++)
		if (differs[d])
			bits |= DIFFERENCE_BIT(d);
	return bits;
}

/* What a machine loses by itself while it runs. The rest may be what was done before a request. */
#define BY_ITSELF (DIFFERENCE_BIT(DIFFERENCE_CLOCKSOURCE) | DIFFERENCE_BIT(DIFFERENCE_TSC) | \
		   DIFFERENCE_BIT(DIFFERENCE_WARNINGS))

/* Whether the machine has a clock source now that Linux rates higher: then it lost none. */
static bool is_better_clock(const char *before, const char *after)
{
	/* Linux: .rating in kernel/time/jiffies.c, acpi_pm.c, hpet.c, tsc.c, kvmclock.c */
	static const struct { const char *name; int rating; } sources[] = {
		{ "jiffies", 1 }, { "refined-jiffies", 2 }, { "acpi_pm", 200 }, { "hpet", 250 },
		{ "tsc-early", 299 }, { "tsc", 300 }, { "kvm-clock", 400 },
	};
	int was = 0, is = 0;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (!strcmp(before, sources[i].name))
			was = sources[i].rating;
		if (!strcmp(after, sources[i].name))
			is = sources[i].rating;
	}
	return was && is > was;
}

/* Return: what is another than @had, now or since an earlier reboot. */
static uint64_t lose(struct machine_losses *losses, uint64_t now, const struct machine_facts *had,
		     const struct machine_facts *is)
{
	uint64_t still = losses->bits & machine_facts_compare(&losses->had, is);
	/* The machine that has the first one again has changed, and lost nothing. */
	uint64_t lost = now & ~losses->bits;

	if (is_better_clock(had->clocksource, is->clocksource))
		lost &= ~DIFFERENCE_BIT(DIFFERENCE_CLOCKSOURCE);
	for (unsigned int i = 0; i < MACHINE_FACTS_LINES; i++)
		if (lost & DIFFERENCE_BIT(lines[i].difference))
			memcpy((char *)&losses->had + lines[i].offset,
			       (const char *)had + lines[i].offset,
			       lines[i].size ? lines[i].size : sizeof(uint64_t));
	losses->bits = still | lost;
	return now | still;
}

uint64_t machine_facts_follow(struct machine_losses *losses, const struct machine_facts *before,
			      const struct machine_facts *after)
{
	struct machine_facts asked = *before;
	uint64_t meanwhile = 0;

	if (losses->up.known) {
		/* Both are from the kernel's log, which may have wrapped since. */
		if (!asked.tsc_khz)
			asked.tsc_khz = losses->up.tsc_khz;
		if (asked.warnings < losses->up.warnings)
			asked.warnings = losses->up.warnings;
		meanwhile = BY_ITSELF & machine_facts_compare(&losses->up, &asked);
		lose(losses, meanwhile, &losses->up, &asked);
	}
	losses->up = *after;
	return meanwhile | lose(losses, machine_facts_compare(&asked, after), &asked, after);
}
