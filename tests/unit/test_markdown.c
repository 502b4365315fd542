// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_markdown.c - what becomes markup, what does not
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/html.h"
#include "report/markdown.h"
#include "analysis/words.h"

static char *text;
static size_t size;

static FILE *begin(void)
{
	return open_memstream(&text, &size);
}

static void assert_written(FILE *f, const char *should_be)
{
	fclose(f);
	assert_string_equal(text, should_be);
	free(text);
}

static void markup_is_escaped(void **state)
{
	char *is = md_escaped("<b> a|b *c* [d](e) `f` _g_ \\ #1 &amp; $h$\n# i");

	(void)state;
	assert_string_equal(is, "\\<b\\> a\\|b \\*c\\* \\[d\\](e) \\`f\\` \\_g\\_ \\\\ \\#1 "
				"\\&amp; \\$h\\$ \\# i");
	free(is);
}

static void a_table_can_be_read_as_text(void **state)
{
	static const char *const headers[] = { "way", "n" };
	struct md_table *t = md_table_new("lr", headers);
	FILE *f = begin();

	(void)state;
	md_cell(t, "%s", "bios");
	md_cell(t, "%d", 12345);
	md_cell(t, "a|b");
	md_table_end(t, f);
	assert_written(f, "| way  |     n |\n"
			  "| ---- | ----: |\n"
			  "| bios | 12345 |\n"
			  "| a\\|b |       |\n\n");
}

static void a_fence_cannot_be_closed_from_within(void **state)
{
	FILE *f = begin();

	(void)state;
	md_verbatim(f, "a\n````\n# b");
	assert_written(f, "`````text\na\n````\n# b\n`````\n\n");
}

static void lines_are_wrapped(void **state)
{
	static const char seventy[] = "123456789012345678901234567890123456789012345678901234567890"
				      "1234567890";
	FILE *f = begin();

	(void)state;
	md_paragraph(f, "%s is a word, %s another", seventy, seventy);
	md_item(f, "%s %s", seventy, seventy);
	assert_written(f, "1234567890123456789012345678901234567890123456789012345678901234567890 "
			  "is a word,\n"
			  "1234567890123456789012345678901234567890123456789012345678901234567890 "
			  "another\n\n"
			  "* "
			  "1234567890123456789012345678901234567890123456789012345678901234567890\n"
			  "  "
			  "1234567890123456789012345678901234567890123456789012345678901234567890"
			  "\n");
}

/* A word that would begin a list or a heading stays where it is; so does a unit. */
static void wrapping_makes_no_markup(void **state)
{
	static const char ninety_eight[] = "12345678901234567890123456789012345678901234567890"
					   "123456789012345678901234567890123456789012345678";
	char should_be[256];
	FILE *f = begin();

	(void)state;
	md_paragraph(f, "%s 1. %s", ninety_eight, ninety_eight);
	snprintf(should_be, sizeof(should_be), "%s 1.\n%s\n\n", ninety_eight, ninety_eight);
	assert_written(f, should_be);
	f = begin();
	md_paragraph(f, "%s %% of it", ninety_eight);
	snprintf(should_be, sizeof(should_be), "%s\xc2\xa0%%\nof it\n\n", ninety_eight);
	assert_written(f, should_be);
}

static char *page(const char *markdown)
{
	struct error *err = NULL;
	char *html = NULL;

	assert_int_equal(html_page(markdown, "<title>", "report/style.css", "/",
				   HTML_PICTURES_PNG_BESIDE, &html, &err),
			 0);
	return html;
}

static void the_page_keeps_to_itself(void **state)
{
	char *html = page("# a\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) "
			  "<b>c</b>\n\n"
			  "| a | b |\n|---|--:|\n| c | d |\n");

	(void)state;
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "javascript:"));
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "http"));
	assert_non_null(strstr(html, "<title>&lt;title&gt;</title>"));
	assert_non_null(strstr(html, "<td align=\"right\">d</td>"));
	assert_non_null(strstr(html, "prefers-color-scheme: dark"));
	free(html);
}

static void pictures_get_in(void **state)
{
	struct error *err = NULL;
	char *html = page("![alt \"text\"](figures/a.svg)");

	(void)state;
	assert_non_null(strstr(html, "<img src=\"figures/a.png\" alt=\"alt &quot;text&quot;\""));
	free(html);
	assert_int_equal(html_page("![alt &lt;b&gt;\non two lines](tests/data/dot.svg)", "t",
				   "report/style.css", ".", HTML_PICTURES_INSIDE, &html, &err),
			 0);
	assert_non_null(strstr(html, "<img alt=\"alt &lt;b&gt; on two lines\" "
				     "src=\"data:image/svg+xml,%3Csvg "));
	free(html);
	html = NULL;
	assert_true(html_page("![a](no/such.svg)", "t", "report/style.css", ".",
			      HTML_PICTURES_INSIDE, &html, &err) < 0);
	assert_non_null(strstr(err->message, "no/such.svg"));
	error_free(err);
}

static void numbers_in_words(void **state)
{
	(void)state;
	assert_string_equal(words_seconds(1.5234).s, "1.523 s");
	assert_string_equal(words_seconds(INFINITY).s, "never");
	assert_string_equal(words_seconds(NAN).s, "–");
	assert_string_equal(words_seconds_interval((struct stats_interval){ 1, 2 }).s,
			    "1.000 to 2.000 s");
	assert_string_equal(words_seconds_interval((struct stats_interval){ 1, INFINITY }).s,
			    "1.000 to never");
	assert_string_equal(words_seconds_interval((struct stats_interval){ NAN, NAN }).s, "–");
	assert_string_equal(words_ms(0.0000412).s, "0.041");
	assert_string_equal(words_ms(-0.0123).s, "−12.3");
	assert_string_equal(words_ms(1.0799).s, "1080");
	assert_string_equal(words_count(1234567).s, "1 234 567");
	assert_string_equal(words_count(12).s, "12");
}

/* 999 of 1000 is not all, 1 of 100000 is not none. */
static void shares_do_not_round_to_all(void **state)
{
	(void)state;
	assert_string_equal(words_percent(1).s, "100 %");
	assert_string_equal(words_percent(0.99999).s, "99.9 %");
	assert_string_equal(words_percent(0.00001).s, "0.1 %");
	assert_string_equal(words_percent(0).s, "0 %");
	assert_string_equal(words_percent_interval((struct stats_interval){ 0.8321, 1 }).s,
			    "83.2 to 100 %");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(markup_is_escaped),
		cmocka_unit_test(a_table_can_be_read_as_text),
		cmocka_unit_test(a_fence_cannot_be_closed_from_within),
		cmocka_unit_test(lines_are_wrapped),
		cmocka_unit_test(wrapping_makes_no_markup),
		cmocka_unit_test(the_page_keeps_to_itself),
		cmocka_unit_test(pictures_get_in),
		cmocka_unit_test(numbers_in_words),
		cmocka_unit_test(shares_do_not_round_to_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
