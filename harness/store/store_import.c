// SPDX-License-Identifier: GPL-2.0-only
/*
 * store_import.c - a whole run at once
 */
#include "store_private.h"

static int import(struct store *s, const struct run_row *run, const machine_vec *machines,
		  sample_vec *samples, const proof_vec *proofs, struct error **err)
{
	int rc = store_run_begin(s, run, err);

	for (size_t i = 0; !rc && i < machines->n; i++)
		rc = store_machine_add(s, run->name, &machines->at[i], err);
	for (size_t i = 0; !rc && i < samples->n; i++) {
		struct sample *sample = &samples->at[i];

		snprintf(sample->run, sizeof(sample->run), "%s", run->name);
		rc = store_sample_insert(s, sample, &sample->id, err);
	}
	for (size_t i = 0; !rc && i < proofs->n; i++)
		rc = store_proof_insert(s, run->name, &proofs->at[i], err);
	return rc;
}

int store_import(struct store *s, const struct run_row *run, const machine_vec *machines,
		 sample_vec *samples, const proof_vec *proofs, struct error **err)
{
	int rc = store_exec(s, "BEGIN IMMEDIATE", "store a run", err);

	if (rc)
		return rc;
	rc = import(s, run, machines, samples, proofs, err);
	if (!rc)
		rc = store_exec(s, "COMMIT", "store a run", err);
	if (rc)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}
