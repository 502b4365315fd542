// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_figures.c - figures for print: their sizes, fonts, words and captions
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/path.h"
#include "report/captions.h"
#include "report/figures.h"
#include "report_samples.h"
#include "scratch.h"
#include "base/subprocess.h"

#define LONG_VARIANT "vmlinux no-checks some-option=some-value another-one=12"

/* Points of an inch to a mm. */
#define PT(mm) ((mm) / 25.4 * 72)

struct print {
	struct run_row run;
	struct report *report;
	char *dir;			/* the scratch folder itself */
	char *said;
	struct error *err;
	int rc;
};

/* Takes over the samples. */
static struct print print_of(void **state, sample_vec *samples)
{
	struct print p = { .run = made_run((int)samples->n), .dir = *state };
	size_t size;
	FILE *said = open_memstream(&p.said, &size);

	assert_non_null(said);
	p.report = report_model(&p.run, samples);
	p.rc = figures_publish(p.report, "report", p.dir, said, &p.err);
	assert_int_equal(fclose(said), 0);
	report_model_free(p.report);
	vec_free(samples);
	return p;
}

static void print_free(struct print *p)
{
	error_free(p->err);
	free(p->said);
}

static void assert_printed(const struct print *p)
{
	if (p->rc)
		fail_msg("%s", p->err->message);
}

static char *output_of(const char *program, const char *option, const char *file)
{
	const char *const argv[] = { program, option, file, "-", NULL };
	const char *const bare[] = { program, file, NULL };
	struct error *err = NULL;
	char *output = NULL;

	if (subprocess_run(option ? argv : bare, &output, &err))
		fail_msg("%s", err->message);
	return output;
}

/* Every word lies on the page, which is as wide as a column or two. */
static void assert_nothing_cut(const char *dir, const char *name, double width_mm)
{
	CLEANUP_FREE char *pdf = path_below(dir, name);
	CLEANUP_FREE char *boxes = output_of("pdftotext", "-bbox", pdf);
	const char *at = strstr(boxes, "<page");
	double width, height, left, top, right, bottom;
	int words = 0;

	assert_non_null(at);
	assert_int_equal(sscanf(at, "<page width=\"%lf\" height=\"%lf\"", &width, &height), 2);
	assert_true(width > PT(width_mm) - 1 && width < PT(width_mm) + 1);
	while ((at = strstr(at, "<word"))) {
		assert_int_equal(sscanf(at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" "
					    "yMax=\"%lf\"", &left, &top, &right, &bottom), 4);
		if (left < 0 || top < 0 || right > width || bottom > height)
			fail_msg("%s of %.1f x %.1f: %.90s", name, width, height, at);
		words++;
		at++;
	}
	assert_true(words > 5);
}

/* The fourth column from behind of what pdffonts says, below its two lines of head. */
static void assert_fonts_inside(const char *dir, const char *name)
{
	CLEANUP_FREE char *pdf = path_below(dir, name);
	CLEANUP_FREE char *fonts = output_of("pdffonts", NULL, pdf);
	char *line = strstr(fonts, "---"), embedded[4], subset[4], unicode[4];
	int object, number, n = 0;

	assert_non_null(line);
	for (line = strchr(line, '\n') + 1; *line; line = strchr(line, '\n') + 1, n++) {
		char *tail = strchr(line, '\n') - strlen("yes yes yes 123456 0");

		assert_int_equal(sscanf(tail - 3, "%*[^ny]%3s %3s %3s %d %d", embedded, subset,
					unicode, &object, &number), 5);
		assert_string_equal(embedded, "yes");
	}
	assert_true(n > 0);
}

static char *text_of(const char *dir, const char *name)
{
	CLEANUP_FREE char *path = path_below(dir, name);
	CLEANUP_FCLOSE FILE *f = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;

	assert_non_null(f);
	assert_true(getdelim(&text, &room, '\0', f) > 0);
	return text;
}

static void assert_says(const char *text, const char *words)
{
	if (!strstr(text, words))
		fail_msg("\"%s\" is not in:\n%s", words, text);
}

static bool is_there(const char *dir, const char *name)
{
	CLEANUP_FREE char *path = path_below(dir, name);

	return access(path, F_OK) == 0;
}

