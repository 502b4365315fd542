/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * report_samples.h - a fixed run for tests of the report
 *
 * Figures are made by a rule of whole numbers, so that they are the same
 * wherever the tests run. They were not measured.
 */
#ifndef REPORT_SAMPLES_H
#define REPORT_SAMPLES_H

#include <stdio.h>
#include <string.h>

#include "analysis/exact.h"
#include "reboot/doubt.h"
#include "store/store.h"

#define EVIL "<script>alert(1)</script> | **bold** `tick` [link](x) \x1b[2J"

struct made_way {
	const char *way, *variant;
	int ms[PHASES];			/* -1: the way has no such phase */
};

static const struct made_way made_ways[] = {
	{ "bios", "", { 120, -1, 4, 1, 640, 230, 310, 1080, 99 } },
	{ "kexec", "", { 125, 330, 2, 420, -1, -1, 260, 1075, 97 } },
	{ "kexec", "vmlinux no-checks", { 121, 80, 2, 95, -1, -1, -1, 1075, 95 } },
	{ "lobos", "", { 122, 22, 2, 90, -1, -1, -1, 1050, 95 } },
};

/* Reboots of one machine, the first of them a warm-up. */
#define MADE_CHAIN 4
#define MADE_WAYS (sizeof(made_ways) / sizeof(made_ways[0]))

static inline void made_phases(struct sample *s, const int ms[PHASES], int late_us)
{
	int64_t at = 5000000000;
	unsigned int p;

	s->phases.request_ns = at;
	for (p = 0; p < PHASES; p++) {
		struct phase_time *t = &s->phases.at[p];

		if (ms[p] < 0)
			continue;
		t->state = PHASE_SEEN;
		/* The machine is reset where the hand-off ends and the firmware begins. */
		t->from_event = ms[PHASE_BOOTLOADER] >= 0 &&
				(p == PHASE_HANDOFF || p == PHASE_FIRMWARE);
		t->ns = (int64_t)ms[p] * (1000000 + late_us);
		t->first_begin_ns = at;
		at += t->ns;
		t->last_end_ns = at;
	}
	s->phases.ready_ns = at;
	s->latency_ns = at - s->phases.request_ns;
	s->downtime_ns =
		s->latency_ns - (strcmp(s->way, "kexec") ? 0 : s->phases.at[PHASE_LOAD].ns);
}

/* The index-th reboot of a way; the seventh after 3 is slower than the target. */
static inline struct sample made_sample(const struct made_way *w, int way, int index)
{
	struct sample s;
	int c;

	memset(&s, 0, sizeof(s));
	s.id = 1 + index * (int)MADE_WAYS + way;
	strcpy(s.run, "made");
	strcpy(s.scenario, "bench");
	snprintf(s.way, sizeof(s.way), "%s", w->way);
	snprintf(s.variant, sizeof(s.variant), "%s", w->variant);
	strcpy(s.arch, "i386");
	strcpy(s.kernel, "6.1.0 #1 SMP");
	strcpy(s.accel, "tcg");
	strcpy(s.clock, "wall");
	s.machine = way + (int)MADE_WAYS * (index / MADE_CHAIN);
	s.chain = s.machine;
	s.index = index % MADE_CHAIN;
	s.warmup = s.index == 0;
	s.judgement.verdict = VERDICT_OK;
	s.judgement.proved = true;
	s.judgement.phase = PHASES;
	made_phases(&s, w->ms, index * 7 % 11 * 4000);
	if (strcmp(w->way, "lobos") == 0) {
		s.log_state = PRESERVED_LOG_KEPT;
		s.log_lines = 240 + (unsigned int)index % 3;
	}
	s.clock_error_ns = 1180000;
	for (c = 0; c < PERF_COUNTERS; c++)
		s.perf[c] = c < PERF_CYCLES ? s.latency_ns / (1 + 1000 * c) : -1;
	s.console_bytes = 400;
	snprintf(s.trial, sizeof(s.trial), "%s-m%d", w->way, s.machine);
	strcpy(s.wall_time, "2026-11-22T03:15:00.123Z");
	s.doubts = doubts_of_sample(&s);
	return s;
}

static inline void make_fail(struct sample *s, enum verdict verdict, enum phase phase)
{
	s->judgement.verdict = verdict;
	s->judgement.proved = false;
	s->judgement.phase = phase;
	snprintf(s->judgement.reason, sizeof(s->judgement.reason), "It said " EVIL ".");
	s->latency_ns = -1;
	s->downtime_ns = -1;
	s->phases.ready_ns = -1;
	s->kernel[0] = '\0';
	s->doubts = doubts_of_sample(s);
}

