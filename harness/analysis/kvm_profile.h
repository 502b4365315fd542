/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kvm_profile.h - what a machine did by KVM while it rebooted: exits, and samples of the guest
 *
 * Exits are all recorded: from each to the next entry the host works for the guest, or the guest
 * is idle (HLT). What the guest executes between them is sampled, where the host can do that.
 */
#ifndef KVM_PROFILE_H
#define KVM_PROFILE_H

#include "base/error.h"
#include "reboot/phase.h"

#define KVM_PROFILE_SCHEMA	1

/* All exits of one phase for one reason, or all samples of one phase in one function. */
struct kvm_count {
	enum phase phase;
	char *name;
	uint64_t n;
	int64_t ns;			/* of exits: until the next entry */
};

typedef VEC(struct kvm_count) kvm_count_vec;

struct kvm_profile {
	const char *way;		/* "kexec vmlinux no-checks" */
	const char *kernel;		/* `uname -rv` of the kernel that came up */
	int hz;				/* samples a second */
	int64_t ns[PHASES];		/* -1: the way has no such phase, or it was not seen */
	kvm_count_vec exits, functions;	/* in order of phases; the most first */
};

/* The reboot that text is read for; all of it stays the caller's. */
struct kvm_reboot {
	const event_vec *events;	/* in order of time */
	unsigned int expected;		/* bit 1 << phase for each phase that the way has */
};

/* The function at an address of the guest; never NULL. */
typedef const char *(*kvm_name_fn)(uint64_t address, const void *arg);

/*
 * kvm_exits_read() - read what perf script writes of `perf kvm stat record`. Pure.
 * @text:	with the fields tid,time,event,trace and times in nanoseconds
 * @p:		its exits are added to
 * Return: 0; -EPROTO with *err set when perf does not write so.
 */
int kvm_exits_read(const char *text, const struct kvm_reboot *r, struct kvm_profile *p,
		   struct error **err);

/* The same of `perf kvm record`, with the fields tid,time,ip: adds to p->functions. */
int kvm_samples_read(const char *text, const struct kvm_reboot *r, kvm_name_fn name,
		     const void *arg, struct kvm_profile *p, struct error **err);

/* Fills in p->ns and sorts the counts: exits by their time, functions by their samples. */
void kvm_profile_finish(struct kvm_profile *p, const struct kvm_reboot *r);

/* Frees what a profile holds, filled or zeroed. */
void kvm_profile_free(struct kvm_profile *p);

/* Writes it as JSON, see results/README.md. Return: 0, or a negative errno with *err set. */
int kvm_profile_write(const struct kvm_profile *p, const char *path, struct error **err);

#endif /* KVM_PROFILE_H */
