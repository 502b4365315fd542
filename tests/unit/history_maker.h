/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * history_maker.h - made-up nights: five ways, nine phases, planted changes
 *
 * Nothing of it was measured. The same seed gives the same history.
 */
#ifndef HISTORY_MAKER_H
#define HISTORY_MAKER_H

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "night_noise.h"
#include "store/store.h"

#define MADE_HISTORY_WAYS 5
#define MADE_FIRST_NIGHT 1577844000	/* 2020-01-01T02:00:00Z */

static const char *const made_history_ways[MADE_HISTORY_WAYS] = {
	"lobos", "bootimg", "tkm", "kexec", "bios",
};

/* A phase of a way takes so much of itself longer from a night on. */
struct made_change {
	int way;
	enum phase phase;
	int night;
	double part;
};

struct made_history {
	int nights, reboots;		/* a way, and night */
	bool exact;			/* by the virtual clock */
	enum night_noise noise;		/* from night to night, 1 % of each phase */
	const struct made_change *changes;
	size_t n_changes;
	const char *scenario;
	const char *memory;		/* of the host; another one is another host */
	gsl_rng *rng;			/* seeded by the caller */
};

static inline void made_time(char to[32], int night, int seconds)
{
	time_t t = MADE_FIRST_NIGHT + (time_t)night * 86400 + seconds;
	struct tm tm;

	gmtime_r(&t, &tm);
	strftime(to, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* The row of a night; its texts are made and to be freed with run_row_free(). */
static inline struct run_row made_night(const struct made_history *h, int night)
{
	struct run_row run;
	char day[16];
	struct tm tm;
	time_t t = MADE_FIRST_NIGHT + (time_t)night * 86400;

	memset(&run, 0, sizeof(run));
	gmtime_r(&t, &tm);
	strftime(day, sizeof(day), "%Y-%m-%d", &tm);
	snprintf(run.scenario, sizeof(run.scenario), "%s", h->scenario);
	snprintf(run.name, sizeof(run.name), "%sT020000Z-%.20s", day, h->scenario);
	made_time(run.started, night, 0);
	made_time(run.ended, night, 600);
	strcpy(run.state, "complete");
	run.target_ns = 3000000000;
	run.clock_error_p50_ns = 41000;
	run.clock_error_p99_ns = 1180000;
	run.samples_planned = h->reboots * MADE_HISTORY_WAYS;
	if (asprintf(&run.scenario_yaml, "name: %s\nclock: %s\n", h->scenario,
		     h->exact ? "virtual" : "wall") < 0 ||
	    asprintf(&run.provenance_json,
		     "{\"schema\": 1, \"cpu\": {\"model\": \"Made-up CPU\", \"count\": 2, "
		     "\"hypervisor\": true}, \"memory_mib\": %s, \"accelerator\": \"tcg\", "
		     "\"kernel\": {\"release\": \"6.1.0-18-amd64\", \"machine\": \"x86_64\", "
		     "\"command_line\": [], \"clocksource\": \"tsc\"}, \"versions\": {\"os\": "
		     "\"Debian GNU/Linux 12\", \"libvirt\": \"9.0.0\", \"hypervisor\": \"7.2.22\", "
		     "\"seabios\": \"1.16.2\", \"gcc\": \"gcc 12.2.0\"}, \"source\": {\"commit\": "
		     "\"%08x%08x%08x%08x%08x\", \"dirty\": false}, \"load\": [0.1, 0.1, %d.5], "
		     "\"images\": [{\"path\": \"build/guest/root.img\", \"bytes\": 1, \"sha256\": "
		     "\"%064d\"}]}", h->memory, night * 2654435761u, night + 17u, night * 40503u,
		     night, night * 69069u, night % 3, night / 7) < 0)
		abort();
	return run;
}

static inline void made_history_sample(struct sample *s, const struct made_history *h,
				       const struct run_row *run, int night, int way, int reboot,
				       const double late[PHASES])
{
	int64_t at = 5000000000;

	memset(s, 0, sizeof(*s));
	memcpy(s->run, run->name, sizeof(s->run));
	memcpy(s->scenario, run->scenario, sizeof(s->scenario));
	strcpy(s->way, made_history_ways[way]);
	strcpy(s->arch, "i386");
	strcpy(s->kernel, "6.1.0 #1 SMP");
	strcpy(s->accel, "tcg");
	strcpy(s->clock, h->exact ? "virtual" : "wall");
	s->machine = s->chain = way;
	s->index = reboot;
	s->judgement.verdict = VERDICT_OK;
	s->judgement.proved = true;
	s->judgement.phase = PHASES;
	s->phases.request_ns = at;
	for (int p = 0; p < PHASES; p++) {
		double ns = 1e6 * (20 + 37 * (p * 3 + way) % 400);

		for (size_t c = 0; c < h->n_changes; c++)
			if (h->changes[c].way == way && (int)h->changes[c].phase == p &&
			    night >= h->changes[c].night)
				ns *= 1 + h->changes[c].part;
		if (!h->exact)
			ns *= 1 + 0.01 * late[p] + 0.002 * gsl_ran_gaussian(h->rng, 1);
		s->phases.at[p] = (struct phase_time){
			.state = PHASE_SEEN, .ns = (int64_t)ns, .first_begin_ns = at,
			.last_end_ns = at + (int64_t)ns,
			.instructions = h->exact ? (int64_t)ns * 3 : -1,
		};
		at += (int64_t)ns;
	}
	s->phases.ready_ns = at;
	s->latency_ns = s->downtime_ns = at - s->phases.request_ns;
	s->latency_instructions = h->exact ? s->latency_ns * 3 : -1;
	s->console_bytes = s->console_offset = -1;
	s->clock_error_ns = 1180000;
	for (int c = 0; c < PERF_COUNTERS; c++)
		s->perf[c] = -1;
	snprintf(s->trial, sizeof(s->trial), "%s-m%d", s->way, s->machine);
	made_time(s->wall_time, night, way * 60 + reboot * 5);
}

/* The samples of a night; call it for each night in order, for the noise goes on. */
static inline void made_night_samples(sample_vec *to, const struct made_history *h,
				      const struct run_row *run, int night)
{
	for (int way = 0; way < MADE_HISTORY_WAYS; way++) {
		double late[PHASES];

		for (int p = 0; p < PHASES; p++)
			late[p] = noise_draw(h->rng, h->noise);
		for (int i = 0; i < h->reboots; i++) {
			struct sample s;

			made_history_sample(&s, h, run, night, way, i, late);
			vec_push(to, s);
		}
	}
}

#endif /* HISTORY_MAKER_H */
