// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_provenance.c - facts of a run come out of its provenance as they went in
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/provenance.h"

#define HOST(memory, load) "\"cpu\": {\"model\": \"CPU\", \"count\": 2}, \"memory_mib\": " memory ", " \
	"\"accelerator\": \"tcg\", \"kernel\": {\"release\": \"6.1.0\", \"version\": null}, " \
	"\"versions\": {\"os\": \"Debian\", \"hypervisor\": \"7.2.22\", \"gcc\": null}, " \
	"\"source\": {\"commit\": \"0123456789abcdef\", \"dirty\": true}, \"load\": " load
#define IMAGES "\"images\": [{\"path\": \"b\", \"bytes\": 2, \"sha256\": \"22\"}, " \
	"{\"path\": \"a\", \"bytes\": 1, \"sha256\": null}]"
#define VERSUS "\"sides\": [{\"way\": \"kexec\", \"commit\": \"0123\", \"dirty\": true}, " \
	"{\"way\": \"kexec\", \"commit\": null}], " \
	"\"versus\": {\"complete\": true, \"looks\": [{\"pairs\": 1, \"looked\": false, " \
	"\"verdict\": \"undecided\", \"words\": \"no\", \"a\": {\"way\": \"kexec\", \"variant\": \"o\", " \
	"\"reboots\": 5, \"failed\": 1, \"median_s\": 2.5}, \"shift_s\": null}]}"

static void a_host_is_known(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse("{" HOST("2048", "[1]") "}");
	CLEANUP_FREE char *words = provenance_host_words(p);

	(void)state;
	assert_string_equal(p->cpu_model, "CPU");
	assert_int_equal(p->cpu_count, 2);
	assert_int_equal(p->memory_mib, 2048);
	assert_string_equal(p->hypervisor, "7.2.22");
	assert_null(p->gcc);
	assert_null(p->libvirt);
	assert_string_equal(p->commit, "0123456789abcdef");
	assert_true(p->dirty);
	assert_false(p->discards);
	assert_false(p->comparison);
	assert_string_equal(words, "CPU x 2, 2048 MiB, tcg, Linux 6.1.0, QEMU 7.2.22, "
			    "libvirt unknown, SeaBIOS unknown, unknown, Debian");
}

static void what_is_no_object_has_no_facts(void **state)
{
	static const char *const texts[] = { NULL, "", "[1, 2]", "{\"cpu\": 3, \"sides\": 4}", "{" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		CLEANUP_PROVENANCE struct provenance *p = provenance_parse(texts[i]);
		CLEANUP_FREE char *images = provenance_images(p);

		assert_null(p->cpu_model);
		assert_null(p->commit);
		assert_int_equal(p->sides.n + p->looks.n, 0);
		assert_string_equal(images, "");
	}
}

static void name_host(const char *text, char name[PROVENANCE_HOST_DIGITS + 1])
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(text);

	provenance_host(p, name);
}

/* Histories are kept by this name: it must never change. */
static void the_name_of_a_host_is_stable(void **state)
{
	char name[PROVENANCE_HOST_DIGITS + 1], other[PROVENANCE_HOST_DIGITS + 1];

	(void)state;
	name_host("{" HOST("2048", "[1]") "}", name);
	name_host("{" HOST("2050", "[7]") ", \"seed\": 3}", other);
	assert_string_equal(name, other);
	name_host("{" HOST("4096", "[1]") "}", other);
	assert_string_not_equal(name, other);
	name_host("", name);
	assert_string_equal(name, "4f7c83696fe2");
}

/* So a night with another QEMU begins a new history. */
static void another_emulator_is_another_host(void **state)
{
	static const char old[] = "{\"versions\": {\"hypervisor\": \"7.2.22\", \"seabios\": \"1.16.2\"}}";
	char name[PROVENANCE_HOST_DIGITS + 1], other[PROVENANCE_HOST_DIGITS + 1];
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(old), *none = provenance_parse("");
	CLEANUP_FREE char *words = provenance_emulator(p), *unknown = provenance_emulator(none);

	(void)state;
	name_host(old, name);
	name_host("{\"versions\": {\"hypervisor\": \"10.0.13\", \"seabios\": \"1.16.2\"}}", other);
	assert_string_not_equal(name, other);
	assert_string_equal(words, "QEMU 7.2.22, SeaBIOS 1.16.2");
	assert_string_equal(unknown, "QEMU unknown, SeaBIOS unknown");
}

