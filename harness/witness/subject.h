/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * subject.h - one way under the eyes of the witness
 */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "run_record.h"
#include "trial.h"

/* What is given; all of it stays the caller's. */
struct subject {
	const char *top;		/* the checkout */
	const char *results;		/* where witness/ is made */
	const char *work;		/* folder of live files */
	const struct scenario *scenario;	/* one reboot a machine */
	const struct scenario_way *way;
	const struct image_set *images;
	struct connection *connection;
	volatile const bool *stop;
	/* What comes out. */
	char *name;			/* of its files: the way, or way-image */
	struct sample sample;		/* of the last reboot */
	bool sampled;			/* there was one */
};

/*
 * subject_witness() - reboot it, interpret what was seen, print and write it
 * Return: 0; 1 when the reboot failed; a negative errno with *err set, of
 * ERROR_INSTRUMENT when the witness and the marks do not agree.
 */
int subject_witness(struct subject *s, FILE *to, struct error **err);

/*
 * subject_cost() - the same reboot with and without the witness, in turn, some times
 * Prints how much longer it takes with. After subject_witness(). Return: as above.
 */
int subject_cost(struct subject *s, FILE *to, struct error **err);

/* Frees what came out. */
void subject_free(struct subject *s);

#endif /* SUBJECT_H */
