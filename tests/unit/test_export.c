// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_export.c - that export.c writes the lines that results/README.md promises
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "reboot/doubt.h"
#include "store/export.h"
#include "sample_maker.h"
#include "scratch.h"

static char *exported(const struct sample *samples, size_t n, enum export_format format)
{
	struct error *err = NULL;
	char *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	assert_non_null(f);
	assert_int_equal(export_samples(samples, n, format, f, "memory", &err), 0);
	fclose(f);
	return text;
}

static struct sample plain_sample(void)
{
	struct sample s = make_sample("2026-11-22T031500Z-bench", 3, 1);

	s.doubts = DOUBT_BIT(DOUBT_EMULATED) | DOUBT_BIT(DOUBT_HOST_BUSY);
	return s;
}

static void test_jsonl(void **state)
{
	struct sample s[2] = { plain_sample(), plain_sample() };
	CLEANUP_FREE char *text = NULL;

	(void)state;
	s[0].chain = 1;
	s[0].witness = PROOF_CONFIRMED;
	s[1].judgement.verdict = VERDICT_HUNG;
	s[1].judgement.proved = false;
	s[1].latency_ns = s[1].downtime_ns = -1;
	s[1].log_state = PRESERVED_LOG_DAMAGED;
	s[1].doubts = 0;
	s[1].variant[0] = s[1].hints[0] = s[1].firmware[0] = s[1].chipset[0] = '\0';
	s[1].cpus = s[1].memory_mib = 0;
	s[1].build[0] = s[1].cpu_model[0] = '\0';
	s[1].memory_kib = 0;
	s[1].whole = WHOLE_UNKNOWN;
	s[1].differences = 0;
	memset(s[1].phases.at, 0, sizeof(s[1].phases.at));
	text = exported(s, 2, EXPORT_JSONL);
	assert_string_equal(text,
		"{\"schema\":2,\"run\":\"2026-11-22T031500Z-bench\",\"scenario\":\"bench\","
		"\"way\":\"kexec\",\"variant\":\"vmlinux no-checks\",\"arch\":\"i386\","
		"\"kernel\":\"6.1.0 #1 SMP\",\"accel\":\"tcg\",\"clock\":\"wall\",\"machine\":3,"
		"\"index\":1,\"warmup\":false,\"verdict\":\"ok\",\"proved\":true,"
		"\"latency_ns\":2345678901,\"downtime_ns\":2245678901,\"phases_ns\":{"
		"\"shutdown\":1000000,\"load\":2000000,\"quiesce\":3000000,\"handoff\":4000000,"
		"\"decompress\":null,\"kernel\":8000000,\"userspace\":9000000},\"log_kept\":true,"
		"\"doubts\":[\"emulated\",\"host_busy\"],\"console_bytes\":12345,"
		"\"latency_instructions\":99,\"phases_instructions\":{\"kernel\":77},"
		"\"revision\":\"0123456789012345678901234567890123456789\","
		"\"hints\":[\"lpj\",\"tsc\"],\"firmware\":\"bios\",\"chipset\":\"pc\",\"cpus\":2,"
		"\"memory_mib\":1024,\"whole\":false,\"differences\":[\"tsc\",\"warnings\"],"
		"\"chain\":1,\"witness\":\"confirmed\",\"build\":\"i386-6.1\",\"memory_kib\":1000004,"
		"\"cpu_model\":\"qemu32\"}\n"
		"{\"schema\":2,\"run\":\"2026-11-22T031500Z-bench\",\"scenario\":\"bench\","
		"\"way\":\"kexec\",\"variant\":\"\",\"arch\":\"i386\","
		"\"kernel\":\"6.1.0 #1 SMP\",\"accel\":\"tcg\",\"clock\":\"wall\",\"machine\":3,"
		"\"index\":1,\"warmup\":false,\"verdict\":\"hung\",\"proved\":false,"
		"\"latency_ns\":null,\"downtime_ns\":null,\"phases_ns\":{},\"log_kept\":false,"
		"\"doubts\":[],\"console_bytes\":12345,"
		"\"latency_instructions\":99,\"phases_instructions\":{},"
		"\"revision\":\"0123456789012345678901234567890123456789\","
		"\"hints\":[],\"firmware\":null,\"chipset\":null,\"cpus\":null,"
		"\"memory_mib\":null,\"whole\":null,\"differences\":[],\"chain\":3,"
		"\"witness\":\"not witnessed\",\"build\":null,\"memory_kib\":null,\"cpu_model\":null}\n");
}

