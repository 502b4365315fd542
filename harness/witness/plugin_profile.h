/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * plugin_profile.h - what the profiler's parts share: plugin_profile.c counts, _code.c says whose
 */
#ifndef PLUGIN_PROFILE_H
#define PLUGIN_PROFILE_H

#include <stdio.h>

#include "paths.h"
#include "plugin_api.h"
#include "plugin_memory.h"
#include "symbols.h"

enum code {
	CODE_KERNEL,
	CODE_ENTRY,			/* of it: an interrupt, exception or system call begins */
	CODE_MODULE,
	CODE_PROGRAM,
	CODE_OUTSIDE,			/* firmware, boot loader, hand-off code */
};

/* One translated block. QEMU may call for it until it ends, so these are kept. */
struct code_block {
	uint64_t linear;
	enum code code;
	struct path_function *function;	/* of a module or program: one that stands for all */
	bool shuts_down;		/* it calls for a device that is to be shut down */
	uint8_t *bytes;			/* of a module: all of it */
	size_t size;
};

/* A function of a module, a program, or a device. */
struct found {
	struct path_function function;
	uint64_t address;
	char name[64];
};

typedef VEC(struct found *) found_vec;

/* There is one machine, and one processor in it. */
extern struct profile {
	FILE *trace;
	struct symbols symbols;
	struct path_function *functions;	/* those of symbols, in the same order */
	struct path_function places[PLACES];
	found_vec modules, programs, devices;
	struct image_extent image;
	uint64_t comm;			/* where a task has its name, bytes into it */
	struct guest_memory memory;
	uint64_t setup;			/* segment of the new kernel's set-up code */
	enum stage stage;
	bool programs_run;		/* code below the kernel's addresses is a program's */
	struct {
		uint64_t executed;
	} *counts;			/* from the first translation on */
	uint64_t outs, faults;
	struct paths paths;
} profile;

/* Names for all functions of the kernel's map and all places. Once, before anything else here. */
void profile_name_functions(void);

/*
 * profile_classify() - whose code a block is, into its code, function and bytes
 * @tb:	that QEMU translates, at b->linear
 */
void profile_classify(struct code_block *b, struct qemu_plugin_tb *tb);

/* The program that runs: the kernel's current task has its name. */
struct path_function *profile_program(void);

/* The device at that address, as a function "0000:00:02.0 (device)"; NULL when it has no name. */
struct path_function *profile_device(uint64_t address);

/* The module's function that a block is of, when it begins. */
struct path_function *profile_module_function(const struct code_block *b);

#endif /* PLUGIN_PROFILE_H */
