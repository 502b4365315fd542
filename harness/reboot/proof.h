/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proof.h - what the witness says of each way of a run
 *
 * What a sample calls proved rests on resets, log and nonce, which several ways have in
 * common. Only the witness sees which way was executed. Its word is kept beside the samples
 * and applied when they are read.
 */
#ifndef PROOF_H
#define PROOF_H

#include "base/vec.h"
#include "sample.h"

/* Of one way and variant of a run. */
struct proof {
	char way[32], variant[64];
	enum proof_word word;
	char why[256];			/* the signs that were seen, or what is missing */
	/* The account that it rests on; "" when there is none. */
	char kernel[128];		/* `uname -rv` of the kernel that was watched */
	char at[32];			/* ISO 8601 UTC of its request; "" in older accounts */
};

typedef VEC(struct proof) proof_vec;

/* "not witnessed", "confirmed", "contradicted" */
const char *proof_word(enum proof_word word);
/* The reverse; PROOF_NOT_WITNESSED for anything else. */
enum proof_word proof_from_word(const char *word);

/* The proof of a way and variant; NULL if it is not in the list. */
const struct proof *proof_find(const proof_vec *proofs, const char *way, const char *variant);

/* True when that is the word on any of them. */
bool proof_any(const proof_vec *proofs, enum proof_word word);

/*
 * proof_apply() - reboots of a way that is contradicted did not go the way they were asked to
 * @samples:	n of one run, as they were judged without the witness. Each gets its word; those that
 *		came up by a contradicted way, proved or not, become wrong-way, and not proved
 */
void proof_apply(const proof_vec *proofs, struct sample *samples, size_t n);

#endif /* PROOF_H */
