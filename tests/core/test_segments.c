/* SPDX-License-Identifier: MIT */
/* Segments in expressions: in_segment("key") is what the segment says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/expr.h>
#include <tend/fields.h>
#include <tend/money.h>
#include <tend/records.h>
#include <tend/str.h>

#include "support.h"

static const struct tend_saved_filter segments[] = {
	{"big", "arr >= 1000"},
	{"big", "arr < 0"}, /* the first of a key holds */
	{"大客户", "in_segment(\"big\") and segment == \"enterprise\""},
	{"not-big", "not in_segment(big)"},
	{"asks", "open(complaints) > 0 or in_segment(\"big\")"},
	{"wrong", "arr >"},
	{"unknown-field", "ar > 3"},
	{"number", "arr + 1"},
	{"a", "in_segment(\"b\")"},
	{"b", "lapsed or in_segment(\"a\")"},
	{"self", "in_segment(\"self\")"},
};

static struct tend_names names_of(const struct tend_saved_filter *all, size_t n)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	names.functions = true;
	names.segments = all;
	names.nsegments = n;
	return names;
}

static void add_customer(struct tend_list *list, const char *key, const char *segment, int64_t arr)
{
	struct tend_customer *c = tend_list_add(list);
	c->key = key;
	c->segment = segment;
	c->arr = arr;
	c->status = "active";
}

static void a_segment_says_what_its_filter_says(void **state)
{
	(void)state;
	static const struct {
		const char *filter, *same;
	} rows[] = {
		{"in_segment(\"big\")", "arr >= 1000"},
		{"in_segment(big)", "arr >= 1000"},
		{"not in_segment(\"big\")", "not (arr >= 1000)"},
		{"in_segment(\"not-big\")", "not (arr >= 1000)"},
		{"in_segment(\"大客户\")", "arr >= 1000 and segment == \"enterprise\""},
		{"in_segment(\"大客户\") or key == \"c\"",
			"(arr >= 1000 and segment == \"enterprise\") or key == \"c\""},
		{"in_segment(\"big\") == false", "(arr >= 1000) == false"},
		{"in_segment(\"big\") and in_segment(\"big\")", "arr >= 1000"},
	};
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_list lists[2];
		const char *texts[] = {rows[i].filter, rows[i].same};
		for (size_t k = 0; k < 2; k++) {
			struct tend_expr *e = NULL;
			struct tend_error err = {0};
			tend_list_init(&lists[k], &tend_customer_type);
			add_customer(&lists[k], "a", "enterprise", 100000);
			add_customer(&lists[k], "b", "smb", 100000);
			add_customer(&lists[k], "c", "enterprise", 99999);
			add_customer(&lists[k], "d", "smb", TEND_NO_MONEY);
			if (tend_expr_parse_line(texts[k], &names, &e, &err) != TEND_OK) {
				fail_msg("%s: %s", texts[k], err.text);
			}
			assert_false(tend_expr_calls(e, NULL, NULL));
			tend_expr_filter(e, &lists[k]);
			tend_expr_destroy(e);
		}
		assert_int_equal(lists[0].n, lists[1].n);
		for (size_t k = 0; k < lists[0].n; k++) {
			const struct tend_customer *x = tend_list_at(&lists[0], k),
						   *y = tend_list_at(&lists[1], k);
			assert_string_equal(x->key, y->key);
		}
		tend_list_finish(&lists[0]);
		tend_list_finish(&lists[1]);
	}
}

static void gather_call(void *ctx, const char *function, const char *arg, int window)
{
	tend_str_addf(ctx, "%s(%s,%d) ", function, arg, window);
}

static void gather_name(void *ctx, const char *name)
{
	tend_str_addf(ctx, "%s ", name);
}

