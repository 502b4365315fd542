// SPDX-License-Identifier: GPL-2.0-only
/*
 * machine_kind.c - what machines must have in common for their figures to be one series
 */
#include "machine_kind.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What a scenario has that names none. */
static const struct machine_kind usual = {
	.firmware = "bios", .chipset = "pc", .cpus = 1, .memory_mib = 256,
};

struct machine_kind machine_kind_of(const struct sample *s)
{
	struct machine_kind k = { .cpus = s->cpus, .memory_mib = s->memory_mib };

	memcpy(k.arch, s->arch, sizeof(k.arch));
	memcpy(k.build, s->build, sizeof(k.build));
	memcpy(k.firmware, s->firmware, sizeof(k.firmware));
	memcpy(k.chipset, s->chipset, sizeof(k.chipset));
	memcpy(k.cpu_model, s->cpu_model, sizeof(k.cpu_model));
	return k;
}

static bool texts_agree(const char *a, const char *b)
{
	return !*a || !*b || !strcmp(a, b);
}

static bool numbers_agree(int a, int b)
{
	return !a || !b || a == b;
}

bool machine_kind_agrees(const struct machine_kind *a, const struct machine_kind *b)
{
	return texts_agree(a->arch, b->arch) && texts_agree(a->build, b->build) &&
	       texts_agree(a->firmware, b->firmware) && texts_agree(a->chipset, b->chipset) &&
	       texts_agree(a->cpu_model, b->cpu_model) &&
	       numbers_agree(a->cpus, b->cpus) && numbers_agree(a->memory_mib, b->memory_mib);
}

#define LEARN(field) \
	do { if (!*k->field) memcpy(k->field, from->field, sizeof(k->field)); } while (0)

void machine_kind_learn(struct machine_kind *k, const struct machine_kind *from)
{
	LEARN(arch);
	LEARN(build);
	LEARN(firmware);
	LEARN(chipset);
	LEARN(cpu_model);
	if (!k->cpus)
		k->cpus = from->cpus;
	if (!k->memory_mib)
		k->memory_mib = from->memory_mib;
}

#define SHARE(field) \
	do { if (strcmp(k->field, with->field)) *k->field = '\0'; } while (0)

void machine_kind_share(struct machine_kind *k, const struct machine_kind *with)
{
	SHARE(arch);
	SHARE(build);
	SHARE(firmware);
	SHARE(chipset);
	SHARE(cpu_model);
	if (k->cpus != with->cpus)
		k->cpus = 0;
	if (k->memory_mib != with->memory_mib)
		k->memory_mib = 0;
}

__attribute__((format(printf, 2, 3)))
static void append(char *to, const char *fmt, ...)
{
	size_t n = strlen(to);
	va_list args;

	va_start(args, fmt);
	vsnprintf(to + n, MACHINE_KIND_TEXT - n, fmt, args);
	va_end(args);
}

/* Of each architecture and accelerator there is one. */
static bool is_usual_cpu(const char *model)
{
	static const char *const models[] = { "qemu32", "qemu64", "host-passthrough" };

	for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++)
		if (!strcmp(models[i], model))
			return true;
	return false;
}

static const char *first_word(const struct machine_kind *k)
{
	return *k->build ? k->build : k->arch;
}

void machine_kind_name(const struct machine_kind *k, char *to)
{
	*to = '\0';
	append(to, "%s", first_word(k));
	if (*k->firmware && strcmp(k->firmware, usual.firmware))
		append(to, "-%s", k->firmware);
	if (*k->chipset && strcmp(k->chipset, usual.chipset))
		append(to, "-%s", k->chipset);
	if (*k->cpu_model && !is_usual_cpu(k->cpu_model))
		append(to, "-%s", k->cpu_model);
	if (k->cpus > usual.cpus)
		append(to, "-%dcpus", k->cpus);
	if (k->memory_mib && k->memory_mib != usual.memory_mib)
		append(to, "-%dmib", k->memory_mib);
}

void machine_kind_words(const struct machine_kind *k, char *to)
{
	*to = '\0';
	append(to, "%s", first_word(k));
	if (*k->firmware)
		append(to, ", %s", k->firmware);
	if (*k->chipset)
		append(to, ", %s", k->chipset);
	if (*k->cpu_model)
		append(to, ", %s", k->cpu_model);
	if (k->cpus)
		append(to, ", %d CPU%s", k->cpus, k->cpus == 1 ? "" : "s");
	if (k->memory_mib)
		append(to, ", %d MiB", k->memory_mib);
}
