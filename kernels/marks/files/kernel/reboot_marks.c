// SPDX-License-Identifier: GPL-2.0-only
/*
 * reboot_marks.c - marks on an I/O port, which time a reboot from outside
 *
 * A mark is three bytes: id, sequence number, check. The marks of the entry
 * points (asm/reboot_marks.h) have the numbers 0 and 1; all others are written
 * here and numbered from 2, so that whoever listens sees a lost one.
 */
#define pr_fmt(fmt) "reboot_marks: " fmt

#include <linux/export.h>
#include <linux/i8253.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kobject.h>
#include <linux/panic_notifier.h>
#include <linux/reboot_marks.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include <asm/msr.h>
#include <asm/tsc.h>

enum fault_kind {
	FAULT_NONE,
	FAULT_DELAY,
	FAULT_SPIN,
	FAULT_HANG,
	FAULT_PANIC,
};

struct fault {
	enum fault_kind kind;
	unsigned int at;		/* id of the mark */
	/* FAULT_DELAY: milliseconds; FAULT_SPIN: instructions */
	unsigned int length;
};

/* Every mark that is set here. Those of the entry points are not. */
static const char * const mark_names[] = {
	REBOOT_MARK_PROGRAM_NAMES,
	REBOOT_MARK_KERNEL_NAMES,
};

static DEFINE_RAW_SPINLOCK(mark_lock);
static u8 next_sequence = REBOOT_MARK_FIRST_SEQUENCE;
static struct fault fault;

static const char *mark_name(unsigned int id)
{
	return id < ARRAY_SIZE(mark_names) ? mark_names[id] : NULL;
}

static void write_mark(u8 id)
{
	u8 sequence = next_sequence;

	next_sequence = sequence == U8_MAX ? REBOOT_MARK_FIRST_SEQUENCE : sequence + 1;
	outb(id, REBOOT_MARK_PORT);
	outb(sequence, REBOOT_MARK_PORT);
	outb(id ^ sequence ^ REBOOT_MARK_CHECK, REBOOT_MARK_PORT);
}

/* Silent for good: no CPU is left that could print, reset or take an interrupt. */
static void __noreturn hang(void)
{
	smp_send_stop();
	local_irq_disable();
	for (;;)
		halt();
}

/*
 * Channel 2 of the interval timer counts at a fixed rate and shows its end in
 * bit 5 of port 0x61 (arch/x86/include/asm/mach_timer.h uses it the same way).
 */
static void delay_by_interval_timer(unsigned int ms)
{
	while (ms) {
		unsigned int step = min(ms, 50u);
		unsigned int ticks = step * PIT_TICK_RATE / MSEC_PER_SEC;

		outb((inb(0x61) & ~0x02) | 0x01, 0x61);	/* run, speaker off */
		outb(0xb0, PIT_MODE);			/* channel 2, count down once */
		outb(ticks & 0xff, PIT_CH2);
		outb(ticks >> 8, PIT_CH2);
		while (!(inb(0x61) & 0x20))
			cpu_relax();
		ms -= step;
	}
}

/*
 * One deadline for all of it: mdelay() waits millisecond by millisecond, and on
 * a busy host a virtual CPU that is often preempted is late for each of them.
 * Before the time-stamp counter is calibrated, only the interval timer knows time.
 */
static void delay(unsigned int ms)
{
	u64 end;

	if (!tsc_khz) {
		delay_by_interval_timer(ms);
		return;
	}
	end = rdtsc() + (u64)tsc_khz * ms;
	while (rdtsc() < end)
		cpu_relax();
}

/* A loop of two instructions a round, whatever the compiler would make of one in C. */
static void spin(unsigned int instructions)
{
	unsigned int rounds = instructions / 2;

	if (rounds)
		asm volatile("1: subl $1, %0; jnz 1b" : "+r" (rounds) : : "cc");
}

static void suffer(const struct fault *f)
{
	switch (f->kind) {
	case FAULT_DELAY:
		delay(f->length);
		reboot_mark(REBOOT_MARK_FAULT_OVER);
		break;
	case FAULT_SPIN:
		spin(f->length);
		break;
	case FAULT_HANG:
		hang();
	case FAULT_PANIC:
		panic("reboot_marks: fault asked for at mark %s", mark_name(f->at));
	case FAULT_NONE:
		break;
	}
}

