// SPDX-License-Identifier: GPL-2.0-only
/*
 * marked.c - loading, between its two marks
 *
 * That a kernel sets no marks is no failure.
 */
#include <stddef.h>

#include "die.h"
#include "marked.h"
#include "marks.h"

void marked_load_begin(void)
{
	marks_set(REBOOT_MARK_LOAD_BEGIN);
	die_first = marked_load_end;
}

void marked_load_end(void)
{
	die_first = NULL;
	marks_set(REBOOT_MARK_LOAD_END);
}