/* So many reboots of the first ways of the table, warm-ups included, none of them failed. */
static inline void made_samples(sample_vec *to, size_t ways, int reboots)
{
	int i;
	size_t w;

	for (i = 0; i < reboots; i++)
		for (w = 0; w < ways; w++)
			vec_push(to, made_sample(&made_ways[w], (int)w, i));
}

/* The userspace of lobos takes longer at one index, and kexec's load has two humps. */
static inline void plant_kinds(struct sample *s)
{
	int64_t more = 0;

	if (strcmp(s->way, "lobos") == 0 && s->index == 2)
		more = s->phases.at[PHASE_USERSPACE].ns / 2;
	if (strcmp(s->way, "kexec") == 0 && !*s->variant && s->id * 7 % 20 < 10)
		s->phases.at[PHASE_LOAD].ns *= 2;
	s->phases.at[PHASE_USERSPACE].ns += more;
	s->latency_ns += more;
	s->downtime_ns += more;
}

/* Four ways of eight machines each, and one of everything that goes wrong. */
static inline void made_mixed_samples(sample_vec *to)
{
	size_t i;

	made_samples(to, MADE_WAYS, 8 * MADE_CHAIN);
	for (i = 0; i < to->n; i++) {
		struct sample *s = &to->at[i];
		int turn = s->machine / (int)MADE_WAYS;

		plant_kinds(s);
		if (strcmp(s->way, "bios") == 0 && turn == 1 && s->index == 3)
			make_fail(s, VERDICT_PANICKED, PHASE_KERNEL);
		if (strcmp(s->variant, "") != 0 && turn == 2 && s->index == 1)
			make_fail(s, VERDICT_INSTRUMENT_FAULT, PHASES);
		if (strcmp(s->way, "lobos") == 0 && turn == 3 && s->index == 2)
			s->log_missing = 2;
		/* One kernel's guest is of old. */
		s->whole = strcmp(s->way, "bios") ? WHOLE_YES : WHOLE_UNKNOWN;
		if (strcmp(s->way, "lobos") == 0 && s->index == 1 && turn < 2) {
			s->whole = WHOLE_NO;
			s->differences = DIFFERENCE_BIT(DIFFERENCE_CPUS) |
					 (turn ? DIFFERENCE_BIT(DIFFERENCE_TSC) : 0);
			s->doubts = doubts_of_sample(s);
		}
		if (strcmp(s->way, "bios") == 0 && turn == 4 && s->index == 1) {
			s->phases.at[PHASE_BOOTLOADER] =
				(struct phase_time){ .state = PHASE_UNKNOWN };
			s->doubts = doubts_of_sample(s);
		}
	}
	for (i = 0; i < to->n; i++)
		if (strcmp(to->at[i].trial, "bios-m0") == 0)
			to->at[i].console_bytes = 4096;
}

/*
 * Instructions by the exact clock: 100 000 for each millisecond of the table, but loading takes the
 * more the shorter it is by the wall clock; and a kernel waits a millisecond.
 */
static inline void made_instructions(struct sample *s, const int ms[PHASES])
{
	s->latency_instructions = s->latency_ns = 0;
	for (unsigned int p = 0; p < PHASES; p++) {
		struct phase_time *t = &s->phases.at[p];

		t->instructions = -1;
		t->from_event = false;
		if (t->state != PHASE_SEEN)
			continue;
		t->instructions = p == PHASE_LOAD ? (400 - ms[p]) * 200000 : ms[p] * 100000 + 12;
		t->ns = t->instructions * 8 + (p == PHASE_KERNEL ? 1000000 : 0);
		s->latency_instructions += t->instructions;
		s->latency_ns += t->ns;
	}
	s->downtime_ns = s->latency_ns - (strcmp(s->way, "kexec") ? 0 : s->phases.at[PHASE_LOAD].ns);
}

/* Machine m of a way by the virtual clock: a warm-up and a counted reboot. */
static inline void made_exact_machine(sample_vec *to, const struct made_way *w, int way, int m)
{
	for (int index = 0; index < 2; index++) {
		struct sample s = made_sample(w, way, index);

		s.id += 100000 + 10 * m;
		s.machine = s.chain = 1000 + (int)MADE_WAYS * m + way;
		strcpy(s.clock, "virtual");
		snprintf(s.trial, sizeof(s.trial), "%s-m%d", w->way, s.machine);
		s.clock_error_ns = 0;
		made_instructions(&s, w->ms);
		s.doubts = doubts_of_sample(&s);
		vec_push(to, s);
	}
}

/* So many machines of the first ways of the table by the virtual clock. */
static inline void made_exact_samples(sample_vec *to, size_t ways, int machines)
{
	for (int m = 0; m < machines; m++)
		for (size_t w = 0; w < ways; w++)
			made_exact_machine(to, &made_ways[w], (int)w, m);
}

