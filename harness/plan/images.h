/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * images.h - the files that the machines of a scenario boot from
 */
#ifndef IMAGES_H
#define IMAGES_H

#include "base/options.h"
#include "trial_plan.h"

/* Debian's package ovmf: without Secure Boot, and variables as nobody has set any. */
#define UEFI_CODE	"/usr/share/OVMF/OVMF_CODE_4M.fd"
#define UEFI_VARIABLES	"/usr/share/OVMF/OVMF_VARS_4M.fd"

/* The files that the ways of a scenario boot from: those of this checkout, or of a revision. */
struct images {
	struct image_set *of;		/* one for each way of the scenario */
	unsigned int ways;
	char **hashed;			/* their paths below the checkout, and those of other
					 * files whose SHA-256 belongs to the provenance */
	unsigned int hashed_count;
};

/*
 * images_find() - the images below build/ for a resolved scenario, each way's of its revision
 * Return: 0; negative errno with *err set that names each missing file.
 */
int images_find(struct images *images, const struct settings *global,
		const struct scenario *scenario, struct error **err);
void images_free(struct images *images);

#endif /* IMAGES_H */
