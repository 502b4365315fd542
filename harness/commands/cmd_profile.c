// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_profile.c - `lobosbench profile`: where every instruction of a reboot goes
 *
 * Each way gets a machine of its own by the virtual clock, with the profiler in it. Its second
 * reboot is profiled, so that the figures are those of the exact scenarios.
 */
#include <errno.h>

#include "analysis/profile_functions.h"
#include "base/interrupt.h"
#include "base/path.h"
#include "base/text.h"
#include "commands.h"
#include "machine/accel.h"
#include "plan/revision.h"
#include "plan/scenario_override.h"
#include "report/flame.h"
#include "report/folded.h"
#include "report/host_table.h"
#include "report/kvm_table.h"
#include "report/profile_table.h"
#include "report/profile_versus.h"
#include "subjects.h"
#include "witness/cost.h"
#include "witness/host_machine.h"
#include "witness/profile_machine.h"

#define MACHINE_SPACE	(UINT64_C(512) << 20)

/* The profiler slows a machine, and a busy host slows it again. */
#define PATIENCE_S	"60"

struct profile_options {
	struct option_list ways;
	const char *versus, *against, *scenario, *kernel;
	long top, cost_pairs;
	bool exact;
};

#define TO(member) offsetof(struct profile_options, member)

static const struct option options[] = {
	{ "WAY", NULL, "WAY[/IMAGE][+OPTION]...: a way to reboot (all that the machine has)", OPTION_LIST,
	  .to = TO(ways) },
	{ "--versus", "WAY", "the functions that this way executes more or less often than the one "
	  "WAY", OPTION_TEXT, .to = TO(versus) },
	{ "--against", "REV", "the same of the way as it is built from that commit of this checkout",
	  OPTION_TEXT, .to = TO(against) },
	{ "--scenario", "SCENARIO", "ways, machine, command line and fault are those of a scenario "
	  "with a virtual clock", OPTION_TEXT, .to = TO(scenario) },
	{ "--kernel", "K", "folder of build/kernels, such as x86_64-6.12 (that of the scenario, or i386)",
	  OPTION_TEXT, .to = TO(kernel) },
	{ "--top", "N", "functions of each table (10)", OPTION_NUMBER, .to = TO(top), .low = 1,
	  .high = 100000 },
	{ "--exact", NULL, "counts alone: no other machine whose emulator is sampled", OPTION_FLAG,
	  .to = TO(exact) },
	{ "--cost", "N", "then run a machine of each N times (5) with the profiler and N times without "
	  "it, in turn, and say how much it slows their second reboot", OPTION_NUMBER,
	  .to = TO(cost_pairs), .bare = "5", .low = 1, .high = 999 },
	{ 0 }
};

static const struct profile_options defaults = { .top = 10 };

struct session {
	const struct settings *global;
	const struct profile_options *options;
	struct impl_list *impls;
	char *against;			/* id of the commit */
	struct revisions revisions;
	struct scenario *scenario;
	struct images images;
	struct machines machines;
	bool kvm;			/* this host has it */
};

static void session_close(struct session *s)
{
	images_free(&s->images);
	machines_close(&s->machines);
	scenario_free(s->scenario);
	revisions_free(&s->revisions);
	impl_list_free(s->impls);
	free(s->against);
}

/* Every way in its default form. */
static char *made_text(const struct impl_list *impls, const char *kernel)
{
	const char *arch = scenario_machine_arch(kernel ? kernel : "i386");
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	if (!f)
		abort();
	fputs("name: profile\ntitle: Where every instruction goes\nways:\n", f);
	for (size_t i = 0; i < impls->n; i++)
		if (impl_runs(&impls->at[i], arch, FIRMWARE_BIOS))
			fprintf(f, "  - {way: %s}\n", impls->at[i].name);
	fputs("chain: {machines: 1, reboots: 2, warmups: 1}\nclock: virtual\n"
	      "timeout: {silence_s: " PATIENCE_S ", phase_s: " PATIENCE_S "}\n", f);
	fclose(f);
	return text;
}

/* The user's scenario as its chains by the virtual clock see it, to be freed; NULL with *err set. */
static char *given_text(const struct session *s, struct error **err)
{
	CLEANUP_FREE char *path = scenario_path(s->global->top, s->options->scenario);
	CLEANUP(cleanup_scenario_free) struct scenario *scenario = scenario_load(path, err);
	struct scenario_override exact = { .clock = "virtual" };
	CLEANUP_FREE char *reboots = NULL;

	if (!scenario)
		return NULL;
	if (scenario_is_both(scenario))
		exact.reboots = reboots = text_format("%d", scenario->exact.reboots);
	if (scenario_is_both(scenario) || scenario_is_virtual(scenario))
		return scenario_override_text(scenario->text, &exact, err);
	error_set(err, ERROR_USAGE, 0, "%s: its clock is not virtual", path);
	return NULL;
}

