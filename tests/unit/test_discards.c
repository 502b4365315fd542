// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_discards.c - what the emulator's plugin wrote of resets, whole or damaged
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "reboot/discards.h"

#define NOW 1000000

struct read {
	event_vec events;
	int64_t last_ns;
	size_t used;
};

static struct read of(const char *text)
{
	struct read r = { .last_ns = 100 };

	r.used = discards_resets(text, strlen(text), NOW, &r.last_ns, &r.events);
	return r;
}

static void only_resets_are_events(void **state)
{
	static const char text[] = "start 200\nleft 300\nreset 400\nreset 450\nleft 500\n";
	struct read r = of(text);

	(void)state;
	assert_int_equal(r.used, strlen(text));
	assert_int_equal(r.last_ns, 500);
	assert_int_equal(r.events.n, 2);
	assert_int_equal(r.events.at[0].ns, 400);
	assert_int_equal(r.events.at[0].source, EVENT_MACHINE);
	assert_int_equal(r.events.at[0].id, MACHINE_RESET);
	assert_true(r.events.at[0].by_plugin);
	assert_int_equal(r.events.at[1].ns, 450);
	vec_free(&r.events);
}

static void a_line_is_read_when_it_is_whole(void **state)
{
	struct read r = of("start 200\nreset 4");

	(void)state;
	assert_int_equal(r.used, strlen("start 200\n"));
	assert_int_equal(r.events.n, 0);
	r.used = discards_resets("reset 400\n", 10, NOW, &r.last_ns, &r.events);
	assert_int_equal(r.used, 10);
	assert_int_equal(r.events.n, 1);
	r.used = discards_resets("", 0, NOW, &r.last_ns, &r.events);
	assert_int_equal(r.used, 0);
	vec_free(&r.events);
}

static void damaged_lines_are_left_out(void **state)
{
	static const char *const damaged[] = {
		"reset\n", "reset \n", "reset x\n", "reset -1\n", "reset 400 1\n", "reset 400 \n",
		"rest 400\n", "RESET 400\n", "reset 400\r\n", "\n", " \n", "400\n",
		/* Before the newest line, or not yet: a digit is missing, or one too many. */
		"reset 99\n", "reset 1000001\n", "reset 9223372036854775808\n",
		"reset 00000000000000000000000000000000000000000000000000000000000000000400\n",
		"resetresetresetresetresetresetresetresetresetresetresetresetresetreset 400\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		CLEANUP_FREE char *text = NULL;
		struct read r;

		assert_true(asprintf(&text, "%sreset 500\n", damaged[i]) > 0);
		r = of(text);
		assert_int_equal(r.used, strlen(text));
		assert_int_equal(r.events.n, 1);
		assert_int_equal(r.events.at[0].ns, 500);
		vec_free(&r.events);
	}
}

/* What never has an end is passed over, so that what comes behind it is read. */
static void no_end_of_a_line_is_waited_for_in_vain(void **state)
{
	char text[DISCARDS_LINE_BYTES + 1];
	struct read r;

	(void)state;
	memset(text, '\0', sizeof(text));
	r.events = (event_vec){ 0 };
	r.last_ns = 100;
	assert_int_equal(discards_resets(text, sizeof(text), NOW, &r.last_ns, &r.events),
			 sizeof(text));
	assert_int_equal(r.events.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_resets_are_events),
		cmocka_unit_test(a_line_is_read_when_it_is_whole),
		cmocka_unit_test(damaged_lines_are_left_out),
		cmocka_unit_test(no_end_of_a_line_is_waited_for_in_vain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
