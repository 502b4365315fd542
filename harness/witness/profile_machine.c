// SPDX-License-Identifier: GPL-2.0-only
/*
 * profile_machine.c - a machine with the profiler in it, and what it counted
 */
#include "profile_machine.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/text.h"
#include "machine/qemu_option.h"
#include "modules.h"
#include "plan/revision.h"
#include "profile_trace.h"
#include "symbols.h"
#include "task_name.h"

/* The checkout of the commit that the way is built from. */
static const char *top_of(const struct profile_machine *m)
{
	return m->way->unpacked ? m->way->unpacked->top : m->top;
}

/* build/kernels/VARIANT/NAME there, to be freed. */
static char *kernel_file(const struct profile_machine *m, const char *name)
{
	return text_format("%s/build/kernels/%s/%s", top_of(m), m->scenario->machine.kernel, name);
}

static int read_map(const char *map, struct symbols *symbols, struct error **err)
{
	size_t n;
	char *text = file_read(map, FILE_ANY_LENGTH, &n, err);

	if (!text)
		return error_rc(*err);
	if (!symbols_parse(text, symbols))
		return error_set(err, ERROR_HOST, EINVAL, "%s: no map of a kernel", map);
	return 0;
}

static int first_task(const char *map, uint64_t *init_task, struct error **err)
{
	CLEANUP(symbols_free) struct symbols symbols = { 0 };
	int rc = read_map(map, &symbols, err);

	if (rc)
		return rc;
	if (!symbols.init_task || !symbols.current_task || !symbols.cpu_offsets)
		return error_set(err, ERROR_HOST, EINVAL, "%s: no map of a kernel", map);
	*init_task = symbols.init_task;
	return 0;
}

char *profile_machine_plugin(const struct profile_machine *m, struct error **err)
{
	CLEANUP_FREE char *object = path_below(m->plugins, "profile.so");
	CLEANUP_FREE char *kernel = kernel_file(m, "vmlinux"), *map = kernel_file(m, "System.map");
	CLEANUP_FREE char *object_text = qemu_option_value(object);
	CLEANUP_FREE char *trace_text = qemu_option_value(m->trace);
	CLEANUP_FREE char *map_text = qemu_option_value(map);
	CLEANUP_FREE char *machine = NULL;
	uint64_t init_task = 0, name = 0;

	if (access(object, R_OK)) {
		error_set(err, ERROR_HOST, errno, "%s: not built", object);
		error_hint(err, "`make harness` builds it");
		return NULL;
	}
	machine = subject_machine(top_of(m), m->scenario, m->way, err);
	if (!machine || first_task(map, &init_task, err) ||
	    task_name_offset(kernel, init_task, &name, err))
		return NULL;
	return text_format("file=%s,trace=%s,map=%s,%s,comm=%" PRIu64, object_text, trace_text,
			   map_text, machine, name);
}

static void take_clock(const struct sample *sample, struct profile *p)
{
	p->way = *sample->variant ? text_format("%s %s", sample->way, sample->variant) :
				    text_format("%s", sample->way);
	p->kernel = text_format("%s", sample->kernel);
	for (int i = 0; i < PHASES; i++)
		p->clock[i] = sample->phases.at[i].instructions;
}

int profile_machine_read(const struct profile_machine *m, const struct sample *sample,
			 struct profile *p, struct error **err)
{
	CLEANUP_FREE char *modules = kernel_file(m, "modules");
	CLEANUP(module_code_free) module_code_vec code = { 0 };
	CLEANUP_FREE char *text = NULL;
	size_t n;
	int rc;

	text = file_read(m->trace, FILE_ANY_LENGTH, &n, err);
	if (!text)
		return error_rc(*err);
	take_clock(sample, p);
	rc = profile_trace_read(text, scenario_phases(m->way), p, &code, err);
	if (!rc)
		rc = modules_name(modules, &code, &p->tree, err);
	if (!rc)
		call_tree_sort_functions(&p->tree);
	return rc;
}

static struct profile_machine machine_of(const struct subject *s, const char *trace)
{
	return (struct profile_machine){
		.top = s->top, .plugins = s->plugins, .scenario = s->scenario, .way = s->way,
		.trace = trace,
	};
}

char *profile_machine_subject(const struct subject *s, const char *trace, struct error **err)
{
	struct profile_machine m = machine_of(s, trace);

	return profile_machine_plugin(&m, err);
}

int profile_machine_symbols(const struct subject *s, struct symbols *symbols, struct error **err)
{
	struct profile_machine m = machine_of(s, NULL);
	CLEANUP_FREE char *map = kernel_file(&m, "System.map");

	return read_map(map, symbols, err);
}

int profile_machine_reboot(struct subject *s, const char *dir, struct profile *p, FILE *to,
			   struct error **err)
{
	CLEANUP_FREE char *trace = text_format("%s/trace", dir), *plugin = NULL;
	struct profile_machine m = machine_of(s, trace);
	int rc;

	plugin = profile_machine_plugin(&m, err);
	if (!plugin)
		return error_rc(*err);
	rc = subject_reboot(s, dir, plugin, to, err);
	if (rc)
		return rc;
	rc = profile_machine_read(&m, &s->sample, p, err);
	return rc ? error_wrap(err, "%s", s->name) : 0;
}
