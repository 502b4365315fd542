/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * run_facts.h - what a history asks of a run's provenance
 */
#ifndef RUN_FACTS_H
#define RUN_FACTS_H

#include <stdbool.h>

/* Hexadecimal digits of a host's name. */
#define HOST_ID_DIGITS 12

struct run_facts {
	char host[HOST_ID_DIGITS + 1];	/* name of the host's identity; see run_facts_read() */
	char *host_words;		/* the same for people, one line; owned */
	char commit[48];		/* of the checkout, "" if not known */
	bool dirty;			/* it had changes that were not committed */
	bool comparison;		/* two sides in one run: no night of a history */
	char *images;			/* "sha256 path" a line, in the order of paths; owned */
};

/*
 * run_facts_read() - what a history asks of a run's provenance
 * @facts:	filled; to be freed with run_facts_free()
 * @provenance_json: as in the database; anything that is no JSON has no facts
 *
 * The name of a host is the first 12 digits of the SHA-256 of compact JSON with sorted
 * keys of: cpu, memory_mib rounded to 256, accelerator, kernel {release, machine,
 * command_line, clocksource}, versions. Runs with different names stand in different
 * histories, for their figures differ for reasons that are not the subject's.
 */
void run_facts_read(struct run_facts *facts, const char *provenance_json);

/*
 * run_facts_free() - free what they hold
 * @facts:	the struct itself stays the caller's
 */
void run_facts_free(struct run_facts *facts);

#endif /* RUN_FACTS_H */
