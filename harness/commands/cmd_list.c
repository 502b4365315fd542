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

enum list_what { LIST_WAYS, LIST_SCENARIOS, LIST_HINTS, LIST_PHASES, LIST_ALL };

struct list_options {
	enum list_what what;
};

static const char *const whats[] = {
	[LIST_WAYS] = "ways", [LIST_SCENARIOS] = "scenarios", [LIST_HINTS] = "hints",
	[LIST_PHASES] = "phases", NULL
};

static const struct option options[] = {
	{ "WHAT", NULL, "ways, scenarios, hints or phases (all of them)", OPTION_CHOICE,
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
	{ PHASE_FIRMWARE, "reset", "boot sector, or the first program of UEFI" },
	{ PHASE_BOOTLOADER, "boot sector", "kernel entry" },
	{ PHASE_DECOMPRESS, "entry of the compressed kernel", "entry of the kernel itself" },
	{ PHASE_KERNEL, "entry of the kernel", "first user program" },
	{ PHASE_USERSPACE, "first user program", "ready" },
};

static_assert(sizeof(phase_words) / sizeof(*phase_words) == PHASES, "every phase has its words");

/* Behind a label what an option is for, or may not be combined with. */
static void print_words(const char *label, char *const *words, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		printf("%s%s", i ? ", " : label, words[i]);
}

static void print_option(const struct impl_option *o)
{
	printf("%-10s   option %s: %s", "", o->name, o->help);
	print_words("; only on ", o->archs, o->archs_count);
	print_words("; only with the image ", o->images, o->images_count);
	print_words("; not with ", o->excludes, o->excludes_count);
	putchar('\n');
}

static void print_way(const struct impl *impl)
{
	printf("%-10s %s\n", impl->name, impl->title);
	printf("%-10s   machines: ", "");
	for (unsigned int i = 0; i < impl->archs_count; i++)
		printf("%s%s", i ? ", " : "", impl->archs[i]);
	if (impl->firmware.because)
		printf("; firmware %s only", firmware_name(impl->firmware.only));
	printf("\n%-10s   images: ", "");
	for (unsigned int i = 0; i < impl->images_count; i++)
		printf("%s%s", i ? ", " : "", impl->images[i].format);
	printf("\n%-10s   phases: ", "");
	for (unsigned int i = 0; i < impl->phases_count; i++)
		printf("%s%s", i ? ", " : "", impl->phases[i]);
	putchar('\n');
	for (unsigned int i = 0; i < impl->options_count; i++)
		print_option(&impl->options[i]);
}

static void list_ways(const struct impl_list *impls)
{
	for (size_t i = 0; i < impls->n; i++)
		print_way(&impls->at[i]);
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
	if (s->hints_count)
		printf("%-14s   hints: ", "");
	for (unsigned int i = 0; i < s->hints_count; i++)
		printf("%s%s", s->hints[i], i + 1 < s->hints_count ? ", " : "\n");
}

static int is_scenario(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return e->d_name[0] != '.' && dot && !strcmp(dot, ".yaml");
}

static int list_scenarios(const char *top, const struct impl_list *impls, struct error **err)
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
		rc = s ? scenario_resolve(s, top, impls, err) : -EINVAL;
		if (!rc)
			print_scenario(s);
	}
	return rc;
}

static void print_hint(const struct hint *h)
{
	printf("%-14s %s\n", h->name, h->title);
	if (h->only)
		printf("%-14s   only %s: %s\n", "", h->only, h->request);
	else
		printf("%-14s   words: %s\n", "", h->words);
	printf("%-14s   gain: %s million instructions (%s, %s)\n", "", h->gain.million_instructions,
	       h->gain.machine, h->gain.kernel);
}

static int list_hints(const char *top, const struct impl_list *impls, struct error **err)
{
	CLEANUP(cleanup_hint_list_free) struct hint_list *list = hint_list_load(top, impls, err);

	for (size_t i = 0; list && i < list->hints.n; i++)
		print_hint(list->hints.at[i]);
	return list ? 0 : -EINVAL;
}

static void list_phases(void)
{
	for (size_t i = 0; i < PHASES; i++)
		printf("%-10s %s -> %s\n", phase_name(phase_words[i].phase), phase_words[i].from,
		       phase_words[i].to);
}

/* All that lies in files of the checkout; all of it with headings, or one kind without. */
static int list_files(const char *top, enum list_what what, struct error **err)
{
	CLEANUP_FREE char *dir = path_below(top, "impls");
	CLEANUP(cleanup_impl_list_free) struct impl_list *impls = impl_list_load(dir, err);
	bool all = what == LIST_ALL;
	int rc = 0;

	if (!impls)
		return -EINVAL;
	if (all)
		puts("Ways:");
	if (all || what == LIST_WAYS)
		list_ways(impls);
	if (all)
		puts("\nScenarios:");
	if (all || what == LIST_SCENARIOS)
		rc = list_scenarios(top, impls, err);
	if (!rc && all)
		puts("\nHints:");
	if (!rc && (all || what == LIST_HINTS))
		rc = list_hints(top, impls, err);
	return rc;
}

static int run_list(const struct settings *global, const void *given, struct error **err)
{
	const struct list_options *o = given;
	int rc = o->what == LIST_PHASES ? 0 : list_files(global->top, o->what, err);

	if (!rc && o->what == LIST_ALL)
		puts("\nPhases:");
	if (!rc && (o->what == LIST_ALL || o->what == LIST_PHASES))
		list_phases();
	return rc;
}

const struct command command_list = {
	.name = "list",
	.summary = "list ways to reboot, scenarios, hints, phases",
	.prose = "Lists ways to reboot, with their image formats, options and phases; scenarios; "
		 "hints that a scenario may give to its ways; or phases, with the event that begins "
		 "each.",
	.options = options,
	.examples = "lobosbench list ways",
	.size = sizeof(struct list_options),
	.defaults = &(const struct list_options){ LIST_ALL },
	.run = run_list,
};
