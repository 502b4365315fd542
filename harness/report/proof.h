/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * proof.h - whether each way of a run is what it says it is
 *
 * What a sample calls proved rests on resets, log and nonce, which several ways have in
 * common. Only the witness sees which way was executed: its account is compared with the
 * signs that impl.yaml gives (plan/sign.h).
 */
#ifndef PROOF_H
#define PROOF_H

#include "paper_witnessed.h"
#include "plan/impl.h"
#include "store/store.h"

enum proof_word {
	PROOF_NOT_WITNESSED,
	PROOF_CONFIRMED,
	PROOF_CONTRADICTED,		/* its reboots in the run are those of another way */
	PROOF_WORDS
};

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

/*
 * proof_of() - compare one way with its account. Pure.
 * @impl:	the way; NULL when it cannot be read: then nothing is confirmed
 * @seen:	its account; NULL: there is none
 */
struct proof proof_of(const char *way, const char *variant, const struct impl *impl,
		      const struct witnessed *seen);

/* The proof of a way and variant; NULL if it is not in the list. */
const struct proof *proof_find(const proof_vec *proofs, const char *way, const char *variant);

/* True when that is the word on any of them. */
bool proof_any(const proof_vec *proofs, enum proof_word word);

/*
 * proof_apply() - reboots of a way that is contradicted did not go the way they were asked to
 * @samples:	those that came up by such a way become wrong-way, and not proved
 */
void proof_apply(const proof_vec *proofs, sample_vec *samples);

/* Writes dir/proofs.json, see results/README.md. Return: 0, or a negative errno with *err set. */
int proof_write(const proof_vec *proofs, const char *dir, struct error **err);

#endif /* PROOF_H */
