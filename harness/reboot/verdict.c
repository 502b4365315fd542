// SPDX-License-Identifier: GPL-2.0-only
/*
 * verdict.c - what became of one reboot, from its evidence
 *
 * DOC: Precedence
 *
 * The rules are asked in the order of the table at the end; the first that holds is
 * the verdict. Faults of the instrument come first, because with a broken
 * instrument nothing else is known. Then how a reboot ended that did not come
 * up, from the most to the least that is known about it: it was refused, it
 * panicked, it was reset again and again, it hung, perhaps right behind ready.
 * What stood still explains none of these but the last: it makes times longer, so it
 * comes ahead of a hang, and there only when it is long beside the time-out. Of a
 * reboot that came up the way is checked before the kernel: one that fell back to the
 * firmware mostly shows a wrong kernel, too, and the way is what went wrong. The log
 * comes last.
 */
#include "verdict.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* This many resets and still not up: it will not come up. */
#define RESET_LOOP 3

/* What stood still for less than this part of the time-out does not explain that it was reached. */
#define STALL_TIMEOUT_SHARE 10

static const char *const verdict_names[] = {
	[VERDICT_OK] = "ok",
	[VERDICT_REFUSED] = "refused",
	[VERDICT_HUNG] = "hung",
	[VERDICT_PANICKED] = "panicked",
	[VERDICT_RESET_LOOP] = "reset-loop",
	[VERDICT_WRONG_KERNEL] = "wrong-kernel",
	[VERDICT_WRONG_WAY] = "wrong-way",
	[VERDICT_LOG_LOST] = "log-lost",
	[VERDICT_INSTRUMENT_FAULT] = "instrument-fault",
};

static_assert(ARRAY_SIZE(verdict_names) == VERDICTS, "each verdict has a name");

const char *verdict_name(enum verdict v)
{
	return v < VERDICTS ? verdict_names[v] : "unknown";
}

enum verdict verdict_from_name(const char *name)
{
	for (size_t v = 0; v < VERDICTS; v++)
		if (!strcmp(verdict_names[v], name))
			return (enum verdict)v;
	return VERDICTS;
}

