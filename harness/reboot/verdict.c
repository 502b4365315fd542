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
 * panicked, it was reset again and again, it hung. What came up is asked for
 * the way before the kernel: one that fell back to the firmware mostly shows a
 * wrong kernel, too, and the way is what went wrong. The log comes last.
 */
#include "verdict.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* This many resets and still not up: it will not come up. */
#define RESET_LOOP 3

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
	return true;
}

static bool is_ready(const struct evidence *e)
{
	return e->phases->ready_ns >= 0;
}

static bool same(const char *a, const char *b)
{
	return a && b && !strcmp(a, b);
}

static const char *or_nothing(const char *text)
{
	return text ? text : "nothing";
}

/* Where a reboot was that did not come up. */
static const char *where(const struct evidence *e)
{
	return e->phases->last_begun < PHASES ? phase_name(e->phases->last_begun) :
						"no phase at all";
}

static bool instrument_failed(const struct evidence *e, struct judgement *j)
{
	const struct mark_faults *f = &e->mark_faults;

	if (e->recorder_failed)
		return because(j, "The machine's process died, or the recorder failed.");
	if (f->lost || f->damaged || f->unknown)
		return because(j, "The marks line had %u gaps, %u damaged bytes and %u unknown marks.",
			       f->lost, f->damaged, f->unknown);
	if (e->phases->request_ns < 0)
		return because(j, "The request was not seen, so there is nothing to measure from.");
	if (!is_ready(e) && e->new_boot_id && !same(e->new_boot_id, e->old_boot_id))
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
	if (!e->panicked)
		return false;
	j->phase = e->phases->last_begun;
	return because(j, "A kernel panicked in %s.", where(e));
}

static bool reset_in_a_loop(const struct evidence *e, struct judgement *j)
{
	if (is_ready(e))
		return false;
	if (e->resets >= RESET_LOOP || (e->resets > 1 && !e->way_resets))
		return because(j, "The machine was reset %u times without coming up.", e->resets);
	return false;
}

static bool hung(const struct evidence *e, struct judgement *j)
{
	if (is_ready(e))
		return false;
	j->phase = e->phases->last_begun;
	if (e->machine_ended)
		return because(j, "The machine ended by itself in %s.", where(e));
	if (e->resets && !e->way_resets)
		return because(j, "The machine was reset, which this way does not do, and hung in %s.",
			       where(e));
	return because(j, "It came no further than %s before the time was up.", where(e));
}

static bool took_the_wrong_way(const struct evidence *e, struct judgement *j)
{
	if ((e->resets > 0) == e->way_resets)
		return false;
	if (e->resets)
		return because(j, "It came up through the firmware: the machine was reset %u times.",
			       e->resets);
	return because(j, "It came up, but the machine was never reset.");
}

static bool booted_the_wrong_kernel(const struct evidence *e, struct judgement *j)
{
	if (!e->new_boot_id)
		return because(j, "The new system said ready, but never who it is.");
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
	{ hung, VERDICT_HUNG },
	{ took_the_wrong_way, VERDICT_WRONG_WAY },
	{ booted_the_wrong_kernel, VERDICT_WRONG_KERNEL },
	{ lost_the_log, VERDICT_LOG_LOST },
};

/* Whether the evidence itself says that this reboot went this way to this kernel. */
static bool is_proved(const struct evidence *e)
{
	const struct mark_faults *f = &e->mark_faults;

	return is_ready(e) && !e->recorder_failed && !f->lost && !f->damaged && !f->unknown &&
	       same(e->new_nonce, e->nonce_expected) &&
	       e->new_boot_id && e->old_boot_id && strcmp(e->new_boot_id, e->old_boot_id) &&
	       (e->resets > 0) == e->way_resets &&
	       (!e->kernel_expected || same(e->new_kernel, e->kernel_expected));
}

struct judgement verdict_judge(const struct evidence *e)
{
	struct judgement j = { .verdict = VERDICT_OK, .phase = PHASES, .proved = is_proved(e) };

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		if (rules[i].holds(e, &j)) {
			j.verdict = rules[i].verdict;
			return j;
		}
	}
	if (j.proved)
		because(&j, "Nonce, boot_id, kernel and resets are those of this way.");
	else
		because(&j, "It came up, but the evidence does not prove the way.");
	return j;
}
