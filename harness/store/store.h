/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * store.h - runs, trials and samples in SQLite
 *
 * One sample is one transaction, so that a killed harness loses at most the
 * reboot in flight. The schema is in results/README.md.
 *
 * A store is used by one thread at a time; several programs may have the same
 * file open. What a struct says has no meaning (a phase that is absent, the
 * time of one that was not seen) is not kept and reads back as zero.
 */
#ifndef STORE_H
#define STORE_H

#include "base/error.h"
#include "reboot/proof.h"
#include "reboot/sample.h"

struct store;

/*
 * store_open() - open the database of a results folder
 * @path:	the file; created when it is not there, unless read_only
 * @read_only:	the file is only read and may lie in a folder that cannot be written, unless
 *		a writer was killed in a commit, which is then rolled back
 *
 * Return: the store, to be closed with store_close(); NULL with *err set.
 */
struct store *store_open(const char *path, bool read_only, struct error **err);

/*
 * store_close() - close the database and free the store
 * @s:	NULL is fine
 */
void store_close(struct store *s);

DEFINE_CLEANUP(struct store, store_close)

struct run_row {
	char name[64];			/* also the folder below results/ */
	char scenario[64];
	char started[32], ended[32];	/* ISO 8601 UTC; "" while it runs */
	char state[16];			/* "running", "interrupted", "complete" */
	char *scenario_yaml;		/* the text it was run from; owned */
	char *provenance_json;		/* see provenance.h; owned */
	int64_t target_ns;
	int64_t clock_error_p50_ns, clock_error_p99_ns;	/* measured in this run; -1 if not */
	int samples_planned;
};

/*
 * store_run_begin() - store a new run
 * @run:	all of it; the name must be new
 *
 * Return: 0, or a negative errno with *err set (-EEXIST when the name is taken).
 */
int store_run_begin(struct store *s, const struct run_row *run, struct error **err);

/*
 * store_run_update() - store all of a run again under its name
 *
 * Return: 0; -ENOENT when there is no run of that name, or another negative errno,
 * with *err set.
 */
int store_run_update(struct store *s, const struct run_row *run, struct error **err);

/*
 * store_run_get() - read one run
 * @name:	NULL for the one begun last
 * @run:	filled; to be freed with run_row_free()
 *
 * Return: 0; -ENOENT when there is none, or another negative errno, with *err set.
 */
int store_run_get(struct store *s, const char *name, struct run_row *run, struct error **err);

/*
 * store_run_resumable() - find the run that a second `lobosbench run` continues
 * @scenario_yaml: the whole text; another text is another experiment
 * @run:	filled; to be freed with run_row_free()
 *
 * Only the newest run with that text counts: an interrupted one that a complete
 * one has followed is history. One that is still "running" was killed, since its
 * owner would hold the results folder.
 *
 * Return: 0; -ENOENT without *err when there is none; another negative errno with *err set.
 */
int store_run_resumable(struct store *s, const char *scenario_yaml, struct run_row *run,
			struct error **err);

/*
 * store_run_completed() - the newest complete run of a scenario
 * @scenario:	its name
 * @since:	ISO 8601 UTC, as in run.started; older runs do not count
 * @run:	filled; to be freed with run_row_free()
 *
 * Return: 0; -ENOENT without *err when there is none; another negative errno with *err set.
 */
int store_run_completed(struct store *s, const char *scenario, const char *since,
			struct run_row *run, struct error **err);

/*
 * run_row_free() - free what a row holds
 * @run:	the row itself stays the caller's
 */
void run_row_free(struct run_row *run);

typedef VEC(struct run_row) run_vec;

/* All runs, the oldest first; appends to *to. Each is to be freed with run_row_free(). */
int store_runs(struct store *s, run_vec *to, struct error **err);

/*
 * One machine that a run started, or was about to start: a chain of reboots
 * whose machine failed or was interrupted goes on with another machine.
 */
struct machine_row {
	int machine;			/* number in the run, never given twice */
	int chain;			/* which chain of the run's order it works on */
	char way[32];
	char variant[64];
	char started[32];		/* ISO 8601 UTC */
};

typedef VEC(struct machine_row) machine_vec;

/*
 * store_machine_add() - store that a machine of a run begins
 * @run:	name of a stored run
 * @machine:	its number must be new in the run
 *
 * Return: 0, or a negative errno with *err set.
 */
int store_machine_add(struct store *s, const char *run, const struct machine_row *machine,
		      struct error **err);

/* All machines of a run in the order of their numbers; appends to *to. */
int store_machines(struct store *s, const char *run, machine_vec *to, struct error **err);

/* What a complete run has of one way and variant with one kernel. */
struct group_row {
	char run[64], way[32], variant[64];
	char kernel[128];		/* "" for reboots that booted none */
	char build[32];			/* as in struct sample */
	char revision[48];		/* as in struct sample */
	size_t samples;
};

typedef VEC(struct group_row) group_vec;

/*
 * store_groups() - the ways and variants of all complete runs
 * @s:		the store
 * @to:		appended to, those of the oldest run first
 *
 * A way that booted several kernels, or failed to boot one, has a row for each.
 *
 * Return: 0, or a negative errno with *err set.
 */
int store_groups(struct store *s, group_vec *to, struct error **err);

/*
 * store_sample_add() - store one sample in one transaction
 * @sample:	its run must be stored; id is set; chain is not kept, store_machine_add() knows it
 *
 * When this returns 0 the sample survives a kill of the program and a loss of power.
 *
 * Return: 0, or a negative errno with *err set: then nothing of the sample is stored.
 */
int store_sample_add(struct store *s, struct sample *sample, struct error **err);

typedef VEC(struct sample) sample_vec;

/*
 * store_samples() - samples with all that is known of them
 * @run:	NULL for those of every run
 * @to:		appended to, by (machine, index)
 *
 * What the witness says of their ways is applied, see proof_apply().
 *
 * Return: 0, or a negative errno with *err set.
 */
int store_samples(struct store *s, const char *run, sample_vec *to, struct error **err);

/* The same as they were measured, without the word of the witness. */
int store_samples_raw(struct store *s, const char *run, sample_vec *to, struct error **err);

/*
 * store_sample_get() - one sample by its row
 * @id:		as in sample->id
 * @sample:	filled, as by store_samples()
 *
 * Return: 0; -ENOENT when there is none, or another negative errno, with *err set.
 */
int store_sample_get(struct store *s, int64_t id, struct sample *sample, struct error **err);

/*
 * store_proofs_put() - store what the witness says of the ways of a run
 * @run:	name of a stored run
 * @proofs:	take the place of those that were stored before
 *
 * Return: 0, or a negative errno with *err set: then those from before are still there.
 */
int store_proofs_put(struct store *s, const char *run, const proof_vec *proofs,
		     struct error **err);

/* The proofs of a run by way and variant; appends to *to. None: nobody asked the witness. */
int store_proofs(struct store *s, const char *run, proof_vec *to, struct error **err);

/*
 * store_import() - store a run with all that belongs to it in one transaction
 * @run:	as for store_run_begin()
 * @samples:	their run and their id are set
 *
 * Return: 0, or a negative errno with *err set (-EEXIST when the name is taken): then nothing of
 * the run is stored.
 */
int store_import(struct store *s, const struct run_row *run, const machine_vec *machines,
		 sample_vec *samples, const proof_vec *proofs, struct error **err);

#endif /* STORE_H */
