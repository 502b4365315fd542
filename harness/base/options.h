/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * options.h - what the user set on the command line
 */
#ifndef OPTIONS_H
#define OPTIONS_H

/*
 * The settings that all commands share. All paths are absolute; the strings live
 * as long as the program.
 */
struct settings {
	const char *top;	/* the checkout: impls/, scenarios/, build/ are below it */
	const char *results;	/* where runs are kept; may not exist yet */
	const char *connect;	/* a libvirt URI, or NULL for the embedded driver */
	const char *state;	/* root of qemu:///embed; may not exist yet */
};

#endif /* OPTIONS_H */
