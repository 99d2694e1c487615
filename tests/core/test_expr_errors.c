/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/expr.h>
#include <tend/lang.h>
#include <tend/records.h>
#include <tend/str.h>
#include <tend/text.h>

#include <tend/fields.h>
#include "support.h"

static const char *const custom_names[] = {"zone"};
static const char *const metrics[] = {"logins", "seats"};

static struct tend_names all_names(void)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	names.custom = custom_names;
	names.ncustom = COUNT_OF(custom_names);
	names.metrics = metrics;
	names.nmetrics = COUNT_OF(metrics);
	names.functions = true;
	return names;
}

static void what_is_wrong_is_said_with_its_column(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
	} rows[] = {
		/* tokens */
		{"arr = 5", "column 5: \"=\" is written \"==\" here"},
		{"lapsed && lapsed", "column 8: \"&&\" is written \"and\" here"},
		{"lapsed || lapsed", "column 8: \"||\" is written \"or\" here"},
		{"!lapsed", "column 1: \"!\" is written \"not\" here"},
		{"arr <> 5", "column 5: \"<>\" is written \"!=\" here"},
		{"arr => 5", "column 5: \"=>\" is written \">=\" here"},
		{"arr =< 5", "column 5: \"=<\" is written \"<=\" here"},
		{"name == \"acme", "column 9: the text that begins here is not closed"},
		{"name == “acme\"", "column 9: the text that begins here is not closed"},
		{"name == 'a\\'", "column 9: the text that begins here is not closed"},
		{"arr > 5$", "column 8: \"$\" has no meaning here"},
		{"arr > #5", "column 7: \"#\" has no meaning here"},
		{"名称 == ¥5", "column 7: \"¥\" has no meaning here"},
		{"arr > 5.", "column 7: 5. is not a number"},
		{"arr > 1.2.3", "column 10: \".\" has no meaning here"},
		{"arr > 5x", "column 7: 5x is not a number"},
		{"arr > .5", "column 7: \".\" has no meaning here"},
		/* syntax */
		{"", "column 1: the expression ends where a value should follow"},
		{"   ", "column 4: the expression ends where a value should follow"},
		{"arr >", "column 6: the expression ends where a value should follow"},
		{"arr > and lapsed", "column 7: a value is expected here, not and"},
		{"(lapsed", "column 8: the expression ends where \")\" should follow"},
		{"lapsed)", "column 7: an operator is expected here, not )"},
		{"lapsed AND lapsed",
			"column 8: an operator is expected here, not AND; did you mean \"and\"?"},
		{"lapsed ad lapsed",
			"column 8: an operator is expected here, not ad; did you mean \"and\"?"},
		{"lapsed whatever", "column 8: an operator is expected here, not whatever"},
		{"arr > 1,000", "column 8: an operator is expected here, not ,"},
		{"arr > +5", "column 7: a value is expected here, not +"},
		{"1 < arr < 5", "column 9: comparisons do not chain"},
		{"arr == not lapsed", "column 8: put what \"not\" belongs to in parentheses"},
		{"lapsed not lapsed", "column 12: \"in\" is expected here, not lapsed"},
		{"zone in [1, 2",
			"column 14: the expression ends where \",\" or \"]\" should follow"},
		{"zone in [1 2]", "column 12: \",\" or \"]\" is expected here, not 2"},
		{"zone in [1,]", "column 12: a value is expected here, not ]"},
		{"zone in", "column 8: the expression ends where a value should follow"},
		{"days_to_renewal < 30d", "column 19: 30d: durations stand only as windows"},
		{"sum(logins, ) > 1", "column 13: a window such as 30d is expected here, not )"},
		{"sum(logins, 30) > 1", "column 13: 30 is not a window"},
		{"sum(logins, 0d) > 1", "column 13: 0d is not a window"},
		{"sum(logins, 5wd) > 1", "column 13: 5wd is not a window"},
		{"sum(logins, 4000d) > 1", "column 13: 4000d is not a window"},
		{"sum(logins, 99y) > 1", "column 13: 99y is not a window"},
		{"sum(logins, 3 moons) > 1", "column 13: 3 moons is not a window"},
		{"sum(logins, 30d > 1", "column 17: \")\" is expected here, not >"},
		{"sum(5, 30d) > 1", "column 5: a name is expected here, not 5"},
		{"sum() > 1", "column 5: a name is expected here, not )"},
		{"latest(a-) > 1", "column 10: the rest of the name is expected here, not )"},
		{"latest(a- b) > 1", "column 11: the rest of the name is expected here, not b"},
		/* names */
		{"ar > 5", "column 1: there is no field \"ar\"; did you mean arr?"},
		{"lapsd", "column 1: there is no field \"lapsd\"; did you mean lapsed?"},
		{"zon == 5", "column 1: there is no field \"zon\"; did you mean zone?"},
		{"qqqqqqqq == 5", "column 1: there is no field \"qqqqqqqq\""},
		{"zone == east",
			"column 9: there is no field \"east\"; a text is written in quotes: "
			"\"east\""},
		{"east != zone",
			"column 1: there is no field \"east\"; a text is written in quotes: "
			"\"east\""},
		{"status == actve",
			"column 11: there is no field \"actve\"; a text is written in quotes: "
			"\"actve\""},
		{"zone in [\"north\", east]", "column 19: there is no field \"east\"; a text is"},
		{"vip in tags", "column 1: there is no field \"vip\"; a text is written in quotes"},
		{"segment == gold", "column 12: there is no field \"gold\"; a text is"},
		{"arr == qqqqqqqq", "column 8: there is no field \"qqqqqqqq\""},
		{"id == 5", "column 1: there is no field \"id\""},
		{"latest > 5",
			"column 1: latest is a function: write what it is about in parentheses"},
		{"lates(logins) > 5",
			"column 1: there is no function \"lates\"; did you mean latest?"},
		{"sum(login, 30d) > 5",
			"column 5: there is no metric \"login\"; did you mean logins?"},
		{"days_since(logns) > 5",
			"column 12: there is no metric \"logns\"; did you mean logins?"},
		{"sum(logins) > 5", "column 1: sum() needs a window, as in sum(logins, 30d)"},
		{"latest(logins, 30d) > 5", "column 16: latest() takes no window"},
		{"open(complaint) > 0",
			"column 6: open() counts milestones, alerts, complaints and other records "
			"that can be open, not complaint; "
			"did you mean "
			"complaints?"},
		{"overdue(milestone) > 0",
			"column 9: overdue() counts milestones, not milestone; did you mean "
			"milestones?"},
		/* types */
		{"arr", "column 1: a condition is expected here; arr is a number"},
		{"(name)", "column 1: a condition is expected here; (name) is a text"},
		{"arr and lapsed", "column 1: \"and\" needs conditions; arr is a number"},
		{"lapsed or name", "column 11: \"or\" needs conditions; name is a text"},
		{"not renewal", "column 5: \"not\" needs conditions; renewal is a date"},
		{"arr + name > 5", "column 7: \"+\" needs numbers; name is a text"},
		{"-tags > 5", "column 2: \"-\" needs numbers; tags is a list of tags"},
		{"lapsed * 2 > 5", "column 1: \"*\" needs numbers; lapsed is yes or no"},
		{"renewal - 30 > \"2026-01-01\"",
			"column 1: \"-\" needs numbers; renewal is a date"},
		{"name < \"b\"", "column 1: \"<\" compares numbers and dates; name is a text"},
		{"arr > \"5\"", "column 7: \">\" compares numbers and dates; \"5\" is a text"},
		{"zone > \"b\"", "column 8: \"b\" is not a date: write \"YYYY-MM-DD\""},
		{"lapsed >= lapsed",
			"column 1: \">=\" compares numbers and dates; lapsed is yes or no"},
		{"renewal > 5",
			"column 9: renewal is a date and 5 is a number: a date is written in "
			"quotes"},
		{"renewal > 2026-01-31",
			"column 9: renewal is a date and 2026-01-31 is a number: a date is written "
			"in quotes"},
		{"renewal == \"2026-1-31\"",
			"column 12: \"2026-1-31\" is not a date: write \"YYYY-MM-DD\""},
		{"\"2026-02-30\" == renewal", "column 1: \"2026-02-30\" is not a date"},
		{"renewal in [\"2026-01-31\", \"soon\"]", "column 27: \"soon\" is not a date"},
		{"name == 5",
			"column 6: name is a text and 5 is a number: a text is written in quotes"},
		{"arr == \"5\"",
			"column 5: arr is a number and \"5\" is a text: a text is written in "
			"quotes"},
		{"arr in [1, \"2\"]", "column 5: arr is a number and \"2\" is a text"},
		{"tags == 5", "column 6: tags is a list of tags and 5 is a number"},
		{"tags == tags", "column 6: tags is a list of tags and tags is a list of tags"},
		{"5 in tags", "column 3: 5 is a number and tags is a list of tags"},
		{"\"x\" in name",
			"column 8: \"in\" needs a list in brackets, or tags; name is a text"},
		{"status == \"churn\"",
			"column 11: status is one of active, lapsed, churned, pooled, never "
			"\"churn\"; did you mean "
			"churned?"},
		{"health_band in [\"good\", \"x\"]",
			"column 25: health_band is one of good, fair, poor, unknown"},
		/* the first of several */
		{"arr > \"5\" and nme == 5", "column 7: \">\" compares"},
	};
	struct tend_names names = all_names();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		enum tend_status status = tend_expr_parse_line(rows[i].text, &names, &e, &err);
		if (status != TEND_USAGE || !tend_starts_with(err.text, "filter: ")
			|| !tend_starts_with(err.text + strlen("filter: "), rows[i].message)) {
			fail_msg("%s: %d \"%s\"", rows[i].text, status, err.text);
		}
		assert_null(e);
		assert_int_equal(tend_expr_parse_line(rows[i].text, &names, &e, NULL), TEND_USAGE);
	}
}

