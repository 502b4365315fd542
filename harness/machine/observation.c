// SPDX-License-Identifier: GPL-2.0-only
/*
 * observation.c - from all that was seen of one reboot to its sample
 */
#include "observation.h"

#include <string.h>

#include "base/clock.h"
#include "reboot/doubt.h"
#include "reboot_marks.h"

/*
 * More than this in one read of the console: the recorder was kept from reading
 * for so long that the times of these bytes are worth little. A machine by
 * emulation writes some 100 bytes while the files rest.
 */
#define LUMP_BYTES 4096

/* Begin of the line that byte offset of the stream is in. */
static size_t line_begin(const struct stream *s, size_t offset)
{
	while (offset && s->bytes.at[offset - 1] != '\n')
		offset--;
	return offset;
}

size_t observation_new_console(const struct lines *l, const struct window *w)
{
	const struct stream *console = &l->streams[RECORDER_CONSOLE];
	size_t begin = console->bytes.n;

	for (size_t i = 0; i < w->events.n; i++) {
		const struct event *e = &w->events.at[i];

		if (e->id != REBOOT_MARK_KERNEL_ENTRY)
			continue;
		if (e->source == EVENT_CONSOLE)
			begin = line_begin(console, e->offset);
		else if (e->source == EVENT_MARK)
			begin = stream_offset(console, e->ns);
	}
	return begin;
}

/* The old kernel's log as the new system handed it out, checked and laid on the time line. */
static void read_log(const struct observation *o, struct preserved_log *log)
{
	const struct stream *data = &o->lines->streams[RECORDER_DATA];
	const struct stream *console = &o->lines->streams[RECORDER_CONSOLE];
	bool told = o->ending == ENDING_REPORTED && o->new;

	preserved_log_parse(told ? data->bytes.at + o->new->log_offset : NULL,
			    told ? o->new->log_bytes : 0, log);
	preserved_log_place(log, console, o->old_console,
			    observation_new_console(o->lines, o->window),
			    &o->window->phases.at[PHASE_QUIESCE]);
}

/* Which reboot of its machine it is, from 1. */
static int number_of(const struct observation *o)
{
	return o->index - o->plan->first_index + 1;
}

static const struct scenario_way *way_of(const struct observation *o)
{
	return trial_plan_way(o->plan, number_of(o));
}

/* Latency without the phases that ran while the old system still served; -1 if not known. */
static int64_t downtime(const struct impl *impl, const struct phases *p, int64_t latency)
{
	for (unsigned int i = 0; latency >= 0 && i < impl->ahead_count; i++) {
		enum phase phase = phase_from_name(impl->ahead[i]);

		if (phase == PHASES || p->at[phase].state == PHASE_ABSENT)
			continue;
		if (p->at[phase].state == PHASE_UNKNOWN)
			return -1;
		latency -= p->at[phase].ns;
	}
	return latency;
}

/*
 * Whether the old kernel's log should be there. An option can only have it kept by a kernel that
 * has the option's words on its command line. The first boot has those of the boot disk.
 */
static bool keeps_log(const struct observation *o)
{
	const struct scenario_way *way = way_of(o);

	return way->impl->previous_log || (scenario_previous_log(way) && o->old->k > 0);
}

/* The kernel that this reboot should lead to; NULL: the one that the machine started with. */
static const struct image_kernel *other_kernel(const struct observation *o)
{
	return trial_plan_kernel(o->plan, number_of(o));
}

static struct judgement weigh(const struct observation *o, enum preserved_log_state log_state)
{
	const struct trial_plan *plan = o->plan;
	const struct impl *impl = way_of(o)->impl;
	bool reported = o->ending == ENDING_REPORTED && o->new;
	bool refused = o->ending == ENDING_REFUSED && o->new;
	bool damaged = o->new && o->new->kind == DATA_DAMAGED;
	const struct image_kernel *other = other_kernel(o);
	struct evidence e = {
		.way_resets = impl->resets,
		.way_keeps_log = keeps_log(o),
		.nonce_expected = o->nonce,
		.kernel_expected = other ? other->release : plan->kernel_expected,
		.window = o->window,
		.refused = refused,
		.refused_errno = refused ? o->new->refused_errno : 0,
		.machine_ended = o->ending == ENDING_MACHINE_ENDED,
		.recorder_failed = o->ending == ENDING_LOST,
		.data_damage = damaged ? o->new->reason : NULL,
		/* A machine's own clock stands still when it does, but time-outs are the host's. */
		.stalls_matter = !o->stamps || o->window->phases.ready_ns < 0,
		.timeout_ns = o->timeout_ns,
		.old_boot_id = o->old->boot_id[0] ? o->old->boot_id : NULL,
		.new_boot_id = reported ? o->new->boot_id : NULL,
		.new_nonce = reported ? o->new->nonce : NULL,
		.new_kernel = reported ? o->new->kernel : NULL,
		.log_state = log_state,
	};