static void what_a_segment_reads_counts_as_read(void **state)
{
	(void)state;
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	struct tend_expr *e = NULL;
	struct tend_str calls = {0}, fields = {0};
	assert_int_equal(
		tend_expr_parse_line("month > 3 and in_segment(\"asks\")", &names, &e, NULL),
		TEND_OK);
	assert_true(tend_expr_calls(e, gather_call, &calls));
	tend_expr_fields(e, gather_name, &fields);
	assert_string_equal(tend_str_text(&calls), "open(complaints,0) ");
	assert_string_equal(tend_str_text(&fields), "month arr ");
	tend_str_finish(&calls);
	tend_str_finish(&fields);
	tend_expr_destroy(e);
}

static void what_is_wrong_with_a_segment_is_said(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} rows[] = {
		{"in_segment(\"bg\")", "column 12: there is no segment \"bg\"; did you mean big?"},
		{"in_segment(zzzzzz)", "column 12: there is no segment zzzzzz"},
		{"arr > 1 and in_segment(\"wrong\")",
			"column 24: in segment \"wrong\", column 6: the expression ends where a "
			"value should follow"},
		{"in_segment(\"unknown-field\")",
			"column 12: in segment \"unknown-field\", column 1: there is no field "
			"\"ar\"; did you mean arr?"},
		{"in_segment(\"number\")",
			"column 12: in segment \"number\", column 1: a condition is expected here; "
			"arr + 1 is a number"},
		{"in_segment(\"self\")",
			"column 12: in segment \"self\", column 12: segments use each other in a "
			"circle: self, self"},
		{"in_segment(\"a\")",
			"column 12: in segment \"a\", column 12: in segment \"b\", column 22: "
			"segments use each other in a circle: a, b, a"},
		{"in_segment(\"big\", 30d)", "column 19: in_segment() takes no window"},
		{"in_segment",
			"column 1: in_segment is a function: write what it is about in "
			"parentheses"},
		{"in_segment(\"big\") > 3",
			"column 1: \">\" compares numbers and dates; in_segment(\"big\") is yes or "
			"no"},
	};
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		assert_int_equal(tend_expr_parse_line(rows[i].text, &names, &e, &err), TEND_USAGE);
		assert_string_equal(err.text + strlen("filter: "), rows[i].message);
	}
}

/* In files it is a warning, and the segment says nothing: the file is read all the same. */
static void a_file_with_an_unknown_segment_is_read(void **state)
{
	(void)state;
	static const char *const texts[] = {"in_segment(\"bg\")", "in_segment(\"wrong\")",
		"in_segment(\"a\")", "not in_segment(\"bg\")"};
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	static const struct tend_inputs none = {0};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct tend_findings findings;
		struct tend_expr *e = NULL;
		tend_findings_init(&findings, "f");
		assert_int_equal(
			tend_expr_parse(texts[i], &names, false, &findings, 1, 1, &e), TEND_OK);
		assert_int_equal(findings.n, 1);
		assert_int_equal(findings.items[0].severity, TEND_WARNING);
		assert_int_equal(tend_expr_truth(e, &none), TEND_UNKNOWN);
		tend_findings_finish(&findings);
		tend_expr_destroy(e);
	}
	/* Where nobody can say which there are, nothing is said. */
	struct tend_findings findings;
	struct tend_expr *e = NULL;
	names = names_of(NULL, 0);
	tend_findings_init(&findings, "f");
	assert_int_equal(
		tend_expr_parse("in_segment(x)", &names, true, &findings, 1, 1, &e), TEND_OK);
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
	tend_expr_destroy(e);
}

