/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * impl_private.h - what the files that read an impl.yaml share
 */
#ifndef IMPL_PRIVATE_H
#define IMPL_PRIVATE_H

#include "base/yaml_file.h"
#include "impl.h"

/*
 * impl_check() - whether names are known, values are possible, and what belongs together is together
 * @f:		the file that it was read from
 *
 * Return: 0, or -EINVAL with *err set.
 */
int impl_check(struct yaml_file *f, const struct impl *impl, struct error **err);

#endif /* IMPL_PRIVATE_H */
