// SPDX-License-Identifier: GPL-2.0-only
/*
 * plugin_profile.c - a plugin of QEMU that counts each instruction under its call path
 *
 * DOC: Theory of operation
 *
 * Instructions are counted as the witness counts them: one addition for a run that is sure to be
 * executed to its end (effect.h). When a block begins whose function is not the one that is
 * charged, and at each call, return and iret of the kernel, what was counted since the
 * last time goes to a call path (paths.h). At each mark, and at the reset vector, all that was
 * charged is written out. So the file holds one stretch after another, each ended by a line
 *
 *	m ID INSTRUCTIONS FAULTS	a mark, up to and with its first byte
 *	r INSTRUCTIONS FAULTS		the reset vector, up to and with its instruction
 *
 * with all instructions since the machine began, and the page faults of the stretch: the
 * instruction that a fault came from begins again, and is counted again. The other lines are
 *
 *	b FUNCTION ADDRESS BYTES	the first bytes of a module's function, in hex
 *
 * and those of paths.h. No virtual time passes while it writes. One processor only.
 *
 * DOC: Calls and returns
 *
 * The stack pointer is read ahead of each. The accesses to the stack would say as much, but QEMU
 * 7.2 keeps calling for them after an instruction that left its block early, and then follows a
 * dangling pointer if translations were thrown away in between.
 */
#include "plugin_profile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "effect.h"
#include "flow.h"
#include "reboot_marks.h"

#define PLUGIN		"profile"

#define RESET_VECTOR	0xfffffff0
#define PAGE		4096
#define INDIRECT	0xff		/* call by a pointer, of the calls in flow.h */
#define PAGE_FAULT	"asm_exc_page_fault"

struct profile profile;

/* Of a kernel of 32 or of 64 bits. */
static const struct kind {
	unsigned int stack_shift;	/* THREAD_SIZE */
	unsigned int pointer_bytes;
	unsigned int argument;		/* register of a function's first one */
} kinds[] = { { 13, 4, PLUGIN_RAX }, { 14, 8, PLUGIN_RDI } }, *kind;

/* An instruction that ends a stretch. */
struct site {
	uint64_t linear;
	uint64_t counted;		/* instructions from this one on, when its callback comes */
	bool mark;			/* else the reset vector */
};

static uint64_t instructions(void)
{
	return profile.counts->executed;
}

static void begin_block(const struct code_block *b)
{
	struct paths *p = &profile.paths;
	bool entry = b->code == CODE_ENTRY;
	bool from_program = profile.programs_run && paths_comes_from_outside(p, entry);
	struct path_function *f = b->function;

	if (b->code == CODE_PROGRAM)
		f = profile_program();
	else if (b->code == CODE_MODULE)
		f = profile_module_function(b);
	if (b->code == CODE_PROGRAM || b->code == CODE_OUTSIDE)
		paths_outside(p, f, instructions());
	else
		paths_block(p, f, entry, from_program ? profile_program() : NULL, instructions());
	p->running = b->function;
	if (entry && !strcmp(f->name, PAGE_FAULT))
		profile.faults++;
}

static void on_block(unsigned int vcpu, void *data)
{
	const struct code_block *b = data;

	(void)vcpu;
	if (b->function != profile.paths.running || b->code == CODE_ENTRY)
		begin_block(b);
}

/* @uncounted, of these: 1 when the instruction itself is not in the count yet */
static uint64_t with_itself(const void *uncounted)
{
	return instructions() + (uintptr_t)uncounted;
}

static void on_call(unsigned int vcpu, void *uncounted)
{
	paths_call(&profile.paths, plugin_register(vcpu, PLUGIN_RSP) - kind->pointer_bytes,
		   with_itself(uncounted));
}

/* An indirect call of device_shutdown(): to a bus, a class or a driver, for a device. */
static void on_shutdown_call(unsigned int vcpu, void *uncounted)
{
	struct path_function *device = profile_device(plugin_register(vcpu, kind->argument));

	on_call(vcpu, uncounted);
	if (device)
		paths_detail(&profile.paths, device);
}

