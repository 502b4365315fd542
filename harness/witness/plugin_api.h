/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plugin_api.h - what the plugins ask of QEMU where its versions differ
 *
 * One object serves all versions from 7.2 on: what QEMU offers is found out when it loads
 * the plugin. Everything else is called as qemu_plugin.h declares it.
 */
#ifndef PLUGIN_API_H
#define PLUGIN_API_H

#include "qemu_plugin.h"

/* General registers, by their number in instructions; from 8 on they need a machine of 64 bits. */
#define PLUGIN_RAX	0
#define PLUGIN_RCX	1
#define PLUGIN_RDX	2
#define PLUGIN_RSP	4
#define PLUGIN_RDI	7
#define PLUGIN_REGISTERS	16

/* Says on QEMU's standard error why a plugin does not load. @plugin: its name. */
void plugin_refuse(const char *plugin, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define PLUGIN_ANY_VCPUS	0

/*
 * plugin_api_open() - to be called first in qemu_plugin_install()
 * @vcpus:	how many processors the plugin supports at most; PLUGIN_ANY_VCPUS: any number
 * Return: false, with the reason on standard error, for a version of the interface that is
 * not known, for user-mode emulation, and for more processors than that.
 */
bool plugin_api_open(const char *plugin, const qemu_info_t *info, int vcpus);

/* Copies an instruction's bytes, at most @room of them. Return: how many. */
size_t plugin_insn_bytes(const struct qemu_plugin_insn *insn, void *to, size_t room);

/*
 * plugin_counters() - memory that plugin_add() can add to
 * @bytes:	size of a struct of uint64_t, at most PLUGIN_COUNTERS of them, that begin at 0
 * To be called once, in a callback of the processor: the first translation.
 * Return: valid until QEMU ends.
 */
#define PLUGIN_COUNTERS	8
void *plugin_counters(size_t bytes);

/* Each execution of the instruction adds n to a counter, behind the callbacks before it. */
void plugin_add(struct qemu_plugin_insn *insn, uint64_t *counter, uint64_t n);

/*
 * plugin_registers_open() - make ready for plugin_register() and plugin_code_bits()
 * Return: false, with the reason on standard error, where this QEMU does not export what they need.
 */
bool plugin_registers_open(const char *plugin);
/* What one holds, in the callback of an instruction that asked for QEMU_PLUGIN_CB_R_REGS. */
uint64_t plugin_register(unsigned int vcpu, unsigned int reg);
/* The size of the code that is about to be executed, when it is translated: 16, 32 or 64. */
int plugin_code_bits(unsigned int vcpu);

/*
 * plugin_internal() - a function or variable of QEMU that is not of its interface
 * @name:	as the newest known version of QEMU calls it
 * @to:		pointer to a pointer
 * Return: false, with the reason on standard error, where QEMU does not export it.
 */
bool plugin_internal(const char *plugin, void *to, const char *name);

#endif /* PLUGIN_API_H */
