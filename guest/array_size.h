/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * array_size.h - how many elements an array has
 */
#ifndef ARRAY_SIZE_H
#define ARRAY_SIZE_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif /* ARRAY_SIZE_H */
