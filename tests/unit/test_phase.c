// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_phase.c - events become phases that add up
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reboot/phase.h"
#include "reboot_marks.h"

#define BIT(p)	(1u << PHASE_##p)
#define ALWAYS	(BIT(SHUTDOWN) | BIT(QUIESCE) | BIT(HANDOFF) | BIT(KERNEL) | BIT(USERSPACE))
#define LOBOS	(ALWAYS | BIT(LOAD))
#define KEXEC	(ALWAYS | BIT(LOAD) | BIT(DECOMPRESS))
#define BIOS	(ALWAYS | BIT(FIRMWARE) | BIT(BOOTLOADER) | BIT(DECOMPRESS))

#define MARK(t, name)		{ .ns = (t), .source = EVENT_MARK, .id = REBOOT_MARK_##name }
#define CONSOLE(t, name)	{ .ns = (t), .source = EVENT_CONSOLE, .id = REBOOT_MARK_##name }
#define RESET(t)		{ .ns = (t), .source = EVENT_MACHINE, .id = MACHINE_RESET }

#define N(a) (sizeof(a) / sizeof((a)[0]))

static void seen(const struct phases *p, enum phase phase, int64_t ns)
{
	assert_int_equal(p->at[phase].state, PHASE_SEEN);
	assert_int_equal(p->at[phase].ns, ns);
}

static void state_is(const struct phases *p, unsigned int mask, enum phase_state state)
{
	for (int i = 0; i < PHASES; i++)
		if (mask & (1u << i))
			assert_int_equal(p->at[i].state, state);
}

static void bios_has_nine_borders(void **state)
{
	const struct event events[] = {
		MARK(100, REQUEST), MARK(130, SERVICES_STOPPED), MARK(135, NO_RETURN), RESET(140),
		RESET(141), MARK(400, BOOT_SECTOR), MARK(450, DECOMPRESS_ENTRY),
		MARK(650, KERNEL_ENTRY), MARK(700, SETUP_DONE), MARK(800, INITCALLS),
		MARK(1500, PID1), MARK(1600, READY), MARK(9000, REQUEST),
	};
	struct phases p = phases_of(events, N(events), BIOS);

	(void)state;
	assert_int_equal(p.request_ns, 100);
	assert_int_equal(p.ready_ns, 1600);
	seen(&p, PHASE_SHUTDOWN, 30);
	seen(&p, PHASE_QUIESCE, 5);
	seen(&p, PHASE_HANDOFF, 5);
	seen(&p, PHASE_FIRMWARE, 260);
	seen(&p, PHASE_BOOTLOADER, 50);
	seen(&p, PHASE_DECOMPRESS, 200);
	seen(&p, PHASE_KERNEL, 850);
	seen(&p, PHASE_USERSPACE, 100);
	state_is(&p, BIT(LOAD), PHASE_ABSENT);
	assert_int_equal(p.at[PHASE_KERNEL].first_begin_ns, 650);
	assert_int_equal(p.at[PHASE_KERNEL].last_end_ns, 1500);
	assert_false(p.at[PHASE_KERNEL].from_console);
	for (int i = 0; i < PHASES; i++)
		assert_int_equal(p.at[i].from_event, i == PHASE_HANDOFF || i == PHASE_FIRMWARE);
}

static void a_reset_that_the_plugin_saw_is_no_event_of_libvirt(void **state)
{
	struct event events[] = {
		MARK(100, REQUEST), MARK(130, SERVICES_STOPPED), MARK(135, NO_RETURN), RESET(140),
		MARK(400, BOOT_SECTOR), MARK(450, DECOMPRESS_ENTRY), MARK(650, KERNEL_ENTRY),
		MARK(1500, PID1), MARK(1600, READY),
	};
	struct phases p;

	(void)state;
	events[3].by_plugin = true;
	p = phases_of(events, N(events), BIOS);
	seen(&p, PHASE_HANDOFF, 5);
	seen(&p, PHASE_FIRMWARE, 260);
	for (int i = 0; i < PHASES; i++)
		assert_false(p.at[i].from_event);
}

