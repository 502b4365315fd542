// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_trial.c - a chain of one reboot, by a machine that only has lines
 *
 * What trial.c asks of machine, recorder, files and hypervisor is defined here.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "machine/machine.h"
#include "machine/recorder.h"
#include "machine/trial.h"
#include "reboot/doubt.h"
#include "reboot_marks.h"

#define KERNEL	"6.1 #1"
#define FACTS	"clocksource tsc\ncpus 2\nmemory_kib 248000\nmemory_map 0-f \ntsc_khz 1000\n" \
		"block_devices vda:65536 \ninterrupt_controllers IO-APIC \ntaint 0\nwarnings 0\n"
#define BLOCK(k, id, nonce)							\
	"boot " k " begin\nboot_id " id "\nnonce " nonce "\nkernel " KERNEL "\n"	\
	"command_line ro\n" FACTS "previous_log none 0\nboot " k " end\n"

static char *phase_names[] = { (char *)"quiesce", (char *)"handoff", (char *)"kernel",
			       (char *)"userspace" };

/* What happens once the chain is over. */
static enum { SWITCHES_OFF, USER_STOPS } at_end;
static atomic_bool stop;
static int looks;
static size_t samples;
static struct sample last;

static void put_mark(struct machine *m, uint8_t id)
{
	static uint8_t n;
	uint8_t record[3] = { id, 0, 0 };

	n = id == REBOOT_MARK_KERNEL_ENTRY ? 1 : n + 1;
	record[1] = n;
	record[2] = id ^ n ^ REBOOT_MARK_CHECK;
	stream_append(&m->lines.streams[RECORDER_MARKS], record, sizeof(record), clock_now_ns());
	lines_decode(&m->lines);
}

static void put_boot(struct machine *m, const char *block)
{
	put_mark(m, REBOOT_MARK_KERNEL_ENTRY);
	put_mark(m, REBOOT_MARK_PID1);
	put_mark(m, REBOOT_MARK_READY);
	stream_append(&m->lines.streams[RECORDER_DATA], (const uint8_t *)block, strlen(block),
		      clock_now_ns());
}

int machine_start(struct machine *m, struct connection *c, const struct trial_plan *plan,
		  struct error **err)
{
	(void)c;
	(void)err;
	m->plan = plan;
	strcpy(m->files.nonce, "00");
	return 0;
}

void machine_look(struct machine *m)
{
	switch (looks++) {
	case 0:
		put_boot(m, BLOCK("0", "old", "-"));
		break;
	case 1:
		put_mark(m, REBOOT_MARK_REQUEST);
		put_mark(m, REBOOT_MARK_NO_RETURN);
		put_boot(m, BLOCK("1", "new", "00.1"));
		break;
	case 2:
		if (at_end == SWITCHES_OFF)
			vec_push(&m->lines.machine, ((struct event){
				.ns = clock_now_ns(), .source = EVENT_MACHINE, .id = MACHINE_STOPPED,
			}));
		else
			stop = true;
		break;
	default:
		fail_msg("the chain goes on");
	}
}

int machine_space(const struct machine *m, struct error **err)
{
	(void)m;
	(void)err;
	return 0;
}

int machine_stamps(const struct machine *m, clock_stamp_vec *to, struct error **err)
{
	(void)m;
	(void)to;
	(void)err;
	return 0;
}

int machine_sample(struct machine *m, struct error **err)
{
	(void)m;
	(void)err;
	fail_msg("nobody asked for samples");
	return -1;
}

int machine_end(struct machine *m, struct error **err)
{
	(void)err;
	lines_free(&m->lines);
	return 0;
}

bool recorder_wait(struct recorder *r, int timeout_ms)
{
	(void)r;
	(void)timeout_ms;
	return true;
}

int recorder_fault(struct recorder *r)
{
	(void)r;
	return 0;
}

int raw_lines_write(struct raw_lines *r, const struct lines *l, struct error **err)
{
	(void)r;
	(void)l;
	(void)err;
	return 0;
}

int domain_perf(struct domain *d, int64_t values[PERF_COUNTERS], struct error **err)
{
	(void)d;
	(void)err;
	memset(values, 0, PERF_COUNTERS * sizeof(*values));
	return 0;
}

static int on_sample(struct sample *sample, const event_vec *events, void *arg,
		     struct error **err)
{
	assert_true(events->n);
	(void)arg;
	(void)err;
	samples++;
	last = *sample;
	return 0;
}

/* Return: that of the trial. */
static int run_chain(struct error **err)
{
	struct impl_image image = { .format = (char *)"vmlinux", .path = (char *)"/boot/vmlinux" };
	struct impl impl = { .images = &image, .images_count = 1, .phases = phase_names,
			     .phases_count = 4 };
	struct scenario_way way = { .way = (char *)"kexec", .variant = (char *)"", .impl = &impl };
	struct scenario scenario = {
		.name = (char *)"bench", .machine.arch = (char *)"i386",
		.chain.reboots = 1, .timeout = { .silence_s = 10, .phase_s = 10 },
	};
	struct trial_plan plan = { .scenario = &scenario, .way = &way, .run = "run",
				   .kernel_expected = KERNEL };

	stop = false;
	looks = 0;
	samples = 0;
	return trial_run(NULL, &plan, on_sample, NULL, NULL, &stop, err);
}

static void a_machine_that_switches_itself_off_is_clean(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	at_end = SWITCHES_OFF;
	assert_int_equal(run_chain(&err), 0);
	assert_int_equal(samples, 1);
	assert_string_equal(verdict_name(last.judgement.verdict), "ok");
	assert_false(last.doubts & DOUBT_BIT(DOUBT_NO_POWER_OFF));
}

/* Whether the machine can be switched off is then not known, so the reboot is run again. */
static void a_stop_while_it_switches_off_leaves_no_sample(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	at_end = USER_STOPS;
	assert_int_equal(run_chain(&err), -EINTR);
	assert_int_equal(err->class, ERROR_INTERRUPTED);
	assert_int_equal(samples, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_machine_that_switches_itself_off_is_clean),
		cmocka_unit_test(a_stop_while_it_switches_off_leaves_no_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
