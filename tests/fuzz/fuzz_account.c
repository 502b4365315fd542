// SPDX-License-Identifier: GPL-2.0-only
/*
 * fuzz_account.c - an account of the witness, read again as evidence for a run
 *
 * The input is the account's file; whatever way and kernel it names is the one that it is read for.
 *
 * Reads: report/paper_witnessed.c report/prove.c witness/table.c
 */
#include <assert.h>

#include "base/json.h"
#include "input.h"
#include "report/prove.h"
#include "witness/table.h"

static void prove(const json_t *account, const struct impl_list *impls)
{
	const char *way = json_text_at(account, "way"), *variant = json_text_at(account, "variant");
	const struct witness_wanted wanted = { .kernel = json_text_at(account, "kernel") };
	struct witnessed seen;
	struct proof proof;
	CLEANUP_FREE char *lacks = NULL;

	witnessed_of(&seen, way, variant, account, &wanted);
	lacks = witnessed_lacks(&seen);
	proof = proof_of(way, variant, "i386", impl_find(impls, way), &seen);
	assert(strlen(proof.why) < sizeof(proof.why));
	if (seen.state != WITNESS_USABLE)
		assert(proof.word == PROOF_NOT_WITNESSED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct impl_list *impls;
	CLEANUP_ERROR struct error *err = NULL;
	CLEANUP_JSON json_t *account = json_loadb((const char *)data, size, 0, NULL);
	CLEANUP_FREE char *table = NULL;
	size_t n;
	FILE *f;

	if (!impls)
		impls = impl_list_load("impls", &err);
	assert(impls);
	if (!account)
		return 0;
	prove(account, impls);
	f = open_memstream(&table, &n);
	table_print(account, f);
	fclose(f);
	return 0;
}
