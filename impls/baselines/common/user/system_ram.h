/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * system_ram.h - where in the machine a kernel or a RAM disk can lie
 */
#ifndef SYSTEM_RAM_H
#define SYSTEM_RAM_H

#include <stddef.h>
#include <stdint.h>

/*
 * system_ram_highest() - the highest place for so many bytes
 * @bytes: not 0
 * @from: the lowest address that may be used
 * @last: the highest
 *
 * Looks at /proc/iomem. Ends the program with ENOSPC when there is none.
 *
 * Return: address of a page
 */
uint32_t system_ram_highest(size_t bytes, uint32_t from, uint32_t last);

/*
 * system_ram_check() - is all of a place memory that an image can be copied to?
 * @path: of the image, for the message
 * @destination: physical address
 * @bytes: not 0
 *
 * Looks at /proc/iomem. Ends the program with EADDRNOTAVAIL when it is not.
 */
void system_ram_check(const char *path, uint32_t destination, size_t bytes);

#endif /* SYSTEM_RAM_H */
