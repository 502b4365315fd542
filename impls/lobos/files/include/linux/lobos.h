/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lobos.h - what the parts of LOBOS, and their architecture, have in common
 *
 * Stage: may sleep and may fail, and then everything is as it was.
 * Commit: may do neither; begins when devices are shut down.
 */
#ifndef _LINUX_LOBOS_H
#define _LINUX_LOBOS_H

#ifdef CONFIG_LOBOS

#include <linux/list.h>
#include <linux/mm_types.h>
#include <linux/types.h>
#include <uapi/linux/lobos.h>

struct acpi_buffer;
struct file;

/* What goes to one place in memory: the kernel, or its initial RAM disk. */
struct lobos_part {
	const char *name;		/* of the file, for messages */
	struct file *file;		/* open while the part is read, and closed to writers */
	u64 file_bytes;
	phys_addr_t destination;
	unsigned long memory_bytes;	/* from destination on; 0: there is no such part */
	unsigned long nr_pages;		/* with contents; at most memory_bytes */
	struct page **pages;		/* nr_pages, none of them inside a destination */
	struct lobos_sums sums;		/* of the pages as they must be */
};

/* What is booted. */
struct lobos_image {
	struct lobos_part kernel;
	struct lobos_part ramdisk;
	phys_addr_t entry;
	u32 flags;			/* LOBOS_IMAGE_* */
	const char *command_line;
	bool hints;			/* hand on what this kernel has found out */
	char *log;			/* this kernel's, on its way into the safe area */
	struct list_head tables;	/* pages of page tables */
	struct list_head rejects;	/* pages inside a destination, kept from being got again */
};

/*
 * The memory that neither the old nor the new kernel uses. The architecture
 * finds or reserves it in lobos_reserve() and lays it out; the log part of it
 * is all that the generic code sees.
 */
struct lobos_safe_area {
	phys_addr_t start;		/* bytes == 0: there is none */
	unsigned long bytes;
	void *log;
	size_t log_bytes;
	bool adopted;			/* from the kernel before us, not newly reserved */
	bool handed;			/* by a LOBOS just now: it holds a log */
	bool damaged;			/* adopted, but its header is wrong */
};

extern struct lobos_safe_area lobos_safe;

/* Architecture: */

/*
 * lobos_arch_reserved() - is there something that must not be overwritten?
 * @start: physical address of the first byte
 * @end: physical address behind the last
 *
 * Return: true if the safe area or data of the boot loader (setup_data) lie there
 */
bool lobos_arch_reserved(phys_addr_t start, phys_addr_t end);

/*
 * lobos_arch_limit() - the end of the memory in which a kernel can be put
 *
 * Return: the physical address behind low memory (i386) or all memory (x86_64)
 */
phys_addr_t lobos_arch_limit(void);

/*
 * lobos_arch_sum_page() - add a page to checksums, faster than lobos_sum_page()
 * @sums: zero before the first page
 * @page: a page, mapped
 *
 * Return: false, with nothing done, if this CPU cannot
 */
bool lobos_arch_sum_page(struct lobos_sums *sums, const void *page);

/*
 * lobos_arch_check() - can this machine boot an image?
 * @image: sizes and destinations are known, nothing has been read
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_arch_check(const struct lobos_image *image);

/*
 * lobos_arch_prepare() - make everything ready for lobos_arch_handoff()
 * @image: has been checked and read; owns the pages that the tables need
 *
 * Return: 0, or a negative errno the reason of which has been printed
 */
int lobos_arch_prepare(struct lobos_image *image);

/*
 * lobos_arch_cycles() - the counter that goes on through the handoff
 * @khz: its frequency as this kernel knows it is put here, 0 if it does not
 *
 * Return: the time-stamp counter, or 0 if there is none
 */
u64 lobos_arch_cycles(u64 *khz);

/*
 * lobos_arch_handoff() - copy the prepared image over this kernel, and enter it
 *
 * Does not return. Neither this function nor its caller is __noreturn, because
 * objtool knows only those that are in a list of its own.
 */
void lobos_arch_handoff(void);

/* Stage: */

/*
 * lobos_refuse() - say once why there will be no boot
 * @error: the negative errno to be returned
 * @format: the reason, without newline
 *
 * Return: @error
 */
__printf(2, 3) int lobos_refuse(int error, const char *format, ...);

