// SPDX-License-Identifier: GPL-2.0-only
/*
 * calibration_reset.c - how exact libvirt's event of a reset is, and what a reboot rests on
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "calibration_private.h"
#include "domain.h"
#include "domain_xml.h"

/* The least time between two resets, so that each finds libvirt's event loop asleep. */
#define GAP_NS		(6 * NS_PER_MS)
/* How often it is looked whether the event has come, and how long it may take. */
#define LOOK_NS		(300 * NS_PER_US)
#define PATIENCE_NS	(INT64_C(5) * NS_PER_S)

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* The value that a share of per_cent of the n sorted ones does not exceed. */
static int64_t quantile(const int64_t *sorted, size_t n, size_t per_cent)
{
	size_t rank = (n * per_cent + 99) / 100;

	return sorted[rank ? rank - 1 : 0];
}

struct lateness lateness_of(int64_t *late, size_t n)
{
	qsort(late, n, sizeof(*late), by_value);
	return (struct lateness){
		.p50_ns = quantile(late, n, 50),
		.p99_ns = quantile(late, n, 99),
		.max_ns = late[n - 1],
	};
}

static struct domain *start_machine(struct connection *c, struct error **err)
{
	const char *emulator = connection_emulator(c, "i386");
	CLEANUP_FREE char *xml = text_format(
		"<domain type='qemu'><name>" DOMAIN_NAME_PREFIX "calibration-%d</name>"
		"<memory unit='MiB'>16</memory>"
		"<os><type arch='i686' machine='pc'>hvm</type></os>"
		"<devices>%s%s%s<controller type='usb' model='none'/><video><model type='none'/></video>"
		"<memballoon model='none'/><audio id='1' type='none'/></devices>"
		"<seclabel type='none'/></domain>", (int)getpid(), emulator ? "<emulator>" : "",
		emulator ? emulator : "", emulator ? "</emulator>" : "");

	return domain_start_paused(c, xml, err);
}

/* Resets the machine once. Return: 0 with *late, or a negative errno with *err set. */
static int reset_once(struct domain *d, int64_t *late, struct error **err)
{
	int64_t asked = clock_now_ns(), now = asked;
	event_vec events = { 0 };
	int rc = domain_reset(d, err);

	*late = -1;
	while (!rc && *late < 0 && now < asked + PATIENCE_NS) {
		now += LOOK_NS;
		clock_sleep_until(now);
		domain_events(d, &events);
		for (size_t i = 0; *late < 0 && i < events.n; i++)
			if (events.at[i].id == MACHINE_RESET)
				*late = events.at[i].ns - asked;
	}
	vec_free(&events);
	if (rc || *late >= 0)
		return rc;
	return error_set(err, ERROR_INSTRUMENT, ETIMEDOUT,
			 "libvirt has no event of a machine that was reset");
}

static int reset_often(struct domain *d, int64_t *late, int resets, struct error **err)
{
	int rc = 0;

	for (int i = 0; !rc && i < resets; i++) {
		clock_sleep_until(clock_now_ns() + GAP_NS);
		rc = reset_once(d, &late[i], err);
	}
	return rc;
}

int calibration_resets(struct connection *connection, int resets, struct calibration *c,
		       struct error **err)
{
	CLEANUP_FREE int64_t *late = calloc((size_t)resets, sizeof(*late));
	struct domain *d = start_machine(connection, err);
	int rc = -EIO;

	if (!late)
		abort();
	if (d)
		rc = reset_often(d, late, resets, err);
	domain_end(d);
	if (rc)
		return error_wrap(err, "calibrating libvirt's event of a reset");
	c->resets = resets;
	c->reset = lateness_of(late, (size_t)resets);
	return 0;
}

static int64_t worse(int64_t one, int64_t other)
{
	return one < 0 || other < 0 ? -1 : one > other ? one : other;
}

int64_t calibration_error(const struct calibration *c, const struct phases *phases)
{
	int64_t error = c ? c->marks.p99_ns : -1;

	for (enum phase p = 0; c && p < PHASES; p++) {
		const struct phase_time *t = &phases->at[p];

		if (t->state != PHASE_SEEN)
			continue;
		if (t->from_console)
			error = worse(error, c->console.p99_ns);
		if (t->from_event)
			error = worse(error, c->reset.p99_ns);
	}
	return error;
}
