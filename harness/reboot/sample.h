/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sample.h - one measured reboot, as stored, exported and reported
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "verdict.h"
#include "whole.h"

#define SAMPLE_SCHEMA 2

/* Events of the performance counters, from libvirt; -1: not to be had on this host. */
enum perf_counter {
	PERF_TASK_CLOCK_NS,
	PERF_PAGE_FAULTS,
	PERF_CONTEXT_SWITCHES,
	PERF_CYCLES,
	PERF_INSTRUCTIONS,
	PERF_COUNTERS
};

/* What the witness says of the way of a sample, see proof.h. */
enum proof_word {
	PROOF_NOT_WITNESSED,
	PROOF_CONFIRMED,
	PROOF_CONTRADICTED,		/* another way was executed */
	PROOF_WORDS
};

struct sample {
	int64_t id;			/* row in the database; 0 before it is stored */
	char run[64];			/* name of the run's folder */
	char scenario[64];
	char way[32];
	char variant[64];		/* image and options beyond the way's default, "" for the default */
	char arch[16];
	char kernel[128];		/* `uname -rv` of the kernel that came up; "" if none did */
	char accel[8];			/* "kvm" or "tcg" */
	char clock[8];			/* "wall" or "virtual" */
	int machine;			/* which machine of the run, from 0 */
	int chain;			/* which chain of the run's order; known of stored samples only. A
					 * machine that replaced another goes on with its chain, so figures
					 * by machine go by this */
	int index;			/* which reboot of that machine, from 0 */
	bool warmup;
	struct judgement judgement;
	struct phases phases;
	int64_t latency_ns;		/* request to ready; -1 unless both were seen */
	int64_t downtime_ns;		/* latency without what ran while the old system still served; -1 */
	enum preserved_log_state log_state;
	unsigned int log_lines, log_missing;
	uint64_t doubts;		/* bit 1 << enum doubt */
	int64_t console_bytes;		/* in the window */
	int64_t console_offset;		/* of the window in consoles/<trial>.console */
	int64_t clock_error_ns;		/* how exact the borders are, see calibration.h; 0 by the virtual clock */
	int64_t perf[PERF_COUNTERS];	/* over the window */
	char trial[64];			/* base name of the files in consoles/ */
	/* By the virtual clock all times above are virtual, and this is in executed instructions. */
	char revision[48];		/* commit that its kernel and guest are of; "": the run's own */
	int64_t latency_instructions;	/* -1: not by the virtual clock, or not seen */
	char wall_time[32];		/* ISO 8601 UTC of the request; for people, never for arithmetic */
	char hints[256];		/* names of what its way was given to save the new kernel work, parted by blanks */
	/* Of the machine: "" and 0 in samples of a lobosbench that did not keep them. */
	char firmware[16];		/* "bios", "uefi" */
	char chipset[16];		/* "pc", "q35" */
	int cpus, memory_mib;
	char cpu_model[64];		/* "qemu64", "max", "host-passthrough" */
	char build[32];			/* folder of build/kernels with the kernel it led to: "i386-6.1" */
	enum whole whole;		/* it came up as it had gone down */
	uint64_t differences;		/* bit 1 << enum difference; 0 unless whole is WHOLE_NO */
	int64_t memory_kib;		/* MemTotal of what came up; 0: not known */
	enum proof_word witness;	/* of its way; known of stored samples only */
};

/* True for a sample that is in the figures: no warm-up, and it says something of its subject. */
bool sample_counts(const struct sample *s);
/* True for a counted sample that came up the right way and proved it. */
bool sample_succeeded(const struct sample *s);
/* True for a sample whose times are the machine's own. */
bool sample_is_virtual(const struct sample *s);

#endif /* SAMPLE_H */