static void functions_are_refused_where_there_are_none(void **state)
{
	(void)state;
	struct tend_names names = all_names();
	struct tend_expr *e = NULL;
	struct tend_error err;
	names.functions = false;
	assert_int_equal(tend_expr_parse_line("latest(logins) > 5", &names, &e, &err), TEND_USAGE);
	assert_string_equal(err.text,
		"filter: column 1: functions such as latest() cannot be used here, only fields");
	assert_int_equal(tend_expr_parse_line("latest > 5", &names, &e, &err), TEND_USAGE);
	assert_string_equal(err.text, "filter: column 1: there is no field \"latest\"");
}

static void files_get_every_error_and_a_warning_for_unknown_names(void **state)
{
	(void)state;
	struct tend_names names = all_names();
	struct tend_findings findings;
	struct tend_expr *e = NULL;
	struct tend_str text = {0};
	tend_findings_init(&findings, "j.yaml");
	assert_int_equal(tend_expr_parse("zon == 5 and latest(login) > 1 and status != \"gone\"",
				 &names, false, &findings, 7, 11, &e),
		TEND_OK);
	tend_expr_destroy(e);
	e = NULL;
	assert_int_equal(tend_expr_parse("arr > \"x\" and 客户 == 1 and name + 1 > 2", &names,
				 false, &findings, 9, 3, &e),
		TEND_BAD_INPUT);
	assert_null(e);
	assert_int_equal(findings.errors, 2);
	tend_findings_format(&findings, &text);
	assert_same_text(tend_str_text(&text),
		"j.yaml:7:11: warning: there is no field \"zon\"; did you mean zone?\n"
		"j.yaml:7:31: warning: there is no metric \"login\"; did you mean logins?\n"
		"j.yaml:7:56: warning: status is one of active, lapsed, churned, pooled, never "
		"\"gone\"\n"
		"j.yaml:9:9: error: \">\" compares numbers and dates; \"x\" is a text\n"
		"j.yaml:9:17: warning: there is no field \"客户\"\n"
		"j.yaml:9:29: error: \"+\" needs numbers; name is a text\n");
	tend_str_finish(&text);
	tend_findings_finish(&findings);
}

