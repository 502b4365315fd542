// SPDX-License-Identifier: GPL-2.0-only
/*
 * modules.c - names for the functions of kernel modules, by their bytes
 *
 * DOC: Theory of operation
 *
 * A function is known by the bytes it begins with. Bytes that a relocation writes are left out,
 * and so is a lock prefix, which a kernel with one processor patches. Short functions look alike,
 * so the functions of a section decide together: each possible name implies an address of the
 * section in memory, and the address that most of them agree on is right.
 */
#include "modules.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <glob.h>
#include <string.h>

#include "base/text.h"

#define LOCK_PREFIX	0xf0
#define RELOCATED	4		/* bytes that a relocation of code writes */

/* A function of a file. */
struct known {
	char *name;			/* "boot_image [tkm]" */
	size_t section;			/* number of its section among all files' */
	uint64_t offset;		/* in it */
	uint8_t *bytes, *changed;	/* its code; not 0: what a relocation changes */
	size_t size;
};

typedef VEC(struct known) known_vec;

static void known_free(known_vec *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->at[i].name);
		free(all->at[i].bytes);
		free(all->at[i].changed);
	}
	vec_free(all);
}

static void *copy(const void *bytes, size_t n)
{
	void *to = malloc(n + 1);

	if (!to)
		abort();
	return memcpy(to, bytes, n);
}

/* Which bytes of a section relocations change, to be freed. */
static uint8_t *changed_bytes(Elf *elf, Elf_Scn *section, size_t size)
{
	uint8_t *changed = calloc(1, size + RELOCATED);
	GElf_Shdr header;

	if (!changed)
		abort();
	for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s)); ) {
		Elf_Data *data = elf_getdata(s, NULL);

		if (!gelf_getshdr(s, &header) || header.sh_info != elf_ndxscn(section) || !data ||
		    (header.sh_type != SHT_REL && header.sh_type != SHT_RELA))
			continue;
		for (size_t i = 0; i < header.sh_size / header.sh_entsize; i++) {
			GElf_Rel rel = { 0 };
			GElf_Rela rela;

			if (header.sh_type == SHT_REL)
				gelf_getrel(data, (int)i, &rel);
			else if (gelf_getrela(data, (int)i, &rela))
				rel.r_offset = rela.r_offset;
			if (rel.r_offset < size)
				memset(changed + rel.r_offset, 1, RELOCATED);
		}
	}
	return changed;
}

/* @module: its name; @number: of the section among all files' */
static void add_functions(Elf *elf, Elf_Scn *section, const char *module, size_t number,
			  known_vec *to)
{
	Elf_Data *code = elf_getdata(section, NULL), *symbols = NULL;
	CLEANUP_FREE uint8_t *changed = changed_bytes(elf, section, code->d_size);
	GElf_Shdr table = { 0 };
	GElf_Sym symbol;

	for (Elf_Scn *s = NULL; !symbols && (s = elf_nextscn(elf, s)); )
		if (gelf_getshdr(s, &table) && table.sh_type == SHT_SYMTAB)
			symbols = elf_getdata(s, NULL);
	for (int i = 0; symbols && gelf_getsym(symbols, i, &symbol); i++) {
		const char *name = elf_strptr(elf, table.sh_link, symbol.st_name);
		struct known known = { .section = number, .offset = symbol.st_value };

		if (GELF_ST_TYPE(symbol.st_info) != STT_FUNC || !name || !symbol.st_size ||
		    symbol.st_shndx != elf_ndxscn(section) ||
		    symbol.st_value + symbol.st_size > code->d_size)
			continue;
		known.name = text_format("%s [%s]", name, module);
		known.size = symbol.st_size;
		known.bytes = copy((uint8_t *)code->d_buf + symbol.st_value, known.size);
		known.changed = copy(changed + symbol.st_value, known.size);
		vec_push(to, known);
	}
}

static void read_sections(Elf *elf, const char *module, size_t *sections, known_vec *to)
{
	GElf_Shdr header;

	for (Elf_Scn *s = NULL; (s = elf_nextscn(elf, s)); ) {
		if (!gelf_getshdr(s, &header) || header.sh_type != SHT_PROGBITS ||
		    !(header.sh_flags & SHF_EXECINSTR) || !header.sh_size || !elf_getdata(s, NULL))
			continue;
		add_functions(elf, s, module, (*sections)++, to);
	}
}

static int read_module(const char *path, size_t *sections, known_vec *to, struct error **err)
{
	CLEANUP_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *base = strrchr(path, '/') + 1;
	CLEANUP_FREE char *module = strndup(base, strcspn(base, "."));
	Elf *elf;

	if (fd < 0)
		return error_set(err, ERROR_HOST, errno, "%s", path);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF) {
		elf_end(elf);
		return error_set(err, ERROR_HOST, ENOEXEC, "%s: no ELF file", path);
	}
	read_sections(elf, module, sections, to);
	elf_end(elf);
	return 0;
}

static int read_modules(const char *dir, known_vec *to, struct error **err)
{
	CLEANUP_FREE char *pattern = text_format("%s/*.ko", dir);
	size_t sections = 0;
	glob_t found;
	int rc = 0;

	elf_version(EV_CURRENT);
	if (glob(pattern, 0, NULL, &found))
		return 0;
	for (size_t i = 0; !rc && i < found.gl_pathc; i++)
		rc = read_module(found.gl_pathv[i], &sections, to, err);
	globfree(&found);
	return rc;
}

static bool looks_like(const struct module_code *code, const struct known *known)
{
	size_t compared = 0;

	for (size_t i = 0; i < code->size && i < known->size; i++) {
		if (known->changed[i] || known->bytes[i] == LOCK_PREFIX)
			continue;
		if (known->bytes[i] != code->bytes[i])
			return false;
		compared++;
	}
	return compared;
}

/* How many functions that ran could lie in that section, if it began at this address. */
static size_t votes(const module_code_vec *code, const known_vec *all, size_t section,
		    uint64_t address)
{
	size_t n = 0;

	for (size_t i = 0; i < code->n; i++)
		for (size_t k = 0; k < all->n; k++)
			n += all->at[k].section == section &&
			     code->at[i].address - all->at[k].offset == address &&
			     looks_like(&code->at[i], &all->at[k]);
	return n;
}

/* The one that has most votes; NULL when none looks like it, or two are as likely. */
static const struct known *most_likely(const struct module_code *one, const module_code_vec *code,
				       const known_vec *all)
{
	const struct known *best = NULL;
	size_t most = 0;

	for (size_t k = 0; k < all->n; k++) {
		const struct known *known = &all->at[k];
		size_t n;

		if (!looks_like(one, known))
			continue;
		n = votes(code, all, known->section, one->address - known->offset);
		/* Two names of one function are as good as one. */
		if (n == most && best && (best->section != known->section ||
					  best->offset != known->offset))
			best = NULL;
		if (n > most) {
			best = known;
			most = n;
		}
	}
	return best;
}

int modules_name(const char *dir, const module_code_vec *code, struct call_tree *t,
		 struct error **err)
{
	CLEANUP(known_free) known_vec all = { 0 };
	int rc = code->n ? read_modules(dir, &all, err) : 0;

	for (size_t i = 0; !rc && i < code->n; i++) {
		const struct known *known = most_likely(&code->at[i], code, &all);
		char **name = &t->functions.at[code->at[i].function];

		if (!known)
			continue;
		free(*name);
		*name = strdup(known->name);
		if (!*name)
			abort();
	}
	return rc;
}