static const struct made_way made_hinted_ways[] = {
	{ "kexec", "vmlinux no-checks hinted", { 121, 80, 2, 95, -1, -1, -1, 500, 95 } },
	{ "lobos", "hinted", { 122, 22, 2, 90, -1, -1, -1, 480, 95 } },
};

#define HINTED_WAYS (sizeof(made_hinted_ways) / sizeof(made_hinted_ways[0]))

/* LOBOS alone can be given what it knows. */
static inline void give_hints(sample_vec *samples, size_t from)
{
	for (size_t i = from; i < samples->n; i++)
		strcpy(samples->at[i].hints, strcmp(samples->at[i].way, "lobos") ? "quiet" :
		       "known quiet");
}

/* Where chains lead: to a kernel that needs longer to start, then to one that is faster than both. */
static inline void lead_to_kernels(sample_vec *samples)
{
	static const struct {
		const char *build;
		int64_t more_ns;
	} kernels[] = { { "x86_64-6.12", 0 }, { "x86_64-7.3", 700000000 }, { "x86_64-6.1", -300000000 } };

	for (size_t i = 0; i < samples->n; i++) {
		struct sample *s = &samples->at[i];
		int k = s->index % 3;

		strcpy(s->build, kernels[k].build);
		s->phases.at[PHASE_KERNEL].ns += kernels[k].more_ns;
		if (s->latency_ns < 0)
			continue;
		s->latency_ns += kernels[k].more_ns;
		s->downtime_ns += kernels[k].more_ns;
	}
}

static const struct made_way made_staged_ways[] = {
	{ "kexec", "vmlinux no-checks loaded", { 121, -1, 2, 95, -1, -1, -1, 1075, 95 } },
	{ "lobos", "loaded", { 122, -1, 2, 90, -1, -1, -1, 1050, 95 } },
};

#define STAGED_WAYS (sizeof(made_staged_ways) / sizeof(made_staged_ways[0]))

/* The two ways loaded before the request: eight machines each, and enough by the virtual clock. */
static inline void made_staged_samples(sample_vec *to, bool wall, bool exact)
{
	for (int i = 0; wall && i < 8 * MADE_CHAIN; i++)
		for (size_t w = 0; w < STAGED_WAYS; w++) {
			struct sample s = made_sample(&made_staged_ways[w], (int)(MADE_WAYS + w), i);

			s.id += 20000;
			s.machine += 700;
			s.chain = s.machine;
			vec_push(to, s);
		}
	for (int m = 0; exact && m < EXACT_REPEATS; m++)
		for (size_t w = 0; w < STAGED_WAYS; w++)
			made_exact_machine(to, &made_staged_ways[w], (int)(MADE_WAYS + w), m);
}

/* The two ways with hints: eight machines each by the wall clock, and enough by the virtual one. */
static inline void made_hinted_samples(sample_vec *to, bool wall, bool exact)
{
	size_t from = to->n;

	for (int i = 0; wall && i < 8 * MADE_CHAIN; i++)
		for (size_t w = 0; w < HINTED_WAYS; w++) {
			struct sample s = made_sample(&made_hinted_ways[w], (int)(MADE_WAYS + w), i);

			s.id += 10000;
			s.machine += 500;
			s.chain = s.machine;
			vec_push(to, s);
		}
	for (int m = 0; exact && m < EXACT_REPEATS; m++)
		for (size_t w = 0; w < HINTED_WAYS; w++)
			made_exact_machine(to, &made_hinted_ways[w], (int)(MADE_WAYS + w), m);
	give_hints(to, from);
}

static inline struct run_row made_run(int planned)
{
	struct run_row run;

	memset(&run, 0, sizeof(run));
	strcpy(run.name, "made");
	strcpy(run.scenario, "bench");
	strcpy(run.started, "2026-11-22T03:15:00Z");
	strcpy(run.ended, "2026-11-22T03:25:00Z");
	strcpy(run.state, "complete");
	run.scenario_yaml = (char *)"name: bench\nways:\n  - {way: lobos}\n```\n# not a heading\n";
	run.provenance_json = (char *)"{\"host\":{\"cpu\":\"A <b>CPU</b> | "
				      "B\",\"cpus\":2},\"qemu\":\"7.2\",\"starts\":[{"
				      "\"marks_lateness_ns\":{\"p50\":41000,\"p99\":1180000},"
				      "\"console_lateness_ns\":{\"p50\":52000,\"p99\":2100000},"
				      "\"reset_lateness_ns\":{\"p50\":900000,\"p99\":4200000}}]}";
	run.target_ns = 3000000000;
	run.clock_error_p50_ns = 41000;
	run.clock_error_p99_ns = 1180000;
	run.samples_planned = planned;
	return run;
}

#endif /* REPORT_SAMPLES_H */
