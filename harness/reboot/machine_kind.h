/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * machine_kind.h - what machines must have in common for their figures to be one series
 */
#ifndef MACHINE_KIND_H
#define MACHINE_KIND_H

#include "sample.h"

/* A fact of an older sample may be unknown: "" or 0. */
struct machine_kind {
	char arch[16];
	char build[32];			/* of its kernel, as struct sample has it */
	char firmware[16], chipset[16];
	char cpu_model[64];
	int cpus, memory_mib;
};

/* Characters of machine_kind_name() and machine_kind_words(), the end included. */
#define MACHINE_KIND_TEXT 176

/* The kind of the machine that a sample was taken on. */
struct machine_kind machine_kind_of(const struct sample *s);

/* Whether no fact that is known of both differs. */
bool machine_kind_agrees(const struct machine_kind *a, const struct machine_kind *b);

/* Takes over what is known of another one that agrees, and not yet of this. */
void machine_kind_learn(struct machine_kind *k, const struct machine_kind *from);

/* Keeps only what another one has, too: of machines that differ in it, a fact is not known. */
void machine_kind_share(struct machine_kind *k, const struct machine_kind *with);

/*
 * machine_kind_name() - the kind as a part of a name: "i386-6.1", "x86_64-6.12-uefi-q35-max-8cpus-6144mib"
 * @to:		MACHINE_KIND_TEXT bytes
 *
 * What every scenario has by default (bios, pc, one plain CPU, 256 MiB) is left out, and what is unknown.
 */
void machine_kind_name(const struct machine_kind *k, char *to);

/* The same for people, and whole: "x86_64-6.12, uefi, q35, max, 8 CPUs, 6144 MiB". */
void machine_kind_words(const struct machine_kind *k, char *to);

#endif /* MACHINE_KIND_H */
