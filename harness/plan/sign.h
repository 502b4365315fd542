/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sign.h - by what the witness knows a way to reboot from every other
 *
 * Resets, log and nonce are the same for several ways. These are facts of what was
 * executed; impl.yaml of a way gives the value of each that is its own. Pure.
 */
#ifndef SIGN_H
#define SIGN_H

#include <stdbool.h>

enum sign {
	SIGN_PAGING_ENDS,		/* where: a place of the witness, "never" or "reset" */
	SIGN_REAL_MODE,			/* its own code leaves protected mode */
	SIGN_BIOS,			/* some of it is executed */
	SIGN_VIDEO,			/* int 10h in its own code */
	SIGN_GDT_LOADS,			/* by its own code */
	SIGNS
};

/* The values of a way, or of an option of it; NULL where it does not matter. */
struct signs {
	char *of[SIGNS];
};

/* Those that are others on one architecture. */
struct arch_signs {
	char *arch;
	struct signs signs;
};

/* "paging_ends", as in impl.yaml. */
const char *sign_name(enum sign sign);
/* "paging ends" as a sentence has it. */
const char *sign_title(enum sign sign);

/*
 * sign_takes() - whether impl.yaml may give a sign this value
 * Return: NULL if so, else what it could be, for a message.
 */
const char *sign_takes(enum sign sign, const char *value);

#endif /* SIGN_H */
