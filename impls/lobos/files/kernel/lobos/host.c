// SPDX-License-Identifier: GPL-2.0-only
/*
 * host.c - what the core asks of its host, which here is the system call
 *
 * A module for stock kernels could have none of it: that is not exported.
 */
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/suspend.h>

#include "internal.h"

/* O_NONBLOCK: opening a FIFO must not wait for a writer. */
#define OPEN_FLAGS	(O_RDONLY | O_LARGEFILE | O_NONBLOCK | O_NOCTTY)

/* The handle is a struct filename. Not every file system has direct I/O. */
struct file *lobos_open(const struct lobos_source *source)
{
	struct file *file = file_open_name(source->handle, OPEN_FLAGS | O_DIRECT, 0);

	if (file == ERR_PTR(-EINVAL))
		file = file_open_name(source->handle, OPEN_FLAGS, 0);
	return file;
}

/* The mutex is the one that reboot(2) and suspend hold. */
bool lobos_hold_transitions(void)
{
	return mutex_trylock(&system_transition_mutex);
}
