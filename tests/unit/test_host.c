// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_host.c - provenance: known digests, all keys there, the same twice
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <jansson.h>

#include "base/sha256.h"
#include "run/host.h"
#include "scratch.h"

static char *file_with(void **state, const char *text)
{
	char *path = scratch_path(state, "image");
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

/* FIPS 180-2, appendix B.1, and the empty message. */
static void digests_are_those_of_the_standard(void **state)
{
	CLEANUP_FREE char *abc = file_with(state, "abc"), *empty = NULL;
	CLEANUP_ERROR struct error *err = NULL;
	char hex[65];

	assert_int_equal(sha256_file(abc, hex, &err), 0);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	empty = file_with(state, "");
	assert_int_equal(sha256_file(empty, hex, &err), 0);
	assert_string_equal(hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void a_missing_file_is_told(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;
	char hex[65];

	(void)state;
	assert_int_equal(sha256_file("/no/such/image", hex, &err), -ENOENT);
	assert_non_null(strstr(err->message, "/no/such/image"));
}

static json_t *provenance(const char *const *images, unsigned int n, int64_t loop_ns)
{
	struct accel_proof proof = { .loop_ns = loop_ns, .reason = "because" };
	CLEANUP_ERROR struct error *err = NULL;
	json_t *json = host_provenance(".", &proof, ACCELERATOR_TCG, NULL, images, n, &err);

	assert_true(json_is_object(json));
	return json;
}

static void all_keys_are_there(void **state)
{
	static const char *const keys[] = { "schema", "cpu", "memory_mib", "accelerator",
					    "accelerator_proof", "kernel", "versions", "source",
					    "load", "images" };
	CLEANUP_FREE char *image = file_with(state, "abc");
	const char *const images[] = { image, "/no/such/image" };
	json_t *json = provenance(images, 2, 5), *list = json_object_get(json, "images");

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		assert_non_null(json_object_get(json, keys[i]));
	assert_string_equal(json_string_value(json_object_get(json, "accelerator")), "tcg");
	assert_true(json_integer_value(json_object_get(json, "memory_mib")) > 0);
	assert_int_equal(json_array_size(list), 2);
	assert_int_equal(json_integer_value(json_object_get(json_array_get(list, 0), "bytes")), 3);
	assert_true(json_is_string(json_object_get(json_array_get(list, 0), "sha256")));
	assert_true(json_is_null(json_object_get(json_array_get(list, 1), "sha256")));
	json_decref(json);
}

/* A run that was interrupted goes on only where these are the same. */
static void the_same_host_says_the_same(void **state)
{
	static const char *const keys[] = { "cpu", "memory_mib", "accelerator", "kernel",
					    "versions", "images" };
	CLEANUP_FREE char *image = file_with(state, "abc");
	const char *const images[] = { image };
	json_t *one = provenance(images, 1, 5), *two = provenance(images, 1, 9);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		assert_true(json_equal(json_object_get(one, keys[i]),
				       json_object_get(two, keys[i])));
	json_decref(one);
	json_decref(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(digests_are_those_of_the_standard, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(a_missing_file_is_told),
		cmocka_unit_test_setup_teardown(all_keys_are_there, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(the_same_host_says_the_same, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
