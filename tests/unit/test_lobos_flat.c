// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_lobos_flat.c - what the header of a LOBOS image says of the kernel in it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../impls/lobos/files/kernel/lobos/sum.c"
#include "../../impls/lobos/user/flat.c"

#define PAYLOAD 8192u
#define MEMORY (PAYLOAD + 4096)
#define START (16u << 20)
#define ENTRY_OFFSET 0x40

/* A kernel of one segment, which begins behind the headers. */
struct kernel_64 {
	Elf64_Ehdr file;
	Elf64_Phdr segment;
	unsigned char payload[PAYLOAD];
};

struct kernel_32 {
	Elf32_Ehdr file;
	Elf32_Phdr segment;
	unsigned char payload[PAYLOAD];
};

static struct kernel_64 kernel_64(uint64_t start, uint64_t entry)
{
	return (struct kernel_64){
		.file = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64, ELFDATA2LSB },
			.e_type = ET_EXEC,
			.e_machine = EM_X86_64,
			.e_entry = entry,
			.e_phoff = offsetof(struct kernel_64, segment),
			.e_phnum = 1,
		},
		.segment = {
			.p_type = PT_LOAD,
			.p_offset = offsetof(struct kernel_64, payload),
			.p_paddr = start,
			.p_filesz = PAYLOAD,
			.p_memsz = MEMORY,
		},
	};
}

static struct lobos_header header_of(const void *elf, size_t size)
{
	struct lobos_header header;
	struct flat flat;

	assert_null(flat_from_elf(elf, size, &flat));
	assert_int_equal(flat.size, LOBOS_HEADER_BYTES + PAYLOAD);
	memcpy(&header, flat.bytes, sizeof(header));
	free(flat.bytes);
	return header;
}

static void an_i386_kernel_lies_where_it_was_linked(void **state)
{
	struct kernel_32 kernel = {
		.file = {
			.e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS32, ELFDATA2LSB },
			.e_type = ET_EXEC,
			.e_machine = EM_386,
			.e_entry = START + ENTRY_OFFSET,
			.e_phoff = offsetof(struct kernel_32, segment),
			.e_phnum = 1,
		},
		.segment = {
			.p_type = PT_LOAD,
			.p_offset = offsetof(struct kernel_32, payload),
			.p_paddr = START,
			.p_filesz = PAYLOAD,
			.p_memsz = MEMORY,
		},
		.payload = FIVE_LEVELS_SYMBOL,
	};
	struct lobos_header header = header_of(&kernel, sizeof(kernel));

	(void)state;
	assert_int_equal(header.version, LOBOS_VERSION);
	assert_int_equal(header.machine, EM_386);
	assert_int_equal(header.destination, START);
	assert_int_equal(header.memory_bytes, MEMORY);
	assert_int_equal(header.alignment, 0);
	assert_int_equal(header.flags, 0);
}

static void an_x86_64_kernel_can_be_moved(void **state)
{
	struct kernel_64 kernel = kernel_64(START, START + ENTRY_OFFSET);
	struct lobos_header header = header_of(&kernel, sizeof(kernel));

	(void)state;
	assert_int_equal(header.machine, EM_X86_64);
	assert_int_equal(header.entry, START + ENTRY_OFFSET);
	assert_int_equal(header.alignment, 2 << 20);
	assert_int_equal(header.flags, 0);
}

static void an_exported_symbol_tells_of_five_levels(void **state)
{
	struct kernel_64 kernel = kernel_64(START, START + ENTRY_OFFSET);
	unsigned char *names = kernel.payload + PAYLOAD - sizeof(FIVE_LEVELS_SYMBOL);

	(void)state;
	memcpy(names, FIVE_LEVELS_SYMBOL, sizeof(FIVE_LEVELS_SYMBOL));
	assert_int_equal(header_of(&kernel, sizeof(kernel)).flags, LOBOS_IMAGE_5_LEVELS);
	/* The end of another name. */
	names[0] = '_';
	assert_int_equal(header_of(&kernel, sizeof(kernel)).flags, 0);
}

static void what_cannot_be_entered_is_refused(void **state)
{
	struct kernel_64 between = kernel_64(START + PAGE_BYTES, START + PAGE_BYTES);
	struct kernel_64 behind = kernel_64(START, START + PAYLOAD);
	struct kernel_64 noncanonical = kernel_64(START, START + (1ull << 47));
	struct flat flat;

	(void)state;
	assert_non_null(flat_from_elf((void *)&between, sizeof(between), &flat));
	assert_non_null(flat_from_elf((void *)&behind, sizeof(behind), &flat));
	assert_non_null(flat_from_elf((void *)&noncanonical, sizeof(noncanonical), &flat));
}

/* Two segments; the second begins so many bytes behind the start of the first. */
static const char *why_refused(uint64_t distance)
{
	struct {
		Elf64_Ehdr file;
		Elf64_Phdr segments[2];
		unsigned char payload[PAYLOAD];
	} kernel = { .file = kernel_64(START, START).file };
	struct flat flat = { 0 };
	const char *wrong;

	kernel.file.e_phnum = 2;
	for (int i = 0; i < 2; i++)
		kernel.segments[i] = (Elf64_Phdr){
			.p_type = PT_LOAD,
			.p_offset = offsetof(struct kernel_64, payload) + sizeof(Elf64_Phdr),
			.p_paddr = START + i * distance,
			.p_filesz = PAYLOAD,
			.p_memsz = MEMORY,
		};
	wrong = flat_from_elf((void *)&kernel, sizeof(kernel), &flat);
	free(flat.bytes);
	return wrong;
}

static void segments_that_overlap_are_refused(void **state)
{
	(void)state;
	assert_null(why_refused(MEMORY));
	assert_string_equal(why_refused(0), "it has segments that overlap");
	assert_string_equal(why_refused(MEMORY - 1), "it has segments that overlap");
	assert_string_equal(why_refused(PAYLOAD), "it has segments that overlap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_i386_kernel_lies_where_it_was_linked),
		cmocka_unit_test(an_x86_64_kernel_can_be_moved),
		cmocka_unit_test(an_exported_symbol_tells_of_five_levels),
		cmocka_unit_test(what_cannot_be_entered_is_refused),
		cmocka_unit_test(segments_that_overlap_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
