/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * qemu_option.h - a value inside one of QEMU's option texts
 */
#ifndef QEMU_OPTION_H
#define QEMU_OPTION_H

#include <stdlib.h>

/* QEMU parts its options by commas; a comma in a value is written twice. To be freed. */
static inline char *qemu_option_value(const char *text)
{
	size_t n = 0;
	char *doubled, *to;

	while (text[n])
		n++;
	doubled = to = calloc(2, n + 1);
	if (!doubled)
		abort();
	for (; *text; text++) {
		*to++ = *text;
		if (*text == ',')
			*to++ = ',';
	}
	*to = '\0';
	return doubled;
}

#endif /* QEMU_OPTION_H */
