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

/* Reads run.provenance; what is missing there is empty. To be freed with run_facts_free(). */
void run_facts_read(struct run_facts *facts, const char *provenance_json);
void run_facts_free(struct run_facts *facts);

#endif /* RUN_FACTS_H */
