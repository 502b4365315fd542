// SPDX-License-Identifier: GPL-2.0-only
/*
 * facts.c - the command that says what this machine has: processors, memory, clocks, disks
 *
 * Usage: facts [FILE]. Writes the lines from clocksource to efi_runtime of guest_protocol.h; what
 * cannot be read is 0 or empty. The status is 0, or an errno. A program of its own, so that PID 1
 * is not larger for it: reading PID 1 from the disk is part of each reboot.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "array_size.h"
#include "file.h"
#include "guest_protocol.h"

#define CLOCKSOURCE	"/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define EFI_RUNTIME	"/sys/firmware/efi/runtime"
#define EFI_MAP		"/sys/firmware/efi/runtime-map/0"	/* for the next kernel */
#define SETTLE_MS	5000	/* less than any host waits for a byte */
#define SETTLE_STEP_MS	50
#define FACILITY_SHIFT	3	/* of the number in front of a record of /dev/kmsg */

/*
 * The TSC is calibrated for a second after the drivers began; until then the kernel keeps time by
 * a clock that it will leave.
 */
static void wait_for_clock(void)
{
	static const char *const early[] = { "jiffies", "refined-jiffies", "tsc-early" };
	const struct timespec step = { .tv_nsec = SETTLE_STEP_MS * 1000000 };

	for (int ms = 0; ms < SETTLE_MS; ms += SETTLE_STEP_MS) {
		bool final = true;
		char name[64];

		file_read_line(CLOCKSOURCE, name, sizeof(name));
		for (size_t i = 0; i < ARRAY_SIZE(early); i++)
			final &= strcmp(name, early[i]) != 0;
		if (final)
			return;
		nanosleep(&step, NULL);
	}
}

/* Calls use() with each line of a file. */
static void each_line(const char *path, void (*use)(char *line, void *arg), void *arg)
{
	char *text = file_read(path, NULL), *save = NULL;

	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save))
		use(line, arg);
	free(text);
}

static void count_cpu(char *line, void *count)
{
	*(unsigned int *)count += !strncmp(line, "cpu", 3) && isdigit((unsigned char)line[3]);
}

static void write_ram(char *line, void *f)
{
	char *name = strstr(line, " : System RAM");

	/* What lies inside a range is indented. */
	if (name && *line != ' ')
		fprintf(f, "%.*s ", (int)(name - line), line);
}

static void write_memory(FILE *f)
{
	unsigned long kib = 0;
	char total[64];

	file_read_line("/proc/meminfo", total, sizeof(total));
	sscanf(total, "MemTotal: %lu", &kib);
	fprintf(f, DATA_LINE_MEMORY_KIB "%lu\n" DATA_LINE_MEMORY_MAP, kib);
	each_line("/proc/iomem", write_ram, f);
	fputc('\n', f);
}

/* What the kernel's log says. */
struct log_facts {
	unsigned long tsc_khz;
	unsigned int warnings;
};

static void take_record(struct log_facts *l, const char *text)
{
	static const char *const warnings[] = { "WARNING: ", "BUG: ", "watchdog: BUG: ",
						"kernel BUG at ", "Oops: " };
	static const char *const tsc[] = { "tsc: Detected %lu.%3lu MHz",
					   "tsc: Refined TSC clocksource calibration: %lu.%3lu MHz" };
	unsigned long mhz, khz;

	for (size_t i = 0; i < ARRAY_SIZE(warnings); i++)
		l->warnings += !strncmp(text, warnings[i], strlen(warnings[i]));
	for (size_t i = 0; i < ARRAY_SIZE(tsc); i++)
		if (sscanf(text, tsc[i], &mhz, &khz) == 2)
			l->tsc_khz = mhz * 1000 + khz;
}

/* The kernel's own records; what programs write there has another facility. */
static struct log_facts read_log(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct log_facts l = { 0 };
	char record[8192];
	ssize_t n;

	/* EPIPE: the oldest records were overwritten since; the next read goes on behind them. */
	while (fd >= 0 && ((n = read(fd, record, sizeof(record) - 1)) > 0 || errno == EPIPE)) {
		char *text;

		if (n <= 0)
			continue;
		record[n] = '\0';
		text = strchr(record, ';');
		if (text && !(strtoul(record, NULL, 10) >> FACILITY_SHIFT))
			take_record(&l, text + 1);
	}
	if (fd >= 0)
		close(fd);
	return l;
}

static int is_device(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void write_block_devices(FILE *f)
{
	struct dirent **found = NULL;
	int n = scandir("/sys/block", &found, is_device, alphasort);

	fputs(DATA_LINE_BLOCK_DEVICES, f);
	for (int i = 0; i < n; i++) {
		char path[300], sectors[32];

		snprintf(path, sizeof(path), "/sys/block/%s/size", found[i]->d_name);
		file_read_line(path, sectors, sizeof(sectors));
		fprintf(f, "%s:%s ", found[i]->d_name, sectors);
		free(found[i]);
	}
	free(found);
	fputc('\n', f);
}

/* Names of chips, each once, with a blank in front of and behind each. */
struct chips {
	char names[256];
};

static void add_chip(struct chips *c, const char *name)
{
	size_t used = strlen(c->names);
	char word[64];

	snprintf(word, sizeof(word), " %s ", name);
	if (!strstr(c->names, word))
		snprintf(c->names + used, sizeof(c->names) - used, "%s", word + (used > 0));
}

/*
 * A line has a number or a name, a count for each CPU, and behind the counts of a number the
 * chip. The timer of the CPU itself (LOC) is in use when it has fired.
 */
static void take_interrupt(char *line, void *chips)
{
	char *save = NULL, *label = strtok_r(line, " ", &save), *word;
	unsigned long fired = 0;

	while ((word = strtok_r(NULL, " ", &save)) && isdigit((unsigned char)*word))
		fired += strtoul(word, NULL, 10);
	if (!label || !word)
		return;
	if (isdigit((unsigned char)*label))
		add_chip(chips, word);
	else if (fired && !strcmp(label, "LOC:"))
		add_chip(chips, "LOC");
}

static void write_interrupts(FILE *f)
{
	struct chips c = { "" };

	each_line("/proc/interrupts", take_interrupt, &c);
	fprintf(f, DATA_LINE_INTERRUPTS "%s\n", c.names + (*c.names == ' '));
}

static void write_facts(FILE *f)
{
	struct log_facts log = read_log();
	unsigned int cpus = 0;
	char text[64];

	file_read_line(CLOCKSOURCE, text, sizeof(text));
	each_line("/proc/stat", count_cpu, &cpus);
	fprintf(f, DATA_LINE_CLOCKSOURCE "%s\n" DATA_LINE_CPUS "%u\n", text, cpus);
	write_memory(f);
	fprintf(f, DATA_LINE_TSC_KHZ "%lu\n", log.tsc_khz);
	write_block_devices(f);
	write_interrupts(f);
	file_read_line("/proc/sys/kernel/tainted", text, sizeof(text));
	fprintf(f, DATA_LINE_TAINT "%s\n" DATA_LINE_WARNINGS "%u\n", text, log.warnings);
	fprintf(f, DATA_LINE_EFI_RUNTIME "%d\n",
		!access(EFI_RUNTIME, F_OK) && !access(EFI_MAP, F_OK));
}

int main(int argc, char **argv)
{
	FILE *f = argc > 1 ? fopen(argv[1], "we") : stdout;

	if (!f)
		return errno;
	wait_for_clock();
	write_facts(f);
	return fclose(f) ? errno : 0;
}
