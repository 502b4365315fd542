// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_list.c - `lobosbench list`: what there is to run
 */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/path.h"
#include "commands.h"
#include "plan/scenario.h"
#include "reboot/phase.h"

enum list_what { LIST_WAYS, LIST_SCENARIOS, LIST_PHASES, LIST_ALL };

struct list_options {
	enum list_what what;
};

static const char *const whats[] = {
	[LIST_WAYS] = "ways", [LIST_SCENARIOS] = "scenarios", [LIST_PHASES] = "phases", NULL
};

static const struct option options[] = {
	{ "WHAT", NULL, "ways, scenarios or phases (all three)", OPTION_CHOICE,
	  .to = offsetof(struct list_options, what), .choices = whats },
	{ 0 }
};

/* In words what phase.c's table says; for people only. */
static const struct {
	enum phase phase;
	const char *from, *to;
} phase_words[] = {
	{ PHASE_SHUTDOWN, "a user asks", "services stopped, file systems synced" },
	{ PHASE_LOAD, "the new image is about to be read", "it is staged" },
	{ PHASE_QUIESCE, "services stopped", "devices shut down, other CPUs stopped" },
	{ PHASE_HANDOFF, "the point of no return", "first instruction of what comes next" },
	{ PHASE_FIRMWARE, "reset", "boot sector" },
	{ PHASE_BOOTLOADER, "boot sector", "kernel entry" },
	{ PHASE_DECOMPRESS, "entry of the compressed kernel", "entry of the kernel itself" },
	{ PHASE_KERNEL, "entry of the kernel", "first user program" },
	{ PHASE_USERSPACE, "first user program", "ready" },
};

static_assert(sizeof(phase_words) / sizeof(*phase_words) == PHASES, "every phase has its words");

static void print_way(const struct impl *impl)
{
	printf("%-10s %s\n", impl->name, impl->title);
	printf("%-10s   images: ", "");
	for (unsigned int i = 0; i < impl->images_count; i++)
		printf("%s%s", i ? ", " : "", impl->images[i].format);
	printf("\n%-10s   phases: ", "");
	for (unsigned int i = 0; i < impl->phases_count; i++)
		printf("%s%s", i ? ", " : "", impl->phases[i]);
	putchar('\n');
	for (unsigned int i = 0; i < impl->options_count; i++)
		printf("%-10s   option %s: %s\n", "", impl->options[i].name, impl->options[i].help);
}

static int list_ways(const char *top, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(top, "impls");
	CLEANUP(cleanup_impl_list_free) struct impl_list *list = impl_list_load(dir, err);

	if (!list)
		return -EINVAL;
	for (size_t i = 0; i < list->n; i++)
		print_way(&list->at[i]);
	return 0;
}

static void print_scenario(const struct scenario *s)
{
	printf("%-14s %s\n", s->name, s->title);
	printf("%-14s   ", "");
	for (unsigned int i = 0; i < s->ways_count; i++)
		printf("%s%s%s%s", i ? ", " : "", s->ways[i].way, *s->ways[i].variant ? " " : "",
		       s->ways[i].variant);
	printf("; each %d x %d reboots, %d of them counted", s->chain.machines, s->chain.reboots,
	       s->chain.machines * (s->chain.reboots - s->chain.warmups));
	if (scenario_is_both(s))
		printf("; by the exact clock %d x %d, %d counted", s->exact.machines,
		       s->exact.reboots, s->exact.machines * (s->exact.reboots - s->exact.warmups));
	putchar('\n');
}

static int is_scenario(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return e->d_name[0] != '.' && dot && !strcmp(dot, ".yaml");
}

static int list_scenarios(const char *top, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(top, "scenarios");
	CLEANUP_FREE struct dirent **entries = NULL;
	int n = scandir(dir, &entries, is_scenario, alphasort), rc = 0;

	if (n < 0)
		return error_set(err, ERROR_USAGE, errno, "cannot read the folder %s", dir);
	for (int i = 0; i < n; i++) {
		CLEANUP(cleanup_scenario_free) struct scenario *s = NULL;
		CLEANUP_FREE struct dirent *e = entries[i];
		CLEANUP_FREE char *path = path_below(dir, e->d_name);

		if (rc)
			continue;
		s = scenario_load(path, err);
		if (s)
			print_scenario(s);
		else
			rc = -EINVAL;
	}
	return rc;
}

static void list_phases(void)
{
	for (size_t i = 0; i < PHASES; i++)
		printf("%-10s %s -> %s\n", phase_name(phase_words[i].phase), phase_words[i].from,
		       phase_words[i].to);
}

static int run_list(const struct settings *global, const void *given, struct error **err)
{
	const struct list_options *o = given;
	bool all = o->what == LIST_ALL;
	int rc = 0;

	if (all)
		puts("Ways:");
	if (all || o->what == LIST_WAYS)
		rc = list_ways(global->top, err);
	if (!rc && all)
		puts("\nScenarios:");
	if (!rc && (all || o->what == LIST_SCENARIOS))
		rc = list_scenarios(global->top, err);
	if (!rc && all)
		puts("\nPhases:");
	if (!rc && (all || o->what == LIST_PHASES))
		list_phases();
	return rc;
}

const struct command command_list = {
	.name = "list",
	.summary = "list ways to reboot, scenarios, phases",
	.prose = "Lists ways to reboot, with their image formats, options and phases; scenarios; "
		 "or phases, with the event that begins each.",
	.options = options,
	.examples = "lobosbench list ways",
	.size = sizeof(struct list_options),
	.defaults = &(const struct list_options){ LIST_ALL },
	.run = run_list,
};
