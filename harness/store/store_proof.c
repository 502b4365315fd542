// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_proof.c - rows of what the witness says of the ways of a run
 */
#include "store_private.h"

#include <string.h>

static int remove_proofs(struct store *s, const char *run, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "DELETE FROM proof WHERE run = :run", &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":run", run);
	return store_run_statement(s, q, "store what the witness says", err);
}

int store_proof_insert(struct store *s, const char *run, const struct proof *p, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "INSERT INTO proof (run, way, variant, witness, why, kernel, at)"
			       " VALUES (:run, :way, :variant, :witness, :why, :kernel, :at)", &q,
			       err);

	if (rc)
		return rc;
	store_bind_text(q, ":run", run);
	store_bind_text(q, ":way", p->way);
	store_bind_text(q, ":variant", p->variant);
	store_bind_text(q, ":witness", proof_word(p->word));
	store_bind_text(q, ":why", p->why);
	store_bind_text(q, ":kernel", p->kernel);
	store_bind_text(q, ":at", p->at);
	return store_run_statement(s, q, "store what the witness says", err);
}

int store_proofs_put(struct store *s, const char *run, const proof_vec *proofs, struct error **err)
{
	int rc = store_exec(s, "BEGIN IMMEDIATE", "store what the witness says", err);

	if (rc)
		return rc;
	rc = remove_proofs(s, run, err);
	for (size_t i = 0; !rc && i < proofs->n; i++)
		rc = store_proof_insert(s, run, &proofs->at[i], err);
	if (!rc)
		rc = store_exec(s, "COMMIT", "store what the witness says", err);
	if (rc)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int store_proofs(struct store *s, const char *run, proof_vec *to, struct error **err)
{
	CLEANUP_STATEMENT sqlite3_stmt *q = NULL;
	int rc = store_prepare(s, "SELECT way, variant, witness, why, kernel, at FROM proof"
			       " WHERE run = :run ORDER BY way, variant", &q, err);

	if (rc)
		return rc;
	store_bind_text(q, ":run", run);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct proof p = { 0 };
		char word[32];

		store_column_text(q, 0, p.way, sizeof(p.way));
		store_column_text(q, 1, p.variant, sizeof(p.variant));
		store_column_text(q, 2, word, sizeof(word));
		store_column_text(q, 3, p.why, sizeof(p.why));
		store_column_text(q, 4, p.kernel, sizeof(p.kernel));
		store_column_text(q, 5, p.at, sizeof(p.at));
		p.word = proof_from_word(word);
		vec_push(to, p);
	}
	return rc == SQLITE_DONE ? 0 : store_error(s, "read what the witness says", err);
}

int store_apply_proofs(struct store *s, struct sample *samples, size_t n, struct error **err)
{
	int rc = 0;

	for (size_t i = 0, end; !rc && i < n; i = end) {
		proof_vec proofs = { 0 };

		for (end = i + 1; end < n && !strcmp(samples[end].run, samples[i].run); end++)
			;
		rc = store_proofs(s, samples[i].run, &proofs, err);
		proof_apply(&proofs, &samples[i], end - i);
		vec_free(&proofs);
	}
	return rc;
}
