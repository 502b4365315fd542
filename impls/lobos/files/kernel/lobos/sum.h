/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sum.h - the checksums of an image
 *
 * The programs that make images compile sum.c too.
 */
#ifndef _KERNEL_LOBOS_SUM_H
#define _KERNEL_LOBOS_SUM_H

#include <linux/lobos.h>

#define LOBOS_SUM_GROUPS	16
#define LOBOS_SUM_COLUMNS	16

/*
 * lobos_sum_page() - add a page to checksums
 * @sums: zero before the first page
 * @page: 4096 bytes, aligned as a word
 */
void lobos_sum_page(struct lobos_sums *sums, const void *page);

#endif /* _KERNEL_LOBOS_SUM_H */
