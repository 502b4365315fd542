/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine.h - one machine with everything that watches it
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <sys/types.h>

#include "domain.h"
#include "machine_files.h"
#include "raw_lines.h"
#include "reboot/lines.h"
#include "reboot/virtual_clock.h"

struct recorder;
struct sampler;

struct machine {
	const struct trial_plan *plan;
	struct machine_files files;
	struct recorder *recorder;
	struct domain *domain;
	struct sampler *sampler;	/* NULL: nothing samples it */
	struct sampler *guest_sampler;	/* by KVM */
	struct lines lines;
	struct raw_lines raw;
	int discards;			/* the plugin's file of resets; -1: there is none */
	off_t discards_read;		/* of it, so far */
	int64_t discards_ns;		/* time of its newest line */
	char accelerator[8];		/* "kvm" or "tcg", as the hypervisor says */
};

/*
 * machine_start() - files, recorder, then the machine
 * Return: 0, or a negative errno with *err set; end it with machine_end() in either case.
 */
int machine_start(struct machine *m, struct connection *c, const struct trial_plan *plan,
		  struct error **err);

/* Copies what is new on all lines into m->lines and decodes it. */
void machine_look(struct machine *m);

/*
 * machine_space() - whether a full disk is what keeps the machine from going on
 * Return: 0; -ENOSPC with *err set when it is.
 */
int machine_space(const struct machine *m, struct error **err);

/*
 * machine_stamps() - what the virtual clock has stamped so far
 * @to:	appended to; free with machine_stamps_free()
 * Return: 0; a negative errno with *err set when there is no such file or it is none.
 */
int machine_stamps(const struct machine *m, clock_stamp_vec *to, struct error **err);

static inline void machine_stamps_free(clock_stamp_vec *stamps)
{
	vec_free(stamps);
}

/*
 * machine_registers() - keep the registers of each CPU beside the console
 * For a machine whose reboot has failed: it may end the emulator, see domain_registers().
 * Return: 0, also where there are none; a negative errno with *err set when they cannot be written.
 */
int machine_registers(struct machine *m, struct error **err);

/* Where samples of the guest of a machine by KVM are kept, beside plan->samples; to be freed. */
char *machine_guest_samples(const char *samples);

/*
 * machine_sample() - begin to sample the machine's process, to its end, into plan->samples
 * By KVM its exits are recorded there, and the guest is sampled where the host can do that.
 * Return: 0, or a negative errno with *err set.
 */
int machine_sample(struct machine *m, struct error **err);

/*
 * machine_end() - ends the machine, keeps what its lines brought to the last byte, frees all
 * Return: 0, or a negative errno with *err set when sampling it failed.
 */
int machine_end(struct machine *m, struct error **err);

#endif /* MACHINE_H */