	return verdict_judge(&e);
}

static bool has_lump(const struct stream *s, size_t from, size_t to)
{
	for (size_t i = s->chunks.n; i > 0 && s->chunks.at[i - 1].offset >= from; i--)
		if (s->chunks.at[i - 1].offset < to && s->chunks.at[i - 1].length > LUMP_BYTES)
			return true;
	return false;
}

/* The console's share of the window, and what speaks against trusting it. */
static void measure_console(const struct observation *o, struct sample *sample)
{
	const struct stream *console = &o->lines->streams[RECORDER_CONSOLE];
	const struct phases *p = &o->window->phases;
	size_t from = console->bytes.n, to = console->bytes.n;

	if (p->request_ns >= 0)
		from = stream_offset(console, p->request_ns);
	if (p->ready_ns >= 0)
		to = stream_offset(console, p->ready_ns);
	sample->console_offset = (int64_t)from;
	sample->console_bytes = to > from ? (int64_t)(to - from) : 0;
	if (has_lump(console, from, to))
		sample->doubts |= DOUBT_BIT(DOUBT_CONSOLE_GAP);
}

/* Whether there were two boots between request and ready. */
static bool was_reset_again(const struct window *w)
{
	unsigned int resets = 0;

	for (size_t i = 0; i < w->events.n; i++) {
		const struct event *e = &w->events.at[i];

		resets += e->source == EVENT_MACHINE && e->id == MACHINE_RESET &&
			  e->ns >= w->phases.request_ns && e->ns < w->phases.ready_ns;
	}
	return resets > 1;
}

static void measure_perf(const struct observation *o, struct sample *sample)
{
	for (int i = 0; i < PERF_COUNTERS; i++) {
		sample->perf[i] = -1;
		if (o->perf_begin && o->perf_end && o->perf_begin[i] >= 0 &&
		    o->perf_end[i] >= o->perf_begin[i])
			sample->perf[i] = o->perf_end[i] - o->perf_begin[i];
	}
}

#define COPY(field, text) snprintf(field, sizeof(field), "%s", text)

static void name_sample(const struct observation *o, struct sample *sample)
{
	const struct trial_plan *plan = o->plan;
	const struct scenario_way *way = way_of(o);
	CLEANUP_FREE char *hints = scenario_hints(way);
	const struct image_kernel *other = other_kernel(o);
	const char *build = other ? other->build : plan->build;

	COPY(sample->run, plan->run);
	COPY(sample->scenario, plan->scenario->name);
	COPY(sample->way, way->way);
	COPY(sample->variant, way->variant ? way->variant : "");
	COPY(sample->revision, way->revision ? way->revision : "");
	COPY(sample->arch, plan->scenario->machine.arch);
	COPY(sample->accel, o->accelerator);
	COPY(sample->clock, plan->scenario->clock ? plan->scenario->clock : "wall");
	COPY(sample->trial, o->trial);
	COPY(sample->hints, hints);
	COPY(sample->build, build ? build : "");
	COPY(sample->firmware, firmware_name(plan->scenario->machine.firmware));
	COPY(sample->chipset, scenario_chipset_name(plan->scenario->machine.chipset));
	sample->cpus = plan->scenario->machine.cpus;
	sample->memory_mib = plan->scenario->machine.memory_mib;
	COPY(sample->cpu_model, scenario_machine_cpu_model(&plan->scenario->machine, plan->accelerator));
	sample->machine = plan->machine;
	sample->index = o->index;
	sample->warmup = o->warmup;
}

/* Latency and downtime of a reboot whose phases are known. */
static void measure_latency(const struct observation *o, struct sample *sample)
{
	const struct phases *p = &sample->phases;

	sample->latency_ns = p->request_ns >= 0 && p->ready_ns >= 0 ?
			     p->ready_ns - p->request_ns : -1;
	sample->downtime_ns = downtime(way_of(o)->impl, p, sample->latency_ns);
}