static char *scenario_text(struct session *s, struct error **err)
{
	struct scenario_override chosen = {
		.ways = s->options->ways.at, .ways_count = s->options->ways.n,
		.versus = s->options->versus, .kernel = s->options->kernel,
	};
	CLEANUP_FREE char *all = NULL;

	if (s->options->against) {
		s->against = revision_commit(s->global->top, s->options->against, err);
		if (!s->against) {
			error_wrap(err, "--against");
			return NULL;
		}
		chosen.against = s->against;
	}
	all = s->options->scenario ? given_text(s, err) : made_text(s->impls, s->options->kernel);
	return all ? scenario_override_text(all, &chosen, err) : NULL;
}

static int load_scenario(struct session *s, struct error **err)
{
	CLEANUP_FREE char *impls = path_below(s->global->top, "impls"), *text = NULL;
	int rc;

	s->impls = impl_list_load(impls, err);
	if (!s->impls)
		return -EINVAL;
	text = scenario_text(s, err);
	if (!text)
		return -EINVAL;
	s->scenario = scenario_parse("the scenario of the profile", text, err);
	if (!s->scenario)
		return -EINVAL;
	rc = revisions_open(&s->revisions, s->global, s->scenario, err);
	return rc ? rc : scenario_resolve(s->scenario, s->global->top, s->impls, err);
}

static int session_open(struct session *s, struct error **err)
{
	int rc = load_scenario(s, err);

	if (!rc)
		rc = machines_lock(&s->machines, s->global, "the profiler", err);
	if (!rc)
		rc = revisions_build(&s->revisions, s->scenario, err);
	if (!rc)
		rc = images_find(&s->images, s->global, s->scenario, err);
	return rc ? rc : machines_open(&s->machines, s->global, MACHINE_SPACE, err);
}

static int write_pictures(const struct profile *p, const char *dir, struct error **err)
{
	CLEANUP_FREE char *whole = path_below(dir, "reboot.svg");
	int rc = flame_write(p, CALL_TREE_ALL, whole, err);

	for (enum phase phase = 0; !rc && phase < PHASES; phase++) {
		CLEANUP_FREE char *path = text_format("%s/%s.svg", dir, phase_name(phase));

		if (profile_counted(p, 1u << phase))
			rc = flame_write(p, 1u << phase, path, err);
	}
	return rc;
}

static int write_files(const struct profile *p, const char *dir, struct error **err)
{
	CLEANUP_FREE char *folded = path_below(dir, "reboot.folded");
	CLEANUP_FREE char *json = path_below(dir, "profile.json");
	int rc = folded_write(p, folded, err);

	if (!rc)
		rc = profile_functions_write(p, json, err);
	return rc ? rc : write_pictures(p, dir, err);
}

static int sample_kvm(struct session *s, struct subject *subject, const struct profile *p,
		      const char *dir, struct error **err)
{
	CLEANUP_FREE char *machine = path_below(dir, "kvm"), *json = path_below(dir, "kvm.json");
	CLEANUP(kvm_profile_free) struct kvm_profile k = { 0 };
	int rc = host_machine_kvm(subject, machine, &k, stdout, err);

	if (rc)
		return rc;
	k.way = p->way;
	kvm_table(&k, (unsigned int)s->options->top, stdout);
	return kvm_profile_write(&k, json, err);
}

static int sample_emulator(struct subject *subject, const struct profile *p, const char *dir,
			   struct error **err)
{
	CLEANUP_FREE char *machine = path_below(dir, "host"), *json = path_below(dir, "host.json");
	struct host_profile h;
	int rc = host_machine_emulated(subject, machine, &h, stdout, err);

	if (rc)
		return rc;
	h.way = p->way;
	host_table(&h, stdout);
	return host_profile_write(&h, json, err);
}

