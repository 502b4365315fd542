/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * impl_check.h - what an impl.yaml may say beyond its schema
 */
#ifndef IMPL_CHECK_H
#define IMPL_CHECK_H

#include "base/yaml_file.h"
#include "impl.h"

/*
 * impl_check() - whether names are known, values are possible, and what belongs together is together
 * @f:		the file that it was read from
 *
 * Return: 0, or -EINVAL with *err set.
 */
int impl_check(struct yaml_file *f, const struct impl *impl, struct error **err);

#endif /* IMPL_CHECK_H */
