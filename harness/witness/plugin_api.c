// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_api.c - what the plugins ask of QEMU where its versions differ
 *
 * DOC: Theory of operation
 *
 * The interface has a number: 1 up to QEMU 8.2, then 2 and later, of which Debian 13's
 * QEMU 10 has 4. What is used here changed as follows.
 *
 *	1 to 2	An instruction added to any memory; now to a scoreboard, which has a copy
 *		for each processor. Registers can be read.
 *	2 to 3	The bytes of an instruction are copied; before, a pointer was returned.
 *	5 to 6	A register that was read is reported as a bool, not as its size.
 *
 * QEMU looks at the version that a plugin was made for before it calls any of its
 * functions, so a constructor chooses it. Version 2 is named for all later ones, because
 * they accept it and the differences are resolved here.
 */
#include "plugin_api.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VERSION_NEWEST	6
#define VERSION_COPIES	3		/* of the bytes of an instruction */

/* There is one processor. */
#define VCPU		0

QEMU_PLUGIN_EXPORT int qemu_plugin_version;

static struct {
	int version;			/* of QEMU's interface */
	uint64_t local[PLUGIN_COUNTERS];	/* the counters, where there is no scoreboard */
	struct qemu_plugin_scoreboard *score;
	char *counters;			/* those of the processor */
	bool wide;			/* the machine may have 64 bits */
	struct qemu_plugin_register *registers[PLUGIN_REGISTERS];
	GByteArray *bytes;		/* of the register that was read last */
	void *(*cpu)(int index);	/* qemu_get_cpu() */
	int (*gdb_register)(void *cpu, GByteArray *to, int reg);
					/* x86_cpu_gdb_read_register() */
	void (*dump)(void *cpu, FILE *to, int flags);	/* x86_cpu_dump_state() */
} api;

/* Internal names that changed. */
static const struct {
	const char *now, *before;
} renamed[] = {
	{ "bql_lock_impl", "qemu_mutex_lock_iothread_impl" },	/* QEMU 9.0 */
	{ "bql_unlock", "qemu_mutex_unlock_iothread" },
};

static __attribute__((constructor)) void choose_version(void)
{
	qemu_plugin_version = qemu_plugin_scoreboard_new ? 2 : 1;
}

/* qemu_plugin_outs() would write to QEMU's log, which nobody asked for. */
void plugin_refuse(const char *plugin, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	fprintf(stderr, "%s plugin: ", plugin);
	vfprintf(stderr, fmt, args);
	fputc('\n', stderr);
	va_end(args);
}

bool plugin_api_open(const char *plugin, const qemu_info_t *info, int vcpus)
{
	api.version = info->version.cur;
	api.wide = !strcmp(info->target_name, "x86_64");
	if (api.version > VERSION_NEWEST) {
		plugin_refuse(plugin, "this QEMU's plugin interface has version %d; 1 to %d are "
			      "supported: use an older QEMU", api.version, VERSION_NEWEST);
		return false;
	}
	if (!info->system_emulation) {
		plugin_refuse(plugin, "it needs an emulated machine");
		return false;
	}
	if (vcpus != PLUGIN_ANY_VCPUS && info->system.max_vcpus > vcpus) {
		plugin_refuse(plugin, "it needs a machine with one processor");
		return false;
	}
	return true;
}

size_t plugin_insn_bytes(const struct qemu_plugin_insn *insn, void *to, size_t room)
{
	const void *(*data)(const struct qemu_plugin_insn *insn) =
		(const void *(*)(const struct qemu_plugin_insn *))
		(void (*)(void))qemu_plugin_insn_data;
	size_t size = qemu_plugin_insn_size(insn);

	if (api.version >= VERSION_COPIES)
		return qemu_plugin_insn_data(insn, to, room);
	if (size > room)
		size = room;
	memcpy(to, data(insn), size);
	return size;
}

