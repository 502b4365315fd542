/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * folded.h - a profile as folded stacks, which speedscope, flamegraph.pl and inferno read
 */
#ifndef FOLDED_H
#define FOLDED_H

#include "analysis/profile.h"
#include "base/error.h"

/*
 * folded_write() - one line a call path, "kernel;start_kernel;mem_init 123", phases in order
 * Return: 0, or a negative errno with *err set.
 */
int folded_write(const struct profile *p, const char *path, struct error **err);

#endif /* FOLDED_H */
