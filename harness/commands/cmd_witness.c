// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_witness.c - `lobosbench witness`: what is executed on the way from one kernel to the next
 *
 * Each way gets a machine of its own, by emulation, with the witness in it. It goes by the
 * virtual clock: then the counts are the same every time, and each round of a repeated string
 * instruction is one, while QEMU 10 otherwise takes many of them at once. What the witness saw
 * is interpreted afterwards. No figure of it is a time.
 */
#include <errno.h>
#include <string.h>

#include "base/interrupt.h"
#include "base/path.h"
#include "commands.h"
#include "plan/scenario_override.h"
#include "subjects.h"
#include "witness/cost.h"

#define MACHINE_SPACE	(UINT64_C(256) << 20)

/* The witness slows a machine, and a busy host slows it again. */
#define PATIENCE_S	"60"

struct witness_options {
	struct option_list ways;
	const char *scenario, *kernel;
	long cost_pairs;
};

#define TO(member) offsetof(struct witness_options, member)

static const struct option options[] = {
	{ "WAY", NULL, "WAY[/IMAGE][+OPTION]...: a way to reboot (all that the machine has)", OPTION_LIST,
	  .to = TO(ways) },
	{ "--scenario", "NAME", "the ways of a scenario, as it has them, and its kernel", OPTION_TEXT,
	  .to = TO(scenario) },
	{ "--kernel", "K", "folder of build/kernels, such as x86_64-6.12 (that of the scenario, or i386)",
	  OPTION_TEXT, .to = TO(kernel) },
	{ "--cost", "N", "then reboot each N times (5) with the witness and N times without it, in "
	  "turn, and say how much it slows them", OPTION_NUMBER, .to = TO(cost_pairs),
	  .bare = "5", .low = 1, .high = 999 },
	{ 0 }
};

/* All that witnessing needs. */
struct session {
	const struct settings *global;
	struct scenario *of;		/* whose ways are asked for; NULL: every way's default */
	const char *kernel;		/* of the machines */
	struct impl_list *impls;
	struct scenario *exact;		/* to be witnessed */
	struct scenario *wall;		/* to be timed, with the witness and without */
	struct images images;
	struct machines machines;
};

static void session_close(struct session *s)
{
	images_free(&s->images);
	machines_close(&s->machines);
	scenario_free(s->of);
	scenario_free(s->exact);
	scenario_free(s->wall);
	impl_list_free(s->impls);
}

/*
 * The ways of a scenario with its hints, but for those of other commits: their kernels are not
 * built here.
 */
static void put_ways_of(FILE *f, const struct scenario *of)
{
	for (unsigned int i = 0; i < of->ways_count; i++) {
		const struct scenario_way *w = &of->ways[i];

		if (w->revision)
			continue;
		fprintf(f, "  - {way: %s", w->way);
		if (w->image)
			fprintf(f, ", image: %s", w->image);
		for (unsigned int k = 0; k < w->options_count; k++)
			fprintf(f, "%s%s", k ? ", " : ", options: [", w->options[k]);
		fprintf(f, "%s%s}\n", w->options_count ? "]" : "", w->plain ? ", plain: true" : "");
	}
	for (unsigned int i = 0; i < of->hints_count; i++)
		fprintf(f, "%s%s%s", i ? ", " : "hints: [", of->hints[i],
			i + 1 < of->hints_count ? "" : "]\n");
}

/* A scenario of all that may be asked for. @clock: "virtual" or "wall" */
static char *scenario_text(const struct session *s, const char *clock)
{
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	fputs("name: witness\ntitle: What is executed on the way\nways:\n", f);
	for (size_t i = 0; !s->of && i < s->impls->n; i++)
		if (impl_runs(&s->impls->at[i], scenario_machine_arch(s->kernel), FIRMWARE_BIOS))
			fprintf(f, "  - {way: %s}\n", s->impls->at[i].name);
	if (s->of)
		put_ways_of(f, s->of);
	fprintf(f, "machine: {accelerator: tcg, kernel: %s}\nchain: {reboots: 1, warmups: 0}\n"
		"timeout: {silence_s: " PATIENCE_S ", phase_s: " PATIENCE_S "}\nclock: %s\n",
		s->kernel, clock);
	fclose(f);
	return text;
}

