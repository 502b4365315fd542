/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * elf_image.h - a kernel as an ELF file
 */
#ifndef ELF_IMAGE_H
#define ELF_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "image_file.h"
#include "region.h"

/* Whether the file says that it is one. Reads its beginning only. */
bool elf_image_is(const struct image_file *file);

/*
 * elf_image_check() - check that it is an executable for this machine, and whole
 * Ends the program with EOPNOTSUPP (another machine), ENOEXEC, EBADMSG, EEXIST
 * (segments overlap) or EADDRNOTAVAIL (this machine has no memory there).
 */
void elf_image_check(const struct image_file *file);

/*
 * elf_image_load() - lay out its segments, with zeros where the file has none
 * @regions: get one for each
 * @end: is raised to the first address behind them
 * Return: where it begins to run
 */
uint32_t elf_image_load(const struct image_file *file, struct regions *regions, uint32_t *end);

#endif /* ELF_IMAGE_H */
