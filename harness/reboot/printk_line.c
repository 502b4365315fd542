// SPDX-License-Identifier: GPL-2.0-only
/*
 * printk_line.c - one line as printk writes it
 */
#include "printk_line.h"

#include <ctype.h>
#include <string.h>

#include "base/clock.h"

/* Reads digits and moves *at behind them. Return: -1 when there is no digit. */
static int64_t number(const char **at, const char *end)
{
	const char *begin = *at;
	int64_t value = 0;

	while (*at < end && isdigit((unsigned char)**at) && value < INT64_MAX / 100)
		value = value * 10 + *(*at)++ - '0';
	return *at > begin ? value : -1;
}

/* Reads "<6>" at the head of a line. Return: the level; -1, and *at unchanged, if there is none. */
static int take_level(const char **at, const char *end)
{
	const char *p = *at + 1;
	int64_t prefix;

	if (*at >= end || **at != '<')
		return -1;
	prefix = number(&p, end);
	if (prefix < 0 || p >= end || *p != '>')
		return -1;
	*at = p + 1;
	/* Above the lowest three bits is the facility. */
	return prefix & 7;
}

/* No kernel runs for longer, and a stamp can be added to the host's time. */
#define STAMP_MOST_S (INT64_MAX / NS_PER_S / 4)

/* Reads "[    1.234567] " likewise. Return: ns; -1, and *at unchanged, if there is none. */
static int64_t take_stamp(const char **at, const char *end)
{
	const char *p = *at + 1, *fraction;
	int64_t s, us;

	if (*at >= end || **at != '[')
		return -1;
	while (p < end && *p == ' ')
		p++;
	s = number(&p, end);
	if (s < 0 || s > STAMP_MOST_S || p >= end || *p++ != '.')
		return -1;
	fraction = p;
	us = number(&p, end);
	/* printk prints exactly six digits. */
	if (us < 0 || p - fraction != 6 || p >= end || *p++ != ']')
		return -1;
	/* With CONFIG_PRINTK_CALLER: "[    1.234567][    T1] ". */
	if (p < end && *p == '[') {
		p = memchr(p, ']', end - p);
		if (!p)
			return -1;
		p++;
	}
	if (p < end && *p == ' ')
		p++;
	*at = p;
	return s * NS_PER_S + us * NS_PER_US;
}

struct printk_line printk_line_split(const char *begin, const char *end)
{
	struct printk_line line;

	while (end > begin && end[-1] == '\r')
		end--;
	line.level = take_level(&begin, end);
	line.ns = take_stamp(&begin, end);
	line.text = begin;
	line.length = end - begin;
	return line;
}
