/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * task_name.h - where a kernel keeps the name of a task
 */
#ifndef TASK_NAME_H
#define TASK_NAME_H

#include <stdint.h>

#include "base/error.h"

/*
 * task_name_offset() - how many bytes into struct task_struct its name begins
 * No map says it, but the first task is built into the kernel, and its name is known: swapper.
 * @path:	vmlinux
 * @init_task:	address of the first task
 * Return: 0, or a negative errno with *err set.
 */
int task_name_offset(const char *path, uint64_t init_task, uint64_t *offset, struct error **err);

#endif /* TASK_NAME_H */
