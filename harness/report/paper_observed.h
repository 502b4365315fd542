/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paper_observed.h - what is true now of each claim of the LOBOS paper, from what shows it
 *
 * Pure. Counts of the witness stand for themselves here: none is set against a time.
 */
#ifndef PAPER_OBSERVED_H
#define PAPER_OBSERVED_H

#include "plan/claim.h"
#include "plan/impl.h"
#include "plan/sizes.h"
#include "model.h"
#include "paper_witnessed.h"
#include "prove.h"

/* What a report knows beside its samples; the strings and the list are the holder's. */
struct paper_facts {
	struct impl_list *impls;	/* NULL: they could not be read, and trouble says why */
	char *trouble;
	struct sizes sizes;		/* as the run's provenance has them; maybe of no way */
	witnessed_vec witnessed;	/* of each way and variant of the run, and each way's default */
	proof_vec proofs;		/* of each way and variant of the run */
};

struct observed {
	bool known;
	bool moot;			/* the paper's question has no meaning on this machine */
	char word[24];			/* "on", "3", "37.4" */
	double number;			/* of a claim of numbers; else NAN */
	char evidence[320];		/* what shows it; of what is not known, why not */
};

/*
 * paper_observe() - one claim of one way in one run
 * @o:		filled
 * @r:		the model, with its facts
 * @impl:	the way
 */
void paper_observe(struct observed *o, enum claim claim, const struct report *r,
		   const struct impl *impl);

/*
 * observe_agreement() - the paper's word on it against what was observed
 * A rank ("least", "most") is compared with all ways of the list of which the paper
 * says something on that claim, and stays open while one of them is not known.
 */
enum agreement observe_agreement(const struct observed *o, enum claim claim,
				 const struct report *r, const struct impl *impl);

/* True when a reboot of that way is among the samples. */
bool report_has_way(const struct report *r, const char *way);

#endif /* PAPER_OBSERVED_H */
