// SPDX-License-Identifier: GPL-2.0-only
/*
 * test.c - faults to order
 */
#include <linux/highmem.h>
#include <linux/lobos.h>
#include <linux/moduleparam.h>

static unsigned int test_reject;
module_param(test_reject, uint, 0600);
MODULE_PARM_DESC(test_reject, "treat every Nth page as if it lay inside the destination");

static bool test_move;
module_param(test_move, bool, 0600);
MODULE_PARM_DESC(test_move, "put a kernel that can be moved elsewhere than it was linked for");

static bool test_stray;
module_param(test_stray, bool, 0600);
MODULE_PARM_DESC(test_stray, "write to a page that is loaded, as a device might by mistake");

static bool test_damage;
module_param(test_damage, bool, 0600);
MODULE_PARM_DESC(test_damage, "hand on a log, and hints, of which one bit is wrong");

static unsigned int test_age;
module_param(test_age, uint, 0600);
MODULE_PARM_DESC(test_age, "add this to the age of hints");

static bool test_fault;
module_param(test_fault, bool, 0600);
MODULE_PARM_DESC(test_fault, "fault after the point of no return");

bool lobos_test_reject(void)
{
	static unsigned int count;

	return test_reject && ++count % test_reject == 0;
}

bool lobos_test_move(void)
{
	return test_move;
}

void lobos_test_stray(const struct lobos_part *part)
{
	u8 *page;

	if (!test_stray)
		return;
	page = kmap_local_page(part->pages[part->nr_pages / 2]);
	page[PAGE_SIZE / 2] ^= 1;
	kunmap_local(page);
}

bool lobos_test_damage(void)
{
	return test_damage;
}

u32 lobos_test_age(void)
{
	return test_age;
}

bool lobos_test_fault(void)
{
	return test_fault;
}
