// SPDX-License-Identifier: GPL-2.0-only
/*
 * previous_log.c - the logs of the kernels before this one, in /sys/kernel/lobos
 *
 * They stay where they are, in the safe area. previous_log is the text of the
 * newest, previous_log.raw the same with its header; the generations before it
 * have .2, .3 ... in their names. Only root reads them, as with dmesg_restrict.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "internal.h"

#define MAX_GENERATIONS		16
#define NAME_BYTES		sizeof("previous_log.16.raw")

enum log_state {
	LOG_NONE,
	LOG_KEPT,
	LOG_DAMAGED,
};

static const char * const state_names[] = {
	[LOG_NONE]	= "none",
	[LOG_KEPT]	= "kept",
	[LOG_DAMAGED]	= "damaged",
};

struct log_file {
	struct bin_attribute attribute;
	char name[NAME_BYTES];
};

static struct log_file files[2 * MAX_GENERATIONS];
static unsigned int nr_files;

/* Of the newest log. */
static enum log_state state;

/* The logs that may go on to the next kernel: the newest ones, up to the first damaged. */
static size_t intact_bytes;
static u32 newest_generation;

size_t lobos_log_intact(u32 *generation)
{
	*generation = newest_generation;
	return intact_bytes;
}

static ssize_t log_read(struct file *file, struct kobject *kobj,
			const struct bin_attribute *attribute, char *buf, loff_t offset,
			size_t count)
{
	return memory_read_from_buffer(buf, count, &offset, attribute->private, attribute->size);
}

static void __init add_file(struct kobject *dir, unsigned int age, const char *suffix,
			    const void *start, size_t bytes)
{
	struct log_file *file = &files[nr_files];
	int error;

	if (age == 1)
		snprintf(file->name, sizeof(file->name), "previous_log%s", suffix);
	else
		snprintf(file->name, sizeof(file->name), "previous_log.%u%s", age, suffix);

	sysfs_bin_attr_init(&file->attribute);
	file->attribute.attr.name = file->name;
	file->attribute.attr.mode = 0400;
	/* To kernels before 6.16 the attribute is not constant. */
	file->attribute.read = (void *)log_read;
	file->attribute.private = (void *)start;
	file->attribute.size = bytes;

	error = sysfs_create_bin_file(dir, &file->attribute);
	if (error)
		pr_warn("no file for %s (error %d)\n", file->name, -error);
	else
		nr_files++;
}

static bool __init header_is_intact(const struct preserved_log_header *header, size_t room)
{
	size_t to_crc = offsetof(struct preserved_log_header, header_crc);

	return room >= sizeof(*header) && header->magic == PRESERVED_LOG_MAGIC &&
	       header->version == PRESERVED_LOG_VERSION &&
	       header->header_bytes == sizeof(*header) &&
	       header->header_crc == lobos_crc(0, header, to_crc) &&
	       header->length <= room - sizeof(*header);
}

/*
 * A log whose text is damaged is shown raw: whoever wants it can judge it. Of
 * one whose header is damaged the header is all that can be shown.
 *
 * Return: the log's state
 */
static enum log_state __init show_log(struct kobject *dir, unsigned int age,
				      const struct preserved_log_header *header, size_t room)
{
	const char *text = (const char *)(header + 1);

	if (!header_is_intact(header, room)) {
		add_file(dir, age, ".raw", header, sizeof(*header));
		return LOG_DAMAGED;
	}
	add_file(dir, age, ".raw", header, sizeof(*header) + header->length);
	if (header->crc != lobos_crc(0, text, header->length))
		return LOG_DAMAGED;
	add_file(dir, age, "", text, header->length);
	return LOG_KEPT;
}

/* Return: how many logs there are, the newest one included if it is damaged */
static unsigned int __init show_logs(struct kobject *dir)
{
	const struct preserved_log_header *header;
	enum log_state this = LOG_KEPT;
	size_t room, offset = 0;
	unsigned int age;

	for (age = 1; age <= MAX_GENERATIONS && this == LOG_KEPT; age++) {
		header = lobos_safe.log + offset;
		room = lobos_safe.log_bytes - offset;
		if (age > 1 && (room < sizeof(*header) || !header->magic))
			break;

		this = show_log(dir, age, header, room);
		if (age == 1)
			state = this;
		if (this == LOG_KEPT) {
			if (age == 1)
				newest_generation = header->generation;
			offset += lobos_log_stride(header->length);
			intact_bytes = min(offset, lobos_safe.log_bytes);
		}
	}
	return age - 1;
}

static ssize_t previous_log_state_show(struct kobject *kobj, struct kobj_attribute *attribute,
				       char *buf)
{
	return sysfs_emit(buf, "%s\n", state_names[state]);
}

static const struct kobj_attribute state_attribute = __ATTR_RO_MODE(previous_log_state, 0400);

static void __init report(unsigned int nr_logs)
{
	const struct preserved_log_header *newest = lobos_safe.log;

	if (state == LOG_KEPT)
		pr_info("log of the previous kernel: %u bytes, generation %u, %u kept in all\n",
			newest->length, newest->generation, nr_logs);
	else if (state == LOG_DAMAGED)
		pr_warn("log of the previous kernel is damaged\n");
}

void __init lobos_show_previous_logs(struct kobject *dir)
{
	unsigned int nr_logs = 0;
	int error;

	error = sysfs_create_file(dir, &state_attribute.attr);
	if (error)
		pr_warn("no file for the log's state (error %d)\n", -error);

	if (lobos_safe.damaged)
		state = LOG_DAMAGED;
	else if (lobos_safe.handed)
		nr_logs = show_logs(dir);
	report(nr_logs);
}
