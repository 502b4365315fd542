/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machines.h - what a command holds while it starts machines
 */
#ifndef MACHINES_H
#define MACHINES_H

#include <stdint.h>

#include "base/options.h"
#include "machine/domain.h"
#include "store/lock.h"

struct machines {
	struct lock *lock;		/* of the results folder */
	struct connection *connection;
	char *work;			/* folder of their live files */
};

/*
 * machines_lock() - make the results folder and take it
 * @m:		zeroed; to be closed also on failure
 * @what:	for what, in the words for another user
 * Return: 0, or a negative errno with *err set.
 */
int machines_lock(struct machines *m, const struct settings *global, const char *what,
		  struct error **err);

/*
 * machines_open() - connect, end what a killed run has left, make the work folder
 * @m:		locked
 * @space:	bytes that must be free for live files and in the results folder
 * Return: 0, or a negative errno with *err set.
 */
int machines_open(struct machines *m, const struct settings *global, uint64_t space,
		  struct error **err);

/* Gives all of it back. */
void machines_close(struct machines *m);

#endif /* MACHINES_H */
