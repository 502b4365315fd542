/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * interrupt.h - the user's wish that it ends
 */
#ifndef INTERRUPT_H
#define INTERRUPT_H

#include <stdatomic.h>

/*
 * True once the user wants the command to end: after Ctrl-C, SIGTERM or SIGHUP.
 * Whoever works for long looks at it. A second of these signals ends the program
 * at once, with the exit status of an interruption.
 */
extern atomic_bool interrupt_asked;

/* From here on these signals are caught, and a reader that goes away ends nothing. */
void interrupt_catch(void);

/* From here on there is nothing that a first one would have to end cleanly. */
void interrupt_at_once(void);

#endif /* INTERRUPT_H */