/* A run of UEFI machines names the firmware that they had. */
static void the_emulator_of_uefi_machines(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(
		"{\"versions\": {\"hypervisor\": \"7.2.22\", \"seabios\": \"1.16.2\"}, \"images\": [{\"path\": "
		"\"/usr/share/OVMF/OVMF_CODE_4M.fd\", \"sha256\": \"0123456789abcdef\"}]}");
	CLEANUP_FREE char *words = provenance_emulator(p);

	(void)state;
	assert_string_equal(words, "QEMU 7.2.22, OVMF of SHA-256 0123456789ab");
}

static void images_are_in_order(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse("{" IMAGES "}");
	CLEANUP_FREE char *images = provenance_images(p);

	(void)state;
	assert_string_equal(images, "unknown a\n22 b\n");
}

static void a_comparison_has_its_looks(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse("{" VERSUS "}");
	const struct provenance_look *look = &p->looks.at[0];

	(void)state;
	assert_true(p->comparison && p->comparison_complete);
	assert_int_equal(p->sides.n, 2);
	assert_true(p->sides.at[0].dirty);
	assert_string_equal(p->sides.at[0].commit, "0123");
	assert_string_equal(p->sides.at[1].commit, "");
	assert_int_equal(p->looks.n, 1);
	assert_int_equal(look->pairs, 1);
	assert_false(look->looked);
	assert_string_equal(look->verdict, "undecided");
	assert_string_equal(look->arms[0].variant, "o");
	assert_int_equal(look->arms[0].reboots, 5);
	assert_true(look->arms[0].median_s == 2.5);
	assert_string_equal(look->arms[1].way, "");
	assert_true(isnan(look->shift_s) && isnan(look->arms[1].median_s));
}

static void put_line(void *arg, const char *path, const char *text)
{
	fprintf(arg, "%s=%s\n", path, text ? text : "(null)");
}

static void every_fact_is_visited(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p =
		provenance_parse("{\"kernel\": {\"release\": \"6.1.0\", \"version\": null}, "
				 "\"load\": [0.5, 1], " IMAGES ", " VERSUS "}");
	CLEANUP_FREE char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	provenance_each(p, put_line, f);
	fclose(f);
	assert_string_equal(text, "kernel.release=6.1.0\nkernel.version=(null)\nload=[0.5, 1]\n"
			    "images 1=path b, bytes 2, sha256 22\n"
			    "images 2=path a, bytes 1, sha256 null\n"
			    "sides 1=way kexec, commit 0123, dirty true\n"
			    "sides 2=way kexec, commit null\n");
}

static void keys_are_put(void **state)
{
	char *text = strdup("{\"seed\": 1}");

	(void)state;
	provenance_append(&text, "starts", json_integer(1));
	provenance_append(&text, "starts", json_integer(2));
	provenance_put(&text, "versus", json_pack("{s:b}", "complete", 0));
	provenance_put(&text, "seed", json_integer(3));
	assert_string_equal(text, "{\n \"seed\": 3,\n \"starts\": [\n  1,\n  2\n ],\n \"versus\": {\n"
			    "  \"complete\": false\n }\n}");
	free(text);
}

static void another_host_is_told(void **state)
{
	CLEANUP_PROVENANCE struct provenance *now =
		provenance_parse("{" HOST("2048", "[1]") ", " IMAGES "}");

	(void)state;
	assert_null(provenance_differs("{" HOST("1024", "[2]") ", " IMAGES "}", now->json));
	assert_null(provenance_differs("{}", now->json));
	assert_string_equal(provenance_differs("{\"accelerator\": \"kvm\"}", now->json),
			    "accelerator");
	assert_string_equal(provenance_differs("{\"images\": []}", now->json), "images");
}

