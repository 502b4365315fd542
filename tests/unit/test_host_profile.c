// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_host_profile.c - samples of the emulator: read, classed, and cut at the borders of phases
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/host_profile.h"
#include "base/json.h"
#include "reboot_marks.h"
#include "report/host_table.h"
#include "scratch.h"

#define CPU(time)	"CPU 0/TCG  4715 " time ": \n"
#define QEMU(ip, name)	"\t" ip " " name " (/usr/libexec/qemu-system-i386)\n"
#define CODE		"\t    7f4ef0965020 [unknown] (/tmp/perf-4711.map)\n"
#define LOOP		QEMU("          7cf0d4", "cpu_exec") \
			"\t            2b77 [unknown] (/usr/lib/x86_64-linux-gnu/qemu/accel-tcg-i386.so)\n" \
			"\t           89044 start_thread (/usr/lib/x86_64-linux-gnu/libc.so.6)\n"

/* Return: the class of the last sample in a text. */
static const char *class_of(const char *text)
{
	host_sample_vec samples = { 0 };
	struct error *err = NULL;
	const char *name;

	assert_int_equal(host_samples_read(text, &samples, &err), 0);
	assert_true(samples.n);
	name = host_class_name(samples.at[samples.n - 1].class);
	vec_free(&samples);
	return name;
}

static void a_caller_decides(void **state)
{
	(void)state;
	assert_string_equal(class_of(CPU("5.000000001") CODE), "code");
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7ce851", "[unknown]") CODE), "helpers");
	assert_string_equal(class_of(CPU("5.000000001")
		"\t   99aa0 malloc (/usr/lib/x86_64-linux-gnu/libc.so.6)\n"
		QEMU("7e0001", "tcg_optimize") QEMU("7d1234", "tb_gen_code") LOOP), "translating");
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7e0001", "g_tree_lookup@plt")
		QEMU("7d0002", "page_collection_lock") QEMU("7dc060", "[unknown]") CODE), "discarding");
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7e0001", "[unknown]")
		QEMU("7d0002", "memory_region_dispatch_read1") QEMU("7dc060", "[unknown]") CODE),
		"devices");
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7ce234", "qht_lookup_custom") LOOP),
			    "rest");
	assert_string_equal(class_of(CPU("5.000000001") "\tffffffff82200432 do_nanosleep "
		"([kernel.kallsyms])\n" QEMU("7d1234", "tb_gen_code") LOOP), "kernel");
	assert_string_equal(class_of("qemu-system-i38  4711 5.000000001: \n"
		QEMU("7d1234", "tb_gen_code")), "other_threads");
}

/* What happened on the way to translating does not: the innermost function decides. */
static void the_innermost_decides(void **state)
{
	(void)state;
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7d0002", "tb_flush")
		QEMU("7d1234", "tb_gen_code") LOOP), "discarding");
	assert_string_equal(class_of(CPU("5.000000001") QEMU("7d0002", "tb_phys_invalidate")
		QEMU("7d0003", "memory_region_dispatch_write") CODE), "discarding");
}

/* The unnamed function behind a tail call, as QEMU 7.2 has it. */
static void what_is_called_behind_a_discard_discards(void **state)
{
	static const char unnamed[] = CPU("5.000000002") QEMU("7d066c", "[unknown]")
		QEMU("7dc073", "[unknown]") QEMU("7dd44d", "[unknown]") CODE;
	static const char known[] = CPU("5.000000001") QEMU("7d0002", "page_collection_lock")
		QEMU("7dc060", "[unknown]") QEMU("7dd44d", "[unknown]") CODE "\n";
	static const char other_file[] = CPU("5.000000001") QEMU("7d0002", "page_collection_lock")
		"\t  7dc060 [unknown] (/usr/bin/other)\n" CODE "\n";
	static const char far[] = CPU("5.000000001") QEMU("7d0002", "page_collection_lock")
		QEMU("7dbf00", "[unknown]") CODE "\n";
	char text[1024];

	(void)state;
	assert_string_equal(class_of(unnamed), "helpers");
	snprintf(text, sizeof(text), "%s%s", known, unnamed);
	assert_string_equal(class_of(text), "discarding");
	snprintf(text, sizeof(text), "%s%s", other_file, unnamed);
	assert_string_equal(class_of(text), "helpers");
	snprintf(text, sizeof(text), "%s%s", far, unnamed);
	assert_string_equal(class_of(text), "helpers");
}

static void times_are_exact(void **state)
{
	host_sample_vec samples = { 0 };
	struct error *err = NULL;

	(void)state;
	assert_int_equal(host_samples_read(CPU("57829.876024688") CODE "\n" CPU("57830.000000001")
					   CODE "\n", &samples, &err), 0);
	assert_int_equal(samples.n, 2);
	assert_true(samples.at[0].ns == INT64_C(57829876024688));
	assert_true(samples.at[1].ns == INT64_C(57830000000001));
	vec_free(&samples);
}

static void other_text_is_refused(void **state)
{
	static const char *const texts[] = {
		"Samples for 'cpu-clock' event do not have CALLCHAIN attribute set.\n",
		CODE, CPU("5") CODE, CPU("5.000000001") "\tno address (/bin/qemu)\n",
		CPU("5.000000001") "\t7d1234 tb_gen_code\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP_ERROR struct error *err = NULL;
		host_sample_vec samples = { 0 };

		assert_int_equal(host_samples_read(texts[i], &samples, &err), -EPROTO);
		vec_free(&samples);
	}
}

#define EXPECTED	(1u << PHASE_SHUTDOWN | 1u << PHASE_LOAD | 1u << PHASE_QUIESCE | \
			 1u << PHASE_HANDOFF | 1u << PHASE_KERNEL | 1u << PHASE_USERSPACE)