static void figures_are_ready_for_print(void **state)
{
	CLEANUP_FREE char *svg = NULL, *caption = NULL, *tex = NULL;
	sample_vec samples = { 0 };
	struct print p;

	made_samples(&samples, MADE_WAYS, 28);
	p = print_of(state, &samples);
	assert_printed(&p);
	assert_nothing_cut(p.dir, "latency.pdf", 84);
	assert_nothing_cut(p.dir, "cumulative.pdf", 84);
	assert_nothing_cut(p.dir, "phases.pdf", 174);
	assert_fonts_inside(p.dir, "latency.pdf");
	assert_fonts_inside(p.dir, "cumulative.pdf");
	assert_fonts_inside(p.dir, "phases.pdf");
	svg = text_of(p.dir, "phases.svg");
	assert_says(svg, "<svg");
	assert_null(strstr(svg, "<text"));
	caption = text_of(p.dir, "latency.txt");
	assert_says(caption, "lobos (n = 21)");
	assert_says(caption, "Scenario bench, run made; 84 reboots counted, 28 warm-ups not.");
	assert_says(caption, "95 % interval");
	assert_says(caption, "No reboot failed.");
	assert_says(caption, "TCG");
	tex = text_of(p.dir, "phases.tex");
	assert_says(tex, "\\begin{figure*}");
	assert_says(tex, "\\includegraphics{phases.pdf}");
	print_free(&p);
}

/* Whatever is awkward: names as long as they get, one reboot, one way, hardly any that came up. */
static void nothing_is_cut_off_anywhere(void **state)
{
	static const int reboots[] = { 2, 3, 2 }, failures[] = { 0, 2, 2 };
	static const size_t ways[] = { 1, MADE_WAYS, 2 };
	size_t i, k;

	for (i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		CLEANUP_FREE char *caption = NULL;
		sample_vec samples = { 0 };
		struct print p;

		made_samples(&samples, ways[i], reboots[i]);
		for (k = 0; k < samples.n; k++) {
			if (k % ways[i] == ways[i] - 1)
				strcpy(samples.at[k].variant, LONG_VARIANT);
			if (!samples.at[k].warmup && (int)(k / ways[i]) <= failures[i] && failures[i])
				make_fail(&samples.at[k], VERDICT_HUNG, PHASE_KERNEL);
		}
		if (i == 1)
			samples.at[samples.n - 1] =
				made_sample(&made_ways[3], 3, reboots[i] - 1);
		p = print_of(state, &samples);
		assert_printed(&p);
		assert_nothing_cut(p.dir, "latency.pdf", 84);
		assert_nothing_cut(p.dir, "cumulative.pdf", 84);
		assert_int_equal(is_there(p.dir, "phases.pdf"), i != 2);
		if (i != 2)
			assert_nothing_cut(p.dir, "phases.pdf", 174);
		caption = text_of(p.dir, "latency.txt");
		assert_null(strstr(caption, "95 % interval"));
		print_free(&p);
	}
}

/* The figure of instructions: of a run by both clocks, and alone where the clock is the exact one. */
static void the_exact_clock_has_a_figure(void **state)
{
	CLEANUP_FREE char *caption = NULL;
	sample_vec samples = { 0 };
	struct print p;

	made_samples(&samples, MADE_WAYS, 8);
	made_exact_samples(&samples, MADE_WAYS, 3);
	p = print_of(state, &samples);
	assert_printed(&p);
	assert_nothing_cut(p.dir, "instructions.pdf", 174);
	assert_nothing_cut(p.dir, "phases.pdf", 174);
	caption = text_of(p.dir, "instructions.txt");
	assert_says(caption, "bios (n = 3)");
	assert_says(caption, "Every machine executed the same, to the instruction.");
	assert_says(caption, "12 reboots counted, 12 warm-ups not.");
	print_free(&p);
	samples = (sample_vec){ 0 };
	made_exact_samples(&samples, 1, 2);
	p = print_of(state, &samples);
	assert_printed(&p);
	assert_true(is_there(p.dir, "instructions.pdf"));
	assert_false(is_there(p.dir, "phases.pdf"));
	assert_says(p.said, "phases: no reboot went by the wall clock, so there is no such figure");
	print_free(&p);
}

