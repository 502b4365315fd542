/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lock.h - one run at a time in a results folder
 */
#ifndef LOCK_H
#define LOCK_H

#include "base/error.h"

struct lock;

/*
 * lock_take() - take the results folder for one run
 * @dir:	the results folder; must exist
 * @what:	what this program is about to do ("scenario bench"), for the one who
 *		is turned away; one line
 * @err:	set on failure
 *
 * The kernel gives the lock back when its holder ends, however that ends, so a
 * killed run leaves none behind.
 *
 * Return: the lock, to be given back with lock_release(); NULL with *err set, of
 * class ERROR_BUSY when another run holds it: then the message says which.
 */
struct lock *lock_take(const char *dir, const char *what, struct error **err);

/* Gives the lock back; NULL is fine. */
void lock_release(struct lock *lock);

DEFINE_CLEANUP(struct lock, lock_release)

#endif /* LOCK_H */
