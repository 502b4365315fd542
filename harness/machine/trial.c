// SPDX-License-Identifier: GPL-2.0-only
/*
 * trial.c - one machine through its chain of reboots
 *
 * DOC: Theory of operation
 *
 * The machine itself asks for each reboot, so nothing the harness does at that
 * moment is in the measured window: this file only looks. Every LOOK_MS it takes
 * over what has come and asks whether the wait is over (wait.h has its states).
 *
 *	first boot --reported--> reboot 1 --reported, well--> reboot 2 ... end of chain
 *	    | anything else          | anything else
 *	fault of the instrument    a sample, and the machine is ended
 *
 * The first boot goes through firmware and boot loader, whatever the way. Nothing
 * has been asked of a subject yet, so when it fails, the instrument did.
 *
 * Every reboot is one sample, however it went. After a good one the next is
 * waited for. After any other the machine is ended, because what runs in it
 * then is not known; the runner goes on with another machine. Behind the last one the
 * machine switches itself off, which must work, too.
 */
#include "trial.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "machine.h"
#include "observation.h"
#include "plan/order.h"
#include "reboot/doubt.h"
#include "reboot/wait.h"
#include "recorder.h"

#define LOOK_MS			10
#define STOP_LOOK_MS		100	/* how soon a stop is noticed when nothing comes */

/* By emulation a kernel takes several times as long, on a busy host more. */
#define TCG_TIMEOUT_FACTOR	4

#define TAIL_LINES		4

struct trial {
	const struct trial_plan *plan;
	trial_sample_fn on_sample;
	trial_phase_fn on_phase;
	void *arg;
	const atomic_bool *stop;
	struct machine machine;
	struct lines_mark next;		/* where the next wait begins */
	struct data_item running;	/* what the running system told of itself */
	size_t running_console;		/* where its kernel's console begins */
	struct machine_losses losses;	/* of its reboots so far, warm-ups too */
};

/* Performance counters at both ends of the measured window. */
struct counters {
	int64_t begin[PERF_COUNTERS], end[PERF_COUNTERS];
	bool begun, ended;
};

static struct wait_limits limits_of(const struct trial_plan *plan)
{
	const struct scenario *s = plan->scenario;
	int64_t factor = plan->accelerator == ACCELERATOR_TCG ? TCG_TIMEOUT_FACTOR : 1;

	return (struct wait_limits){
		.silence_ns = factor * s->timeout.silence_s * NS_PER_S,
		.phase_ns = factor * s->timeout.phase_s * NS_PER_S,
		.rest_ns = factor * s->chain.settle_ms * NS_PER_MS,
	};
}

/* The phases of the way that a reboot takes, by its number from 1, as bits. */
static unsigned int phases_expected(const struct trial *t, int number)
{
	return scenario_phases(trial_plan_way(t->plan, number));
}

static struct wait_moment moment(const struct trial *t)
{
	return (struct wait_moment){ clock_now_ns(), t->machine.lines.waited_ns };
}

/* Reads the counters once at each end. They are left out where they fail: -1 in the sample. */
static void count(struct trial *t, const struct phases *p, struct counters *c)
{
	CLEANUP_ERROR struct error *ignored = NULL;

	if (p->request_ns >= 0 && !c->begun) {
		domain_perf(t->machine.domain, c->begin, &ignored);
		c->begun = true;
	} else if (p->ready_ns >= 0 && c->begun && !c->ended) {
		domain_perf(t->machine.domain, c->end, &ignored);
		c->ended = true;
	}
}

/*
 * Looks until the wait is over. Return: 0 with *ending, or -EINTR with *err set.
 */
static int follow(struct trial *t, struct wait *w, int index, struct counters *c,
		  enum ending *ending, struct error **err)
{
	struct machine *m = &t->machine;
	enum phase told = PHASES;

	for (;;) {
		int64_t now;

		recorder_wait(m->recorder, STOP_LOOK_MS);
		machine_look(m);
		now = clock_now_ns();
		*ending = wait_look(w, &m->lines, recorder_fault(m->recorder), now);
		/* Whoever ends this program may have ended the machine with it. */
		if (*t->stop)
			return error_set(err, ERROR_INTERRUPTED, EINTR, "stopped by the user");
		if (c)
			count(t, &w->window.phases, c);
		if (t->on_phase && w->window.phases.last_begun != told) {
			told = w->window.phases.last_begun;
			t->on_phase(t->plan->machine, index, told, t->arg);
		}
		if (*ending != ENDING_NONE)
			return 0;
		/* A burst of bytes is looked at once and not for each. */
		clock_sleep_until(now + LOOK_MS * NS_PER_MS);
	}
}