/* What this host does not allow is said, and takes nothing from the counts. */
static int sample(struct session *s, struct subject *subject, const struct profile *p,
		  const char *dir, struct error **err)
{
	CLEANUP_ERROR struct error *why = NULL;
	int rc = s->kvm ? sample_kvm(s, subject, p, dir, &why) :
			  sample_emulator(subject, p, dir, &why);

	if (rc >= 0)
		return rc;
	if (why->class == ERROR_INTERRUPTED) {
		*err = steal_ptr(&why);
		return rc;
	}
	error_wrap(&why, s->kvm ? "nothing was sampled by KVM" : "the emulator was not sampled");
	fflush(stdout);
	error_print(why, stderr);
	return 0;
}

/* Return: 0; 1 when the reboot failed; a negative errno with *err set. */
static int profile_way(struct session *s, struct subject *subject, struct profile *p,
		       struct error **err)
{
	CLEANUP_FREE char *dir = text_format("%s/profile/%s", s->global->results, subject->name);
	int rc = profile_machine_reboot(subject, dir, p, stdout, err);

	if (rc)
		return rc;
	profile_table(p, (unsigned int)s->options->top, stdout);
	rc = write_files(p, dir, err);
	if (!rc && !s->options->exact)
		rc = sample(s, subject, p, dir, err);
	printf("\npictures, folded stacks and all functions: %s\n\n", dir);
	fflush(stdout);
	return rc;
}

static bool compares(const struct session *s)
{
	return s->scenario->versus.on;
}

static int profile_each(struct session *s, struct subject *subjects, struct error **err)
{
	unsigned int n = s->scenario->ways_count;
	struct profile *profiles = calloc(n, sizeof(*profiles));
	int rc = 0, worst = 0;

	if (!profiles)
		abort();
	for (unsigned int i = 0; rc >= 0 && i < n; i++) {
		rc = profile_way(s, &subjects[i], &profiles[i], err);
		worst = rc > worst ? rc : worst;
		if (!compares(s))
			profile_free(&profiles[i]);
	}
	if (rc >= 0 && !worst && compares(s))
		profile_versus(&profiles[0], &profiles[1], (unsigned int)s->options->top, stdout);
	for (unsigned int i = 0; i < n; i++)
		profile_free(&profiles[i]);
	free(profiles);
	return rc < 0 ? rc : worst;
}

static const struct cost_plugin cost_plugin = {
	.name = "the profiler", .folder = "profile", .value = profile_machine_subject,
};

static int profile_ways(struct session *s, struct error **err)
{
	unsigned int n = s->scenario->ways_count;
	struct subject *subjects = subjects_open(s->global, s->scenario, &s->images, &s->machines);
	int costs = 0, rc = profile_each(s, subjects, err);

	if (rc >= 0 && s->options->cost_pairs)
		costs = cost_measure(&cost_plugin, subjects, n,
				     (unsigned int)s->options->cost_pairs, stdout, err);
	subjects_close(subjects, n);
	return costs ? costs : rc;
}

static int run_profile(const struct settings *global, const void *given, struct error **err)
{
	CLEANUP(session_close) struct session session = { .global = global, .options = given };
	struct accel_proof proof;
	int rc;

	/* It forks, so it comes ahead of the first thread. */
	accel_prove(&proof);
	session.kvm = proof.kvm;
	interrupt_catch();
	rc = session_open(&session, err);
	return rc ? rc : profile_ways(&session, err);
}

const struct command command_profile = {
	.name = "profile",
	.summary = "where every instruction of a reboot goes",
	.prose = "Reboots a machine by each WAY in an emulator that counts each instruction under the "
		 "path of calls that led to it, and prints each phase's functions. Counts are exact: "
		 "their sums stand beside those of the virtual clock, and what the difference is. It "
		 "emulates on a host with KVM, too. Then a machine by the wall clock reboots under perf, "
		 "and a table says what of each phase the emulator spent on translating code, on "
		 "throwing translations away, and on the machine's devices. On a host with KVM that "
		 "machine goes by KVM: the table has its exits, and samples of the guest's functions.\n\n"
		 "results/profile/WAY/ gets the flame graphs (reboot.svg, and one of each phase), "
		 "folded stacks for other viewers (reboot.folded), all functions (profile.json) and the "
		 "samples of the emulator (host.json, host/) or of a machine by KVM (kvm.json, kvm/).",
	.options = options,
	.statuses = "0 every reboot went well, 1 one failed",
	.examples = "lobosbench profile lobos\n"
		    "lobosbench profile lobos --versus kexec/vmlinux+no-checks\n"
		    "lobosbench profile lobos --against HEAD~1",
	.supervised = true,
	.size = sizeof(struct profile_options),
	.defaults = &defaults,
	.run = run_profile,
};