/* A hint is its file's text; a run with another one is another run. */
static void hints_are_kept(void **state)
{
	CLEANUP_PROVENANCE struct provenance *now =
		provenance_parse("{\"hints\": {\"quiet\": \"name: quiet\"}}");

	(void)state;
	assert_string_equal(json_text_at(now->hints, "quiet"), "name: quiet");
	assert_null(provenance_differs("{\"hints\": {\"quiet\": \"name: quiet\"}}", now->json));
	assert_string_equal(provenance_differs("{\"hints\": {\"quiet\": \"\"}}", now->json), "hints");
}

/* The smallest kernel of a run counts; one of which it is not known makes it unknown. */
static void the_smallest_kernel_is_told(void **state)
{
	CLEANUP_PROVENANCE struct provenance *known = provenance_parse(
		"{\"kernels\": [{\"kernel\": \"a\", \"bytes\": 8192}, {\"kernel\": \"b\", \"bytes\": 4096}]}");
	CLEANUP_PROVENANCE struct provenance *unknown = provenance_parse(
		"{\"kernels\": [{\"kernel\": \"a\", \"bytes\": 8192}, {\"kernel\": \"b\", \"bytes\": null}]}");
	CLEANUP_PROVENANCE struct provenance *none = provenance_parse("{}");

	(void)state;
	assert_int_equal(known->kernel_bytes, 4096);
	assert_int_equal(unknown->kernel_bytes, 0);
	assert_int_equal(none->kernel_bytes, 0);
}

/* Of several starts the least exact counts; what none of them measured is not known. */
static void lateness_is_that_of_the_worst_start(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(
		"{\"starts\": [{\"marks_lateness_ns\": {\"p50\": 1000, \"p99\": 9000},"
		" \"reset_lateness_ns\": {\"p50\": 500000, \"p99\": 2000000}},"
		" {\"marks_lateness_ns\": {\"p50\": 3000, \"p99\": 7000}, \"reset_lateness_ns\": null}]}");

	(void)state;
	assert_true(fabs(p->lateness[EVENT_MARK].p50_s - 3e-6) < 1e-12);
	assert_true(fabs(p->lateness[EVENT_MARK].p99_s - 9e-6) < 1e-12);
	assert_true(fabs(p->lateness[EVENT_MACHINE].p99_s - 2e-3) < 1e-12);
	assert_true(isnan(p->lateness[EVENT_CONSOLE].p99_s));
}

static void files_are_found_by_the_end_of_their_paths(void **state)
{
	CLEANUP_PROVENANCE struct provenance *p = provenance_parse(
		"{\"images\":[{\"path\":\"build/guest/root.img\",\"sha256\":\"1\"},"
		"{\"path\":\"1a2b3c4d5e:impls/lobos/impl.yaml\",\"sha256\":\"2\"},"
		"{\"path\":\"impls/lobos/impl.yaml\",\"sha256\":\"3\"},"
		"{\"path\":\"1a2b3c4d5e:impls/tkm/impl.yaml\",\"sha256\":\"4\"},"
		"{\"path\":\"impls/baselines/kexec/impl.yaml\",\"sha256\":null}]}");

	(void)state;
	assert_string_equal(provenance_sha256(p, "/root.img"), "1");
	assert_string_equal(provenance_sha256(p, "/lobos/impl.yaml"), "3");
	assert_string_equal(provenance_sha256(p, "/tkm/impl.yaml"), "4");
	assert_null(provenance_sha256(p, "/kexec/impl.yaml"));
	assert_null(provenance_sha256(p, "/bios/impl.yaml"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_is_known),
		cmocka_unit_test(what_is_no_object_has_no_facts),
		cmocka_unit_test(the_name_of_a_host_is_stable),
		cmocka_unit_test(another_emulator_is_another_host),
		cmocka_unit_test(the_emulator_of_uefi_machines),
		cmocka_unit_test(images_are_in_order),
		cmocka_unit_test(a_comparison_has_its_looks),
		cmocka_unit_test(every_fact_is_visited),
		cmocka_unit_test(keys_are_put),
		cmocka_unit_test(another_host_is_told),
		cmocka_unit_test(hints_are_kept),
		cmocka_unit_test(the_smallest_kernel_is_told),
		cmocka_unit_test(lateness_is_that_of_the_worst_start),
		cmocka_unit_test(files_are_found_by_the_end_of_their_paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
