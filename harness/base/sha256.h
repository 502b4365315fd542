/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sha256.h - the name of a file's contents
 */
#ifndef SHA256_H
#define SHA256_H

#include "error.h"

/* Bytes of it as text. */
#define SHA256_HEX 65

/* SHA-256 of a file in hexadecimal; hex has SHA256_HEX bytes. 0 or a negative errno with *err set. */
int sha256_file(const char *path, char *hex, struct error **err);

#endif /* SHA256_H */
