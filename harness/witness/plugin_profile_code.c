// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_profile_code.c - whose code a block is
 *
 * It is decided when QEMU translates the block; code that another system copies over it is
 * translated anew. Between the marks setup_done and no_return all below the kernel's addresses is
 * a program, whose name is read from the task that runs. A kernel's function is in its map, also
 * where a kernel runs at its physical address. A module's function is what a call led to, and
 * the harness finds its name by its bytes. For the rest the name is the place (place.h).
 */
#include "plugin_profile.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "step.h"

#define LOW_MEMORY_END	UINT64_C(0xa0000)
#define BIOS_END	UINT64_C(0x100000)
#define PROGRAM_NAME	16		/* TASK_COMM_LEN */
#define DEVICE_NAME	40		/* longer ones are cut */
#define SHUTDOWN	"device_shutdown"

static struct path_function any_module = { .name = "(a module)" };
static struct path_function any_program = { .name = "(a program)" };

static void *zeroed(size_t n, size_t size)
{
	void *memory = calloc(n, size);

	if (!memory)
		abort();
	return memory;
}

void profile_name_functions(void)
{
	const struct symbols *s = &profile.symbols;

	profile.functions = zeroed(s->functions.n, sizeof(*profile.functions));
	for (size_t i = 0; i < s->functions.n; i++) {
		profile.functions[i].name = s->functions.at[i].name;
		profile.functions[i].thunk = s->functions.at[i].kind == SYMBOL_THUNK;
		profile.functions[i].moves = s->functions.at[i].kind == SYMBOL_MOVES;
	}
	for (enum place place = 0; place < PLACES; place++) {
		char *name = zeroed(1, strlen(place_name(place)) + sizeof("()"));

		sprintf(name, "(%s)", place_name(place));
		profile.places[place].name = name;
	}
}

static struct found *new_found(found_vec *to)
{
	struct found *found = zeroed(1, sizeof(*found));

	found->function.name = found->name;
	vec_push(to, found);
	return found;
}

static uint64_t read_pointer(uint64_t linear);

/* Of what is in the kernel's image, or where the kernel maps all memory. */
static uint64_t physical_of(uint64_t linear)
{
	const struct image_extent *image = &profile.image;
	uint64_t base = profile.symbols.page_offset_base;

	if (!image_is_wide(image))
		return (uint32_t)(linear - image->linear);
	if (linear >= image->linear)
		return linear - image->linear;
	return base ? linear - read_pointer(base) : PLACE_NOWHERE;
}

static uint64_t read_pointer(uint64_t linear)
{
	return guest_memory_read(&profile.memory, physical_of(linear),
				 image_is_wide(&profile.image) ? 8 : 4);
}

/*
 * The function that stands for a thing of that kind, by its name at an address of the machine.
 * Return: NULL when nothing can be a name there.
 */
static struct path_function *named(found_vec *all, uint64_t linear, size_t length, const char *kind)
{
	const char *at = guest_memory_at(&profile.memory, physical_of(linear), length);
	struct found *found;
	char name[sizeof(found->name)];

	if (!at)
		return NULL;
	snprintf(name, sizeof(name), "%.*s", (int)length, at);
	/* A program may call itself anything. */
	for (char *c = name; *c; c++)
		if (!isgraph((unsigned char)*c) || *c == ';')
			*c = '?';
	if (!*name)
		return NULL;
	strcat(name, kind);
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->at[i]->name, name))
			return &all->at[i]->function;
	found = new_found(all);
	strcpy(found->name, name);
	return &found->function;
}

struct path_function *profile_program(void)
{
	uint64_t cpu = read_pointer(profile.symbols.cpu_offsets);
	uint64_t task = read_pointer(profile.symbols.current_task + cpu);
	struct path_function *f = named(&profile.programs, task + profile.comm, PROGRAM_NAME,
					" (program)");

	return f ? f : &any_program;
}

/* struct device begins with a struct kobject, and that with a pointer to its name. */
struct path_function *profile_device(uint64_t device)
{
	uint64_t name = read_pointer(device);

