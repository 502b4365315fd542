/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * flat.h - how a LOBOS image is made of an ELF kernel
 */
#ifndef LOBOS_FLAT_H
#define LOBOS_FLAT_H

#include <stdbool.h>
#include <stddef.h>

/* Enough of a file's start to tell what it is. */
#define FLAT_START_BYTES 64

/* An image in memory: the header page, then the payload. */
struct flat {
	unsigned char *bytes;	/* malloc()ed */
	size_t size;
};

/**
 * flat_is_image() - does a file begin as a LOBOS image does?
 * @start: its first FLAT_START_BYTES bytes
 */
bool flat_is_image(const unsigned char *start);

/**
 * flat_is_elf_kernel() - does a file begin as a vmlinux does?
 * @start: its first FLAT_START_BYTES bytes
 *
 * Return: true for an ELF file that is an executable, of whatever machine
 */
bool flat_is_elf_kernel(const unsigned char *start);

/**
 * flat_from_elf() - lay the segments of an ELF kernel out as they shall lie in memory
 * @elf: the file, of 32 or 64 bits, little-endian
 * @size: its size in bytes
 * @flat: the image; the caller frees bytes
 *
 * Return: NULL, or what is wrong with the file, as static text
 */
const char *flat_from_elf(const unsigned char *elf, size_t size, struct flat *flat);

#endif /* LOBOS_FLAT_H */
