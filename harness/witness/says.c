// SPDX-License-Identifier: GPL-2.0-only
/*
 * says.c - what a step does, in words, and what that is inferred from
 */
#include "says.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/json.h"
#include "reboot/event.h"
#include "operand.h"

#define CR0_PE		UINT32_C(0x00000001)
#define CR0_PG		UINT32_C(0x80000000)
#define MSR_EFER	UINT32_C(0xc0000080)
#define EFER_LME	UINT32_C(0x00000100)

/* Addresses and register values have no sign. */
static uint64_t number(const json_t *step, const char *key)
{
	return json_int_at(step, key);
}

json_t *says_address(uint64_t address)
{
	char text[24];

	snprintf(text, sizeof(text), "0x%08" PRIx64, address);
	return json_string(text);
}

static const char *becomes(const json_t *step, uint32_t mask)
{
	uint64_t value = number(step, "value"), keep = number(step, "keep");

	if (json_object_get(step, "value"))
		return value & mask ? "on" : "off";
	if (number(step, "set") & mask)
		return "on";
	return keep & mask ? "as it was" : "off";
}

static const char *before(const json_t *step, const char *bit)
{
	const json_t *value = json_object_get(step, bit);

	return json_is_true(value) ? "on" : json_is_false(value) ? "off" : "unknown";
}

static enum operand_source source_of(const json_t *step)
{
	enum operand_source source = operand_from_name(json_text_at(step, "from"));

	return source < OPERAND_SOURCES ? source : OPERAND_UNKNOWN;
}

static void say_source(const json_t *step, FILE *f)
{
	enum operand_source source = source_of(step);
	uint64_t keep = number(step, "keep"), set = number(step, "set");
	uint64_t value = number(step, "value");

	if (source == OPERAND_UNKNOWN)
		fputs("value not known: the instructions ahead do not tell", f);
	else if (source == OPERAND_CONSTANT)
		fprintf(f, "0x%08" PRIx64 ", from the constant ahead", set);
	else if (source == OPERAND_REGISTER)
		fprintf(f, "0x%08" PRIx64 ", read from the register", value);
	else if (source == OPERAND_LOADED && json_object_get(step, "value"))
		fprintf(f, "0x%08" PRIx64 ", from the mov ahead and the memory it loads", value);
	else if (source == OPERAND_LOADED)
		fputs("value not known: loaded from memory", f);
	else if ((keep == UINT32_MAX || keep == UINT64_MAX) && !set)
		fprintf(f, "what %s holds: the same again", operand_name(source));
	else
		fprintf(f, "%s & 0x%08" PRIx64 " | 0x%08" PRIx64 ", from the and, or ahead",
			operand_name(source), keep, set);
}

static void say_cr0(const json_t *step, FILE *f)
{
	say_source(step, f);
	if (source_of(step) == OPERAND_UNKNOWN)
		return;
	fprintf(f, "; paging %s -> %s, protection %s -> %s", before(step, "paging"),
		becomes(step, CR0_PG), before(step, "protection"), becomes(step, CR0_PE));
}

static void say_msr(const json_t *step, FILE *f)
{
	uint64_t msr = number(step, "msr"), value = number(step, "value");

	if (!json_object_get(step, "msr"))
		return;
	fprintf(f, "MSR 0x%08" PRIx64 " = 0x%08" PRIx64, msr, value);
	if (msr == MSR_EFER)
		fprintf(f, ", which is EFER; long mode %s", value & EFER_LME ?
			"as soon as paging is on" : "off");
}

static void say_table(const json_t *step, FILE *f)
{
	if (json_object_get(step, "base"))
		fprintf(f, "base 0x%08" PRIx64 ", limit 0x%04" PRIx64
			", read where it loads from", number(step, "base"), number(step, "limit"));
	else
		fputs("operand not seen", f);
}

static void say_jump(const json_t *step, FILE *f)
{
	if (json_object_get(step, "selector"))
		fprintf(f, "to %04" PRIx64 ":%08" PRIx64 ", its own bytes",
			number(step, "selector"), number(step, "offset"));
	else
		fputs("target in memory or on the stack; the next place tells", f);
}

static void say_mark(const json_t *step, FILE *f)
{
	const json_t *id = json_object_get(step, "mark");
	const char *name = id ? mark_name(json_integer_value(id)) : NULL;

	fputs(name ? name : "a mark of the kernel", f);
}

char *says_of(const json_t *step)
{
	const char *kind = json_string_value(json_object_get(step, "step"));
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f || !kind)
		abort();
	if (!strcmp(kind, "cr0"))
		say_cr0(step, f);
	else if (!strcmp(kind, "cr3") || !strcmp(kind, "cr4"))
		say_source(step, f);
	else if (!strcmp(kind, "lgdt") || !strcmp(kind, "lidt"))
		say_table(step, f);
	else if (!strcmp(kind, "far_jump") || !strcmp(kind, "far_call"))
		say_jump(step, f);
	else if (!strcmp(kind, "interrupt"))
		fprintf(f, "int %02" PRIx64 "h", number(step, "vector"));
	else if (!strcmp(kind, "mark"))
		say_mark(step, f);
	else if (!strcmp(kind, "wrmsr"))
		say_msr(step, f);
	else if (!strcmp(kind, "mode"))
		fprintf(f, "long mode, on in code of %" PRIu64 " bits", number(step, "bits"));
	else if (!strcmp(kind, "place"))
		fprintf(f, "on into %s", json_text_at(step, "place"));
	fclose(f);
	return text;
}
