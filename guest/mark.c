// SPDX-License-Identifier: GPL-2.0-only
/*
 * mark.c - the command that sets one mark by its name
 *
 * Usage: mark NAME. The status is 0, EINVAL for a name that is none, or the
 * errno of the kernel's refusal. A kernel without marks is no failure: the request
 * of a way must work there too.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "marks.h"

int main(int argc, char **argv)
{
	int id = argc == 2 ? marks_id(argv[1]) : -1;
	int ret;

	if (id < 0) {
		fputs("usage: mark ", stderr);
		marks_list(stderr);
		fputc('\n', stderr);
		return EINVAL;
	}
	ret = marks_set(id);
	if (!ret || ret == -ENOENT)
		return 0;
	fprintf(stderr, "mark: %s: %s\n", argv[1], strerror(-ret));
	return -ret;
}