static void a_bios_call_is_firmware_without_a_reset(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(110, LOAD_END),
		MARK(140, SERVICES_STOPPED), MARK(150, NO_RETURN), MARK(165, BIOS_CALL),
		MARK(185, DECOMPRESS_ENTRY), MARK(300, KERNEL_ENTRY), MARK(900, PID1),
		MARK(1000, READY),
	};
	struct phases p = phases_of(events, N(events), KEXEC | BIT(FIRMWARE));

	(void)state;
	seen(&p, PHASE_HANDOFF, 15);
	seen(&p, PHASE_FIRMWARE, 20);
	seen(&p, PHASE_DECOMPRESS, 115);
}

static void kexec_loads_ahead(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(110, LOAD_END),
		MARK(140, SERVICES_STOPPED), MARK(150, NO_RETURN), MARK(160, DECOMPRESS_ENTRY),
		MARK(300, KERNEL_ENTRY), MARK(900, PID1), MARK(1000, READY),
	};
	struct phases p = phases_of(events, N(events), KEXEC);

	(void)state;
	seen(&p, PHASE_SHUTDOWN, 10 + 30);
	seen(&p, PHASE_LOAD, 100);
	seen(&p, PHASE_QUIESCE, 10);
	assert_int_equal(p.at[PHASE_SHUTDOWN].first_begin_ns, 0);
	assert_int_equal(p.at[PHASE_SHUTDOWN].last_end_ns, 140);
}

static void lobos_loads_twice(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(20, LOAD_END),
		MARK(50, SERVICES_STOPPED), MARK(51, LOAD_BEGIN), MARK(61, LOAD_END),
		MARK(70, NO_RETURN), MARK(75, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), LOBOS);

	(void)state;
	seen(&p, PHASE_SHUTDOWN, 40);
	seen(&p, PHASE_LOAD, 20);
	seen(&p, PHASE_QUIESCE, 10);
	seen(&p, PHASE_HANDOFF, 5);
	assert_int_equal(p.at[PHASE_LOAD].first_begin_ns, 10);
	assert_int_equal(p.at[PHASE_LOAD].last_end_ns, 61);
}

static void what_is_loaded_before_the_request_is_not_told(void **state)
{
	const struct event events[] = {
		MARK(10, LOAD_BEGIN), MARK(20, LOAD_END), MARK(30, LOAD_BEGIN), MARK(40, LOAD_END),
		MARK(100, REQUEST), MARK(110, LOAD_BEGIN), MARK(120, LOAD_END),
		MARK(140, SERVICES_STOPPED), MARK(150, NO_RETURN), MARK(300, KERNEL_ENTRY),
		MARK(900, PID1), MARK(1000, READY),
	};
	struct phases p = phases_of(events, N(events), LOBOS);

	(void)state;
	assert_int_equal(p.request_ns, 100);
	seen(&p, PHASE_SHUTDOWN, 30);
	seen(&p, PHASE_LOAD, 10);
	seen(&p, PHASE_QUIESCE, 10);
}

static void nested_loading_is_one(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(12, LOAD_BEGIN), MARK(18, LOAD_END),
		MARK(20, LOAD_END), MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN),
		MARK(75, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), LOBOS);

	(void)state;
	seen(&p, PHASE_LOAD, 10);
	seen(&p, PHASE_SHUTDOWN, 40);
}

