// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_trial.c - a chain of reboots, by a machine that only has lines
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
#include "base/text.h"
#include "machine/machine.h"
#include "machine/recorder.h"
#include "machine/trial.h"
#include "reboot/doubt.h"
#include "reboot_marks.h"

#define KERNEL	"6.1 #1"
#define FACTS	"clocksource tsc\ncpus 2\nmemory_kib 248000\nmemory_map 0-f \ntsc_khz 1000\n" \
		"block_devices vda:65536 \ninterrupt_controllers IO-APIC \ntaint 0\nwarnings 0\n"
#define BLOCK								\
	"boot %d begin\nboot_id %d\nnonce %s\nkernel " KERNEL "\n"		\
	"command_line ro\n" FACTS "previous_log none 0\nboot %d end\n"

static char *phase_names[] = { (char *)"quiesce", (char *)"handoff", (char *)"kernel",
			       (char *)"userspace" };

/* What happens once the chain is over. */
static enum { SWITCHES_OFF, USER_STOPS } at_end;
static atomic_bool stop;
static int looks, reboots;
static int stands_still;		/* the reboot in which it does; 0: none */
static bool wrong_kernel;		/* and then it comes up with another nonce, too */
static size_t samples, registers;
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

/* The new system of reboot k, or of the first boot. */
static void put_boot(struct machine *m, int k)
{
	CLEANUP_FREE char *nonce = k ? text_format("00.%d", wrong_kernel ? 99 : k) : text_format("-");
	CLEANUP_FREE char *block = text_format(BLOCK, k, k, nonce, k);
	int64_t now = clock_now_ns();

	put_mark(m, REBOOT_MARK_KERNEL_ENTRY);
	put_mark(m, REBOOT_MARK_PID1);
	put_mark(m, REBOOT_MARK_READY);
	stream_append(&m->lines.streams[RECORDER_DATA], (const uint8_t *)block, strlen(block), now);
	if (k && k == stands_still)
		/* As late as it can be and be no part of the next one. */
		vec_push(&m->lines.stalls, ((struct stall){
			now - 2 * NS_PER_S, now - STALL_ECHO_NS, STALL_MACHINE,
		}));
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
	int k = looks++;

	if (!k) {
		put_boot(m, k);
	} else if (k <= reboots) {
		put_mark(m, REBOOT_MARK_REQUEST);
		put_mark(m, REBOOT_MARK_NO_RETURN);
		put_boot(m, k);
	} else if (k > reboots + 1) {
		fail_msg("the chain goes on");
	} else if (at_end == SWITCHES_OFF) {
		vec_push(&m->lines.machine, ((struct event){
			.ns = clock_now_ns(), .source = EVENT_MACHINE, .id = MACHINE_STOPPED,
		}));
	} else {
		stop = true;
	}
}

int machine_registers(struct machine *m, struct error **err)
{
	(void)m;
	(void)err;
	registers++;
	return 0;
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
static int run_chain(int n, struct error **err)
{
	struct impl_image image = { .format = (char *)"vmlinux", .path = (char *)"/boot/vmlinux" };
	struct impl impl = { .images = &image, .images_count = 1, .phases = phase_names,
			     .phases_count = 4 };
	struct scenario_way way = { .way = (char *)"kexec", .variant = (char *)"", .impl = &impl };
	struct scenario scenario = {
		.name = (char *)"bench", .machine.arch = (char *)"i386",
		.chain.reboots = n, .timeout = { .silence_s = 10, .phase_s = 10 },
	};
	struct trial_plan plan = { .scenario = &scenario, .way = &way, .run = "run",
				   .kernel_expected = KERNEL };

	stop = false;
	looks = 0;
	reboots = n;
	samples = 0;
	registers = 0;
	return trial_run(NULL, &plan, on_sample, NULL, NULL, &stop, err);
}

static void a_machine_that_switches_itself_off_is_clean(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	at_end = SWITCHES_OFF;
	assert_int_equal(run_chain(1, &err), 0);
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
	assert_int_equal(run_chain(1, &err), -EINTR);
	assert_int_equal(err->class, ERROR_INTERRUPTED);
	assert_int_equal(samples, 0);
}

/*
 * Each place of a short chain is to be measured, so another machine repeats it; what runs in the machine
 * is known all the same, and a long chain goes on.
 */
static void a_long_chain_goes_on_behind_a_stall(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	at_end = SWITCHES_OFF;
	stands_still = 2;
	assert_int_equal(run_chain(20, &err), 0);
	assert_int_equal(samples, 2);
	assert_string_equal(verdict_name(last.judgement.verdict), "instrument-fault");
	assert_int_equal(run_chain(21, &err), 0);
	assert_int_equal(samples, 21);
	assert_string_equal(verdict_name(last.judgement.verdict), "ok");
	assert_int_equal(registers, 0);
	stands_still = 0;
}

/* Whatever the chain's length, and what the CPUs had in them is kept. */
static void a_machine_in_another_kernel_does_not_go_on(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	wrong_kernel = true;
	assert_int_equal(run_chain(21, &err), 0);
	assert_int_equal(samples, 1);
	assert_string_equal(verdict_name(last.judgement.verdict), "wrong-kernel");
	assert_int_equal(registers, 1);
	stands_still = 1;
	assert_int_equal(run_chain(21, &err), 0);
	assert_int_equal(samples, 1);
	stands_still = 0;
	wrong_kernel = false;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_machine_that_switches_itself_off_is_clean),
		cmocka_unit_test(a_stop_while_it_switches_off_leaves_no_sample),
		cmocka_unit_test(a_long_chain_goes_on_behind_a_stall),
		cmocka_unit_test(a_machine_in_another_kernel_does_not_go_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
