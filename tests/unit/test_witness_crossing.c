// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_witness_crossing.c - places, the state of paging and protection, pages, and how they are written
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "witness/crossing.h"

#define MEMORY	(UINT64_C(16) * CROSSING_PAGE)
#define CR0_PE	UINT32_C(1)
#define CR0_PG	UINT32_C(0x80000000)

static const struct image_extent image = {
	.start = 0x1000000, .end = 0x1730000, .linear = 0xc0000000,
};
static const struct image_extent image_64 = {
	.start = 0x1000000, .end = 0x1c28000, .linear = 0xffffffff80000000,
};

static void places_of_the_old_system(void **state)
{
	static const struct {
		uint64_t linear, physical;
		enum place place;
	} cases[] = {
		{ 0xc103b87c, 0x0103b87c, PLACE_OLD_KERNEL },
		{ 0x0103a77f, 0x0103a77f, PLACE_OLD_KERNEL_PHYSICAL },
		{ 0xd0803000, 0x05123000, PLACE_OLD_MODULE },
		{ 0xd0803000, PLACE_NOWHERE, PLACE_OLD_MODULE },
		{ 0xc1c00000, 0x01c00000, PLACE_SAFE_AREA },
		{ 0x0fe5f000, 0x0fe5f000, PLACE_SAFE_AREA },
		{ 0x0000700c, 0x0000700c, PLACE_LOW_MEMORY },
		{ 0x00097000, 0x00097000, PLACE_LOW_MEMORY },
		{ 0x000ffea5, 0x000ffea5, PLACE_BIOS },
		{ 0x000c0003, PLACE_NOWHERE, PLACE_BIOS },
		{ 0xfffffff0, PLACE_NOWHERE, PLACE_BIOS },
		{ 0x01730000, 0x01730000, PLACE_SAFE_AREA },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(place_of(STAGE_OLD, cases[i].linear, cases[i].physical, &image,
					  PLACE_NOWHERE), cases[i].place);
}

static void places_of_an_old_system_of_64_bits(void **state)
{
	static const struct {
		uint64_t linear, physical;
		enum place place;
	} cases[] = {
		{ 0xffffffff8103b000, 0x0103b000, PLACE_OLD_KERNEL },
		{ 0xffff88800103b000, 0x0103b000, PLACE_OLD_KERNEL },
		{ 0x000000000103b000, 0x0103b000, PLACE_OLD_KERNEL_PHYSICAL },
		{ 0xffffffff8103b061, 0x00960061, PLACE_SAFE_AREA },	/* kexec's page in its place */
		{ 0xffffffffa0003000, 0x05123000, PLACE_OLD_MODULE },
		{ 0xffff888005123000, 0x05123000, PLACE_SAFE_AREA },	/* four levels */
		{ 0xff11000005123000, 0x05123000, PLACE_SAFE_AREA },	/* five */
		{ 0x0000000005123000, 0x05123000, PLACE_SAFE_AREA },
		{ 0x0000000000097000, 0x00097000, PLACE_LOW_MEMORY },
		{ 0x00000000000ffea5, 0x000ffea5, PLACE_BIOS },
		{ 0x00000000fffffff0, PLACE_NOWHERE, PLACE_BIOS },
		/* What 32 bits take for the kernel's addresses is memory here. */
		{ 0x00000000c5123000, 0xc5123000, PLACE_SAFE_AREA },
		{ 0x0000000100000000, 0x100000000, PLACE_SAFE_AREA },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(place_of(STAGE_OLD, cases[i].linear, cases[i].physical, &image_64,
					  PLACE_NOWHERE), cases[i].place);
	assert_true(place_is_kernels(0xffffffffffffffff, &image_64));
	assert_false(place_is_kernels(0x00007fffffffffff, &image_64));
	assert_true(place_is_kernels(0xc0000000, &image));
	assert_false(place_is_kernels(0xfffffff0, &image));
}

static void an_image_is_taken_by_its_numbers(void **state)
{
	struct image_extent to = { 0 };

	(void)state;
	assert_true(place_take_image(&to, "image_start=16777216"));
	assert_true(place_take_image(&to, "image_end=0x1c28000"));
	assert_true(place_take_image(&to, "image_linear=18446744071562067968"));
	assert_false(place_take_image(&to, "memory=1"));
	assert_int_equal(to.start, image_64.start);
	assert_int_equal(to.end, image_64.end);
	assert_int_equal(to.linear, image_64.linear);
}

/* A bzImage that kexec put to the end of memory, and the next one at 16 MiB again. */
static void a_kernel_can_lie_elsewhere(void **state)
{
	struct image_extent to = image_64;

	(void)state;
	place_move_image(&to, 0xee00002);
	assert_int_equal(to.start, 0xee00000);
	assert_int_equal(place_of(STAGE_OLD, 0xffffffff8103b000, 0xee3b000, &to, PLACE_NOWHERE),
			 PLACE_OLD_KERNEL);
	assert_int_equal(place_of(STAGE_OLD, 0xffffffffa0003000, 0x103b000, &to, PLACE_NOWHERE),
			 PLACE_OLD_MODULE);
	assert_int_equal(place_of(STAGE_OLD, 0xffff88800103b000, 0x103b000, &to, PLACE_NOWHERE),
			 PLACE_SAFE_AREA);
	place_move_image(&to, 0x1000002);
	assert_memory_equal(&to, &image_64, sizeof(to));
}

static void places_of_what_comes_after(void **state)
{
	(void)state;
	assert_int_equal(place_of(STAGE_OLD, 0x90200, 0x90200, &image, 0x90000), PLACE_SETUP);
	assert_int_equal(place_of(STAGE_OLD, 0x70ca, 0x70ca, &image, 0x90000),
			 PLACE_LOW_MEMORY);
	assert_int_equal(place_of(STAGE_OLD, 0x3000, 0x3000, &image, 0x3000), PLACE_SETUP);
	assert_int_equal(place_of(STAGE_OLD, 0x12fff, 0x12fff, &image, 0x3000), PLACE_SETUP);
	assert_int_equal(place_of(STAGE_OLD, 0x13000, 0x13000, &image, 0x3000),
			 PLACE_LOW_MEMORY);
	assert_int_equal(place_of(STAGE_OLD, 0xff065, 0xff065, &image, 0xf0000), PLACE_BIOS);
	assert_int_equal(place_of(STAGE_FIRMWARE, 0xffc1000, 0xffc1000, &image, PLACE_NOWHERE),
			 PLACE_BIOS);
	assert_int_equal(place_of(STAGE_LOADER, 0x7c00, 0x7c00, &image, PLACE_NOWHERE),
			 PLACE_LOADER);
	assert_int_equal(place_of(STAGE_LOADER, 0xff065, 0xff065, &image, PLACE_NOWHERE),
			 PLACE_BIOS);
	assert_int_equal(place_of(STAGE_DECOMPRESSOR, 0x100000, 0x100000, &image, PLACE_NOWHERE),
			 PLACE_DECOMPRESSOR);
	assert_int_equal(place_of(STAGE_NEW_KERNEL, 0x1000000, 0x1000000, &image, PLACE_NOWHERE),
			 PLACE_NEW_KERNEL);
	for (int place = 0; place < PLACES; place++)
		assert_int_equal(place_from_name(place_name(place)), place);
}

static struct noted load_of_cr0(enum operand_source source, uint32_t keep, uint32_t set)
{
	return (struct noted){
		.step = { .kind = STEP_CR0, .vector = -1 }, .linear = 0x1000, .physical = 0x1000,
		.mark = -1, .operand = { source, keep, set },
		.value_known = source == OPERAND_CONSTANT, .value = set,
	};
}

static void loads_of_cr0_are_followed(void **state)
{
	struct crossing w = { 0 };
	struct noted n = load_of_cr0(OPERAND_CR0, ~CR0_PG, 0);

	(void)state;
	crossing_begin(&w, 100, MEMORY, false);
	assert_int_equal(w.paging, BIT_ON);
	assert_int_equal(w.protection, BIT_ON);
	crossing_note(&w, &n);
	assert_int_equal(w.paging, BIT_OFF);
	assert_int_equal(w.protection, BIT_ON);
	n = load_of_cr0(OPERAND_CR0, ~CR0_PE, 0);
	crossing_note(&w, &n);
	assert_int_equal(w.paging, BIT_OFF);
	assert_int_equal(w.protection, BIT_OFF);
	n = load_of_cr0(OPERAND_CONSTANT, 0, CR0_PE | CR0_PG);
	crossing_note(&w, &n);
	assert_int_equal(w.paging, BIT_ON);
	n = load_of_cr0(OPERAND_UNKNOWN, 0, 0);
	crossing_note(&w, &n);
	assert_int_equal(w.paging, BIT_UNKNOWN);
	assert_int_equal(w.protection, BIT_UNKNOWN);
	/* Each load is a step of its own, with the state that it found. */
	assert_int_equal(w.kinds[STEP_CR0], 4);
	assert_int_equal(w.steps.n, 4);
	assert_int_equal(w.steps.at[1].paging, BIT_OFF);
	assert_int_equal(w.steps.at[1].protection, BIT_ON);
	crossing_free(&w);
}

static void note_value(struct crossing *w, enum step_kind kind, uint32_t msr, uint64_t value)
{
	struct noted n = {
		.step = { .kind = kind, .vector = -1 }, .mark = -1, .msr = msr, .value = value,
		.value_known = true,
	};

	crossing_note(w, &n);
}

/* As a decompressor enters it behind a reset, and as a way leaves it. */
static void long_mode_is_followed(void **state)
{
	struct crossing w = { 0 };

	(void)state;
	crossing_begin(&w, 0, MEMORY, true);
	assert_int_equal(w.long_mode, BIT_ON);
	assert_int_equal(w.bits, 64);
	note_value(&w, STEP_CR0, 0, CR0_PE);
	assert_int_equal(w.long_mode, BIT_OFF);
	assert_int_equal(w.steps.at[0].long_mode, BIT_ON);
	note_value(&w, STEP_CR0, 0, CR0_PE | CR0_PG);
	assert_int_equal(w.long_mode, BIT_ON);
	note_value(&w, STEP_CR0, 0, CR0_PE);
	note_value(&w, STEP_MSR, 0xc0000080, 0);
	note_value(&w, STEP_MSR, 0xc0000101, 0x100);
	note_value(&w, STEP_CR0, 0, CR0_PE | CR0_PG);
	assert_int_equal(w.long_mode, BIT_OFF);
	note_value(&w, STEP_RESET, 0, 0);
	note_value(&w, STEP_MSR, 0xc0000080, 0x100);
	assert_int_equal(w.long_mode, BIT_OFF);
	note_value(&w, STEP_CR0, 0, CR0_PE | CR0_PG);
	assert_int_equal(w.long_mode, BIT_ON);
	/* Two registers by the same instruction are two steps. */
	assert_int_equal(w.steps.at[4].msr, 0xc0000101);
	crossing_free(&w);
}

static void a_kernel_of_32_bits_never_has_it(void **state)
{
	struct crossing w = { 0 };

	(void)state;
	crossing_begin(&w, 0, MEMORY, false);
	note_value(&w, STEP_CR0, 0, CR0_PE | CR0_PG);
	assert_int_equal(w.long_mode, BIT_OFF);
	assert_int_equal(w.bits, 32);
	crossing_free(&w);
}

static void numbers_of_64_bits_have_a_sign(void **state)
{
	struct crossing w = { 0 };
	struct noted n = {
		.step = { .kind = STEP_LGDT, .vector = -1 }, .mark = -1, .bits = 64,
		.linear = 0xffffffff8103b000, .physical = 0x103b000, .table_known = true,
		.base = 0xfffffe0000001000, .limit = 0x7f,
	};
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(f);
	crossing_begin(&w, 0, MEMORY, true);
	crossing_note(&w, &n);
	note_value(&w, STEP_MSR, 0xc0000080, 0xfffffffffffff901);
	crossing_write(&w, 10, f);
	fclose(f);
	crossing_free(&w);
	assert_non_null(strstr(text, "\"linear\":-2130464768,"));
	assert_non_null(strstr(text, "\"long_mode\":true,\"physical\":17018880,\"limit\":127,"
			       "\"base\":-2199023251456}\n"));
	assert_non_null(strstr(text, "\"msr\":3221225600,\"value\":-1791}\n"));
	assert_non_null(strstr(text, "\"paging\":true,\"long_mode\":true}\n"));
	free(text);
}

static void a_reset_switches_both_off(void **state)
{
	struct crossing w = { 0 };
	struct noted n = { .step = { .kind = STEP_RESET, .vector = -1 }, .mark = -1 };

	(void)state;
	crossing_begin(&w, 0, MEMORY, false);
	crossing_note(&w, &n);
	assert_int_equal(w.paging, BIT_OFF);
	assert_int_equal(w.protection, BIT_OFF);
	assert_int_equal(w.stage, STAGE_FIRMWARE);
	crossing_free(&w);
}

static void the_same_step_in_a_row_is_one(void **state)
{
	struct crossing w = { 0 };
	struct noted n = { .step = { .kind = STEP_HALT, .vector = -1 }, .mark = -1 };

	(void)state;
	crossing_begin(&w, 0, MEMORY, false);
	crossing_note(&w, &n);
	crossing_note(&w, &n);
	n.linear = 2;
	crossing_note(&w, &n);
	assert_int_equal(w.steps.n, 2);
	assert_int_equal(w.steps.at[0].times, 2);
	assert_int_equal(w.kinds[STEP_HALT], 3);
	crossing_free(&w);
}

static void steps_beyond_the_list_are_counted(void **state)
{
	struct crossing w = { 0 };
	struct noted n = { .step = { .kind = STEP_HALT, .vector = -1 }, .mark = -1 };

	(void)state;
	crossing_begin(&w, 0, MEMORY, false);
	for (uint64_t i = 0; i < CROSSING_STEPS; i++) {
		n.linear = i;
		assert_non_null(crossing_note(&w, &n));
	}
	n.linear++;
	assert_null(crossing_note(&w, &n));
	assert_int_equal(w.steps.n, CROSSING_STEPS);
	assert_int_equal(w.kinds[STEP_HALT], CROSSING_STEPS + 1);
	crossing_free(&w);
}

/* Of a run that nobody ended nothing is told: its code was not left yet. */
static void instructions_are_counted_by_place(void **state)
{
	struct crossing w = { 0 };
	struct noted off = load_of_cr0(OPERAND_CR0, ~CR0_PE, 0);

	(void)state;
	crossing_begin(&w, 100, MEMORY, false);
	crossing_run(&w, 103, PLACE_OLD_KERNEL);
	crossing_run(&w, 107, PLACE_OLD_KERNEL);
	crossing_run(&w, 110, PLACE_SAFE_AREA);
	off.instructions = 114;
	crossing_note(&w, &off);
	assert_int_equal(w.places[PLACE_SAFE_AREA][1], 5);
	crossing_run(&w, 116, PLACE_SAFE_AREA);
	crossing_run(&w, 117, PLACES);
	crossing_run(&w, 200, PLACE_OLD_KERNEL);
	assert_int_equal(w.places[PLACE_OLD_KERNEL][1], 7);
	assert_int_equal(w.places[PLACE_SAFE_AREA][1], 5);
	assert_int_equal(w.places[PLACE_SAFE_AREA][0], 2);
	assert_int_equal(w.places[PLACE_OLD_KERNEL][0], 0);
	crossing_free(&w);
}

static void it_is_written_line_by_line(void **state)
{
	struct crossing w = { 0 };
	struct noted n = load_of_cr0(OPERAND_CR0, 0x7fffffff, 1);
	char *text = NULL;
	size_t size = 0;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(f);
	crossing_begin(&w, 100, MEMORY, false);
	w.deep = 109;
	crossing_note(&w, &n);
	crossing_access(&w, 110, 0xc0002000, 0x2000);
	crossing_store(&w, 0x2000, 4);
	crossing_access(&w, 111, 0x3000, 0x3000);
	crossing_store(&w, 0x3000, 1);
	crossing_access(&w, 112, 0x5000, 0x5000);
	crossing_store(&w, 0x5000, 2);
	crossing_access(&w, 113, 0x6000, 0x6000);
	crossing_access(&w, 114, 0xfffc0000, MEMORY);
	crossing_store(&w, MEMORY, 4);
	w.places[PLACE_SAFE_AREA][1] = 7;
	crossing_write(&w, 200, f);
	fclose(f);
	crossing_free(&w);
	assert_non_null(strstr(text, "{\"line\":\"crossing\",\"begin\":100,\"deep\":109}\n"));
	assert_non_null(strstr(text, "\"from\":\"cr0\",\"keep\":2147483647,\"set\":1}\n"));
	assert_non_null(strstr(text, "{\"line\":\"pages\",\"start\":8192,\"pages\":2,\"bytes\":5}\n"
			       "{\"line\":\"pages\",\"start\":20480,\"pages\":1,\"bytes\":2}\n"));
	assert_non_null(strstr(text, "{\"line\":\"place\",\"place\":\"safe_area\","
			       "\"protection\":true,\"instructions\":7}\n"));
	assert_non_null(strstr(text, "{\"line\":\"end\",\"instructions\":200,\"moved\":1,\"same\":3,"
			       "\"last_moved\":110,\"device\":1,\"protection\":true,"
			       "\"paging\":false}\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_of_the_old_system),
		cmocka_unit_test(places_of_an_old_system_of_64_bits),
		cmocka_unit_test(an_image_is_taken_by_its_numbers),
		cmocka_unit_test(a_kernel_can_lie_elsewhere),
		cmocka_unit_test(places_of_what_comes_after),
		cmocka_unit_test(loads_of_cr0_are_followed),
		cmocka_unit_test(long_mode_is_followed),
		cmocka_unit_test(a_kernel_of_32_bits_never_has_it),
		cmocka_unit_test(numbers_of_64_bits_have_a_sign),
		cmocka_unit_test(a_reset_switches_both_off),
		cmocka_unit_test(the_same_step_in_a_row_is_one),
		cmocka_unit_test(steps_beyond_the_list_are_counted),
		cmocka_unit_test(instructions_are_counted_by_place),
		cmocka_unit_test(it_is_written_line_by_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
