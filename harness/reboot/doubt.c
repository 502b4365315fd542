// SPDX-License-Identifier: GPL-2.0-only
/*
 * doubt.c - the words of every reason to distrust a figure
 *
 * Names are kept in files, so they never change; sentences and advice are for
 * people and may.
 */
#include "doubt.h"

#include <string.h>

struct doubt_words {
	const char *name, *sentence, *advice;
};

static const struct doubt_words words[DOUBTS] = {
	[DOUBT_EMULATED] = {
		"emulated",
		"No hardware virtualisation: these times are those of an emulator.",
		"Compare the ways with each other, not with a server; use a host with KVM for "
		"times that carry over.",
	},
	[DOUBT_CLOCK_COARSE] = {
		"clock_coarse",
		"A phase is shorter than the error of the clock that stamped its borders.",
		"Read such a phase as \"about nothing\"; use the exact clock to compare it.",
	},
	[DOUBT_CLOCK_UNKNOWN] = {
		"clock_unknown",
		"The error of the clock was not measured in this run.",
		"Run it again and let the calibration at the start come to its end.",
	},
	[DOUBT_BORDER_FROM_CONSOLE] = {
		"border_from_console",
		"A border of a phase was taken from console text, which comes later than the "
		"moment it speaks of.",
		"Use kernels built with marks, or read the two phases at that border as one.",
	},
	[DOUBT_PHASE_UNSEEN] = {
		"phase_unseen",
		"A phase that must have been there could not be seen; its time is in a neighbour.",
		"Look at the sample with `lobosbench show` to see which mark is missing.",
	},
	[DOUBT_LOG_INCOMPLETE] = {
		"log_incomplete",
		"The old kernel's log came over with lines missing that the console had.",
		"Give the preserved log more room, or look for a log buffer that wrapped.",
	},
	[DOUBT_LOG_DAMAGED] = {
		"log_damaged",
		"The old kernel's log came over and does not check.",
		"Look at the sample with `lobosbench show`; something wrote over the safe area.",
	},
	[DOUBT_NOT_PROVED] = {
		"not_proved",
		"The system came up and nothing proves that it went the way it was asked to.",
		"Look at the sample with `lobosbench show`; it does not count as a success.",
	},
	[DOUBT_FAULT_INJECTED] = {
		"fault_injected",
		"The scenario made the kernel wait or fail on purpose.",
		"Use these figures to test the harness, not the ways.",
	},
	[DOUBT_HOST_BUSY] = {
		"host_busy",
		"Something else used the host's processors while it was measured.",
		"Run it again on an idle host, or with fewer machines side by side.",
	},
	[DOUBT_CONSOLE_GAP] = {
		"console_gap",
		"Console bytes were lost or came late in one lump.",
		"Trust the marks; look at the host's disk if it happens often.",
	},
	[DOUBT_CLOCKSOURCE_CHANGED] = {
		"clocksource_changed",
		"The new kernel keeps time by another clock than the old one.",
		"Do not compare times inside the two kernels; those on the host's clock hold.",
	},
	[DOUBT_RESUMED] = {
		"resumed",
		"The machine replaced one that failed or was interrupted.",
		"Nothing: the reboot kept its place in the chain, unless `index` says otherwise.",
	},
	[DOUBT_TOO_FEW] = {
		"too_few",
		"There are too few samples to say much beyond the median.",
		"Raise `machines` or `reboots` in the scenario.",
	},
	[DOUBT_FIRST_SLOW] = {
		"first_slow",
		"The first counted reboots of the machines are slower than the rest.",
		"Raise `warmups` in the scenario.",
	},
	[DOUBT_DRIFT] = {
		"drift",
		"The times move in one direction during the run.",
		"Look for a host that heats up, fills up or is shared, and run it again.",
	},
	[DOUBT_OUTLIERS] = {
		"outliers",
		"Some samples lie far from the rest; they are kept in every figure.",
		"Look at them with `lobosbench show`, and rely on the median.",
	},
	[DOUBT_TWO_HUMPED] = {
		"two_humped",
		"The times gather around more than one value, so the median may be one that hardly "
		"any reboot took.",
		"Look at the plot of all samples; find out what the two kinds of reboots do "
		"differently: a gain that only makes one kind rarer does not belong to the way.",
	},
	[DOUBT_RESTS_ON_CONSOLE] = {
		"rests_on_console",
		"Request, ready or a panic is known from console text only, which any program in the "
		"machine can print.",
		"Use kernels built with marks, or trust what runs in the machine.",
	},
	[DOUBT_INDEX_EFFECT] = {
		"index_effect",
		"A figure depends on how often the machine was rebooted before, so a figure over all "
		"reboots is a mixture.",
		"Read that figure by index; raise `warmups` if only the first index differs.",
	},
	[DOUBT_NOT_WHOLE] = {
		"not_whole",
		"The machine has less than it had, or differs: it changed in the reboot, in an earlier "
		"one of its chain, or by itself between two reboots.",
		"Look at `differences` with `lobosbench show`: a reboot that loses something is not "
		"comparable with one that does not.",
	},
	[DOUBT_NO_POWER_OFF] = {
		"no_power_off",
		"After the last reboot of its chain the machine was to switch itself off through ACPI, "
		"and did not.",
		"Look at the end of its console: something that the reboots left behind is in the way.",
	},
	[DOUBT_RESET_AGAIN] = {
		"reset_again",
		"The machine was reset more than once before it was ready, so its time is that of more "
		"than one boot.",
		"Look at its console: a boot that failed is behind the last words of the old kernel.",
	},
	[DOUBT_LOG_STALE] = {
		"log_stale",
		"The new kernel shows a kept log although this way keeps none: it is that of a kernel "
		"before the old one.",
		"Look at the log with `lobosbench show`; the way that kept it left it in memory, and the "
		"new kernel took it for its own.",
	},
	[DOUBT_SEVERAL_HOSTS] = {
		"several_hosts",
		"The machines of this run were on several hosts, or on one that was booted again, "
		"and a time by the wall clock is the host's too.",
		"Compare the ways of this run with each other, for each host ran all of them equally "
		"often; take times from a run on one host.",
	},
};