/* Loading begins twice: within shutdown, and within quiesce. */
static const struct event events[] = {
	{ .ns = 1000, .source = EVENT_MARK, .id = REBOOT_MARK_REQUEST },
	{ .ns = 1100, .source = EVENT_MARK, .id = REBOOT_MARK_LOAD_BEGIN },
	{ .ns = 1200, .source = EVENT_MARK, .id = REBOOT_MARK_LOAD_END },
	{ .ns = 1300, .source = EVENT_MARK, .id = REBOOT_MARK_SERVICES_STOPPED },
	{ .ns = 1400, .source = EVENT_MARK, .id = REBOOT_MARK_LOAD_BEGIN },
	{ .ns = 1500, .source = EVENT_MARK, .id = REBOOT_MARK_LOAD_END },
	{ .ns = 1600, .source = EVENT_MARK, .id = REBOOT_MARK_NO_RETURN },
	{ .ns = 1700, .source = EVENT_MARK, .id = REBOOT_MARK_KERNEL_ENTRY },
	{ .ns = 1800, .source = EVENT_MARK, .id = REBOOT_MARK_PID1 },
	{ .ns = 1900, .source = EVENT_MARK, .id = REBOOT_MARK_READY },
};

/* One of each of these moments, in turn code and translating. */
static struct host_profile cut(void)
{
	static const int64_t moments[] = { 999, 1000, 1050, 1150, 1199, 1200, 1299, 1450, 1550, 1699,
					   1700, 1799, 1800, 1899, 1900, 2000 };
	event_vec list = { .at = (struct event *)events, .n = sizeof(events) / sizeof(events[0]) };
	struct host_profile p = { .way = "lobos", .kernel = "6.1", .hz = 997, .host_kernel = true };
	host_sample_vec samples = { 0 };

	for (size_t i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		struct host_sample s = { moments[i], i % 2 ? HOST_TRANSLATING : HOST_CODE };

		vec_push(&samples, s);
	}
	host_profile_cut(&p, &samples, &list, EXPECTED);
	vec_free(&samples);
	return p;
}

static void samples_go_to_the_phase_they_were_taken_in(void **state)
{
	static const int expected[PHASES] = {
		[PHASE_SHUTDOWN] = 4, [PHASE_LOAD] = 3, [PHASE_QUIESCE] = 1, [PHASE_HANDOFF] = 1,
		[PHASE_KERNEL] = 2, [PHASE_USERSPACE] = 2,
	};
	struct host_profile p = cut();

	(void)state;
	for (enum phase phase = 0; phase < PHASES; phase++) {
		uint64_t n = 0;

		for (int class = 0; class < HOST_COUNTS; class++)
			n += p.samples[phase][class];
		assert_int_equal(n, expected[phase]);
	}
	assert_int_equal(p.samples[PHASE_LOAD][HOST_TRANSLATING], 2);
	assert_int_equal(p.ns[PHASE_LOAD], 200);
	assert_int_equal(p.ns[PHASE_FIRMWARE], -1);
}

static void the_file_has_all_samples(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "host.json");
	struct host_profile p = cut();
	struct error *err = NULL;
	json_error_t wrong;
	CLEANUP_JSON json_t *json = NULL;
	const json_t *load;

	assert_int_equal(host_profile_write(&p, path, &err), 0);
	json = json_load_file(path, 0, &wrong);
	assert_non_null(json);
	assert_int_equal(json_int_at(json, "hz"), 997);
	assert_int_equal(json_array_size(json_object_get(json, "phases")), 6);
	load = json_array_get(json_object_get(json, "phases"), 1);
	assert_string_equal(json_text_at(load, "phase"), "load");
	assert_int_equal(json_int_at(load, "ns"), 200);
	assert_int_equal(json_int_at(json_object_get(load, "samples"), "translating"), 2);
}

static char *table_of(const struct host_profile *p)
{
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	host_table(p, f);
	fclose(f);
	return text;
}

/* Idle time has no samples. */
static void shares_are_of_a_phases_samples(void **state)
{
	struct host_profile p = { .hz = 1000, .host_kernel = true,
				  .processor_ns = INT64_C(1260000000) };
	char *text;

	(void)state;
	for (enum phase phase = 0; phase < PHASES; phase++)
		p.ns[phase] = -1;
	p.ns[PHASE_DECOMPRESS] = INT64_C(2000000000);
	p.samples[PHASE_DECOMPRESS][HOST_DISCARDING] = 250;
	p.samples[PHASE_DECOMPRESS][HOST_CODE] = 1000;
	p.samples[PHASE_DECOMPRESS][HOST_OTHER_THREADS] = 7;
	text = table_of(&p);
	if (!strstr(text, "decompress     2000.0     1250    80.0%     0.0%     0.0%         0.0%"
		    "        20.0%     0.0%     0.0%         7.0 ms\n"))
		fail_msg("%s", text);
	assert_non_null(strstr(text, "1257.0 ms by the samples, 1260.0 ms by the kernel's"));
	free(text);
	p.host_kernel = false;
	text = table_of(&p);
	assert_non_null(strstr(text, "perf_event_paranoid"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_caller_decides),
		cmocka_unit_test(the_innermost_decides),
		cmocka_unit_test(what_is_called_behind_a_discard_discards),
		cmocka_unit_test(times_are_exact),
		cmocka_unit_test(other_text_is_refused),
		cmocka_unit_test(samples_go_to_the_phase_they_were_taken_in),
		cmocka_unit_test_setup_teardown(the_file_has_all_samples, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(shares_are_of_a_phases_samples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
