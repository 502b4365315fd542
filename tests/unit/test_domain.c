// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_domain.c - connections, machines and whose they are, by libvirt's test driver
 *
 * The driver lives in this process and starts nothing. Resets and performance
 * events need a machine: see tests/vm.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine/domain.h"
#include "machine/owner.h"
#include "scratch.h"

#define MACHINE(name, more) \
	"<domain type='test'><name>" name "</name><memory>1024</memory>" more \
	"<os><type>hvm</type></os></domain>"

static struct connection *open_test(void)
{
	CLEANUP_ERROR struct error *err = NULL;
	struct connection *c = connection_open("test:///default", NULL, &err);

	assert_non_null(c);
	return c;
}

static void versions_are_three_numbers(void **state)
{
	CLEANUP(cleanup_connection_close) struct connection *c = open_test();
	CLEANUP_ERROR struct error *err = NULL;
	char libvirt[32], hypervisor[32];
	int a, b, d;

	(void)state;
	assert_int_equal(connection_versions(c, libvirt, hypervisor, &err), 0);
	assert_int_equal(sscanf(libvirt, "%d.%d.%d", &a, &b, &d), 3);
	assert_int_equal(sscanf(hypervisor, "%d.%d.%d", &a, &b, &d), 3);
}

static void a_machine_starts_and_ends(void **state)
{
	CLEANUP(cleanup_connection_close) struct connection *c = open_test();
	CLEANUP_ERROR struct error *err = NULL;
	struct domain *d = domain_start(c, MACHINE("lobosbench-x", ""), &err);
	event_vec events = { 0 };
	char type[8];

	(void)state;
	assert_non_null(d);
	assert_int_equal(domain_type(d, type, &err), 0);
	assert_string_equal(type, "test");
	domain_events(d, &events);
	assert_int_equal(events.n, 0);
	/* It has no monitor. */
	assert_null(domain_registers(d));
	domain_end(d);
	/* The name is free again: the first one has gone. */
	d = domain_start(c, MACHINE("lobosbench-x", ""), &err);
	assert_non_null(d);
	domain_end(d);
	domain_end(NULL);
}

static void a_wrong_machine_is_told(void **state)
{
	CLEANUP(cleanup_connection_close) struct connection *c = open_test();
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_null(domain_start(c, "<domain type='test'><name>x</name></domain>", &err));
	assert_int_equal(err->class, ERROR_INSTRUMENT);
	assert_non_null(strstr(err->message, "cannot start a machine: "));
	assert_non_null(strstr(err->message, "os <type>"));
}

static void a_dead_uri_is_the_hosts(void **state)
{
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_null(connection_open("qemu+unix:///system?socket=/no/such", NULL, &err));
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->message, "qemu+unix:///system?socket=/no/such"));
	assert_non_null(err->hint);
}

static void a_libvirt_without_qemu_is_refused(void **state)
{
	CLEANUP(cleanup_connection_close) struct connection *c = open_test();
	CLEANUP_ERROR struct error *err = NULL;

	(void)state;
	assert_int_equal(connection_check(c, &err), -ENOTSUP);
	assert_int_equal(err->class, ERROR_HOST);
	assert_non_null(strstr(err->message, "TEST, not QEMU"));
	assert_non_null(err->hint);
	assert_null(connection_emulator(c, "i386"));
}

/* The text of owner_text() in a process that has ended since. */
static void dead_owner(char *text)
{
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		owner_text(text);
		_exit(write(ends[1], text, OWNER_LENGTH) != OWNER_LENGTH);
	}
	assert_int_equal(read(ends[0], text, OWNER_LENGTH), OWNER_LENGTH);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	close(ends[1]);
}

static void only_machines_of_the_dead_are_ended(void **state)
{
	CLEANUP(cleanup_connection_close) struct connection *c = NULL;
	CLEANUP_FREE char *path = scratch_path(state, "node.xml"), *uri = NULL;
	char dead[OWNER_LENGTH] = "", alive[OWNER_LENGTH];
	CLEANUP_ERROR struct error *err = NULL;
	unsigned int ended;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	dead_owner(dead);
	owner_text(alive);
	fprintf(f, "<node>"
		MACHINE("lobosbench-dead", "<description>%s</description>")
		MACHINE("lobosbench-alive", "<description>%s</description>")
		MACHINE("lobosbench-unknown", "")
		MACHINE("other", "<description>%s</description>") "</node>", dead, alive, dead);
	fclose(f);
	assert_true(asprintf(&uri, "test://%s", path) > 0);
	c = connection_open(uri, NULL, &err);
	assert_non_null(c);
	assert_int_equal(connection_end_leftovers(c, &ended, &err), 0);
	assert_int_equal(ended, 1);
	assert_int_equal(connection_end_leftovers(c, &ended, &err), 0);
	assert_int_equal(ended, 0);
	/* Their names are still taken. */
	assert_null(domain_start(c, MACHINE("lobosbench-alive", ""), &err));
	error_free(err);
	err = NULL;
	assert_null(domain_start(c, MACHINE("lobosbench-unknown", ""), &err));
	error_free(err);
	err = NULL;
	assert_null(domain_start(c, MACHINE("other", ""), &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_three_numbers),
		cmocka_unit_test(a_machine_starts_and_ends),
		cmocka_unit_test(a_wrong_machine_is_told),
		cmocka_unit_test(a_dead_uri_is_the_hosts),
		cmocka_unit_test(a_libvirt_without_qemu_is_refused),
		cmocka_unit_test_setup_teardown(only_machines_of_the_dead_are_ended, scratch_setup,
						scratch_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
