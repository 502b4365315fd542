/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * scenario.h - what to run: one checked YAML file of scenarios/
 *
 * Every key is described in scenarios/README.md. An unknown key or a bad value
 * is refused with file, line and what would be right.
 */
#ifndef SCENARIO_H
#define SCENARIO_H

#include "base/error.h"
#include "factor.h"
#include "hint.h"
#include "impl.h"
#include "scenario_machine.h"
#include "shard.h"

struct revision;

/* The last word of the variant of a way that is given hints, but for the word of a second same side. */
#define SCENARIO_HINTED			"hinted"

/* Digits of a commit's id, and how many of them name it in a variant. */
#define SCENARIO_REVISION_LENGTH	40
#define SCENARIO_REVISION_SHORT		10

/* Counted reboots a side at the first look of a comparison and at its last, see sequential.h. */
#define SCENARIO_VERSUS_FIRST		10
#define SCENARIO_VERSUS_MOST		30

/* Machines of each way by the exact clock where a scenario with both clocks does not say, see exact.h. */
#define SCENARIO_EXACT_MACHINES		3

/* Machines side by side, at most. */
#define SCENARIO_PARALLEL_MAX		256

/* Ways that the reboots of one machine take in turn, at most. */
#define SCENARIO_TURNS_MOST		32

enum fault_kind { FAULT_NONE, FAULT_DELAY, FAULT_SPIN, FAULT_HANG, FAULT_PANIC };

/* One way as a scenario asks for it. */
struct scenario_way {
	char *way;			/* impl.yaml's name */
	char *image;			/* image format; NULL: the way's first */
	char **options;			/* names of the way's options */
	unsigned int options_count;
	char *revision;			/* full id of the commit it is built from; NULL: this checkout */
	bool plain;			/* is given none of the scenario's hints */
	struct factor_values own;
	char *variant;			/* made on loading: "" or e.g. "vmlinux no-checks hinted" */
	VEC(const struct hint *) given;	/* its hints, set by scenario_resolve() */
	const struct revision *unpacked;	/* its revision, set by revisions_open(); or NULL */
	const struct impl *impl;	/* looked up by scenario_resolve() */
};

struct scenario {
	char *name;
	char *title;
	struct scenario_way *ways;
	unsigned int ways_count;
	struct scenario_machine machine;
	struct {
		int machines;		/* machines per way; in a comparison at most so many */
		int reboots;		/* reboots of each machine, warm-ups included */
		int warmups;		/* how many of them, the first ones, do not count */
		int settle_ms;		/* guest time between ready and the next request */
		int parallel;		/* machines side by side */
		char **kernels;		/* that the reboots in turn lead to, named as machine.kernel;
					 * none: that one each time */
		unsigned int kernels_count;
		char **ways;		/* names of those that the reboots of each machine take in turn;
					 * none: a machine has one of `ways`, see mixed.h */
		unsigned int ways_count;
		unsigned int turns[SCENARIO_TURNS_MOST];	/* their places in `ways`, set by scenario_resolve() */
	} chain;
	struct {
		bool on;		/* the two ways are the sides of a comparison */
		int most;		/* counted reboots a side */
	} versus;
	char *command_line;		/* of the new kernels; NULL: the default of the boot disk */
	char *before;			/* shell text run ahead of each request; NULL: none */
	char **hints;			/* names of what the ways are given that can take it */
	unsigned int hints_count;
	struct hint_list *known;	/* all hints of the checkout, set by scenario_resolve() */
	char *clock;			/* "wall", "virtual" or "both" */
	struct {
		int machines, reboots, warmups;	/* as of chain */
	} exact;			/* by the virtual clock, where the clock is "both" */
	int target_ms;
	struct {
		enum fault_kind kind;
		char *at;		/* mark name; the new kernel does it after that mark */
		int ms;			/* of a delay */
		int instructions;	/* of a spin */
	} fault;
	struct {
		int silence_s;		/* no byte for so long: hung. For kvm; scaled for tcg */
		int phase_s;		/* no new phase for so long: hung */
	} timeout;
	unsigned long long seed;	/* of the random order: same seed, same order */
	char *shard_text;		/* "2/4"; NULL: the whole run */
	struct shard shard;		/* the same, read */
	char *text;			/* the file as read, for provenance */
	char *path;			/* where it was read from, for messages */
};

/*
 * scenario_path() - the file of a scenario as a user names it
 * @top:	the checkout
 * @given:	with a slash or a dot a path, else a name below top/scenarios/
 *
 * Return: to be freed.
 */
char *scenario_path(const char *top, const char *given);

/*
 * scenario_load() - reads one scenario
 * @path:	of the YAML file
 *
 * Return: the scenario, checked and completed, to be freed with
 * scenario_free(); NULL with *err set. Its ways are not yet looked up.
 */
struct scenario *scenario_load(const char *path, struct error **err);

/* The same from a text; path is what messages call it. */
struct scenario *scenario_parse(const char *path, const char *text, struct error **err);

/*
 * scenario_resolve() - looks up each way, its image format, its options and its hints
 * @s:		from scenario_load(); ways of a revision have it unpacked already
 * @top:	the checkout; hints are those of its scenarios/hints
 * @impls:	of the checkout; they and those of the revisions must outlive @s
 *
 * Return: 0, or -EINVAL with *err set
 */
int scenario_resolve(struct scenario *s, const char *top, const struct impl_list *impls,
		     struct error **err);

/* Names of the hints that a way is given, parted by blanks; to be freed. After scenario_resolve(). */
char *scenario_hints(const struct scenario_way *w);

/* What a way has beyond its default: "vmlinux no-checks @1a2b3c4d5e hinted", to be freed. */
char *scenario_variant(const struct scenario_way *w, bool with_image);
/* Whether its times are the machine's own: see virtual_clock.h. */
bool scenario_is_virtual(const struct scenario *s);
/* Whether it has chains by the wall clock, and others by the virtual one. */
bool scenario_is_both(const struct scenario *s);
/* Whether emulation is kept from deciding a wall clock's figures: see witness/plugin_discard.c. */
bool scenario_discards(const struct scenario *s, enum accelerator chosen);
/* "kexec-vmlinux-no-checks": the way as a file is named after it, to be freed. */
char *scenario_way_name(const struct scenario_way *w);
/* The phases a way has as it is asked for, bits 1 << phase. After scenario_resolve(). */
unsigned int scenario_phases(const struct scenario_way *w);
/* The file of the new system with the old kernel's log, or NULL. Likewise. */
const char *scenario_previous_log(const struct scenario_way *w);

/*
 * scenario_free() - frees a scenario
 * @s:		may be NULL
 */
void scenario_free(struct scenario *s);

DEFINE_CLEANUP(struct scenario, scenario_free)

#endif /* SCENARIO_H */