static int load_scenario(struct session *s, const struct option_list *ways, const char *clock,
			 struct scenario **to, struct error **err)
{
	struct scenario_override chosen = { .ways = ways->at, .ways_count = ways->n };
	CLEANUP_FREE char *all = scenario_text(s, clock), *text = NULL;

	text = scenario_override_text(all, &chosen, err);
	if (!text)
		return -EINVAL;
	*to = scenario_parse("lobosbench witness", text, err);
	if (!*to)
		return -EINVAL;
	return scenario_resolve(*to, s->global->top, s->impls, err);
}

static int load_scenarios(struct session *s, const struct witness_options *o, struct error **err)
{
	CLEANUP_FREE char *impls = path_below(s->global->top, "impls");
	CLEANUP_FREE char *path = o->scenario ? scenario_path(s->global->top, o->scenario) : NULL;
	int rc;

	s->impls = impl_list_load(impls, err);
	if (!s->impls)
		return -EINVAL;
	s->of = path ? scenario_load(path, err) : NULL;
	if (path && !s->of)
		return -EINVAL;
	s->kernel = o->kernel ? o->kernel : s->of ? s->of->machine.kernel : "i386";
	rc = load_scenario(s, &o->ways, "virtual", &s->exact, err);
	return rc ? rc : load_scenario(s, &o->ways, "wall", &s->wall, err);
}

static int witness_ways(struct session *s, struct error **err)
{
	unsigned int n = s->exact->ways_count;
	struct subject *subjects = subjects_open(s->global, s->exact, &s->images, &s->machines);
	int rc = subjects_witness(subjects, n, stdout, err);

	subjects_close(subjects, n);
	return rc;
}

static const struct cost_plugin cost_plugin = {
	.name = "the witness", .folder = "witness", .value = subject_plugin,
};

/* Times are the host's, so these machines go by its clock. */
static int take_costs(struct session *s, unsigned int pairs, struct error **err)
{
	unsigned int n = s->wall->ways_count;
	struct subject *subjects = subjects_open(s->global, s->wall, &s->images, &s->machines);
	int rc = cost_measure(&cost_plugin, subjects, n, pairs, stdout, err);

	subjects_close(subjects, n);
	return rc;
}

static int run_witness(const struct settings *global, const void *given, struct error **err)
{
	const struct witness_options *o = given;
	CLEANUP(session_close) struct session session = { .global = global };
	int costs, rc = load_scenarios(&session, o, err);

	if (!rc)
		rc = images_find(&session.images, global, session.exact, err);
	if (rc)
		return rc;
	interrupt_catch();
	rc = machines_lock(&session.machines, global, "the witness", err);
	if (!rc)
		rc = machines_open(&session.machines, global, MACHINE_SPACE, err);
	if (!rc)
		rc = witness_ways(&session, err);
	if (rc < 0 || !o->cost_pairs)
		return rc;
	costs = take_costs(&session, (unsigned int)o->cost_pairs, err);
	return costs ? costs : rc;
}

const struct command command_witness = {
	.name = "witness",
	.summary = "watch each instruction of a reboot",
	.prose = "Reboots a machine once by each WAY in an emulator that watches each "
		 "instruction: how many lie between the marks; and, from the point of no return to "
		 "the new kernel's first instruction, each privileged step in order, where code "
		 "ran, which memory was written. What is inferred says from what.\n\n"
		 "The table goes to standard output, results/witness/WAY.json holds all of it. "
		 "These are counts and no times: the witness slows the machine.",
	.options = options,
	.statuses = "0 every reboot went well, 1 one failed",
	.examples = "lobosbench witness lobos kexec/vmlinux kexec+real-mode+reset-vga\n"
		    "lobosbench witness --scenario bench\n"
		    "lobosbench witness kexec --kernel x86_64-6.12",
	.supervised = true,
	.size = sizeof(struct witness_options),
	.run = run_witness,
};
