/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sampler.h - perf on the threads of a machine's process
 */
#ifndef SAMPLER_H
#define SAMPLER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"

/* Samples a second of processor time of each thread: no round number, so that no timer keeps step. */
#define SAMPLER_HZ	997

/* What it samples, and how perf calls that. */
#define SAMPLER_EVENT	"cpu-clock"

struct sampler;

/*
 * sampler_check() - whether this host can sample
 * @kernel:	set to whether it may sample the host's kernel, too
 * Return: 0; a negative errno with *err set and what to do as its hint.
 */
int sampler_check(bool *kernel, struct error **err);

/*
 * sampler_start() - begin to sample a process, which takes some tenths of a second
 * @file:	gets the samples, as perf keeps them
 * Return: the sampler, to be ended with sampler_end(); NULL with *err set.
 */
struct sampler *sampler_start(pid_t pid, const char *file, struct error **err);

/*
 * sampler_end() - wait until perf has ended, as it does when the process has
 * @s:		freed
 * Return: 0, or a negative errno with *err set: what perf said.
 */
int sampler_end(struct sampler *s, struct error **err);

/*
 * sampler_text() - the samples of a file as text, see analysis/host_profile.h
 * @from_ns:	CLOCK_MONOTONIC; those of this moment and later
 * @to_ns:	those of this moment and before
 * @text:	the file that gets it
 * Return: 0, or a negative errno with *err set.
 */
int sampler_text(const char *file, int64_t from_ns, int64_t to_ns, const char *text,
		 struct error **err);

#endif /* SAMPLER_H */