static void metrics_that_nobody_listed_are_not_unknown(void **state)
{
	(void)state;
	struct tend_names names = all_names();
	struct tend_expr *e = NULL;
	names.metrics = NULL;
	names.nmetrics = 0;
	assert_int_equal(tend_expr_parse_line("latest(anything) > 5", &names, &e, NULL), TEND_OK);
	tend_expr_destroy(e);
}

static void expect_limit(const struct tend_str *text, const char *message)
{
	struct tend_names names = all_names();
	struct tend_expr *e = NULL;
	struct tend_error err;
	assert_int_equal(tend_expr_parse_line(tend_str_text(text), &names, &e, &err), TEND_USAGE);
	if (strstr(err.text, message) == NULL) {
		fail_msg("%s", err.text);
	}
}

static void limits_end_in_a_message(void **state)
{
	(void)state;
	static const char *const nests[] = {"(", "not ", "-", "(not (", "zone in [("};
	for (size_t i = 0; i < COUNT_OF(nests); i++) {
		struct tend_str text = {0};
		for (int j = 0; j < 400; j++) {
			tend_str_add(&text, nests[i]);
		}
		expect_limit(&text, "the expression is nested deeper than 64 levels");
		tend_str_finish(&text);
	}
	struct tend_str text = {0};
	while (text.len <= TEND_EXPR_BYTES_MAX) {
		tend_str_add(&text, "lapsed or ");
	}
	expect_limit(&text, "at most 4096 are read");
	tend_str_clear(&text);
	tend_str_add(&text, "name == \"\xC3\x28\"");
	expect_limit(&text, "the expression is not valid UTF-8");
	tend_str_finish(&text);
}