static void on_return(unsigned int vcpu, void *uncounted)
{
	paths_return(&profile.paths, plugin_register(vcpu, PLUGIN_RSP), with_itself(uncounted));
}

static void on_interrupt_return(unsigned int vcpu, void *uncounted)
{
	(void)vcpu;
	paths_interrupt_return(&profile.paths, with_itself(uncounted));
}

static void on_program_return(unsigned int vcpu, void *uncounted)
{
	(void)vcpu;
	paths_program_return(&profile.paths, with_itself(uncounted));
}

/* A mark says who runs from now on. */
static void reach(int mark, uint64_t linear, uint64_t now)
{
	switch (mark) {
	case REBOOT_MARK_NO_RETURN:
		profile.programs_run = false;
		profile.setup = PLACE_NOWHERE;
		break;
	case REBOOT_MARK_BOOT_SECTOR:
		profile.stage = STAGE_LOADER;
		break;
	case REBOOT_MARK_DECOMPRESS_ENTRY:
		profile.stage = STAGE_DECOMPRESSOR;
		break;
	case REBOOT_MARK_KERNEL_ENTRY:
		profile.stage = STAGE_NEW_KERNEL;
		place_move_image(&profile.image, linear);
		paths_forget(&profile.paths, now);
		break;
	case REBOOT_MARK_SETUP_DONE:
		profile.stage = STAGE_OLD;
		profile.programs_run = true;
		break;
	}
}

static void end_stretch(unsigned int vcpu, void *data)
{
	const struct site *site = data;
	uint64_t now = instructions() - site->counted + 1;
	int mark = -1;

	if (site->mark && profile.outs++ % REBOOT_MARK_BYTES)
		return;
	paths_count(&profile.paths, now);
	paths_write(&profile.paths, profile.trace);
	if (site->mark) {
		mark = plugin_register(vcpu, PLUGIN_RAX) & 0xff;
		fprintf(profile.trace, "m %d", mark);
	} else {
		fputc('r', profile.trace);
		profile.programs_run = false;
		profile.stage = STAGE_FIRMWARE;
	}
	fprintf(profile.trace, " %" PRIu64 " %" PRIu64 "\n", now, profile.faults);
	fflush(profile.trace);
	profile.faults = 0;
	reach(mark, site->linear, now);
}

static void watch_stretch(struct qemu_plugin_insn *insn, const struct insn *bytes, size_t counted)
{
	bool mark = step_of(bytes).kind == STEP_MARK;
	struct site *site;

	if (!mark && qemu_plugin_insn_vaddr(insn) != RESET_VECTOR)
		return;
	site = malloc(sizeof(*site));
	if (!site)
		abort();
	*site = (struct site){
		.linear = qemu_plugin_insn_vaddr(insn), .counted = counted, .mark = mark,
	};
	qemu_plugin_register_vcpu_insn_exec_cb(insn, end_stretch, QEMU_PLUGIN_CB_R_REGS, site);
}

/*
 * These end a block.
 * @begins:	the instruction has an addition of its own
 * @shuts_down:	it is a call for a device that is to be shut down
 */
static void watch_flow(struct qemu_plugin_insn *insn, enum flow flow, bool begins, bool shuts_down)
{
	static const struct {
		qemu_plugin_vcpu_udata_cb_t call;
		enum qemu_plugin_cb_flags flags;
	} on[] = {
		[FLOW_CALL] = { on_call, QEMU_PLUGIN_CB_R_REGS },
		[FLOW_RETURN] = { on_return, QEMU_PLUGIN_CB_R_REGS },
		[FLOW_INTERRUPT_RETURN] = { on_interrupt_return, QEMU_PLUGIN_CB_NO_REGS },
		[FLOW_PROGRAM] = { on_program_return, QEMU_PLUGIN_CB_NO_REGS },
	};

	if (flow != FLOW_ON)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, shuts_down ? on_shutdown_call :
						       on[flow].call, on[flow].flags,
						       (void *)(uintptr_t)begins);
}