	return name ? named(&profile.devices, name, DEVICE_NAME, " (device)") : NULL;
}

/* A jump inside a module stays in the function that was called. */
struct path_function *profile_module_function(const struct code_block *b)
{
	struct paths *p = &profile.paths;
	struct found *found;

	for (size_t i = 0; !p->called && i < profile.modules.n; i++)
		if (p->now->function == &profile.modules.at[i]->function)
			return p->now->function;
	for (size_t i = 0; i < profile.modules.n; i++)
		if (profile.modules.at[i]->address == b->linear)
			return &profile.modules.at[i]->function;
	found = new_found(&profile.modules);
	found->address = b->linear;
	snprintf(found->name, sizeof(found->name), "(module at %08" PRIx64 ")", b->linear);
	paths_write_function(p, &found->function, profile.trace);
	fprintf(profile.trace, "b %u %" PRIx64 " ", found->function.number, b->linear);
	for (size_t i = 0; i < b->size; i++)
		fprintf(profile.trace, "%02x", b->bytes[i]);
	fputc('\n', profile.trace);
	return &found->function;
}

/* Set-up code is entered by a jump with the header's magic right behind it. */
static void find_setup(uint64_t physical)
{
	uint64_t segment = physical - SETUP_ENTRY;

	if (physical < LOW_MEMORY_END &&
	    guest_memory_read(&profile.memory, segment + SETUP_MAGIC_AT, 4) == SETUP_MAGIC)
		profile.setup = segment;
}

static void keep_bytes(struct code_block *b, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);

	b->bytes = zeroed(n, STEP_INSN_BYTES);
	for (size_t i = 0; i < n; i++)
		b->size += plugin_insn_bytes(qemu_plugin_tb_get_insn(tb, i), b->bytes + b->size,
					     STEP_INSN_BYTES);
}

static void classify_elsewhere(struct code_block *b, struct qemu_plugin_tb *tb, bool high,
			       uint64_t physical)
{
	enum place place = place_of(high ? STAGE_OLD : profile.stage, b->linear, physical,
				    &profile.image, profile.setup);

	/* The kernel calls the BIOS at its own addresses. */
	if (place == PLACE_SAFE_AREA && physical >= LOW_MEMORY_END && physical < BIOS_END)
		place = PLACE_BIOS;
	b->function = &profile.places[place];
	if (place != PLACE_OLD_MODULE)
		return;
	b->code = CODE_MODULE;
	b->function = &any_module;
	keep_bytes(b, tb);
}

void profile_classify(struct code_block *b, struct qemu_plugin_tb *tb)
{
	const void *host = qemu_plugin_insn_haddr(qemu_plugin_tb_get_insn(tb, 0));
	bool high = place_is_kernels(b->linear, &profile.image);
	bool flat = !profile.programs_run &&
		    (profile.stage == STAGE_OLD || profile.stage == STAGE_NEW_KERNEL);
	const struct symbol *symbol = NULL;
	uint64_t physical;

	guest_memory_find(&profile.memory, &profile.image, b->linear, host);
	physical = guest_memory_physical(&profile.memory, host);
	if (!profile.programs_run)
		find_setup(physical);
	if (high || flat)
		symbol = symbols_at(&profile.symbols, high ? b->linear :
						      b->linear + profile.image.linear);
	b->code = high ? CODE_KERNEL : CODE_OUTSIDE;
	if (symbol) {
		b->function = &profile.functions[symbol - profile.symbols.functions.at];
		b->shuts_down = !strcmp(symbol->name, SHUTDOWN);
		if (high && (symbol->kind == SYMBOL_STUBS ||
			     (symbol->kind == SYMBOL_ENTRY && symbol->address == b->linear)))
			b->code = CODE_ENTRY;
	} else if (!high && profile.programs_run) {
		b->code = CODE_PROGRAM;
		b->function = &any_program;
	} else {
		classify_elsewhere(b, tb, high, physical);
	}
}