static void a_missing_border_hides_what_it_parts(void **state)
{
	const struct event no_entry[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(20, LOAD_END),
		MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN), MARK(500, PID1), MARK(600, READY),
	};
	const struct event no_decompress[] = {
		MARK(0, REQUEST), MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN), RESET(80),
		MARK(90, BOOT_SECTOR), MARK(300, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	const struct event no_load[] = {
		MARK(0, REQUEST), MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN),
		MARK(80, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	const struct event no_load_end[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(50, SERVICES_STOPPED),
		MARK(70, NO_RETURN), MARK(80, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	struct phases p = phases_of(no_entry, N(no_entry), LOBOS);

	(void)state;
	state_is(&p, BIT(HANDOFF) | BIT(KERNEL), PHASE_UNKNOWN);
	state_is(&p, LOBOS & ~(BIT(HANDOFF) | BIT(KERNEL)), PHASE_SEEN);
	/* A phase that nobody expects does not become unknown. */
	state_is(&p, BIT(FIRMWARE) | BIT(BOOTLOADER) | BIT(DECOMPRESS), PHASE_ABSENT);

	p = phases_of(no_entry, N(no_entry), KEXEC);
	state_is(&p, BIT(HANDOFF) | BIT(KERNEL) | BIT(DECOMPRESS), PHASE_UNKNOWN);

	p = phases_of(no_decompress, N(no_decompress), BIOS);
	state_is(&p, BIT(BOOTLOADER) | BIT(DECOMPRESS), PHASE_UNKNOWN);
	state_is(&p, BIOS & ~(BIT(BOOTLOADER) | BIT(DECOMPRESS)), PHASE_SEEN);

	p = phases_of(no_load, N(no_load), LOBOS);
	state_is(&p, BIT(SHUTDOWN) | BIT(LOAD) | BIT(QUIESCE), PHASE_UNKNOWN);
	state_is(&p, BIT(HANDOFF) | BIT(KERNEL) | BIT(USERSPACE), PHASE_SEEN);

	p = phases_of(no_load_end, N(no_load_end), LOBOS);
	state_is(&p, BIT(SHUTDOWN) | BIT(LOAD), PHASE_UNKNOWN);
	state_is(&p, BIT(QUIESCE), PHASE_SEEN);
}

static void no_request_no_shutdown(void **state)
{
	const struct event events[] = {
		MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN), RESET(80), MARK(90, BOOT_SECTOR),
		MARK(300, DECOMPRESS_ENTRY), MARK(400, KERNEL_ENTRY), MARK(500, PID1),
		MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), BIOS);

	(void)state;
	assert_int_equal(p.request_ns, -1);
	state_is(&p, BIT(SHUTDOWN), PHASE_UNKNOWN);
	seen(&p, PHASE_QUIESCE, 20);
}

static void a_hang_has_a_last_phase(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN), RESET(80),
		MARK(90, BOOT_SECTOR), MARK(300, DECOMPRESS_ENTRY), MARK(400, KERNEL_ENTRY),
	};
	struct phases p = phases_of(events, N(events), BIOS);

	(void)state;
	assert_int_equal(p.ready_ns, -1);
	assert_int_equal(p.last_begun, PHASE_KERNEL);
	state_is(&p, BIT(KERNEL) | BIT(USERSPACE), PHASE_UNKNOWN);
	seen(&p, PHASE_DECOMPRESS, 100);
	p = phases_of(events, 0, BIOS);
	assert_int_equal(p.last_begun, PHASES);
	state_is(&p, BIOS, PHASE_UNKNOWN);
}

static void what_the_console_says_is_told_apart(void **state)
{
	const struct event events[] = {
		CONSOLE(0, REQUEST), CONSOLE(48, SERVICES_STOPPED), CONSOLE(69, NO_RETURN), RESET(80),
		MARK(90, BOOT_SECTOR), MARK(300, DECOMPRESS_ENTRY), MARK(400, KERNEL_ENTRY),
		MARK(500, PID1), MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), BIOS);

	(void)state;
	seen(&p, PHASE_SHUTDOWN, 48);
	seen(&p, PHASE_QUIESCE, 21);
	seen(&p, PHASE_KERNEL, 100);
	assert_true(p.request_on_console);
	assert_false(p.ready_on_console);
	assert_true(p.at[PHASE_SHUTDOWN].from_console);
	assert_true(p.at[PHASE_QUIESCE].from_console);
	assert_true(p.at[PHASE_HANDOFF].from_console);
	assert_false(p.at[PHASE_FIRMWARE].from_console);
	assert_false(p.at[PHASE_USERSPACE].from_console);
}

static void what_went_through_the_firmware_is_told(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(10, LOAD_BEGIN), MARK(20, LOAD_END),
		MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN), RESET(80), MARK(90, BOOT_SECTOR),
		MARK(95, DECOMPRESS_ENTRY), MARK(99, KERNEL_ENTRY), MARK(500, PID1),
		MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), LOBOS);

	(void)state;
	seen(&p, PHASE_FIRMWARE, 10);
	seen(&p, PHASE_BOOTLOADER, 5);
}

static void a_reset_that_is_told_late_is_no_border(void **state)
{
	const struct event events[] = {
		MARK(0, REQUEST), MARK(50, SERVICES_STOPPED), MARK(70, NO_RETURN),
		MARK(90, BOOT_SECTOR), RESET(92), MARK(300, DECOMPRESS_ENTRY),
		MARK(400, KERNEL_ENTRY), MARK(500, PID1), MARK(600, READY),
	};
	struct phases p = phases_of(events, N(events), BIOS);

	(void)state;
	state_is(&p, BIT(HANDOFF) | BIT(FIRMWARE), PHASE_UNKNOWN);
	seen(&p, PHASE_BOOTLOADER, 210);
}