/* What a guest says of itself may be anything. */
static void test_jsonl_strange_text(void **state)
{
	struct sample s = plain_sample();
	CLEANUP_FREE char *text = NULL;

	(void)state;
	strcpy(s.kernel, "6.1 \"x\"\n\xff\xfe");
	text = exported(&s, 1, EXPORT_JSONL);
	assert_non_null(strstr(text, "\"kernel\":\"6.1 \\\"x\\\"\\n??\""));
}

static void test_csv(void **state)
{
	struct sample s = plain_sample();
	CLEANUP_FREE char *text = NULL;

	(void)state;
	strcpy(s.kernel, "6.1, \"mine\"");
	s.downtime_ns = -1;
	text = exported(&s, 1, EXPORT_CSV);
	assert_string_equal(text,
		"schema,run,scenario,way,variant,arch,kernel,accel,clock,machine,index,warmup,"
		"verdict,proved,latency_ns,downtime_ns,shutdown_ns,load_ns,quiesce_ns,handoff_ns,"
		"firmware_ns,bootloader_ns,decompress_ns,kernel_ns,userspace_ns,log_kept,doubts,"
		"console_bytes,latency_instructions,shutdown_instructions,load_instructions,"
		"quiesce_instructions,handoff_instructions,firmware_instructions,"
		"bootloader_instructions,decompress_instructions,kernel_instructions,"
		"userspace_instructions,revision,hints,firmware,chipset,cpus,memory_mib,whole,"
		"differences,chain,witness,build,memory_kib,cpu_model\r\n"
		"2,2026-11-22T031500Z-bench,bench,kexec,vmlinux no-checks,i386,"
		"\"6.1, \"\"mine\"\"\",tcg,wall,3,1,false,ok,true,2345678901,NA,1000000,2000000,"
		"3000000,4000000,,,NA,8000000,9000000,true,emulated host_busy,12345,99,,,,,,,,77,,"
		"0123456789012345678901234567890123456789,lpj tsc,bios,pc,2,1024,false,"
		"tsc warnings,3,not witnessed,i386-6.1,1000004,qemu32\r\n");
}

/* A table without rows still says its columns. */
static void test_csv_empty(void **state)
{
	CLEANUP_FREE char *text = exported(NULL, 0, EXPORT_CSV);

	(void)state;
	assert_int_equal(strncmp(text, "schema,run,", 11), 0);
	assert_string_equal(text + strlen(text) - 28, "build,memory_kib,cpu_model\r\n");
}

static int write_limited(void *path)
{
	const struct rlimit limit = { 1000, 1000 };
	CLEANUP_ERROR struct error *err = NULL;
	struct sample s[10];

	for (int i = 0; i < 10; i++)
		s[i] = plain_sample();
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &limit))
		return 10;
	if (export_file(s, 10, EXPORT_JSONL, path, &err) != -EFBIG)
		return 1;
	return err->class == ERROR_HOST && err->hint ? 0 : 2;
}

/* A file that cannot be written whole leaves the one that was there. */
static void test_file_whole_or_not(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "samples.jsonl");
	CLEANUP_FREE char *left = scratch_path(state, "samples.jsonl.new0");
	struct sample s = plain_sample();
	struct error *err = NULL;
	struct stat before, after;

	assert_int_equal(export_file(&s, 1, EXPORT_JSONL, path, &err), 0);
	assert_int_equal(stat(path, &before), 0);
	assert_int_equal(scratch_child(write_limited, path), 0);
	assert_int_equal(stat(path, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(access(left, F_OK), -1);
}

/* A pipe, as a shell's `>(program)` names one, stays one. */
static void test_pipe(void **state)
{
	CLEANUP_FREE char *path = scratch_path(state, "pipe");
	struct sample s = plain_sample();
	struct error *err = NULL;
	char first = 0;
	int fd;

	assert_int_equal(mkfifo(path, 0600), 0);
	fd = open(path, O_RDWR | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_int_equal(export_file(&s, 1, EXPORT_JSONL, path, &err), 0);
	assert_int_equal(read(fd, &first, 1), 1);
	assert_int_equal(first, '{');
	close(fd);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_jsonl),
		TEST(test_jsonl_strange_text),
		TEST(test_csv),
		TEST(test_csv_empty),
		TEST(test_file_whole_or_not),
		TEST(test_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
