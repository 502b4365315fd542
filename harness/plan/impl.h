/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * impl.h - one way to reboot, as its impl.yaml describes it
 *
 * This is all that the harness knows of a way: a new one is a new folder below
 * impls/ and no line of C here. Keys are described in impls/README.md.
 */
#ifndef IMPL_H
#define IMPL_H

#include <stdbool.h>

#include "base/error.h"
#include "firmware.h"
#include "sign.h"

struct impl_image {
	char *format;			/* "flat", "bzImage", "vmlinux" */
	char *path;			/* in the guest */
	char **without;			/* phases that the way does not have with it */
	unsigned int without_count;
};

struct impl_option {
	char *name;
	char *help;
	char *words;			/* added to $OPTIONS of the request, or NULL */
	char *command_line;		/* added to the new kernel's command line, or NULL */
	char *before;			/* shell text run ahead of each request, or NULL */
	char *previous_log;		/* as of the way, but with this option alone; or NULL */
	char **archs;			/* those that it is for; none: all of the way */
	unsigned int archs_count;
	char **images;			/* formats that it is for; none: all of the way */
	unsigned int images_count;
	char **excludes;		/* options that it cannot be combined with */
	unsigned int excludes_count;
	char **with;			/* phases that the way has with it alone */
	unsigned int with_count;
	char **without;			/* phases that the way does not have with it */
	unsigned int without_count;
	struct signs signs;		/* those that are others with it */
	struct arch_signs *arch_signs;	/* ... on one architecture */
	unsigned int arch_signs_count;
};

/* What the LOBOS paper says of the way on one claim (claim.h), and what no run shows of it. */
struct impl_claim {
	char *claim;
	char *section;			/* of the paper; NULL: it does not say */
	char *says;			/* its words */
	char *value;			/* them as a word or number of claim_takes(), or NULL */
	char *now;			/* how it is now, for what no run shows, or NULL */
	char *by;			/* file of the checkout that shows it; with now */
	char *because;			/* why it is not as the paper says, or NULL */
};

/* A way that needs one kind of firmware. */
struct impl_firmware {
	enum firmware only;
	char *because;			/* why it cannot do without; NULL: it runs under any */
};

/* What counting its lines cannot tell from the folder. */
struct impl_sizes {
	char **arch_dependent;		/* files below module/ that one architecture only can use */
	unsigned int arch_dependent_count;
	char **shared;			/* folders beside that its programs are made from too */
	unsigned int shared_count;
};

struct impl {
	char *name;
	char *title;
	char **archs;
	unsigned int archs_count;
	struct impl_firmware firmware;
	struct impl_image *images;	/* the first is the default */
	unsigned int images_count;
	char *request;			/* shell text that the guest runs as the user who asks */
	char **phases;			/* the phases it has, but for images and options */
	unsigned int phases_count;
	char **ahead;			/* phases that run while the old system still serves */
	unsigned int ahead_count;
	bool resets;			/* the machine is reset on the way */
	char *previous_log;		/* file in the guest with the old kernel's log, or NULL */
	struct impl_option *options;
	unsigned int options_count;
	struct signs signs;		/* of the way without options */
	struct arch_signs *arch_signs;	/* those that are others on one architecture */
	unsigned int arch_signs_count;
	struct impl_sizes sizes;
	struct impl_claim *paper;
	unsigned int paper_count;
	char *dir;			/* folder of the impl.yaml */
};

struct impl_list {
	struct impl *at;
	size_t n;
};

/*
 * impl_list_load() - reads every impl.yaml one or two levels below a folder
 * @dir:	impls/ of the checkout
 *
 * Return: the list in order of name, to be freed with impl_list_free(); NULL with
 * *err set, also when there is none at all or two have one name
 */
struct impl_list *impl_list_load(const char *dir, struct error **err);

/* The list of one way from the text of its impl.yaml; dir is not read. Return: as above. */
struct impl_list *impl_list_parse(const char *dir, const char *text, struct error **err);

/* NULL if there is none. */
const struct impl *impl_find(const struct impl_list *list, const char *name);
/* Whether it runs on a machine of that architecture with that firmware. */
bool impl_runs(const struct impl *impl, const char *arch, enum firmware firmware);
/* What it says on a claim, or NULL. */
const struct impl_claim *impl_claim(const struct impl *impl, const char *claim);
/* NULL if the way has no option of that name. */
const struct impl_option *impl_option(const struct impl *impl, const char *name);
/* The image of that format (NULL: the default); NULL if the way boots none. */
const struct impl_image *impl_image(const struct impl *impl, const char *format);

/*
 * impl_sign() - by what the witness knows one variant of the way
 * @arch:	of the machine
 * @variant:	as scenario_variant() names it: words, those of options among them
 *
 * What is given for the architecture goes first; where options disagree the last one counts.
 * Return: the value; NULL if it does not matter.
 */
const char *impl_sign(const struct impl *impl, const char *arch, const char *variant,
		      enum sign sign);

/*
 * impl_phases() - the phases a way has
 * @format:		image format, or NULL for the way's first
 * @options:		names of options that are chosen; NULL if there are none
 * @options_count:	how many
 *
 * What an option takes away is gone, whatever another one adds. Names that the way does
 * not have change nothing.
 *
 * Return: bit 1 << phase for each
 */
unsigned int impl_phases(const struct impl *impl, const char *format, char *const *options,
			 unsigned int options_count);

/*
 * impl_list_free() - frees a list
 * @list:	may be NULL
 */
void impl_list_free(struct impl_list *list);

DEFINE_CLEANUP(struct impl_list, impl_list_free)

#endif /* IMPL_H */