static void hostile_text_is_made_visible_in_messages(void **state)
{
	(void)state;
	struct tend_names names = all_names();
	struct tend_expr *e = NULL;
	struct tend_error err;
	assert_int_equal(tend_expr_parse_line("name < \"\x1b[31m\xE2\x80\xAE\"", &names, &e, &err),
		TEND_USAGE);
	assert_true(tend_is_printable(err.text, strlen(err.text)));
	assert_int_equal(tend_expr_parse_line("\x1b > 5", &names, &e, &err), TEND_USAGE);
	assert_true(tend_is_printable(err.text, strlen(err.text)));
}

/* Tokens in any order: an answer or a message, and nothing else. */
static void random_tokens_never_break_it(void **state)
{
	(void)state;
	static const char *const tokens[] = {"arr", "name", "tags", "renewal", "lapsed", "zone",
		"5", "30%", "30d", "\"x\"", "\"2026-01-31\"", "null", "true", "(", ")", "[", "]",
		",", "and", "or", "not", "in", "==", "!=", "<", ">=", "+", "-", "*", "/",
		"sum(logins, 30d)", "latest(", "“", "`", "客"};
	struct tend_names names = all_names();
	struct support_random r = {23};
	int good = 0;
	names.any_type = true;
	for (int i = 0; i < 20000; i++) {
		struct tend_str text = {0};
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		unsigned n = 1 + support_random(&r, 9);
		for (unsigned j = 0; j < n; j++) {
			tend_str_addf(&text, "%s%s", tokens[support_random(&r, COUNT_OF(tokens))],
				support_random(&r, 3) > 0 ? " " : "");
		}
		if (tend_expr_parse_line(tend_str_text(&text), &names, &e, &err) == TEND_OK) {
			const struct tend_inputs nothing = {0};
			good++;
			(void)tend_expr_truth(e, &nothing);
		} else {
			assert_true(tend_starts_with(err.text, "filter: column "));
		}
		tend_expr_destroy(e);
		tend_str_finish(&text);
	}
	assert_true(good > 200);
}

static void messages_come_in_chinese_too(void **state)
{
	(void)state;
	struct tend_names names = all_names();
	struct tend_expr *e = NULL;
	struct tend_error err;
	tend_lang_set(TEND_ZH);
	(void)tend_expr_parse_line("name < \"b\"", &names, &e, &err);
	tend_lang_set(TEND_EN);
	assert_string_equal(err.text, "筛选：第 1 列：“<”只比较数字和日期；name 是文本");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_is_said_with_its_column),
		cmocka_unit_test(functions_are_refused_where_there_are_none),
		cmocka_unit_test(files_get_every_error_and_a_warning_for_unknown_names),
		cmocka_unit_test(metrics_that_nobody_listed_are_not_unknown),
		cmocka_unit_test(limits_end_in_a_message),
		cmocka_unit_test(hostile_text_is_made_visible_in_messages),
		cmocka_unit_test(random_tokens_never_break_it),
		cmocka_unit_test(messages_come_in_chinese_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
