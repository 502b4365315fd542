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

int64_t clock_now_ns(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

struct timespec clock_timespec(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };
}

void clock_sleep_until(int64_t ns)
{
	struct timespec until = clock_timespec(ns);

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
		;
}

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