const char *doubt_name(enum doubt d)
{
	return (unsigned int)d < DOUBTS ? words[d].name : NULL;
}

enum doubt doubt_from_name(const char *name)
{
	unsigned int d;

	for (d = 0; d < DOUBTS; d++)
		if (strcmp(words[d].name, name) == 0)
			break;
	return (enum doubt)d;
}

const char *doubt_sentence(enum doubt d)
{
	return words[d].sentence;
}

const char *doubt_advice(enum doubt d)
{
	return words[d].advice;
}

static uint64_t doubts_of_phases(const struct sample *s)
{
	uint64_t doubts = 0;
	unsigned int p;

	for (p = 0; p < PHASES; p++) {
		const struct phase_time *t = &s->phases.at[p];

		if (t->state == PHASE_UNKNOWN)
			doubts |= DOUBT_BIT(DOUBT_PHASE_UNSEEN);
		if (t->state != PHASE_SEEN)
			continue;
		if (t->from_console)
			doubts |= DOUBT_BIT(DOUBT_BORDER_FROM_CONSOLE);
		if (s->clock_error_ns > 0 && t->ns < s->clock_error_ns)
			doubts |= DOUBT_BIT(DOUBT_CLOCK_COARSE);
	}
	return doubts;
}

/* Phases of a reboot that failed are unseen because it failed; that is no doubt. */
uint64_t doubts_of_sample(const struct sample *s)
{
	uint64_t doubts = 0;

	if (strcmp(s->accel, "tcg") == 0 && !sample_is_virtual(s))
		doubts |= DOUBT_BIT(DOUBT_EMULATED);
	if (s->clock_error_ns < 0)
		doubts |= DOUBT_BIT(DOUBT_CLOCK_UNKNOWN);
	if (s->log_state == PRESERVED_LOG_DAMAGED)
		doubts |= DOUBT_BIT(DOUBT_LOG_DAMAGED);
	if (s->log_state == PRESERVED_LOG_KEPT && s->log_missing > 0)
		doubts |= DOUBT_BIT(DOUBT_LOG_INCOMPLETE);
	if (s->whole == WHOLE_NO)
		doubts |= DOUBT_BIT(DOUBT_NOT_WHOLE);
	if (s->judgement.verdict != VERDICT_OK)
		return doubts;
	if (!s->judgement.proved)
		doubts |= DOUBT_BIT(DOUBT_NOT_PROVED);
	return doubts | doubts_of_phases(s);
}
