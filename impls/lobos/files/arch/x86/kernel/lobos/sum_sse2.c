// SPDX-License-Identifier: GPL-2.0-only
/*
 * sum_sse2.c - the checksums of an image, by the CPU's vector unit
 */
#include <linux/linkage.h>
#include <linux/lobos.h>
#include <asm/cpufeature.h>
#include <asm/fpu/api.h>

asmlinkage void lobos_sum_page_sse2(struct lobos_sums *sums, const void *page);

bool lobos_arch_sum_page(struct lobos_sums *sums, const void *page)
{
	if (!boot_cpu_has(X86_FEATURE_XMM2))
		return false;
	/* For one page at a time, because the CPU cannot be given away meanwhile. */
	kernel_fpu_begin();
	lobos_sum_page_sse2(sums, page);
	kernel_fpu_end();
	return true;
}
