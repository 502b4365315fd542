// SPDX-License-Identifier: GPL-2.0-only
/*
 * proof.c - what the witness says of each way of a run
 */
#include "proof.h"

#include <stdio.h>
#include <string.h>

static const char *const words[PROOF_WORDS] = {
	[PROOF_NOT_WITNESSED] = "not witnessed",
	[PROOF_CONFIRMED] = "confirmed",
	[PROOF_CONTRADICTED] = "contradicted",
};

const char *proof_word(enum proof_word word)
{
	return words[word];
}

enum proof_word proof_from_word(const char *word)
{
	for (enum proof_word w = 0; w < PROOF_WORDS; w++)
		if (!strcmp(words[w], word))
			return w;
	return PROOF_NOT_WITNESSED;
}

const struct proof *proof_find(const proof_vec *proofs, const char *way, const char *variant)
{
	for (size_t i = 0; i < proofs->n; i++)
		if (!strcmp(proofs->at[i].way, way) && !strcmp(proofs->at[i].variant, variant))
			return &proofs->at[i];
	return NULL;
}

bool proof_any(const proof_vec *proofs, enum proof_word word)
{
	for (size_t i = 0; i < proofs->n; i++)
		if (proofs->at[i].word == word)
			return true;
	return false;
}

static bool came_up(const struct sample *s)
{
	return s->judgement.verdict == VERDICT_OK || s->judgement.verdict == VERDICT_LOG_LOST;
}

void proof_apply(const proof_vec *proofs, struct sample *samples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct sample *s = &samples[i];
		const struct proof *p = proof_find(proofs, s->way, s->variant);

		s->witness = p ? p->word : PROOF_NOT_WITNESSED;
		if (s->witness != PROOF_CONTRADICTED || !came_up(s))
			continue;
		s->judgement = (struct judgement){
			.verdict = VERDICT_WRONG_WAY, .phase = PHASES,
		};
		snprintf(s->judgement.reason, sizeof(s->judgement.reason),
			 "The witness saw another way: %.200s.", p->why);
	}
}
