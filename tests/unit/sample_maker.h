/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sample_maker.h - samples and runs for tests of what stores them
 */
#ifndef SAMPLE_MAKER_H
#define SAMPLE_MAKER_H

#include <stdio.h>
#include <string.h>

#include "store/store.h"

/* A good reboot of way kexec with phases but no firmware, decompress not seen. */
static inline struct sample make_sample(const char *run, int machine, int index)
{
	struct sample s;

	memset(&s, 0, sizeof(s));
	snprintf(s.run, sizeof(s.run), "%s", run);
	strcpy(s.scenario, "bench");
	strcpy(s.way, "kexec");
	strcpy(s.variant, "vmlinux no-checks");
	strcpy(s.arch, "i386");
	strcpy(s.kernel, "6.1.0 #1 SMP");
	strcpy(s.accel, "tcg");
	strcpy(s.clock, "wall");
	s.machine = s.chain = machine;
	s.index = index;
	s.warmup = index == 0;
	s.judgement.verdict = VERDICT_OK;
	s.judgement.proved = true;
	s.judgement.phase = PHASES;
	for (enum phase p = 0; p < PHASES; p++) {
		if (p == PHASE_FIRMWARE || p == PHASE_BOOTLOADER)
			continue;
		s.phases.at[p].state = p == PHASE_DECOMPRESS ? PHASE_UNKNOWN : PHASE_SEEN;
		if (p == PHASE_DECOMPRESS)
			continue;
		s.phases.at[p].ns = 1000000 * (p + 1);
		s.phases.at[p].first_begin_ns = 5000000000 + p;
		s.phases.at[p].last_end_ns = 6000000000 + p;
		s.phases.at[p].from_console = p == PHASE_KERNEL;
		s.phases.at[p].from_event = p == PHASE_HANDOFF;
		s.phases.at[p].instructions = p == PHASE_KERNEL ? 77 : -1;
	}
	s.phases.request_ns = 5000000000;
	s.phases.ready_ns = 7345678901;
	s.phases.last_begun = PHASE_USERSPACE;
	s.latency_ns = 2345678901;
	strcpy(s.revision, index ? "0123456789012345678901234567890123456789" : "");
	s.latency_instructions = index ? 99 : -1;
	s.downtime_ns = 2245678901;
	s.log_state = PRESERVED_LOG_KEPT;
	s.log_lines = 300;
	s.log_missing = 2;
	s.doubts = UINT64_C(1) << 63 | 5;
	s.console_bytes = 12345;
	s.console_offset = 678;
	s.clock_error_ns = 90000;
	for (int i = 0; i < PERF_COUNTERS; i++)
		s.perf[i] = i == PERF_CYCLES ? -1 : 1000 + i;
	snprintf(s.trial, sizeof(s.trial), "kexec-vmlinux-no-checks-m%d", machine);
	strcpy(s.wall_time, "2026-11-22T03:15:00.123Z");
	strcpy(s.hints, index ? "lpj tsc" : "");
	strcpy(s.firmware, "bios");
	strcpy(s.chipset, "pc");
	s.cpus = 2;
	s.memory_mib = 1024;
	s.memory_kib = 1000004;
	strcpy(s.cpu_model, "qemu32");
	strcpy(s.build, "i386-6.1");
	s.whole = index ? WHOLE_NO : WHOLE_YES;
	s.differences = index ? DIFFERENCE_BIT(DIFFERENCE_TSC) | DIFFERENCE_BIT(DIFFERENCE_WARNINGS) :
				0;
	return s;
}

static inline struct run_row make_run(const char *name, const char *text)
{
	struct run_row run;

	memset(&run, 0, sizeof(run));
	snprintf(run.name, sizeof(run.name), "%s", name);
	strcpy(run.scenario, "bench");
	strcpy(run.started, "2026-11-22T03:15:00.000Z");
	strcpy(run.state, "running");
	run.scenario_yaml = (char *)text;
	run.provenance_json = (char *)"{\"seed\":1}";
	run.target_ns = 3000000000;
	run.clock_error_p50_ns = -1;
	run.clock_error_p99_ns = -1;
	run.samples_planned = 56;
	return run;
}

#endif /* SAMPLE_MAKER_H */
