/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * paper_witnessed.h - what the witness saw of one way, as far as a report needs it
 *
 * An account is evidence for a run only when it was made with the run's own
 * kernel, impl.yaml, root image and hints, of a reboot that went well.
 */
#ifndef PAPER_WITNESSED_H
#define PAPER_WITNESSED_H

#include <jansson.h>
#include <stdbool.h>

#include "base/error.h"
#include "base/vec.h"

enum witness_state {
	WITNESS_MISSING,	/* there is no account */
	WITNESS_USABLE,
	WITNESS_OTHER_KERNEL,
	WITNESS_OTHER_FILES,	/* another impl.yaml or root image, or an older account */
	WITNESS_FAILED,		/* the reboot that was watched failed */
	WITNESS_DAMAGED,	/* no account at all, or not a whole one */
};

struct witnessed {
	char way[32], variant[64];
	enum witness_state state;
	char at[32];			/* ISO 8601 UTC of the request; "" in older accounts */
	char kernel[128];		/* `uname -rv` of the account, also of another kernel */
	/* The rest only of a usable one. */
	json_int_t gdt_loads;		/* lgdt, by the way's own code */
	json_int_t page_tables;		/* loads of CR3 with another value, by the same */
	json_int_t paging_cleared, protection_cleared;	/* by loads of CR0, by the same */
	bool long_mode;			/* the old kernel is one of 64 bits */
	json_int_t long_mode_cleared;	/* with paging, by the same */
	char paging_ends[24];		/* place of the load that took paging away first, or "" */
	json_int_t video_calls;		/* int 10h, by the same */
	json_int_t bios_instructions;	/* executed in the BIOS */
	json_int_t resets;		/* of the machine */
	json_int_t translated;		/* memory accesses that paging moved */
};

typedef VEC(struct witnessed) witnessed_vec;

/* What an account has to be of. */
struct witness_wanted {
	const char *kernel;		/* `uname -rv` of the run's kernel */
	/* SHA-256 of the way's impl.yaml and of the root image; NULL where the run does not say. */
	const char *impl, *root;
	json_t *hints;			/* name to text of each hint of the way; NULL: none */
};

/*
 * witnessed_of() - one account, as results/README.md has it
 * @variant:	"" for the way's default
 * @account:	NULL: it could not be read
 */
void witnessed_of(struct witnessed *to, const char *way, const char *variant,
		  const json_t *account, const struct witness_wanted *wanted);

/* The same from <dir>/witness/<way and variant>.json. */
void witnessed_read(struct witnessed *to, const char *way, const char *variant, const char *dir,
		    const struct witness_wanted *wanted);

/* The one of a way and variant in a list; NULL if it is not there. */
const struct witnessed *witnessed_find(const witnessed_vec *list, const char *way,
				       const char *variant);

/* Why there is no evidence, "not witnessed: ..."; to be freed. NULL: there is no account. */
char *witnessed_lacks(const struct witnessed *w);

/*
 * witnessed_keep() - copies a usable account into a run's folder
 * @results:	where witness/ is
 * @run_dir:	the run's folder, in which witness/ is made when there is something for it
 * Steps that are none of the way's own code are left out: the firmware's are thousands.
 * An account that is there already stays, unless it is of other files. Return: 0, also when
 * there was nothing to copy; a negative errno with *err set.
 */
int witnessed_keep(const char *way, const char *variant, const char *results,
		   const char *run_dir, const struct witness_wanted *wanted, struct error **err);

#endif /* PAPER_WITNESSED_H */
