/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * die.h - the one way in which the commands fail
 */
#ifndef DIE_H
#define DIE_H

/*
 * die() - say what cannot be done, and exit with the errno as status
 * @error: a positive errno; its text follows the message
 * @format: as for printf(3), without newline
 */
__attribute__((noreturn, format(printf, 2, 3)))
void die(int error, const char *format, ...);

/* A hook of the command: called by die() before it prints; may be NULL. */
extern void (*die_first)(void);

#endif /* DIE_H */
