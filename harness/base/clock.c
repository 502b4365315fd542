// SPDX-License-Identifier: GPL-2.0-only
/*
 * clock.c - the one clock that everything is stamped with
 */
#include "clock.h"

#include <errno.h>
#include <stdio.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * NS_PER_S + ts.tv_nsec;
}

/**
 * clock_now_ns() - this moment
 *
 * Return: CLOCK_MONOTONIC in nanoseconds; never fails, never goes back.
 */
int64_t clock_now_ns(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

/**
 * clock_timespec() - nanoseconds as the kernel's interfaces want them
 * @ns:	nanoseconds, at least 0
 *
 * Return: the same as seconds and nanoseconds.
 */
struct timespec clock_timespec(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };
}

/**
 * clock_sleep_until() - wait for a moment
 * @ns:	of clock_now_ns(); one that is past returns at once
 */
void clock_sleep_until(int64_t ns)
{
	struct timespec until = clock_timespec(ns);

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		;
}

/**
 * clock_wall_time() - date and time of a moment, for people
 * @ns:		of clock_now_ns(), not long ago
 * @text:	where the text goes, 25 bytes at least
 * @size:	of @text, in bytes
 *
 * The distance to now is taken on the monotonic clock, then subtracted from
 * the wall clock: exact to the wall clock's own steps since then.
 */
void clock_wall_time(int64_t ns, char *text, size_t size)
{
	int64_t wall = read_clock(CLOCK_REALTIME) - (clock_now_ns() - ns);
	struct timespec ts = clock_timespec(wall);
	char seconds[32];
	struct tm utc;

	gmtime_r(&ts.tv_sec, &utc);
	strftime(seconds, sizeof(seconds), "%Y-%m-%dT%H:%M:%S", &utc);
	snprintf(text, size, "%s.%03ldZ", seconds, ts.tv_nsec / NS_PER_MS);
}