/* Writes the reason; a rule that has one holds. */
static bool because(struct judgement *j, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static bool because(struct judgement *j, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(j->reason, sizeof(j->reason), fmt, args);
	va_end(args);
	/* Some of it may come from the subject. */
	for (char *c = j->reason; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
	return true;
}

static bool is_ready(const struct evidence *e)
{
	return e->window->phases.ready_ns >= 0;
}

/* Whether the machine was reset where this way does not, or the reverse. */
static bool is_astray(const struct evidence *e)
{
	return (e->window->resets > 0) != e->way_resets;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static const char *or_nothing(const char *text)
{
	return text ? text : "nothing";
}

/* A phase in a sentence. */
static const char *where(enum phase p)
{
	return p < PHASES ? phase_name(p) : "no phase at all";
}

/* Whether the marks themselves are wrong. */
static bool marks_failed(const struct window *w, struct judgement *j)
{
	const struct mark_faults *f = &w->faults;

	if (f->lost || f->damaged || f->unknown)
		return because(j, "The marks line had %u gaps, %u damaged bytes and %u unknown marks.",
			       f->lost, f->damaged, f->unknown);
	if (!w->stray.id)
		return false;
	switch (w->stray.why) {
	case STRAY_AGAIN:
		return because(j, "The mark %s came again, which no reboot does.",
			       mark_name(w->stray.id));
	case STRAY_NOT_ENTERED:
		return because(j, "The mark %s came, and no new kernel had been entered.",
			       mark_name(w->stray.id));
	default:
		return because(j, "The mark %s came out of order, behind %s.", mark_name(w->stray.id),
			       w->stray.behind ? mark_name(w->stray.behind) : "no other");
	}
}

/* What stood still may be the reason why the reboot took so long, or never came up. */
static bool stood_still(const struct evidence *e, struct judgement *j)
{
	static const char *const what[] = {
		[STALL_RECORDER] = "The harness was stopped, or given no processor",
		[STALL_MACHINE] = "The machine's process was stopped, or given no processor",
		[STALL_HOST] = "A processor was taken from this host",
	};
	const struct window *w = e->window;
	bool once = w->stall.to_ns - w->stall.from_ns == w->still_ns;
	bool up = is_ready(e) && e->new_boot_id;
	int64_t least = up ? STALL_LEAST_NS : e->timeout_ns / STALL_TIMEOUT_SHARE;

	if (!e->stalls_matter)
		return false;
	if (w->paused)
		return because(j, "The machine was paused by its hypervisor.");
	return w->still_ns > 0 && w->still_ns >= least &&
	       because(j, "%s, for %.1f s%s.", what[w->stall.of], w->still_ns / 1e9,
		       once ? "" : " in several spells");
}

static bool instrument_failed(const struct evidence *e, struct judgement *j)
{
	if (e->data_damage)
		return because(j, "The data line is damaged: %.200s.", e->data_damage);
	if (e->recorder_failed)
		return because(j, "The machine's process died, or the recorder failed.");
	if (marks_failed(e->window, j))
		return true;
	if (e->window->phases.request_ns < 0)
		return because(j, "The request was not seen, so there is nothing to measure from.");
	/* Without marks, one that fell back to the firmware is ready as another boot. */
	if (!is_ready(e) && e->new_boot_id && !same(e->new_boot_id, e->old_boot_id) &&
	    !is_astray(e))
		return because(j, "The new system reported itself, but its ready mark was not seen.");
	return false;
}

static bool was_refused(const struct evidence *e, struct judgement *j)
{
	if (!e->refused)
		return false;
	if (e->refused_errno)
		return because(j, "The old system refused the request: %s (errno %d).",
			       strerror(e->refused_errno), e->refused_errno);
	return because(j, "The old system refused the request without saying why.");
}

static bool panicked(const struct evidence *e, struct judgement *j)
{
	const struct panic *p = &e->window->panic;

	/* Console text may be forged, and then the time-out has another reason. */
	if (p->ns < 0 || (p->on_console && stood_still(e, j)))
		return false;
	j->phase = p->phase;
	return because(j, "A kernel panicked in %s%s%s.", where(p->phase),
		       p->on_console ? ", as its console says" : "",
		       p->reset ? ", and then the machine was reset" : "");
}

static bool reset_in_a_loop(const struct evidence *e, struct judgement *j)
{
	unsigned int resets = e->window->resets;

	if (is_ready(e) || e->new_boot_id)
		return false;
	if (resets >= RESET_LOOP || (resets > 1 && !e->way_resets))
		return because(j, "The machine was reset %u times without coming up.", resets);
	return false;
}

static bool hung(const struct evidence *e, struct judgement *j)
{
	const char *phase = where(e->window->phases.last_begun);

	if (e->new_boot_id)
		return false;
	j->phase = e->window->phases.last_begun;
	if (e->machine_ended)
		return because(j, "The machine ended by itself in %s.", phase);
	if (is_ready(e))
		return because(j, "It was ready and came no further: it never said who it is.");
	if (e->window->resets && !e->way_resets)
		return because(j, "The machine was reset, which this way does not do, and hung in %s.",
			       phase);
	return because(j, "It came no further than %s before the time was up.", phase);
}

static bool took_the_wrong_way(const struct evidence *e, struct judgement *j)
{
	unsigned int resets = e->window->resets;

	/* Resets are the hypervisor's word: the subject failed, not the instrument. */
	if (e->window->ready_again)
		return because(j, "It was ready, then the machine was reset and came up once more.");
	if (!is_astray(e))
		return false;
	if (resets)
		return because(j, "It came up through the firmware: the machine was reset %u times.",
			       resets);
	return because(j, "It came up, but the machine was never reset.");
}

static bool booted_the_wrong_kernel(const struct evidence *e, struct judgement *j)
{
	if (same(e->new_boot_id, e->old_boot_id))
		return because(j, "The old system is still running: its boot_id is the same.");
	if (!same(e->new_nonce, e->nonce_expected))
		return because(j, "The new kernel was given nonce %.40s instead of %.40s.",
			       or_nothing(e->new_nonce), or_nothing(e->nonce_expected));
	if (e->kernel_expected && !same(e->new_kernel, e->kernel_expected))
		return because(j, "Kernel \"%.80s\" came up instead of \"%.80s\".",
			       or_nothing(e->new_kernel), e->kernel_expected);
	return false;
}

static bool lost_the_log(const struct evidence *e, struct judgement *j)
{
	if (!e->way_keeps_log || e->log_state == PRESERVED_LOG_KEPT)
		return false;
	return because(j, "It came up, but the old kernel's log was %s.",
		       e->log_state == PRESERVED_LOG_NONE ? "not there" : "damaged");
}

static const struct {
	bool (*holds)(const struct evidence *e, struct judgement *j);
	enum verdict verdict;
} rules[] = {
	{ instrument_failed, VERDICT_INSTRUMENT_FAULT },
	{ was_refused, VERDICT_REFUSED },
	{ panicked, VERDICT_PANICKED },
	{ reset_in_a_loop, VERDICT_RESET_LOOP },
	{ stood_still, VERDICT_INSTRUMENT_FAULT },
	{ hung, VERDICT_HUNG },
	{ took_the_wrong_way, VERDICT_WRONG_WAY },
	{ booted_the_wrong_kernel, VERDICT_WRONG_KERNEL },
	{ lost_the_log, VERDICT_LOG_LOST },
};

static struct judgement judge(const struct evidence *e)
{
	struct judgement j = { .verdict = VERDICT_OK, .phase = PHASES };

	for (size_t i = 0; i < ARRAY_SIZE(rules) && j.verdict == VERDICT_OK; i++)
		if (rules[i].holds(e, &j))
			j.verdict = rules[i].verdict;
	/*
	 * The rules before that of the log check all evidence but one: whether the boot_id
	 * changed, when the old one is not known.
	 */
	j.proved = e->old_boot_id && (j.verdict == VERDICT_OK || j.verdict == VERDICT_LOG_LOST);
	if (j.verdict == VERDICT_OK && j.proved)
		because(&j, "Nonce, boot_id, kernel and resets are those of this way.");
	else if (j.verdict == VERDICT_OK)
		because(&j, "It came up, but the evidence does not prove the way.");
	return j;
}

struct judgement verdict_judge(const struct evidence *e)
{
	struct evidence timeless = *e;
	struct judgement j = judge(e);

	timeless.stalls_matter = false;
	j.times_only = j.verdict == VERDICT_INSTRUMENT_FAULT && judge(&timeless).proved;
	return j;
}
