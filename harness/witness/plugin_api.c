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
	bool registers_shown;
	struct qemu_plugin_register *registers[PLUGIN_REGISTERS];
	GByteArray *bytes;		/* of the register that was read last */
	void *(*cpu)(int index);	/* qemu_get_cpu() */
	int (*gdb_register)(void *cpu, GByteArray *to, int reg);
					/* x86_cpu_gdb_read_register() */
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
	api.registers_shown = qemu_plugin_get_registers && !strcmp(info->target_name, "i386");
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

bool plugin_shows_registers(void)
{
	return api.registers_shown;
}

static void find_registers(void)
{
	static const char *const names[PLUGIN_REGISTERS] = {
		"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi",
	};
	GArray *all = qemu_plugin_get_registers();
	const qemu_plugin_reg_descriptor *list = (const void *)all->data;

	for (unsigned int i = 0; i < all->n; i++)
		for (unsigned int reg = 0; reg < PLUGIN_REGISTERS; reg++)
			if (!strcmp(list[i].name, names[reg]))
				api.registers[reg] = list[i].handle;
	g_array_free(all, true);
	api.bytes = g_byte_array_new();
}

uint32_t plugin_register(unsigned int reg)
{
	uint32_t value;

	/* The list can be asked for only in the thread of the processor. */
	if (!api.bytes)
		find_registers();
	g_byte_array_set_size(api.bytes, 0);
	qemu_plugin_read_register(api.registers[reg], api.bytes);
	if (api.bytes->n != sizeof(value))
		abort();
	memcpy(&value, api.bytes->data, sizeof(value));
	return value;
}

bool plugin_peek_open(const char *plugin)
{
	return api.registers_shown || (plugin_internal(plugin, &api.cpu, "qemu_get_cpu") &&
				       plugin_internal(plugin, &api.gdb_register,
						       "x86_cpu_gdb_read_register"));
}

uint32_t plugin_peek(unsigned int vcpu, unsigned int reg)
{
	uint32_t value;

	if (api.registers_shown)
		return plugin_register(reg);
	if (!api.bytes)
		api.bytes = g_byte_array_new();
	g_byte_array_set_size(api.bytes, 0);
	api.gdb_register(api.cpu(vcpu), api.bytes, reg);
	memcpy(&value, api.bytes->data, sizeof(value));
	return value;
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
