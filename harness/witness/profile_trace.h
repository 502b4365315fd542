/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * profile_trace.h - what the profiler's plugin wrote, as the profile of one reboot
 *
 * Pure. The lines are described in paths.h and plugin_profile.c.
 */
#ifndef PROFILE_TRACE_H
#define PROFILE_TRACE_H

#include "analysis/profile.h"
#include "base/error.h"

/* The first bytes of a module's function, where it ran. */
struct module_code {
	uint32_t function;		/* index in the tree's functions, before these are sorted */
	uint64_t address;
	uint8_t *bytes;
	size_t size;
};

typedef VEC(struct module_code) module_code_vec;

/*
 * profile_trace_read() - the last reboot of a trace
 * @text:	the whole trace; a last line without an end is left out
 * @expected:	bits 1 << phase of the phases that the way has
 * @p:		its tree, faults and paths are filled; to be freed in any case
 * @code:	appended to; to be freed with module_code_free() in any case
 * Return: 0, or a negative errno with *err set (ERROR_INSTRUMENT).
 */
int profile_trace_read(const char *text, unsigned int expected, struct profile *p,
		       module_code_vec *code, struct error **err);

/*
 * module_code_free() - free all of them
 * @code:	left empty
 */
void module_code_free(module_code_vec *code);

#endif /* PROFILE_TRACE_H */