static struct code_block *block_of(struct qemu_plugin_tb *tb)
{
	struct code_block *b = calloc(1, sizeof(*b));

	if (!b)
		abort();
	b->linear = qemu_plugin_tb_vaddr(tb);
	profile_classify(b, tb);
	return b;
}

/*
 * Whether an instruction begins a run. One that goes on in the next page is not executed in a block
 * that began in this one, though QEMU shows it there, with some of its bytes. So whatever
 * may reach the next page has an addition of its own, which QEMU drops with the instruction.
 */
static bool begins_run(const struct insn *insns, size_t i, uint64_t linear)
{
	return !i || !insn_is_plain(&insns[i - 1]) || linear % PAGE > PAGE - STEP_INSN_BYTES;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	size_t n = qemu_plugin_tb_n_insns(tb);
	struct code_block *b = block_of(tb);
	bool followed = b->code != CODE_PROGRAM && b->code != CODE_OUTSIDE;
	struct insn insns[n];

	(void)id;
	if (!profile.counts)
		profile.counts = plugin_counters(sizeof(*profile.counts));
	for (size_t i = 0; i < n; i++)
		insns[i].size = plugin_insn_bytes(qemu_plugin_tb_get_insn(tb, i), insns[i].bytes,
						  STEP_INSN_BYTES);
	qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_CB_NO_REGS, b);
	for (size_t i = n, run = 1; i-- > 0; run++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		bool begins = begins_run(insns, i, qemu_plugin_insn_vaddr(insn));

		/* What is called for an instruction comes before its own addition. */
		watch_stretch(insn, &insns[i], begins ? 0 : run);
		if (followed && i == n - 1)
			watch_flow(insn, flow_of(&insns[i]), begins, b->shuts_down &&
				   *step_opcode(&insns[i]).at == INDIRECT);
		if (!begins)
			continue;
		plugin_add(insn, &profile.counts->executed, run);
		run = 0;
	}
}

/* The whole file with a zero behind it, to be freed; NULL if it cannot be read. */
static char *read_text(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	if (!f)
		return NULL;
	if (getdelim(&text, &room, '\0', f) < 0) {
		free(text);
		text = NULL;
	}
	fclose(f);
	return text;
}

/* "trace=PATH", "map=PATH", "comm=NUMBER"; and as guest_memory_take(), place_take_image() */
static bool take_argument(const char *text)
{
	char *map;

	if (!strncmp(text, "trace=", 6)) {
		profile.trace = fopen(text + 6, "we");
		return true;
	}
	if (!strncmp(text, "map=", 4)) {
		map = read_text(text + 4);
		return map && symbols_parse(map, &profile.symbols);
	}
	if (!strncmp(text, "comm=", 5)) {
		profile.comm = strtoull(text + 5, NULL, 0);
		return true;
	}
	return guest_memory_take(&profile.memory, text) || place_take_image(&profile.image, text);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc,
					   char **argv)
{
	if (!plugin_api_open(PLUGIN, info, 1) || !plugin_registers_open(PLUGIN))
		return 1;
	for (int i = 0; i < argc; i++) {
		if (!take_argument(argv[i])) {
			plugin_refuse(PLUGIN, "it has no argument %s, or cannot read that file",
				      argv[i]);
			return 1;
		}
	}
	if (!profile.trace || !profile.symbols.functions.n || !profile.memory.bytes ||
	    !profile.image.linear) {
		plugin_refuse(PLUGIN, "it needs trace=FILE that can be written, map=SYSTEM_MAP, "
			      "memory= and image_linear=");
		return 1;
	}
	profile.stage = STAGE_FIRMWARE;
	profile.setup = PLACE_NOWHERE;
	profile_name_functions();
	kind = &kinds[image_is_wide(&profile.image)];
	paths_begin(&profile.paths, kind->stack_shift);
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	return 0;
}
