// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_kvm_profile.c - exits from a guest, and samples of it, by phase
 *
 * The trace's words are those of records by others, for there was no KVM where this was written:
 * Linux 5.13 on Intel in a mail to kvm@vger.kernel.org (95c1dc01-4aa0-46a6-95b1-bbc62588ac6e,
 * 2022-03-16), an AMD host's "reason io", and an older kernel's "reason" without a vcpu.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/kvm_profile.h"
#include "base/json.h"
#include "reboot_marks.h"
#include "report/kvm_table.h"
#include "scratch.h"

#define INTEL	" info1 0x0000000000000000 info2 0x0000000000000000 intr_info 0x00000000 " \
		"error_code 0x00000000\n"

static const char exits[] =
	"   4715     9.999999000:                       kvm:kvm_exit: vcpu 0 reason HLT rip 0x10" INTEL
	"   4715    10.000001000:                      kvm:kvm_entry: vcpu 0, rip 0x100146\n"
	"   4715    10.000010000:                       kvm:kvm_exit: vcpu 0 reason IO_INSTRUCTION rip "
	"0x100146" INTEL
	"   4716    10.000011000:                       kvm:kvm_exit: vcpu 1 reason io rip 0x4ad5\n"
	"   4715    10.000012000:                        kvm:kvm_fpu: unload\n"
	"   4715    10.000013000:             kvm:kvm_userspace_exit: reason KVM_EXIT_SHUTDOWN (8)\n"
	"   4715    10.000020000:                      kvm:kvm_entry: vcpu 0, rip 0x100146\n"
	"   4716    10.000031000:                      kvm:kvm_entry: vcpu 1, rip 0x4ad7\n"
	"   4715    10.000040000:                       kvm:kvm_exit: reason IO_INSTRUCTION rip "
	"0xffffffff81c01f58 info 0 800000fd\n"
	"   4715    10.000045000:                      kvm:kvm_entry: vcpu 0\n"
	"   4715    10.000250000:                       kvm:kvm_exit: vcpu 0 reason EPT_VIOLATION rip "
	"0x100146" INTEL
	"   4715    10.000257000:                      kvm:kvm_entry: vcpu 0, rip 0x100146\n"
	"   4715    10.000290000:                       kvm:kvm_exit: vcpu 0 reason TRIPLE_FAULT rip "
	"0x100146" INTEL;

static const char samples[] =
	"   4715    10.000001000:         c1000010 \n"
	"   4715    10.000002000:         c1000020 \n"
	"   4715    10.000210000:         c1000010 \n"
	"   4715    10.000220000:          8048000 \n"
	"   4715    10.000230000:          8048010 \n"
	"   4715    10.000900000:         c1000010 \n";

#define EXPECTED	(1u << PHASE_SHUTDOWN | 1u << PHASE_QUIESCE)

static struct event events[] = {
	{ .ns = INT64_C(10000000000), .source = EVENT_MARK, .id = REBOOT_MARK_REQUEST },
	{ .ns = INT64_C(10000200000), .source = EVENT_MARK, .id = REBOOT_MARK_SERVICES_STOPPED },
	{ .ns = INT64_C(10000300000), .source = EVENT_MARK, .id = REBOOT_MARK_READY },
};
static const event_vec list = { .at = events, .n = sizeof(events) / sizeof(events[0]) };
static const struct kvm_reboot reboot = { .events = &list, .expected = EXPECTED };

static const char *name_of(uint64_t address, const void *arg)
{
	(void)arg;
	return address == 0xc1000010 ? "memcpy" : address == 0xc1000020 ? "schedule" : "(a program)";
}

static void read_all(struct kvm_profile *p)
{
	struct error *err = NULL;

	*p = (struct kvm_profile){ .way = "lobos", .kernel = "6.1", .hz = 997 };
	assert_int_equal(kvm_exits_read(exits, &reboot, p, &err), 0);
	assert_int_equal(kvm_samples_read(samples, &reboot, name_of, NULL, p, &err), 0);
	kvm_profile_finish(p, &reboot);
}

