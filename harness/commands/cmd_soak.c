// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_soak.c - `lobosbench soak`: many reboots of each way in long chains
 *
 * A run of scenarios/soak.yaml like any other: it can be interrupted, goes on, and has a report.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/processors.h"
#include "base/text.h"
#include "commands.h"
#include "plan/soak.h"
#include "run_scenario.h"

#define SCENARIO	"soak"
#define REBOOTS		"200"

struct soak_options {
	struct option_list ways;
	const char *reboots;
	struct scenario_override override;	/* of the machine */
	bool begin_new;
};

#define TO(member) offsetof(struct soak_options, member)

static const char *const accelerators[] = { "kvm", "tcg", "auto", NULL };
static const char *const chipsets[] = { "pc", "q35", NULL };
static const char *const firmwares[] = { "bios", "uefi", NULL };

static const struct option options[] = {
	{ "WAY", NULL, "WAY[/IMAGE][+OPTION]... (all of scenarios/soak.yaml)", OPTION_LIST,
	  .to = TO(ways) },
	{ "-n", "N", "counted reboots of each way (" REBOOTS ")", OPTION_NUMBER, .to = TO(reboots),
	  .as_text = true, .low = SOAK_CHAIN_LEAST, .high = 99999 },
	{ "--accelerator", "A", "kvm, tcg or auto", OPTION_CHOICE, .to = TO(override.accelerator),
	  .as_text = true, .choices = accelerators },
	{ "--kernel", "K", "folder of build/kernels, such as x86_64-6.12; it names the architecture, too",
	  OPTION_TEXT, .to = TO(override.kernel) },
	{ "--chipset", "C", "pc or q35", OPTION_CHOICE, .to = TO(override.chipset), .as_text = true,
	  .choices = chipsets },
	{ "--firmware", "F", "bios or uefi; a way that needs the other one is refused", OPTION_CHOICE,
	  .to = TO(override.firmware), .as_text = true, .choices = firmwares },
	{ "--new", NULL, "begin a new run, even if one was interrupted", OPTION_FLAG,
	  .to = TO(begin_new) },
	{ 0 }
};

/* What the scenario is with the ways and the machine of the command line, without numbers yet. */
static struct scenario *load(const struct settings *global, const struct run_options *run,
			     struct error **err)
{
	CLEANUP_FREE char *path = scenario_path(global->top, run->scenario);
	struct scenario_override of = run->override;

	of.ways = run->ways.at;
	of.ways_count = run->ways.n;
	return scenario_load_overridden(path, &of, err);
}

static int run_soak(const struct settings *global, const void *given, struct error **err)
{
	const struct soak_options *o = given;
	struct run_options run = {
		.scenario = SCENARIO, .ways = o->ways, .override = o->override,
		.begin_new = o->begin_new, .prints_chains = true,
	};
	CLEANUP(cleanup_scenario_free) struct scenario *s = load(global, &run, err);
	CLEANUP_FREE char *machines = NULL, *reboots = NULL, *parallel = NULL;
	struct soak soak;

	if (!s)
		return -EINVAL;
	soak = soak_part(atoi(o->reboots), s->chain.warmups, (int)s->ways_count, processors_usable());
	machines = text_format("%d", soak.machines);
	reboots = text_format("%d", soak.reboots);
	parallel = text_format("%d", soak.parallel);
	run.override.machines = machines;
	run.override.reboots = reboots;
	run.override.parallel = parallel;
	return run_scenario(global, &run, err);
}

static const struct soak_options defaults = { .reboots = REBOOTS };

const struct command command_soak = {
	.name = "soak",
	.summary = "reboot each way many times in long chains",
	.prose = "Reboots machines by each WAY, kernel after kernel without a fresh machine, as many "
		 "side by side as there are processors, and prints how often it worked, how many "
		 "more reboots a claim of 99.9 % needs, and what became of memory and latency with "
		 "the number of the reboot; then each failure with its evidence. It is a run: Ctrl-C ends "
		 "it, the same command goes on, and its report is written as always. Machines side by "
		 "side disturb each other: latencies here show drift, not speed.",
	.options = options,
	.statuses = "0 all went well, 1 a reboot failed",
	.examples = "lobosbench soak\n"
		    "lobosbench soak lobos kexec/vmlinux -n 1000",
	.supervised = true,
	.size = sizeof(struct soak_options),
	.defaults = &defaults,
	.run = run_soak,
};