/* s0 uses s1 twice, s1 uses s2 twice, and so on: without a limit that doubles with each. */
static void segments_in_segments_have_a_limit(void **state)
{
	(void)state;
	enum { DEEP = 40 };
	struct tend_saved_filter deep[DEEP];
	char keys[DEEP][8], filters[DEEP][64];
	for (int i = 0; i < DEEP; i++) {
		(void)snprintf(keys[i], sizeof(keys[i]), "s%d", i);
		(void)snprintf(filters[i], sizeof(filters[i]),
			i + 1 < DEEP ? "in_segment(s%d) or in_segment(s%d)" : "lapsed", i + 1,
			i + 1);
		deep[i] = (struct tend_saved_filter){keys[i], filters[i]};
	}
	struct tend_names names = names_of(deep, DEEP);
	struct tend_expr *e = NULL;
	struct tend_error err = {0};
	assert_int_equal(tend_expr_parse_line("in_segment(s0)", &names, &e, &err), TEND_USAGE);
	assert_non_null(strstr(err.text, "at most 8 deep, 64 in all"));
	assert_int_equal(tend_expr_parse_line("in_segment(s35)", &names, &e, &err), TEND_OK);
	tend_expr_destroy(e);
}

static void a_trace_goes_down_to_the_segments_parts(void **state)
{
	(void)state;
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	struct tend_findings findings;
	struct tend_expr *e = NULL;
	struct tend_list rows;
	struct tend_str lines = {0};
	static const struct tend_inputs none = {0};
	tend_findings_init(&findings, "");
	assert_int_equal(
		tend_expr_parse("month > 1 or in_segment(\"大客户\") or in_segment(\"bg\")", &names,
			false, &findings, 1, 1, &e),
		TEND_OK);
	tend_list_init(&rows, &tend_trace_type);
	(void)tend_expr_trace(e, &none, "when", &rows);
	for (size_t i = 0; i < rows.n; i++) {
		tend_trace_line(tend_list_at(&rows, i), &lines);
		tend_str_addc(&lines, '\n');
	}
	assert_string_equal(tend_str_text(&lines),
		"month > 1 or in_segment(\"大客户\") or in_segment(\"bg\"): unknown, month, arr, "
		"segment, in_segment(\"bg\")\n"
		"  month > 1: unknown, month\n"
		"    month: unknown, there is no value\n"
		"  in_segment(\"大客户\"): unknown, arr, segment\n"
		"    in_segment(\"big\") and segment == \"enterprise\": unknown, arr, segment\n"
		"      in_segment(\"big\"): unknown, arr\n"
		"        arr >= 1000: unknown, arr\n"
		"          arr: unknown, there is no value\n"
		"      segment == \"enterprise\": unknown, segment\n"
		"        segment: unknown, there is no value\n"
		"  in_segment(\"bg\"): unknown, there is no value\n");
	tend_str_finish(&lines);
	tend_list_finish(&rows);
	tend_findings_finish(&findings);
	tend_expr_destroy(e);
}

static void what_contradicts_a_segment_is_never_true(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool never;
	} rows[] = {
		{"in_segment(\"big\")", false},
		{"in_segment(\"big\") and arr < 500", true},
		{"not in_segment(\"big\") and arr > 2000", true},
		{"in_segment(\"大客户\") and segment == \"smb\"", true},
		{"in_segment(\"not-big\") and in_segment(\"big\")", true},
		{"in_segment(\"big\") or arr < 500", false},
	};
	struct tend_names names = names_of(segments, COUNT_OF(segments));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_expr *e = NULL;
		assert_int_equal(tend_expr_parse_line(rows[i].text, &names, &e, NULL), TEND_OK);
		assert_int_equal(tend_expr_never(e, NULL, NULL), rows[i].never);
		tend_expr_destroy(e);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_segment_says_what_its_filter_says),
		cmocka_unit_test(what_a_segment_reads_counts_as_read),
		cmocka_unit_test(what_is_wrong_with_a_segment_is_said),
		cmocka_unit_test(a_file_with_an_unknown_segment_is_read),
		cmocka_unit_test(segments_in_segments_have_a_limit),
		cmocka_unit_test(a_trace_goes_down_to_the_segments_parts),
		cmocka_unit_test(what_contradicts_a_segment_is_never_true),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