static void assert_count(const struct kvm_count *c, enum phase phase, const char *name, uint64_t n,
			 int64_t ns)
{
	assert_int_equal(c->phase, phase);
	assert_string_equal(c->name, name);
	assert_int_equal(c->n, n);
	assert_int_equal(c->ns, ns);
}

/* An exit counts in the phase that it begins in, until the next entry of its thread. */
static void exits_have_reason_time_and_phase(void **state)
{
	struct kvm_profile p;

	(void)state;
	read_all(&p);
	assert_int_equal(p.exits.n, 3);
	assert_count(&p.exits.at[0], PHASE_SHUTDOWN, "io", 1, 20000);
	assert_count(&p.exits.at[1], PHASE_SHUTDOWN, "IO_INSTRUCTION", 2, 15000);
	assert_count(&p.exits.at[2], PHASE_QUIESCE, "EPT_VIOLATION", 1, 7000);
	assert_int_equal(p.ns[PHASE_SHUTDOWN], 200000);
	assert_int_equal(p.ns[PHASE_KERNEL], -1);
	kvm_profile_free(&p);
}

static void samples_have_function_and_phase(void **state)
{
	struct kvm_profile p;

	(void)state;
	read_all(&p);
	assert_int_equal(p.functions.n, 4);
	assert_count(&p.functions.at[0], PHASE_SHUTDOWN, "memcpy", 1, 0);
	assert_count(&p.functions.at[1], PHASE_SHUTDOWN, "schedule", 1, 0);
	assert_count(&p.functions.at[2], PHASE_QUIESCE, "(a program)", 2, 0);
	assert_count(&p.functions.at[3], PHASE_QUIESCE, "memcpy", 1, 0);
	kvm_profile_free(&p);
}

static void other_text_is_refused(void **state)
{
	static const char *const texts[] = {
		"kvm:kvm_exit: vcpu 0 reason HLT\n",
		" 4715 10.000001000: kvm:kvm_exit: vcpu 0\n",
		" 4715 10: kvm:kvm_entry: vcpu 0\n",
	};
	struct kvm_profile p = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP_ERROR struct error *err = NULL;

		assert_int_equal(kvm_exits_read(texts[i], &reboot, &p, &err), -EPROTO);
	}
	kvm_profile_free(&p);
}

static void a_table_has_exits_and_functions(void **state)
{
	struct kvm_profile p;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	read_all(&p);
	kvm_table(&p, 1, f);
	fclose(f);
	assert_non_null(strstr(text, "functions are sampled"));
	assert_non_null(strstr(text, "shutdown: 0.2 ms, of them 0.0 ms outside the guest in 3 exits; 2 "
			       "samples of the guest\n"));
	assert_non_null(strstr(text, "          1       0.020  io\n"));
	assert_null(strstr(text, "IO_INSTRUCTION"));
	assert_non_null(strstr(text, "          2   66.7%  (a program)\n"));
	free(text);
	kvm_profile_free(&p);
}

static void the_file_has_them_by_phase(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "kvm.json");
	const json_t *quiesce, *exit;
	CLEANUP_JSON json_t *json = NULL;
	struct error *err = NULL;
	json_error_t wrong;
	struct kvm_profile p;

	read_all(&p);
	assert_int_equal(kvm_profile_write(&p, path, &err), 0);
	kvm_profile_free(&p);
	json = json_load_file(path, 0, &wrong);
	assert_non_null(json);
	quiesce = json_array_get(json_object_get(json, "phases"), 1);
	assert_string_equal(json_text_at(quiesce, "phase"), "quiesce");
	exit = json_array_get(json_object_get(quiesce, "exits"), 0);
	assert_string_equal(json_text_at(exit, "reason"), "EPT_VIOLATION");
	assert_int_equal(json_int_at(exit, "ns"), 7000);
	assert_int_equal(json_array_size(json_object_get(quiesce, "functions")), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exits_have_reason_time_and_phase),
		cmocka_unit_test(samples_have_function_and_phase),
		cmocka_unit_test(other_text_is_refused),
		cmocka_unit_test(a_table_has_exits_and_functions),
		cmocka_unit_test_setup_teardown(the_file_has_them_by_phase, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