/*
 * Whatever happens in whatever order: the intervals of all phases, known or
 * not, add up to the latency; and when all are known, so do the phases.
 */
static void phases_add_up(void **state)
{
	static const int ids[] = {
		REBOOT_MARK_LOAD_BEGIN, REBOOT_MARK_LOAD_END, REBOOT_MARK_SERVICES_STOPPED,
		REBOOT_MARK_NO_RETURN, -1, REBOOT_MARK_BOOT_SECTOR, REBOOT_MARK_DECOMPRESS_ENTRY,
		REBOOT_MARK_KERNEL_ENTRY, REBOOT_MARK_SETUP_DONE, REBOOT_MARK_PID1,
		REBOOT_MARK_PANIC,
	};
	unsigned int all_known = 0;

	(void)state;
	srandom(1);
	for (int round = 0; round < 200000; round++) {
		struct event events[32];
		size_t n = 0, inner = random() % 14;
		int64_t ns = random() % 1000, sum = 0;
		bool in_order = random() % 2, unknown = false;
		unsigned int expected = random() % (1u << PHASES) | (in_order ? ALWAYS : 0);
		size_t at = 0;
		struct phases p;

		events[n++] = (struct event)MARK(ns, REQUEST);
		for (size_t i = 0; i < inner; i++) {
			at = in_order ? at + (random() % 12 == 0) : (size_t)random() % N(ids);
			if (at >= N(ids))
				break;
			ns += random() % 100;
			events[n++] = (struct event){
				.ns = ns,
				.source = ids[at] < 0 ? EVENT_MACHINE :
					  random() % 4 ? EVENT_MARK : EVENT_CONSOLE,
				.id = ids[at] < 0 ? MACHINE_RESET : ids[at],
			};
			at += in_order;
		}
		ns += random() % 100;
		events[n++] = (struct event)MARK(ns, READY);
		p = phases_of(events, n, expected);
		assert_int_equal(p.ready_ns - p.request_ns, ns - events[0].ns);
		for (int i = 0; i < PHASES; i++) {
			const struct phase_time *t = &p.at[i];

			unknown |= t->state == PHASE_UNKNOWN;
			assert_true(t->ns >= 0);
			if (t->state != PHASE_SEEN)
				assert_int_equal(t->ns, 0);
			if (expected & (1u << i))
				assert_int_not_equal(t->state, PHASE_ABSENT);
			sum += t->ns;
		}
		if (!unknown) {
			all_known++;
			assert_int_equal(sum, p.ready_ns - p.request_ns);
		} else {
			assert_true(sum <= p.ready_ns - p.request_ns);
		}
	}
	/* The rounds that matter most were not left out by chance. */
	assert_true(all_known > 1000);
}

static void names_lead_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < PHASES; i++)
		assert_int_equal(phase_from_name(phase_name((enum phase)i)), i);
	assert_int_equal(phase_from_name("lunch"), PHASES);
	assert_string_equal(phase_name(PHASE_SHUTDOWN), "shutdown");
	assert_string_equal(phase_name(PHASE_USERSPACE), "userspace");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bios_has_nine_borders),
		cmocka_unit_test(a_reset_that_the_plugin_saw_is_no_event_of_libvirt),
		cmocka_unit_test(a_bios_call_is_firmware_without_a_reset),
		cmocka_unit_test(kexec_loads_ahead),
		cmocka_unit_test(lobos_loads_twice),
		cmocka_unit_test(what_is_loaded_before_the_request_is_not_told),
		cmocka_unit_test(nested_loading_is_one),
		cmocka_unit_test(a_missing_border_hides_what_it_parts),
		cmocka_unit_test(no_request_no_shutdown),
		cmocka_unit_test(a_hang_has_a_last_phase),
		cmocka_unit_test(what_the_console_says_is_told_apart),
		cmocka_unit_test(what_went_through_the_firmware_is_told),
		cmocka_unit_test(a_reset_that_is_told_late_is_no_border),
		cmocka_unit_test(phases_add_up),
		cmocka_unit_test(names_lead_there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
