// SPDX-License-Identifier: GPL-2.0-only
/*
 * flat.c - the conversion of an ELF kernel into a LOBOS image
 *
 * The image is what a boot loader of ELF kernels would put in memory, gaps
 * filled with zeros, with a page of header in front.
 */
#include <elf.h>
#include <linux/lobos.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "flat.h"
#include "sum.h"

#define PAGE_BYTES 4096u
/* No kernel is larger; a file that says so is damaged. */
#define MAX_MEMORY_BYTES (1u << 30)
/* The head of an x86_64 kernel adjusts its page tables, whose pages are as large. */
#define LARGE_PAGE_BYTES (1u << 21)
/* Exported to modules, and only by kernels that can run with five levels of page tables. */
#define FIVE_LEVELS_SYMBOL "\0ptrs_per_p4d"

/* What matters of a program header, of 32 or 64 bits. */
struct segment {
	uint64_t offset, address, file_bytes, memory_bytes;
	bool load;
};

/* What matters of a file header. */
struct kernel {
	const unsigned char *elf;
	size_t size;
	uint64_t entry, table, entry_bytes, count;
	uint32_t machine;
	bool is_64;
};

/* CRC-32 of IEEE 802.3, as zlib's crc32(), bit by bit: headers are short. */
static uint32_t crc32(const unsigned char *data, size_t bytes)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < bytes; i++) {
		crc ^= data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
	}
	return ~crc;
}

bool flat_is_image(const unsigned char *start)
{
	return !memcmp(start, LOBOS_MAGIC, LOBOS_MAGIC_BYTES);
}

bool flat_is_elf_kernel(const unsigned char *start)
{
	const Elf32_Ehdr *elf = (const void *)start;

	/* e_type lies at the same place in files of 64 bits. */
	return !memcmp(start, ELFMAG, SELFMAG) && start[EI_DATA] == ELFDATA2LSB &&
	       elf->e_type == ET_EXEC;
}

static const char *open_kernel(struct kernel *kernel, const unsigned char *elf, size_t size)
{
	Elf32_Ehdr h32;
	Elf64_Ehdr h64;

	if (size < sizeof(h64) || !flat_is_elf_kernel(elf))
		return "it is no ELF executable";
	memcpy(&h32, elf, sizeof(h32));
	memcpy(&h64, elf, sizeof(h64));

	kernel->elf = elf;
	kernel->size = size;
	kernel->machine = h32.e_machine;
	kernel->is_64 = elf[EI_CLASS] == ELFCLASS64;
	kernel->entry = kernel->is_64 ? h64.e_entry : h32.e_entry;
	kernel->table = kernel->is_64 ? h64.e_phoff : h32.e_phoff;
	kernel->count = kernel->is_64 ? h64.e_phnum : h32.e_phnum;
	kernel->entry_bytes = kernel->is_64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
	if (kernel->table > size || (size - kernel->table) / kernel->entry_bytes < kernel->count)
		return "it ends within its program headers";
	return NULL;
}

static struct segment segment_at(const struct kernel *kernel, uint64_t i)
{
	const unsigned char *at = kernel->elf + kernel->table + i * kernel->entry_bytes;
	Elf32_Phdr p32;
	Elf64_Phdr p64;

	if (kernel->is_64) {
		memcpy(&p64, at, sizeof(p64));
		return (struct segment){ p64.p_offset, p64.p_paddr, p64.p_filesz, p64.p_memsz,
					 p64.p_type == PT_LOAD && p64.p_memsz };
	}
	memcpy(&p32, at, sizeof(p32));
	return (struct segment){ p32.p_offset, p32.p_paddr, p32.p_filesz, p32.p_memsz,
				 p32.p_type == PT_LOAD && p32.p_memsz };
}

/* Such a kernel would depend on which segment is copied last. */
static bool overlaps_earlier(const struct kernel *kernel, uint64_t i)
{
	struct segment s = segment_at(kernel, i);

	for (uint64_t j = 0; j < i; j++) {
		struct segment other = segment_at(kernel, j);

		if (other.load && s.address < other.address + other.memory_bytes &&
		    other.address < s.address + s.memory_bytes)
			return true;
	}
	return false;
}

