/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * says.h - what a step does, in words, and what that is inferred from
 */
#ifndef SAYS_H
#define SAYS_H

#include <stdint.h>

#include <jansson.h>

/* One line for a step line of the plugin's trace; to be freed. Pure. */
char *says_of(const json_t *step);

/* An address as the account writes it, "0x01000000"; a new reference. */
json_t *says_address(uint64_t address);

#endif /* SAYS_H */
