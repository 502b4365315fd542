/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * clock.h - the one clock that everything is stamped with
 *
 * CLOCK_MONOTONIC and nothing else: the wall clock jumps, and a guest's clock
 * starts anew just when it matters.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define NS_PER_US	1000
#define NS_PER_MS	1000000
#define NS_PER_S	1000000000

int64_t clock_now_ns(void);

/* The moment that lies ns nanoseconds after zero, for calls that want a timespec. */
struct timespec clock_timespec(int64_t ns);

/* Waits until that moment; a signal does not cut it short. */
void clock_sleep_until(int64_t ns);

/* ISO 8601 UTC ("2024-05-01T12:00:00.123Z") of a moment of clock_now_ns(); for people only. */
void clock_wall_time(int64_t ns, char *text, size_t size);

#endif /* CLOCK_H */
