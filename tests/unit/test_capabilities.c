// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_capabilities.c - as whom a libvirt runs QEMU
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "machine/capabilities.h"

#define HOST(models) "<capabilities><host><uuid>1</uuid>" models "</host><guest/></capabilities>"
#define APPARMOR "<secmodel><model>apparmor</model><doi>0</doi>" \
	"<baselabel type='kvm'>+1:+1</baselabel><baselabel type='qemu'>+1:+1</baselabel></secmodel>"
#define DAC "<secmodel><model>dac</model><doi>0</doi>" \
	"<baselabel type='kvm'>+7:+7</baselabel>" \
	"<baselabel type='qemu'>+64055:+109</baselabel></secmodel>"

static void the_label_of_dac_is_the_user(void **state)
{
	(void)state;
	assert_int_equal(capabilities_user(HOST(APPARMOR DAC)), 64055);
}

static void without_a_label_nobody_is_named(void **state)
{
	(void)state;
	assert_int_equal(capabilities_user(HOST("")), -1);
	assert_int_equal(capabilities_user(HOST(APPARMOR)), -1);
	assert_int_equal(capabilities_user("no XML"), -1);
	assert_int_equal(capabilities_user(""), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_label_of_dac_is_the_user),
		cmocka_unit_test(without_a_label_nobody_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
