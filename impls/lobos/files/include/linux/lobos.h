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

struct file;

/*
 * An image on its way from the file into memory. The payload lies in single
 * pages, none of them inside [destination, destination + memory_bytes).
 */
struct lobos_image {
	const char *name;		/* for messages; belongs to the caller */
	phys_addr_t destination;
	phys_addr_t entry;
	unsigned long payload_bytes;
	unsigned long memory_bytes;
	unsigned long nr_pages;
	struct page **pages;		/* the payload's, in order; used while staging only */
	struct list_head kept;		/* all pages in use: payload, page tables */
	struct list_head rejects;	/* pages inside the destination, held till the end */
	unsigned long nr_rejects;
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
bool lobos_arch_reserved(phys_addr_t start, phys_addr_t end);
phys_addr_t lobos_arch_limit(void);
int lobos_arch_prepare(struct lobos_image *image, const char *command_line);
u64 lobos_arch_cycles(u64 *khz);
void __noreturn lobos_arch_handoff(void);

/* Stage: */
__printf(2, 3) int lobos_refuse(int error, const char *format, ...);
struct page *lobos_alloc_page(struct lobos_image *image, gfp_t gfp);
int lobos_image_read(struct lobos_image *image, struct file *file);
void lobos_image_free(struct lobos_image *image);
char *lobos_running_command_line(void);

/* Commit: */
void __noreturn lobos_commit(const struct lobos_image *image);
void lobos_log_keep(void);

/* The previous kernel's log: */
size_t lobos_log_intact(u32 *generation);

/* Faults to order, for tests. */
#ifdef CONFIG_LOBOS_TEST
bool lobos_test_reject(void);
bool lobos_test_damage(void);
bool lobos_test_fault(void);
#else
static inline bool lobos_test_reject(void) { return false; }
static inline bool lobos_test_damage(void) { return false; }
static inline bool lobos_test_fault(void) { return false; }
#endif

/* Hooks in stock files: */
void lobos_reserve(void);
void lobos_boot_from_command_line(void);

#else /* !CONFIG_LOBOS */
static inline void lobos_reserve(void) { }
static inline void lobos_boot_from_command_line(void) { }
#endif

#endif /* _LINUX_LOBOS_H */