/* A machine of each of three sizes; the kernel takes 1 ms more for each 8 MiB, but for the largest. */
static void made_sizes(sample_vec *samples, const char *variant)
{
	static const int sizes[] = { 64, 256, 6144 };
	static char names[3][64];

	for (int i = 0; i < 3; i++) {
		struct made_way way = { "lobos", names[i],
					{ 122, 22, 2, 90, -1, -1, -1, 1000 + sizes[i] / (8 + i / 2), 95 } };

		snprintf(names[i], sizeof(names[i]), "%smemory_mib=%d", variant, sizes[i]);
		made_exact_machine(samples, &way, i, 0);
		samples->at[samples->n - 2].chain = samples->at[samples->n - 1].chain = i;
	}
}

static void each_line_has_its_slope(void **state)
{
	static const char *const variants[] = { "", "vmlinux no-checks option=value-of-some " };

	for (size_t i = 0; i < 2; i++) {
		CLEANUP_FREE char *caption = NULL, *data = NULL, *text = NULL, *pdf = NULL;
		sample_vec samples = { 0 };
		struct print p;

		made_sizes(&samples, variants[i]);
		p = print_of(state, &samples);
		assert_printed(&p);
		assert_nothing_cut(p.dir, "slopes.pdf", 84);
		assert_fonts_inside(p.dir, "slopes.pdf");
		pdf = path_below(p.dir, "slopes.pdf");
		text = output_of("pdftotext", "-layout", pdf);
		assert_says(text, "memory, MiB");
		assert_says(text, "slope in instructions per MiB (95 % interval)");
		data = text_of(p.dir, "slopes.dat");
		assert_says(data, " to ");
		caption = text_of(p.dir, "slopes.txt");
		assert_says(caption, "its slope with a 95 % interval (Student's t)");
		assert_says(caption, " instructions per MiB.");
		print_free(&p);
	}
}

/* Only failures: nothing of an earlier run in the same folder stays to be mistaken for it. */
static void a_figure_there_is_none_of_goes(void **state)
{
	CLEANUP_FREE char *caption = NULL;
	sample_vec samples = { 0 };
	struct print p;
	size_t i;

	made_samples(&samples, 1, 3);
	p = print_of(state, &samples);
	assert_printed(&p);
	assert_true(is_there(p.dir, "phases.tex"));
	print_free(&p);
	samples = (sample_vec){ 0 };
	made_samples(&samples, 1, 3);
	for (i = 0; i < samples.n; i++)
		make_fail(&samples.at[i], VERDICT_HUNG, PHASE_KERNEL);
	p = print_of(state, &samples);
	assert_printed(&p);
	assert_false(is_there(p.dir, "phases.pdf"));
	assert_false(is_there(p.dir, "phases.tex"));
	assert_says(p.said, "phases: no reboot came up");
	caption = text_of(p.dir, "cumulative.txt");
	assert_says(caption, "Failed: 2 of 2 by bios");
	print_free(&p);
}

static void nothing_counted_is_an_error(void **state)
{
	sample_vec samples = { 0 };
	struct print p;

	made_samples(&samples, 1, 1);
	p = print_of(state, &samples);
	assert_true(p.rc < 0);
	assert_int_equal(p.err->class, ERROR_USAGE);
	assert_says(p.err->message, "made has no reboot that counts");
	print_free(&p);
}

static void latex_sets_texts_as_they_are(void **state)
{
	char *tex = NULL;
	size_t size;
	FILE *f = open_memstream(&tex, &size);

	(void)state;
	caption_put_tex(f, "95 % of a_b & {c} \\d ~ ^ $ # <e> | 2 × \"f\"");
	fclose(f);
	assert_string_equal(tex, "95 \\% of a\\_b \\& \\{c\\} \\textbackslash{}d \\textasciitilde{} "
				 "\\textasciicircum{} \\$ \\# \\textless{}e\\textgreater{} "
				 "\\textbar{} 2 × \\textquotedbl{}f\\textquotedbl{}");
	free(tex);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(figures_are_ready_for_print, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(nothing_is_cut_off_anywhere, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(the_exact_clock_has_a_figure, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(each_line_has_its_slope, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(a_figure_there_is_none_of_goes, scratch_setup,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(nothing_counted_is_an_error, scratch_setup,
						scratch_teardown),
		cmocka_unit_test(latex_sets_texts_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