static uint64_t whole_pages(uint64_t bytes)
{
	return (bytes + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
}

/* From the lowest segment to the end of the highest: in the file, and in memory. */
static const char *measure(const struct kernel *kernel, struct lobos_header *header)
{
	uint64_t start = UINT64_MAX, file_end = 0, memory_end = 0;

	for (uint64_t i = 0; i < kernel->count; i++) {
		struct segment s = segment_at(kernel, i);

		if (!s.load)
			continue;
		if (s.offset > kernel->size || kernel->size - s.offset < s.file_bytes)
			return "it ends within a segment";
		if (s.file_bytes > s.memory_bytes || s.memory_bytes > MAX_MEMORY_BYTES ||
		    s.address > UINT64_MAX - s.memory_bytes)
			return "it has a segment that contradicts itself";
		if (overlaps_earlier(kernel, i))
			return "it has segments that overlap";
		if (s.address < start)
			start = s.address;
		if (s.file_bytes && s.address + s.file_bytes > file_end)
			file_end = s.address + s.file_bytes;
		if (s.address + s.memory_bytes > memory_end)
			memory_end = s.address + s.memory_bytes;
	}
	if (!file_end)
		return "it has nothing to load";
	if (start % (kernel->machine == EM_X86_64 ? LARGE_PAGE_BYTES : PAGE_BYTES))
		return "it does not begin at a page";
	if (memory_end - start > MAX_MEMORY_BYTES)
		return "its segments are too far apart";
	if (kernel->entry < start || kernel->entry >= file_end)
		return "its entry is no physical address in it";

	header->destination = start;
	header->payload_bytes = whole_pages(file_end - start);
	header->memory_bytes = whole_pages(memory_end - start);
	return NULL;
}

static void fill_payload(const struct kernel *kernel, const struct lobos_header *header,
			 unsigned char *payload)
{
	for (uint64_t i = 0; i < kernel->count; i++) {
		struct segment s = segment_at(kernel, i);

		if (s.load)
			memcpy(payload + (s.address - header->destination),
			       kernel->elf + s.offset, s.file_bytes);
	}
}

/* The head of an i386 kernel runs where it was linked, and with paging of its own. */
static void describe(uint32_t machine, const unsigned char *payload, struct lobos_header *header)
{
	if (machine != EM_X86_64)
		return;
	header->alignment = LARGE_PAGE_BYTES;
	if (memmem(payload, header->payload_bytes, FIVE_LEVELS_SYMBOL, sizeof(FIVE_LEVELS_SYMBOL)))
		header->flags |= LOBOS_IMAGE_5_LEVELS;
}

const char *flat_from_elf(const unsigned char *elf, size_t size, struct flat *flat)
{
	struct lobos_header header = { .version = LOBOS_VERSION };
	struct kernel kernel;
	const char *wrong;

	wrong = open_kernel(&kernel, elf, size);
	if (!wrong)
		wrong = measure(&kernel, &header);
	if (wrong)
		return wrong;

	flat->size = LOBOS_HEADER_BYTES + header.payload_bytes;
	flat->bytes = calloc(1, flat->size);
	if (!flat->bytes)
		return "there is no memory for its image";
	fill_payload(&kernel, &header, flat->bytes + LOBOS_HEADER_BYTES);

	describe(kernel.machine, flat->bytes + LOBOS_HEADER_BYTES, &header);
	memcpy(header.magic, LOBOS_MAGIC, LOBOS_MAGIC_BYTES);
	header.header_bytes = LOBOS_HEADER_BYTES;
	header.machine = kernel.machine;
	header.entry = kernel.entry;
	for (size_t at = LOBOS_HEADER_BYTES; at < flat->size; at += PAGE_BYTES)
		lobos_sum_page(&header.payload_sums, flat->bytes + at);
	header.header_crc = crc32((const void *)&header,
				  offsetof(struct lobos_header, header_crc));
	memcpy(flat->bytes, &header, sizeof(header));
	return NULL;
}