/*
 * lobos_alloc_page() - a page outside all destinations of an image
 * @image: the destinations are known
 * @gfp: GFP_KERNEL or GFP_HIGHUSER, and __GFP_ZERO if wanted
 *
 * Pages inside a destination are put on the image's list of rejects: freed now,
 * they would be given to us again.
 *
 * Return: the page, which is the caller's, or NULL if there is none
 */
struct page *lobos_alloc_page(struct lobos_image *image, gfp_t gfp);

/* Empties a list of pages, and gives them back. */
void lobos_free_pages(struct list_head *pages);

/*
 * lobos_running_command_line() - the running kernel's, for the next one
 *
 * Without lobos.boot=, which this kernel has obeyed or will not obey: the next
 * one would boot the same file again, for ever. What comes after "--" is for
 * init and stays as it is.
 *
 * Return: a copy that the caller frees, or NULL if there is no memory
 */
char *lobos_running_command_line(void);

/* Commit: */

/*
 * lobos_commit() - leave the running kernel for a staged one
 * @image: staged and prepared; system_transition_mutex is held
 *
 * The log is taken last: it ends with the line that is printed here, when
 * devices and other CPUs are stopped. Does not return.
 */
void lobos_commit(const struct lobos_image *image);

/*
 * lobos_log_keep() - put the whole log into the safe area
 * @scratch: as much memory as the area has for logs
 *
 * If it is larger than the area the oldest lines are left out, and counted.
 */
void lobos_log_keep(char *scratch);

/* The previous kernel's log: */

/*
 * lobos_log_intact() - the logs that the kernels before this one left
 * @generation: of the newest is put here, 0 if there is none
 *
 * Return: how many bytes at the beginning of the safe area's log part are logs
 * without damage
 */
size_t lobos_log_intact(u32 *generation);

/* Faults to order, for tests. */
#ifdef CONFIG_LOBOS_TEST
/*
 * lobos_test_reject() - shall this page be rejected?
 *
 * Return: true once in test_reject calls
 */
bool lobos_test_reject(void);

/*
 * lobos_test_move() - shall a kernel not go to the place for which it was linked?
 *
 * Return: what the parameter says
 */
bool lobos_test_move(void);

/*
 * lobos_test_stray() - damage a page of what is loaded, if the parameter says so
 * @part: has been read
 */
void lobos_test_stray(const struct lobos_part *part);

/*
 * lobos_test_damage() - shall the kept log and the hints be damaged?
 *
 * Return: what the parameter says
 */
bool lobos_test_damage(void);

/*
 * lobos_test_age() - how much older shall hints be than they are?
 *
 * Return: what the parameter says
 */
u32 lobos_test_age(void);

/*
 * lobos_test_fault() - shall the handoff fault?
 *
 * Return: what the parameter says
 */
bool lobos_test_fault(void);

#else
static inline bool lobos_test_reject(void) { return false; }
static inline bool lobos_test_move(void) { return false; }
static inline void lobos_test_stray(const struct lobos_part *part) { }
static inline bool lobos_test_damage(void) { return false; }
static inline u32 lobos_test_age(void) { return 0; }
static inline bool lobos_test_fault(void) { return false; }
#endif

/* Hooks in stock files: */

/* Takes the hints of the kernel before this one, if there are any. */
void lobos_take_hints(void);

/*
 * lobos_hinted_pm_timer() - has the kernel before this one checked the ACPI PM timer?
 *
 * Return: true if a hint says that its rate is right
 */
bool lobos_hinted_pm_timer(void);

/*
 * lobos_irq_routing_table() - acpi_get_irq_routing_table(), or what a hint says
 * @bridge: acpi_handle of a PCI bridge
 * @table: as that function gives it
 *
 * Return: acpi_status
 */
u32 lobos_irq_routing_table(void *bridge, struct acpi_buffer *table);

/* Reserves the safe area, and the logs that an earlier kernel left in it. */
void lobos_reserve(void);

/*
 * lobos_boot_from_command_line() - boot the file that lobos.boot= names
 *
 * Called by the kernel's own thread, instead of the first user program, when
 * the root is mounted and the sysctls of the command line are set. Returns if
 * there is no such parameter or if the boot is refused; then init is next.
 */
void lobos_boot_from_command_line(void);

#else /* !CONFIG_LOBOS */
static inline void lobos_take_hints(void) { }
static inline bool lobos_hinted_pm_timer(void) { return false; }
#define lobos_irq_routing_table acpi_get_irq_routing_table
static inline void lobos_reserve(void) { }
static inline void lobos_boot_from_command_line(void) { }
#endif

#endif /* _LINUX_LOBOS_H */
