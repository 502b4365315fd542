/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * domain_xml.h - what a machine is made of, as libvirt wants it told
 */
#ifndef DOMAIN_XML_H
#define DOMAIN_XML_H

#include "plan/scenario.h"

/* A fw_cfg item: the guest reads the file's bytes under that name. */
struct domain_item {
	const char *name;		/* TRIAL_FILE */
	const char *file;		/* absolute; read when the machine starts */
};

/* All paths are absolute. */
struct domain_config {
	const char *name;		/* DOMAIN_NAME_PREFIX and something of its own */
	const struct scenario *scenario;	/* its machine */
	enum accelerator accelerator;	/* as proved; never AUTO */
	const char *emulator;		/* program to start; NULL: libvirt's choice */
	const char *boot_disk;		/* qcow2 overlays; see overlay.h */
	const char *root_disk;
	char *const *other_disks;	/* with other kernels */
	unsigned int other_disks_count;
	const char *firmware;		/* UEFI's code; NULL: QEMU's own BIOS */
	const char *variables;		/* of UEFI, which libvirt makes of variables_base; or NULL */
	const char *variables_base;
	const char *console;		/* file that ttyS0 goes to */
	const char *data;		/* file that ttyS1 goes to */
	const char *marks;		/* UNIX socket that somebody listens on */
	const struct domain_item *items;
	unsigned int items_count;
	const char *plugin;		/* text for QEMU's -plugin; NULL: the one that measuring needs */
	const char *plugins;		/* folder with clock.so and discard.so, see witness/plugin_*.c */
	const char *trace;		/* file that the one of them writes; NULL: none is loaded */
	unsigned int perf_events;	/* bit 1 << enum perf_counter for each to be counted */
};

#define DOMAIN_NAME_PREFIX "lobosbench-"

/*
 * domain_xml() - the machine as libvirt's XML. Pure.
 * Return: the text, to be freed; NULL with *err set when a path does not fit.
 */
char *domain_xml(const struct domain_config *config, struct error **err);

#endif /* DOMAIN_XML_H */
