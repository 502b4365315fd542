// SPDX-License-Identifier: GPL-2.0-only
/*
 * test_flame.c - flame graphs and folded stacks of profiles that are made up
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libxml/parser.h>
#include <libxml/xpathInternals.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "profile_maker.h"
#include "report/flame.h"
#include "report/folded.h"
#include "scratch.h"

static struct profile made(void)
{
	struct profile p;

	profile_make(&p, "kexec vmlinux");
	profile_add(&p, PHASE_KERNEL, "start_kernel;small", 1000000);
	profile_add(&p, PHASE_KERNEL, "start_kernel;large", 6000000);
	profile_add(&p, PHASE_KERNEL, "start_kernel;large;invisible", 10);
	profile_add(&p, PHASE_LOAD, "<kexec> & \"co\" (program)", 2000000);
	return p;
}

/* The first number that an XPath expression gives for an SVG. */
static double query(const char *path, const char *expression)
{
	xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
	xmlXPathContextPtr context;
	xmlXPathObjectPtr found;
	double number;

	assert_non_null(doc);
	context = xmlXPathNewContext(doc);
	xmlXPathRegisterNs(context, (const xmlChar *)"s", (const xmlChar *)"http://www.w3.org/2000/svg");
	found = xmlXPathEvalExpression((const xmlChar *)expression, context);
	assert_non_null(found);
	number = xmlXPathCastToNumber(found);
	xmlXPathFreeObject(found);
	xmlXPathFreeContext(context);
	xmlFreeDoc(doc);
	return number;
}

#define BOX(title)	"//s:g[starts-with(s:title, '" title ":')]/s:rect"

static void boxes_are_as_wide_as_their_share(void **state)
{
	char *path = scratch_path(state, "reboot.svg");
	struct error *err = NULL;
	struct profile p = made();
	double whole;

	assert_int_equal(flame_write(&p, CALL_TREE_ALL, path, &err), 0);
	whole = query(path, "sum(" BOX("load") "/@width | " BOX("kernel") "/@width)");
	assert_true(query(path, BOX("kernel") "/@width") / whole > 0.777);
	assert_true(query(path, BOX("kernel") "/@width") / whole < 0.779);
	assert_true(query(path, BOX("large") "/@width") / whole > 0.666);
	assert_int_equal(query(path, "count(" BOX("invisible") ")"), 0);
	assert_int_equal(query(path, "count(//s:script | //@onclick | //@onmouseover)"), 0);
	profile_free(&p);
	free(path);
}

/* Phases stand in the order of time, callees below their caller, the widest first. */
static void boxes_lie_where_they_belong(void **state)
{
	char *path = scratch_path(state, "reboot.svg");
	struct error *err = NULL;
	struct profile p = made();

	assert_int_equal(flame_write(&p, CALL_TREE_ALL, path, &err), 0);
	assert_true(query(path, BOX("load") "/@x") < query(path, BOX("kernel") "/@x"));
	assert_true(query(path, BOX("start_kernel") "/@y") > query(path, BOX("kernel") "/@y"));
	assert_true(query(path, BOX("large") "/@y") > query(path, BOX("start_kernel") "/@y"));
	assert_true(query(path, BOX("large") "/@x") < query(path, BOX("small") "/@x"));
	assert_true(query(path, "number(/s:svg/@height)") >
		    query(path, BOX("large") "/@y") + 15);
	profile_free(&p);
	free(path);
}

static void one_phase_fills_the_width(void **state)
{
	char *path = scratch_path(state, "load.svg");
	struct error *err = NULL;
	struct profile p = made();

	assert_int_equal(flame_write(&p, 1u << PHASE_LOAD, path, &err), 0);
	assert_true(query(path, BOX("load") "/@width") > 1700);
	assert_int_equal(query(path, "count(" BOX("kernel") ")"), 0);
	assert_int_equal(query(path, "count(//s:title[contains(., '<kexec> & \"co\" (program)')])"), 1);
	profile_free(&p);
	free(path);
}

static void a_phase_without_instructions_is_no_picture_of_nothing(void **state)
{
	char *path = scratch_path(state, "empty.svg");
	struct error *err = NULL;
	struct profile p = made();

	assert_int_equal(flame_write(&p, 1u << PHASE_FIRMWARE, path, &err), 0);
	assert_int_equal(query(path, "count(//s:g)"), 0);
	profile_free(&p);
	free(path);
}

static void stacks_are_folded_by_phase(void **state)
{
	char *path = scratch_path(state, "reboot.folded"), *text;
	struct error *err = NULL;
	struct profile p = made();
	size_t n;

	assert_int_equal(folded_write(&p, path, &err), 0);
	text = file_read(path, FILE_ANY_LENGTH, &n, &err);
	assert_string_equal(text, "load;<kexec> & \"co\" (program) 2000000\n"
			    "kernel;start_kernel;small 1000000\nkernel;start_kernel;large 6000000\n"
			    "kernel;start_kernel;large;invisible 10\n");
	free(text);
	profile_free(&p);
	free(path);
}

#define TEST(name)	cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(boxes_are_as_wide_as_their_share),
		TEST(boxes_lie_where_they_belong),
		TEST(one_phase_fills_the_width),
		TEST(a_phase_without_instructions_is_no_picture_of_nothing),
		TEST(stacks_are_folded_by_phase),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
