// SPDX-License-Identifier: GPL-2.0-only
/*
 * task_name.c - where a kernel keeps the name of a task
 */
#include "task_name.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>

#define FIRST_NAME	"swapper"
#define TASK_BYTES	16384		/* more than any struct task_struct has */

/* Reads what a file loads at an address. Return: how many bytes. */
static size_t read_at(Elf *elf, int fd, uint64_t address, char *to, size_t room)
{
	size_t headers = 0;
	GElf_Phdr part;

	elf_getphdrnum(elf, &headers);
	for (size_t i = 0; i < headers; i++) {
		uint64_t ahead;
		ssize_t n;

		if (!gelf_getphdr(elf, (int)i, &part) || part.p_type != PT_LOAD ||
		    address < part.p_vaddr || address - part.p_vaddr >= part.p_filesz)
			continue;
		ahead = address - part.p_vaddr;
		if (room > part.p_filesz - ahead)
			room = part.p_filesz - ahead;
		n = pread(fd, to, room, (off_t)(part.p_offset + ahead));
		return n > 0 ? (size_t)n : 0;
	}
	return 0;
}

int task_name_offset(const char *path, uint64_t init_task, uint64_t *offset, struct error **err)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	CLEANUP_FREE char *task = malloc(TASK_BYTES);
	const char *name;
	size_t n = 0;
	Elf *elf;

	if (!task)
		abort();
	if (fd < 0)
		return error_set(err, ERROR_HOST, errno, "%s", path);
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf && elf_kind(elf) == ELF_K_ELF)
		n = read_at(elf, fd, init_task, task, TASK_BYTES);
	elf_end(elf);
	name = memmem(task, n, FIRST_NAME, strlen(FIRST_NAME));
	if (!name)
		return error_set(err, ERROR_HOST, ENOEXEC, "%s: its first task, %s, is not at %#llx",
				 path, FIRST_NAME, (unsigned long long)init_task);
	*offset = (uint64_t)(name - task);
	return 0;
}
