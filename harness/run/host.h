/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host.h - where and of what a run was made
 */
#ifndef HOST_H
#define HOST_H

#include "base/json.h"
#include "machine/accel.h"
#include "machine/domain.h"

/*
 * host_provenance() - all that a figure rests on
 * @top:	the checkout, for its commit
 * @proof:	of the accelerator
 * @chosen:	the accelerator used
 * @c:		for the versions; may be NULL
 * @images:	n paths of files whose SHA-256 is taken; missing ones are told as such
 * What cannot be found out is null. Return: the caller's; NULL with *err set.
 * Keys are described in results/README.md.
 */
json_t *host_provenance(const char *top, const struct accel_proof *proof, enum accelerator chosen,
			struct connection *c, const char *const *images, unsigned int n,
			struct error **err);

#endif /* HOST_H */
