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

/* Samples a second of each thread's processor time: not round, so that no timer keeps step. */
#define SAMPLER_HZ	997

enum sampler_what {
	SAMPLER_EMULATOR,	/* what QEMU's threads do, with callers */
	SAMPLER_GUEST,		/* by KVM: what the guest executes */
	SAMPLER_EXITS,		/* by KVM: each exit from the guest and each entry, not samples */
};

/* As many words a command has at most, with the NULL behind them. */
#define SAMPLER_WORDS	24

struct sampler;

/*
 * sampler_record_words() - the words of the command that records. Pure.
 * @kernel:	whether the host's kernel may be sampled
 * @threads:	their numbers with commas between
 */
void sampler_record_words(enum sampler_what what, bool kernel, const char *threads,
			  const char *file, const char *words[SAMPLER_WORDS]);

/* The same of the command that writes as text what was recorded from and to @time. Pure. */
void sampler_text_words(enum sampler_what what, const char *file, const char *time,
			const char *words[SAMPLER_WORDS]);

/*
 * sampler_check() - whether this host can sample
 * @kernel:	set to whether it may sample the host's kernel, too
 * Return: 0; a negative errno with *err set and what to do as its hint.
 */
int sampler_check(bool *kernel, struct error **err);

/*
 * sampler_start() - begin to record a process, which takes some tenths of a second
 * @file:	gets what is recorded, as perf keeps it
 * Return: the sampler, to be ended with sampler_end(); NULL with *err set.
 */
struct sampler *sampler_start(pid_t pid, enum sampler_what what, const char *file,
			      struct error **err);

/*
 * sampler_end() - wait until perf has ended, as it does when the process has
 * @s:		freed
 * Return: 0, or a negative errno with *err set: what perf said.
 */
int sampler_end(struct sampler *s, struct error **err);

/*
 * sampler_text() - what was recorded as text: analysis/host_profile.h and kvm_profile.h read it
 * @from_ns:	CLOCK_MONOTONIC; those of this moment and later
 * @to_ns:	those of this moment and before
 * @text:	the file that gets it
 * Return: 0, or a negative errno with *err set.
 */
int sampler_text(const char *file, enum sampler_what what, int64_t from_ns, int64_t to_ns,
		 const char *text, struct error **err);

#endif /* SAMPLER_H */