void reboot_mark(unsigned int id)
{
	struct fault f = { FAULT_NONE };
	unsigned long flags;
	bool locked = true;

	local_irq_save(flags);
	if (oops_in_progress || id == REBOOT_MARK_NO_RETURN)
		locked = raw_spin_trylock(&mark_lock);
	else
		raw_spin_lock(&mark_lock);

	write_mark(id);
	/* Once only: panic() sets a mark too, and some marks are set again and again. */
	if (fault.at == id)
		swap(f, fault);

	if (locked)
		raw_spin_unlock(&mark_lock);
	local_irq_restore(flags);

	suffer(&f);
}
EXPORT_SYMBOL_GPL(reboot_mark);

static int mark_panic(struct notifier_block *nb, unsigned long event, void *message)
{
	reboot_mark(REBOOT_MARK_PANIC);
	return NOTIFY_DONE;
}

static struct notifier_block panic_block = {
	.notifier_call = mark_panic,
	.priority = INT_MAX,
};

void __init reboot_marks_init(void)
{
	atomic_notifier_chain_register(&panic_notifier_list, &panic_block);
}

/* The mark whose name, and then a colon, @arg begins with. Return: its id, or 0 */
static unsigned int __init find_mark(const char *arg, size_t *length)
{
	unsigned int id;

	for (id = 0; id < ARRAY_SIZE(mark_names); id++) {
		*length = mark_names[id] ? str_has_prefix(arg, mark_names[id]) : 0;
		if (*length && arg[*length] == ':')
			return id;
	}
	return 0;
}

/* "<kind>:<length>". */
static bool __init has_length(const char *arg, const char *kind, unsigned int *length)
{
	size_t n = str_has_prefix(arg, kind);

	return n && arg[n] == ':' && !kstrtouint(arg + n + 1, 10, length);
}

/* What REBOOT_MARK_FAULT in uapi/linux/reboot_marks.h describes. */
static int __init parse_fault(char *arg)
{
	unsigned int id;
	size_t length;

	id = arg ? find_mark(arg, &length) : 0;
	if (!id) {
		pr_warn("fault=%s: no such mark\n", arg ?: "");
		return -EINVAL;
	}
	arg += length + 1;

	if (!strcmp(arg, REBOOT_MARK_FAULT_HANG)) {
		fault.kind = FAULT_HANG;
	} else if (!strcmp(arg, REBOOT_MARK_FAULT_PANIC)) {
		fault.kind = FAULT_PANIC;
	} else if (has_length(arg, REBOOT_MARK_FAULT_DELAY, &fault.length)) {
		fault.kind = FAULT_DELAY;
	} else if (has_length(arg, REBOOT_MARK_FAULT_SPIN, &fault.length)) {
		fault.kind = FAULT_SPIN;
	} else {
		pr_warn("fault at %s: %s is not delay:<ms>, spin:<instructions>, hang or panic\n",
			mark_names[id], arg);
		return -EINVAL;
	}
	fault.at = id;
	return 0;
}
early_param(REBOOT_MARK_FAULT, parse_fault);

static ssize_t set_store(struct kobject *kobj, struct kobj_attribute *attr,
			 const char *buf, size_t count)
{
	unsigned int id;
	int err;

	err = kstrtouint(buf, 10, &id);
	if (err)
		return err;
	if (!mark_name(id))
		return -EINVAL;

	reboot_mark(id);
	return count;
}

static struct kobj_attribute set_attribute = __ATTR_WO(set);

static int __init reboot_marks_sysfs_init(void)
{
	struct kobject *dir;
	int err;

	dir = kobject_create_and_add("reboot_marks", kernel_kobj);
	if (!dir)
		return -ENOMEM;

	err = sysfs_create_file(dir, &set_attribute.attr);
	if (err)
		kobject_put(dir);
	return err;
}
subsys_initcall(reboot_marks_sysfs_init);
