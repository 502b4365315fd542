// SPDX-License-Identifier: GPL-2.0-only
/*
 * symbols.c - the functions of a kernel by address, from its System.map
 */
#include "symbols.h"

#include <stddef.h>
#include <string.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* arch/x86/entry, kernel/head_*.S. What begins with asm_exc_ or asm_sysvec_ is an entry, too. */
static const char *const entries[] = {
	"entry_INT80_32", "entry_SYSENTER_32", "entry_SYSCALL_64", "entry_SYSCALL_compat",
	"entry_SYSENTER_compat", "entry_INT80_compat", "asm_int80_emulation",
};

static const char *const stubs[] = {
	"irq_entries_start", "spurious_entries_start", "early_idt_handler_array",
};

/* PUSH_AND_CLEAR_REGS with save_ret. */
static const char *const moves[] = { "error_entry", "paranoid_entry", "xen_error_entry" };

static const char *const borders[] = {
	"_text", "_stext", "_etext", "_sinittext", "_einittext",
};

/* Variables that are needed, and the member that gets their address. */
static const struct {
	const char *name;
	size_t to;
} variables[] = {
	{ "_end", offsetof(struct symbols, end) },
	{ "init_task", offsetof(struct symbols, init_task) },
	{ "current_task", offsetof(struct symbols, current_task) },
	{ "pcpu_hot", offsetof(struct symbols, current_task) },	/* Linux 6.2 to 6.14: its first member */
	{ "__per_cpu_offset", offsetof(struct symbols, cpu_offsets) },
	{ "page_offset_base", offsetof(struct symbols, page_offset_base) },
};

static bool is_one_of(const char *name, const char *const *names, size_t n)
{
	while (n--)
		if (!strcmp(name, names[n]))
			return true;
	return false;
}

static bool begins(const char *name, const char *with)
{
	return !strncmp(name, with, strlen(with));
}

static bool is_border(const char *name)
{
	return is_one_of(name, borders, ARRAY_SIZE(borders)) || begins(name, "__begin_") ||
	       begins(name, "__end_") || strstr(name, "text_start") || strstr(name, "text_end");
}

static enum symbol_kind kind_of(const char *name)
{
	if (begins(name, "asm_exc_") || begins(name, "asm_sysvec_") ||
	    is_one_of(name, entries, ARRAY_SIZE(entries)))
		return SYMBOL_ENTRY;
	if (is_one_of(name, stubs, ARRAY_SIZE(stubs)))
		return SYMBOL_STUBS;
	if (begins(name, "__x86_indirect_") || begins(name, "__x86_return_thunk") ||
	    begins(name, "__SCT__"))
		return SYMBOL_THUNK;
	if (is_one_of(name, moves, ARRAY_SIZE(moves)))
		return SYMBOL_MOVES;
	return SYMBOL_FUNCTION;
}

static void take_line(struct symbols *s, char *line)
{
	struct symbol symbol;
	char *rest;

	symbol.address = strtoull(line, &rest, 16);
	if (rest == line || rest[0] != ' ' || !rest[1] || rest[2] != ' ')
		return;
	symbol.type = rest[1];
	symbol.name = rest + 3;
	for (size_t i = 0; i < ARRAY_SIZE(variables); i++)
		if (!strcmp(symbol.name, variables[i].name))
			*(uint64_t *)((char *)s + variables[i].to) = symbol.address;
	if (!strchr("tTwW", symbol.type) || is_border(symbol.name))
		return;
	symbol.kind = kind_of(symbol.name);
	vec_push(&s->functions, symbol);
}

static int rank(const struct symbol *s)
{
	return s->type == 'T' ? 0 : s->type == 't' ? 1 : 2;
}

static int compare(const void *left, const void *right)
{
	const struct symbol *a = left, *b = right;
	size_t a_length = strlen(a->name), b_length = strlen(b->name);

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	if (rank(a) != rank(b))
		return rank(a) - rank(b);
	if (a_length != b_length)
		return a_length < b_length ? -1 : 1;
	return strcmp(a->name, b->name);
}

bool symbols_parse(char *text, struct symbols *s)
{
	size_t kept = 0;

	*s = (struct symbols){ .text = text };
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		take_line(s, line);
	}
	if (!s->functions.n || !s->end)
		return false;
	qsort(s->functions.at, s->functions.n, sizeof(*s->functions.at), compare);
	for (size_t i = 0; i < s->functions.n; i++)
		if (!i || s->functions.at[i].address != s->functions.at[kept - 1].address)
			s->functions.at[kept++] = s->functions.at[i];
	s->functions.n = kept;
	return true;
}

void symbols_free(struct symbols *s)
{
	vec_free(&s->functions);
	free(s->text);
	s->text = NULL;
}

const struct symbol *symbols_at(const struct symbols *s, uint64_t address)
{
	size_t low = 0, high = s->functions.n;

	if (!high || address < s->functions.at[0].address || address >= s->end)
		return NULL;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->functions.at[middle].address <= address)
			low = middle;
		else
			high = middle;
	}
	return &s->functions.at[low];
}
