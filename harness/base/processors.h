/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * processors.h - how many of the host's processors we may use
 */
#ifndef PROCESSORS_H
#define PROCESSORS_H

/*
 * processors_usable() - those in our affinity mask, which taskset(1) and cgroups make smaller
 * Return: at least 1, also when the kernel does not say.
 */
int processors_usable(void);

#endif /* PROCESSORS_H */