/* What came up beside what went down; what one of them did not say is not known. */
static void compare_machines(const struct observation *o, struct sample *sample)
{
	const struct machine_facts *after = &o->new->facts;
	struct machine_facts before = *o->before;

	if (!before.known || !after->known)
		return;
	/* Another kernel has another size, which MemTotal leaves out, and names for what it finds. */
	if (*o->old->kernel && strcmp(o->new->kernel, o->old->kernel)) {
		before.memory_kib = after->memory_kib;
		memcpy(before.interrupt_controllers, after->interrupt_controllers,
		       sizeof(before.interrupt_controllers));
	}
	sample->differences = machine_facts_follow(o->losses, &before, after);
	sample->whole = sample->differences ? WHOLE_NO : WHOLE_YES;
}

/* The same reboot by the machine's own clock, in times and in instructions. */
static const char *read_virtual_clock(const struct observation *o, struct sample *sample)
{
	unsigned int expected = scenario_phases(way_of(o));
	event_vec ns = { 0 }, counts = { 0 };
	const char *wrong = virtual_clock_events(&o->window->events, o->stamps, VIRTUAL_NS, &ns);
	struct phases counted;

	if (!wrong)
		wrong = virtual_clock_events(&o->window->events, o->stamps, VIRTUAL_INSTRUCTIONS,
					     &counts);
	sample->phases = phases_of(ns.at, ns.n, expected);
	counted = phases_of(counts.at, counts.n, expected);
	for (enum phase p = 0; p < PHASES; p++)
		if (counted.at[p].state == PHASE_SEEN)
			sample->phases.at[p].instructions = counted.at[p].ns;
	if (counted.request_ns >= 0 && counted.ready_ns >= 0)
		sample->latency_instructions = counted.ready_ns - counted.request_ns;
	vec_free(&ns);
	vec_free(&counts);
	return wrong;
}

/* By the virtual clock no time of the host's is left in a sample. */
static void take_virtual_clock(const struct observation *o, struct sample *sample)
{
	const char *wrong = read_virtual_clock(o, sample);

	measure_latency(o, sample);
	/* It tells more of the sample than the host's word on when its bytes came. */
	sample->doubts &= ~DOUBT_BIT(DOUBT_CONSOLE_GAP);
	if (!wrong)
		return;
	sample->judgement = (struct judgement){
		.verdict = VERDICT_INSTRUMENT_FAULT, .phase = PHASES,
	};
	COPY(sample->judgement.reason, wrong);
}

void observation_sample(const struct observation *o, struct sample *sample)
{
	const struct phases *p = &o->window->phases;
	bool reported = o->ending == ENDING_REPORTED && o->new;
	struct preserved_log log;

	*sample = (struct sample){
		.latency_ns = -1, .clock_error_ns = -1, .latency_instructions = -1,
	};
	name_sample(o, sample);
	sample->phases = *p;
	if (p->request_on_console || p->ready_on_console ||
	    (o->window->panic.ns >= 0 && o->window->panic.on_console))
		sample->doubts |= DOUBT_BIT(DOUBT_RESTS_ON_CONSOLE);
	if (was_reset_again(o->window))
		sample->doubts |= DOUBT_BIT(DOUBT_RESET_AGAIN);
	if (p->request_ns >= 0)
		clock_wall_time(p->request_ns, sample->wall_time, sizeof(sample->wall_time));
	measure_latency(o, sample);
	read_log(o, &log);
	sample->log_state = log.state;
	sample->log_lines = (unsigned int)log.lines.n;
	sample->log_missing = (unsigned int)log.missing;
	if (log.state != PRESERVED_LOG_NONE && !keeps_log(o))
		sample->doubts |= DOUBT_BIT(DOUBT_LOG_STALE);
	preserved_log_free(&log);
	measure_console(o, sample);
	measure_perf(o, sample);
	sample->judgement = weigh(o, sample->log_state);
	if (reported) {
		COPY(sample->kernel, o->new->kernel);
		compare_machines(o, sample);
		sample->memory_kib = (int64_t)o->new->facts.memory_kib;
	}
	if (o->stamps)
		take_virtual_clock(o, sample);
}
