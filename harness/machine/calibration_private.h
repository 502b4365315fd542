/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * calibration_private.h - what the files of the calibration share
 */
#ifndef CALIBRATION_PRIVATE_H
#define CALIBRATION_PRIVATE_H

#include "calibration.h"

/* What n times, 1 or more, say together; sorts them. */
struct lateness lateness_of(int64_t *late, size_t n);

#endif /* CALIBRATION_PRIVATE_H */
