/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * doubt.h - every reason to distrust a figure
 *
 * A doubt never removes a sample and never changes a figure: it is printed
 * beside it. Those of one sample are kept with it (sample.doubts, by name in
 * samples.jsonl); those of a set of samples (analysis/doubts_of_set.h) are worked
 * out when it is reported.
 */
#ifndef DOUBT_H
#define DOUBT_H

#include "sample.h"

/* Databases keep these numbers as bits: a new doubt goes to the end. */
enum doubt {
	/* Of one sample: doubts_of_sample() finds these ... */
	DOUBT_EMULATED,			/* no hardware virtualisation: the emulator's figures */
	DOUBT_CLOCK_COARSE,		/* a phase is shorter than the error of its borders */
	DOUBT_CLOCK_UNKNOWN,		/* the error of the clock was not measured */
	DOUBT_BORDER_FROM_CONSOLE,	/* a border came from console text, not from a mark */
	DOUBT_PHASE_UNSEEN,		/* a phase that must have been there was not seen */
	DOUBT_LOG_INCOMPLETE,		/* the old kernel's log came over with lines missing */
	DOUBT_LOG_DAMAGED,		/* ... or does not check */
	DOUBT_NOT_PROVED,		/* nothing proves that the way was taken */
	/* ... and these only whoever ran it knows. */
	DOUBT_FAULT_INJECTED,		/* the scenario made the kernel fail or wait */
	DOUBT_HOST_BUSY,		/* others used the host's processors meanwhile */
	DOUBT_CONSOLE_GAP,		/* console bytes were lost or came late in one lump */
	DOUBT_CLOCKSOURCE_CHANGED,	/* in older databases; now it is one of NOT_WHOLE's */
	DOUBT_RESUMED,			/* the machine replaced one that failed or was stopped */
	/* Of a set of samples: analysis/doubts_of_set.h and doubts_of_figures.h find these. */
	DOUBT_TOO_FEW,			/* too few samples for the figure beside it */
	DOUBT_FIRST_SLOW,		/* the first samples stand apart from the rest */
	DOUBT_DRIFT,			/* the figures move with time */
	DOUBT_OUTLIERS,			/* some samples lie far from the rest */
	DOUBT_TWO_HUMPED,		/* they gather around more than one value */
	/* Of one sample: machine/observation.c finds it. */
	DOUBT_RESTS_ON_CONSOLE,		/* request, ready or a panic are known from console text */
	/* Of a set of samples: analysis/doubts_of_figures.h finds it. */
	DOUBT_INDEX_EFFECT,		/* the figures depend on the place of a reboot in its chain */
	/* Of one sample: doubts_of_sample() finds the first, machine/trial.c the second. */
	DOUBT_NOT_WHOLE,		/* the machine came up with less than it went down with */
	DOUBT_NO_POWER_OFF,		/* after its last reboot it could not be switched off */
	/* Of one sample: machine/observation.c finds these. */
	DOUBT_RESET_AGAIN,		/* the machine was reset more than once before ready */
	DOUBT_LOG_STALE,		/* a log was there, and this way keeps none: an earlier reboot's */
	/* Of one sample by the wall clock: run/merge.h finds it. */
	DOUBT_SEVERAL_HOSTS,		/* the shards of its run were run on more than one host */
	DOUBTS
};

_Static_assert(DOUBTS <= 64, "doubts are bits of a uint64_t");

#define DOUBT_BIT(d) (UINT64_C(1) << (d))

/* "emulated", "clock_coarse" ...; NULL for anything that is no doubt. */
const char *doubt_name(enum doubt d);
/* The doubt that a file calls so; DOUBTS for anything else. */
enum doubt doubt_from_name(const char *name);
/* One sentence that says what is wrong, with a full stop. */
const char *doubt_sentence(enum doubt d);
/* One sentence that says what to do about it, with a full stop. */
const char *doubt_advice(enum doubt d);

/*
 * doubts_of_sample() - the doubts that show in a finished sample itself. Pure.
 * Return: bits 1 << enum doubt, to be added to sample->doubts.
 */
uint64_t doubts_of_sample(const struct sample *s);

#endif /* DOUBT_H */