/* The running system is now the one that this wait brought up. */
static void take_over(struct trial *t, const struct wait *w)
{
	t->next = lines_next(&t->machine.lines, &w->since, &w->window);
	t->running = w->item;
	t->running_console = observation_new_console(&t->machine.lines, &w->window);
}

static int first_boot_failed(struct trial *t, const struct wait *w, enum ending ending,
			     struct error **err)
{
	static const char *const how[] = {
		[ENDING_REPORTED] = "reported the wrong number",
		[ENDING_REFUSED] = "refused a reboot that nobody asked for",
		[ENDING_PANICKED] = "panicked",
		[ENDING_TIMED_OUT] = "timed out",
		[ENDING_MACHINE_ENDED] = "switched itself off",
		[ENDING_RESET_LOOP] = "was reset again and again",
		[ENDING_LOST] = "was lost",
	};
	CLEANUP_FREE char *tail = lines_tail(&t->machine.lines, TAIL_LINES);

	if (machine_space(&t->machine, err))
		return -ENOSPC;
	error_set(err, ERROR_INSTRUMENT, 0,
		  "the first boot of machine %d %s (phase %s)%s%s; its console ends: %s",
		  t->plan->machine, how[ending], phase_name(w->window.phases.last_begun),
		  w->item.kind == DATA_DAMAGED ? "; data line: " : "", w->item.reason,
		  *tail ? tail : "(nothing came)");
	error_hint(err, "the whole console is in %s", t->machine.files.console);
	return -EIO;
}

static int boot_first(struct trial *t, struct error **err)
{
	struct wait_limits limits = limits_of(t->plan);
	CLEANUP(wait_end) struct wait w = { 0 };
	enum ending ending;
	int rc;

	wait_begin(&w, &t->next, phases_expected(t, 1), &limits, moment(t));
	rc = follow(t, &w, 0, NULL, &ending, err);
	if (rc)
		return rc;
	if (ending != ENDING_REPORTED || w.item.k != 0)
		return first_boot_failed(t, &w, ending, err);
	take_over(t, &w);
	return raw_lines_write(&t->machine.raw, &t->machine.lines, err);
}

/* Makes the sample of a wait that is over. Return: 0, or a negative errno with *err set. */
static int observe(struct trial *t, const struct wait *w, enum ending ending, int number,
		   const struct counters *c, struct sample *sample, struct error **err)
{
	CLEANUP(machine_stamps_free) clock_stamp_vec stamps = { 0 };
	char nonce[MACHINE_NONCE_BYTES + 16];
	const struct wait_limits *limits = &w->limits;
	struct observation o = {
		.plan = t->plan,
		.lines = &t->machine.lines,
		.window = &w->window,
		.ending = ending,
		.timeout_ns = limits->silence_ns < limits->phase_ns ? limits->silence_ns :
								      limits->phase_ns,
		.old = &t->running,
		.before = &w->before,
		.losses = &t->losses,
		.new = w->item.kind != DATA_NOTHING ? &w->item : NULL,
		.nonce = nonce,
		.accelerator = t->machine.accelerator,
		.trial = t->machine.files.name,
		.index = t->plan->first_index + number - 1,
		.warmup = number <= t->plan->scenario->chain.warmups,
		.old_console = t->running_console,
		.perf_begin = c->begun ? c->begin : NULL,
		.perf_end = c->ended ? c->end : NULL,
		.stamps = scenario_is_virtual(t->plan->scenario) ? &stamps : NULL,
	};
	int rc = o.stamps ? machine_stamps(&t->machine, &stamps, err) : 0;

	if (rc)
		return rc;
	snprintf(nonce, sizeof(nonce), NONCE_FORMAT, t->machine.files.nonce, number);
	observation_sample(&o, sample);
	return 0;
}

/* A chain so long that no other machine is brought to the place of a reboot that is to be repeated. */
static bool is_long(const struct scenario *s)
{
	return s->chain.reboots - s->chain.warmups > ORDER_REPLAY_MOST;
}

