/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * show_private.h - what the files of show share
 */
#ifndef SHOW_PRIVATE_H
#define SHOW_PRIVATE_H

#include "reboot/data_line.h"
#include "show.h"

/*
 * show_item() - what the machine told of itself around this reboot
 * @kind:	DATA_REQUEST: just before it; DATA_BOOT: behind it
 * @data:	the data line as it was kept; free it with stream_free() in either case
 * Return: whether *item is there.
 */
bool show_item(const struct show *show, enum data_kind kind, struct stream *data,
	       struct data_item *item);

/* show_machine.c: the machine, and what it lost; nothing of a sample that does not say */
void show_machine(FILE *f, const struct show *show);

/* show_firmware.c: the parts of UEFI firmware's time; nothing where they cannot be seen */
void show_firmware(FILE *f, const struct show *show);

#endif /* SHOW_PRIVATE_H */
