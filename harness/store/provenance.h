/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * provenance.h - what the samples of a run rest on
 *
 * A run keeps it as one JSON object, whose keys are described in results/README.md.
 * run/ makes the values; this file alone puts them into the text and reads them again.
 */
#ifndef PROVENANCE_H
#define PROVENANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"
#include "base/vec.h"
#include "reboot/event.h"

/* Hexadecimal digits of a host's name. */
#define PROVENANCE_HOST_DIGITS 12

/* From which commit one way of the run is. */
struct provenance_side {
	const char *commit;		/* "" if not known */
	bool dirty;			/* it had changes that were not committed */
};

/* One side of a comparison at one look. */
struct provenance_arm {
	const char *way, *variant;
	size_t reboots, failed;		/* counted ones, and failed ones among them */
	double median_s;		/* NAN if not known */
};

/* One look at a comparison; figures are NAN where they cannot be said. */
struct provenance_look {
	int pairs;
	bool looked;			/* the verdict counts */
	const char *verdict;		/* "undecided", "same", "better", "worse", of B; or "" */
	const char *words;		/* one sentence for people */
	struct provenance_arm arms[2];	/* A, B */
	double shift_s, low_s, high_s, confidence;
};

/* How late the stamps of one source of borders were, in seconds; NAN if not measured. */
struct provenance_lateness {
	double p50_s, p99_s;
};

/* Texts are NULL and numbers 0 where a fact could not be found out. All is owned. */
struct provenance {
	json_t *json;			/* the object that all texts below point into */
	const char *cpu_model;
	int cpu_count;
	long memory_mib;
	const char *accelerator;
	const char *kernel_release;	/* of the host */
	const char *os, *libvirt, *hypervisor, *seabios, *gcc;	/* versions */
	const char *commit;		/* of the checkout */
	bool dirty;
	bool discards;			/* see scenario_discards() */
	const json_t *sizes;		/* for sizes_from_json(); or NULL */
	long kernel_bytes;		/* of the smallest of its kernels, as copied; 0: not known */
	json_t *hints;			/* name to the text of its file; or NULL */
	struct provenance_lateness lateness[EVENT_SOURCES];	/* the worst of all starts */
	VEC(struct provenance_side) sides;
	struct {
		int number, of;		/* zeros: the whole run */
	} shard;
	struct {
		int of;			/* shards; 0: it is not merged */
		size_t shards;		/* that are in it */
		size_t hosts;		/* kinds of hosts, as provenance_host() names them */
		size_t boots;		/* of all hosts: as many hosts, or one that was booted again */
	} merged;
	bool comparison;		/* two sides in one run */
	bool comparison_complete;	/* it was not interrupted */
	VEC(struct provenance_look) looks;
};

/*
 * provenance_parse() - read the provenance of a run
 * @text:	as in the database; NULL, and anything that is no JSON object, has no facts
 *
 * Return: to be freed with provenance_free(); never NULL.
 */
struct provenance *provenance_parse(const char *text);

/* The same from the JSON itself, which stays the caller's. */
struct provenance *provenance_read(json_t *json);

/*
 * provenance_free() - free what was read
 * @p:	NULL is fine
 */
void provenance_free(struct provenance *p);

DEFINE_CLEANUP(struct provenance, provenance_free)
#define CLEANUP_PROVENANCE CLEANUP(cleanup_provenance_free)

/*
 * provenance_host() - name the host that a run was made on
 * @name:	filled in
 *
 * The name is the first 12 digits of the SHA-256 of compact JSON with sorted keys of:
 * cpu, memory_mib rounded to 256, accelerator, kernel {release, machine, command_line,
 * clocksource}, versions. Figures of hosts with different names differ for reasons that
 * are not the subject's. A run that was merged from several kinds of hosts has a name of its own.
 */
void provenance_host(const struct provenance *p, char name[PROVENANCE_HOST_DIGITS + 1]);

/* The host for people, on one line; to be freed. */
char *provenance_host_words(const struct provenance *p);

/*
 * provenance_emulator() - what executed the machines, with its firmware, for people
 *
 * Return: to be freed. Runs that differ in it differ by the virtual clock for this reason too.
 */
char *provenance_emulator(const struct provenance *p);

/* The images, "sha256 path" a line, in the order of paths; to be freed. */
char *provenance_images(const struct provenance *p);

/*
 * provenance_sha256() - of one of the files that a run rests on
 * @end:	of its path: "/lobos/impl.yaml", "/root.img"
 *
 * A file of the checkout goes before the same one of a commit. Return: NULL when it is not known.
 */
const char *provenance_sha256(const struct provenance *p, const char *end);

/* Called with a fact's path ("kernel.release", "images 2") and its text; NULL: not found out. */
typedef void (*provenance_fact_fn)(void *arg, const char *path, const char *text);

/*
 * provenance_each() - visit every fact in the order in which they are stored
 * @fn:		path and text end with the call
 *
 * The comparison and the hints are left out: their fields are above.
 */
void provenance_each(const struct provenance *p, provenance_fact_fn fn, void *arg);

/*
 * provenance_put() - set a key of a run's provenance
 * @text:	the JSON; freed and replaced
 * @value:	this reference is taken over
 */
void provenance_put(char **text, const char *key, json_t *value);

/* The same for a list: appends to it, and makes it where it is not there. */
void provenance_append(char **text, const char *key, json_t *value);

/*
 * provenance_differs() - whether a run can be continued on this host, with these images
 * @text:	of the run
 * @now:	what the host says now
 *
 * A run that was merged is never continued. Return: the first key that differs; NULL when none does.
 */
const char *provenance_differs(const char *text, const json_t *now);

#endif /* PROVENANCE_H */
