/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * claim.h - what the LOBOS paper compares systems by, in its sections 4 and 5
 *
 * impl.yaml of a way says what the paper says of it, by the names of these claims;
 * a report holds it against what was observed. Pure.
 */
#ifndef CLAIM_H
#define CLAIM_H

#include <stdbool.h>

/* In the order of the report's table. */
enum claim {
	CLAIM_PAGING,
	CLAIM_SEGMENTS,
	CLAIM_GDT_LOADS,
	CLAIM_PAGE_TABLES,
	CLAIM_READS_FILE,
	CLAIM_CONTIGUOUS,
	CLAIM_BIOS,
	CLAIM_VIDEO,
	CLAIM_RAMDISK,
	CLAIM_PERMISSION,
	CLAIM_LOG,
	CLAIM_EXTERNAL_PROGRAM,
	CLAIM_SIZE,
	CLAIM_SIZE_RANK,
	CLAIM_ARCH_LINES,
	CLAIM_ARCH_SHARE,
	CLAIM_ASSEMBLY,
	CLAIM_FASTER,
	CLAIMS
};

/* Where what is true now comes from. */
enum claim_source {
	CLAIM_FROM_WITNESS,	/* an account of `lobosbench witness` */
	CLAIM_FROM_SAMPLES,	/* the run's reboots */
	CLAIM_FROM_SIZES,	/* the lines that were counted when the run began */
	CLAIM_FROM_TEST,	/* no run shows it: a file that impl.yaml names does */
};

/* What the paper's word and what was observed are to each other. */
enum agreement {
	AGREEMENT_OPEN,		/* one of the two is not there */
	AGREEMENT_SAME,
	AGREEMENT_OTHER,
};

/* "paging", as in impl.yaml. */
const char *claim_name(enum claim claim);
/* CLAIMS if there is none of that name. */
enum claim claim_from_name(const char *name);
/* "paging", "GDT loads" as a table has it. */
const char *claim_title(enum claim claim);
enum claim_source claim_source(enum claim claim);

/*
 * claim_takes() - whether value can be the paper's word on a claim
 * Return: NULL if so, else what it could be, for a message
 */
const char *claim_takes(enum claim claim, const char *value);

/* True for "least" and "most", which compare a system with the others. */
bool claim_is_rank(const char *value);

/*
 * claim_compare() - the paper's word against what was observed
 * @said:	as claim_takes() takes it, no rank; NULL: the paper does not say
 * @word:	observed, for claims of words; NULL: not observed
 * @number:	observed, for claims of numbers; NAN: not observed
 */
enum agreement claim_compare(enum claim claim, const char *said, const char *word, double number);

#endif /* CLAIM_H */
