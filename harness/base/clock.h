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

/*
 * clock_now_ns() - this moment
 *
 * Return: CLOCK_MONOTONIC in nanoseconds; never fails, never goes back.
 */
int64_t clock_now_ns(void);

/* The moment that lies ns nanoseconds after zero, for calls that want a timespec. */
struct timespec clock_timespec(int64_t ns);

/* Waits until that moment; a signal does not cut it short. */
void clock_sleep_until(int64_t ns);

/*
 * clock_wall_time() - date and time of a moment, for people
 * @ns:		of clock_now_ns(), not long ago
 * @text:	where the text goes, 25 bytes at least
 * @size:	of @text, in bytes
 *
 * The distance to now is taken on the monotonic clock, then subtracted from
 * the wall clock: exact to the wall clock's own steps since then.
 */
void clock_wall_time(int64_t ns, char *text, size_t size);

#endif /* CLOCK_H */
