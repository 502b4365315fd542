/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paper_facts.h - what a report knows beside its samples, read from where it lies
 */
#ifndef PAPER_FACTS_H
#define PAPER_FACTS_H

#include "base/options.h"
#include "paper_observed.h"

/*
 * paper_facts_read() - ways of the checkout, sizes of the provenance, accounts of the witness
 * @global:	says where the checkout and the results are
 * @samples:	of the run
 *
 * An account in the run's folder is taken, else the one in results/witness/. What
 * cannot be read is named in the report and is no failure. Return: to be freed with
 * paper_facts_free().
 */
struct paper_facts *paper_facts_read(const struct settings *global, const struct run_row *run,
				     const sample_vec *samples);
void paper_facts_free(struct paper_facts *facts);
DEFINE_CLEANUP(struct paper_facts, paper_facts_free)

/*
 * paper_facts_keep() - copies the accounts that are evidence for a run into its folder
 * Return: 0, or a negative errno with *err set.
 */
int paper_facts_keep(const struct settings *global, const struct run_row *run,
		     const sample_vec *samples, struct error **err);

#endif /* PAPER_FACTS_H */