void *plugin_counters(size_t bytes)
{
	api.counters = (char *)api.local;
	if (qemu_plugin_scoreboard_new) {
		api.score = qemu_plugin_scoreboard_new(bytes);
		/* It moves only when processors are added. */
		api.counters = qemu_plugin_scoreboard_find(api.score, VCPU);
	}
	return api.counters;
}

void plugin_add(struct qemu_plugin_insn *insn, uint64_t *counter, uint64_t n)
{
	qemu_plugin_u64 entry = { .score = api.score, .offset = (char *)counter - api.counters };

	if (api.score)
		qemu_plugin_register_vcpu_insn_exec_inline_per_vcpu(
			insn, QEMU_PLUGIN_INLINE_ADD_U64, entry, n);
	else
		qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
							   counter, n);
}

bool plugin_registers_open(const char *plugin)
{
	return plugin_internal(plugin, &api.cpu, "qemu_get_cpu") &&
	       plugin_internal(plugin, &api.dump, "x86_cpu_dump_state") &&
	       (qemu_plugin_get_registers ||
		plugin_internal(plugin, &api.gdb_register, "x86_cpu_gdb_read_register"));
}

static void find_registers(void)
{
	static const char *const names[2][PLUGIN_REGISTERS] = {
		{ "eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi" },
		{ "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11",
		  "r12", "r13", "r14", "r15" },
	};
	GArray *all = qemu_plugin_get_registers();
	const qemu_plugin_reg_descriptor *list = (const void *)all->data;

	for (unsigned int i = 0; i < all->n; i++)
		for (unsigned int reg = 0; reg < PLUGIN_REGISTERS; reg++)
			if (names[api.wide][reg] && !strcmp(list[i].name, names[api.wide][reg]))
				api.registers[reg] = list[i].handle;
	g_array_free(all, true);
}

/* gdb counts the registers of 64 bits in another order than instructions do. */
static int gdb_number(unsigned int reg)
{
	static const uint8_t numbers[8] = { 0, 2, 3, 1, 7, 6, 4, 5 };

	return api.wide && reg < 8 ? numbers[reg] : (int)reg;
}

uint64_t plugin_register(unsigned int vcpu, unsigned int reg)
{
	uint64_t value = 0;

	if (!api.bytes) {
		api.bytes = g_byte_array_new();
		/* The list can be asked for only in the thread of the processor. */
		if (!api.gdb_register)
			find_registers();
	}
	g_byte_array_set_size(api.bytes, 0);
	if (api.gdb_register)
		api.gdb_register(api.cpu((int)vcpu), api.bytes, gdb_number(reg));
	else
		qemu_plugin_read_register(api.registers[reg], api.bytes);
	if (api.bytes->n != (api.wide ? sizeof(uint64_t) : sizeof(uint32_t)))
		abort();
	memcpy(&value, api.bytes->data, api.bytes->n);
	return value;
}

/*
 * No interface says it, and the same bytes may be code of 32 and of 64 bits. QEMU's dump of a
 * processor has it behind the code segment's descriptor: "CS =0010 ... CS64 [-RA]".
 */
int plugin_code_bits(unsigned int vcpu)
{
	char *text = NULL, *line;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	int bits = 16;

	if (!f)
		abort();
	api.dump(api.cpu((int)vcpu), f, 0);
	fclose(f);
	line = strstr(text, "\nCS =");
	if (line) {
		line[1 + strcspn(line + 1, "\n")] = '\0';
		bits = strstr(line, "CS64") ? 64 : strstr(line, "CS32") ? 32 : 16;
	}
	free(text);
	return bits;
}

bool plugin_internal(const char *plugin, void *to, const char *name)
{
	void *found = dlsym(RTLD_DEFAULT, name);

	for (size_t i = 0; !found && i < sizeof(renamed) / sizeof(*renamed); i++)
		if (!strcmp(renamed[i].now, name))
			found = dlsym(RTLD_DEFAULT, renamed[i].before);
	memcpy(to, &found, sizeof(found));
	if (!found)
		plugin_refuse(plugin, "this QEMU does not export %s: use Debian's, 7.2 or 10",
			      name);
	return found;
}