/*
 * Whether the machine can go on: it is up, in the kernel it should be in, by the way it should. Where
 * only the times are not known, a short chain ends all the same, so that this place in it is
 * measured by another machine; a long one is run for what many reboots do to one machine.
 */
static bool goes_on(const struct trial *t, const struct sample *s)
{
	const struct judgement *j = &s->judgement;

	return j->verdict == VERDICT_OK || j->verdict == VERDICT_LOG_LOST ||
	       (j->times_only && is_long(t->plan->scenario));
}

/* Whether the machine stands where it should not, and its registers may say why. */
static bool went_astray(const struct trial *t, const struct sample *s)
{
	return !goes_on(t, s) && s->judgement.verdict != VERDICT_REFUSED &&
	       s->judgement.verdict != VERDICT_INSTRUMENT_FAULT;
}

/*
 * Whether a machine at the end of its chain switches itself off through ACPI, in the time
 * that a request has. Return: 0 with *off telling; -EINTR with *err set when the user asks to
 * stop, who is not kept waiting: then nobody knows, and the reboot has no sample.
 */
static int power_off(struct trial *t, int number, bool *off, struct error **err)
{
	struct wait_limits limits = limits_of(t->plan);
	CLEANUP(wait_end) struct wait w = { 0 };
	enum ending ending;
	int rc;

	wait_begin(&w, &t->next, phases_expected(t, number), &limits, moment(t));
	rc = follow(t, &w, t->plan->first_index + number - 1, NULL, &ending, err);
	*off = !rc && ending == ENDING_MACHINE_ENDED;
	return rc;
}

/* Older guests stay up. */
static bool should_power_off(const struct trial *t, int number)
{
	return number == t->plan->scenario->chain.reboots && t->running.facts.known;
}

/* One reboot, number from 1. Return: 0 with *on telling whether the chain goes on. */
static int reboot(struct trial *t, int number, bool *on, struct error **err)
{
	struct wait_limits limits = limits_of(t->plan);
	CLEANUP(wait_end) struct wait w = { 0 };
	struct counters counters = { 0 };
	struct sample sample;
	enum ending ending;
	bool off = true;
	int rc;

	wait_begin(&w, &t->next, phases_expected(t, number), &limits, moment(t));
	rc = follow(t, &w, t->plan->first_index + number - 1, &counters, &ending, err);
	if (rc)
		return rc;
	if (ending == ENDING_TIMED_OUT || ending == ENDING_LOST)
		rc = machine_space(&t->machine, err);
	if (!rc)
		rc = raw_lines_write(&t->machine.raw, &t->machine.lines, err);
	if (!rc)
		rc = observe(t, &w, ending, number, &counters, &sample, err);
	if (rc)
		return rc;
	*on = goes_on(t, &sample);
	if (*on)
		take_over(t, &w);
	if (*on && should_power_off(t, number))
		rc = power_off(t, number, &off, err);
	if (rc)
		return rc;
	if (!off)
		sample.doubts |= DOUBT_BIT(DOUBT_NO_POWER_OFF);
	rc = t->on_sample(&sample, &w.window.events, t->arg, err);
	return !rc && went_astray(t, &sample) ? machine_registers(&t->machine, err) : rc;
}

static int run_chain(struct trial *t, struct connection *c, struct error **err)
{
	int last = t->plan->scenario->chain.reboots;
	int rc = machine_start(&t->machine, c, t->plan, err);
	bool on = true;

	if (!rc)
		rc = boot_first(t, err);
	for (int number = 1; !rc && on && number <= last; number++) {
		if (number == last && t->plan->samples)
			rc = machine_sample(&t->machine, err);
		if (!rc)
			rc = reboot(t, number, &on, err);
	}
	return rc;
}

int trial_run(struct connection *c, const struct trial_plan *plan, trial_sample_fn on_sample,
	      trial_phase_fn on_phase, void *arg, const atomic_bool *stop, struct error **err)
{
	struct trial t = {
		.plan = plan,
		.on_sample = on_sample,
		.on_phase = on_phase,
		.arg = arg,
		.stop = stop,
	};
	CLEANUP_ERROR struct error *ignored = NULL;
	int rc = run_chain(&t, c, err);
	int sampled = machine_end(&t.machine, rc ? &ignored : err);

	rc = rc ? rc : sampled;
	if (rc && *err && (*err)->class != ERROR_INTERRUPTED)
		error_wrap(err, "%s, machine %d", plan->way->way, plan->machine);
	return rc;
}
