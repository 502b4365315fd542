/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * host_profile.h - what the emulator did while a machine rebooted: samples of its threads
 *
 * DOC: How a sample gets its class
 *
 * A sample has the function that ran and its callers. QEMU is delivered without debug information,
 * but exports the names of its global functions, and translated code lies in no file. So, from
 * the function that ran outwards, the first caller that decides is
 *
 *	tb_gen_code()				translating
 *	page_collection_lock(), tb_invalidate_*() and their like	discarding
 *	memory_region_dispatch_*()		a device
 *	translated code				a helper, that is, a C function that translated code calls
 *
 * and without any of these it is the rest of QEMU: the search for the next translation, interrupts.
 * The host's kernel is a class of its own, whatever called it.
 *
 * QEMU 7.2 discards most translations in a static function, which has no name and takes the place
 * of its named caller (a tail call). But that one's caller, notdirty_write(), calls named functions
 * before and after. So an unnamed function counts as discarding when the call that led to it
 * stands close behind one that is known to discard.
 */
#ifndef HOST_PROFILE_H
#define HOST_PROFILE_H

#include "base/error.h"
#include "reboot/phase.h"

#define HOST_PROFILE_SCHEMA	1

enum host_class {
	HOST_CODE,			/* translated code itself */
	HOST_HELPERS,
	HOST_DEVICES,
	HOST_TRANSLATING,
	HOST_DISCARDING,
	HOST_REST,
	HOST_KERNEL,
	HOST_CLASSES,
	HOST_OTHER_THREADS = HOST_CLASSES,	/* of QEMU, beside those of its processors */
	HOST_COUNTS
};

struct host_sample {
	int64_t ns;			/* CLOCK_MONOTONIC */
	unsigned int class;		/* an enum host_class, or HOST_OTHER_THREADS */
};

typedef VEC(struct host_sample) host_sample_vec;

struct host_profile {
	const char *way;		/* "kexec vmlinux no-checks" */
	const char *kernel;		/* `uname -rv` of the kernel that came up */
	bool host_kernel;		/* the host's kernel was sampled, too */
	int hz;				/* samples a second of processor time */
	int64_t processor_ns;		/* of all threads, as the kernel counts; -1: it does not */
	int64_t ns[PHASES];		/* -1: the way has no such phase, or it was not seen */
	uint64_t samples[PHASES][HOST_COUNTS];
};

/* "code" ... "kernel", "other_threads". */
const char *host_class_name(unsigned int class);

/*
 * host_samples_read() - read what perf script wrote. Pure.
 * @text:	with the fields comm,tid,time,ip,sym,dso and times in nanoseconds
 * @to:		appended to, in the order of the text
 * Return: 0; -EPROTO with *err set when perf does not write so.
 */
int host_samples_read(const char *text, host_sample_vec *to, struct error **err);

/*
 * host_profile_cut() - give each sample to the phase it was taken in. Pure.
 * @p:		its samples, zeroed before, and ns are filled in
 * @events:	of the reboot, in order of time
 * @expected:	bit 1 << phase for each phase that the way has
 */
void host_profile_cut(struct host_profile *p, const host_sample_vec *samples,
		      const event_vec *events, unsigned int expected);

/* Writes it as JSON, see results/README.md. Return: 0, or a negative errno with *err set. */
int host_profile_write(const struct host_profile *p, const char *path, struct error **err);

#endif /* HOST_PROFILE_H */
