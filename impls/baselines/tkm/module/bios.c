// SPDX-License-Identifier: GPL-2.0-only
/*
 * bios.c - is there a BIOS, and is its memory as it left it?
 *
 * The set-up code of the kernel, and we before it, will call it. A BIOS that is
 * not there, or whose variables are overwritten, would be the end.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/efi.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "internal.h"

#define ROM_START	0xc0000		/* of adapters; the system's ends at 1 MiB */
#define RESET_VECTOR	0xffff0
#define FAR_JUMP	0xea
#define EBDA_SEGMENT	0x40e		/* BIOS data: segment of the extended data */
#define BASE_MEMORY	0x413		/* BIOS data: KiB below the extended data */
#define EBDA_MIN	0x80000
#define EBDA_END	0xa0000

/* The services that are called: video, memory and hardware, keyboard. */
static const u8 vectors[] = { 0x10, 0x15, 0x16 };

static const u8 *low(unsigned long address)
{
	return phys_to_virt(address);
}

static u32 word_at(unsigned long address)
{
	return low(address)[0] | low(address)[1] << 8;
}

static int check_vectors(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		unsigned long vector = vectors[i] * 4;
		u32 handler = word_at(vector + 2) * 16 + word_at(vector);

		if (handler < ROM_START || handler >= SZ_1M)
			return tkm_refuse(-ENOTRECOVERABLE,
					  "the vector of int %#x leads to %#x, which is no BIOS",
					  vectors[i], handler);
	}
	return 0;
}

/* The first byte of the EBDA is its size in KiB. */
static int check_data(void)
{
	u32 ebda = word_at(EBDA_SEGMENT) * 16;
	u32 base = word_at(BASE_MEMORY) * SZ_1K;

	if (ebda < EBDA_MIN || ebda >= EBDA_END || base > ebda || !*low(ebda) ||
	    ebda + *low(ebda) * SZ_1K > EBDA_END)
		return tkm_refuse(-ENOTRECOVERABLE,
				  "the BIOS has lost its memory (EBDA at %#x, base memory to %#x)",
				  ebda, base);
	if (base < TKM_SETUP_END)
		return tkm_refuse(-ENOSPC, "base memory ends at %#x, below %#x", base,
				  TKM_SETUP_END);
	return 0;
}

/*
 * Staying in protected mode would not help: the next kernel would have neither
 * EFI's services nor a way to find the ACPI tables.
 */
int tkm_check_firmware(void)
{
	if (efi_enabled(EFI_BOOT))
		return tkm_refuse(-ENODEV, "this machine was started by EFI, not by a BIOS");
	return 0;
}

int tkm_check_bios(void)
{
	int error;

	if (*low(RESET_VECTOR) != FAR_JUMP)
		return tkm_refuse(-ENODEV, "there is no BIOS at %#x", RESET_VECTOR);

	error = check_vectors();
	if (!error)
		error = check_data();
	return error;
}
