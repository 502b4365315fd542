/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * prove.h - whether each way of a run is what it says it is
 *
 * The account of the witness is compared with the signs that impl.yaml gives (plan/sign.h).
 */
#ifndef PROVE_H
#define PROVE_H

#include "paper_witnessed.h"
#include "plan/impl.h"
#include "reboot/proof.h"

/*
 * proof_of() - compare one way with its account. Pure.
 * @arch:	of the machine
 * @impl:	the way; NULL when it cannot be read: then nothing is confirmed
 * @seen:	its account; NULL: there is none
 */
struct proof proof_of(const char *way, const char *variant, const char *arch,
		      const struct impl *impl, const struct witnessed *seen);

/* Writes dir/proofs.json, see results/README.md. Return: 0, or a negative errno with *err set. */
int proof_write(const proof_vec *proofs, const char *dir, struct error **err);

#endif /* PROVE_H */
