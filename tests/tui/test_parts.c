/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/app.h>

#include <math.h>

#include <tend/mem.h>
#include <tend/money.h>
#include <tend/records.h>

#include "cells.h"
#include "filter.h"
#include "style.h"
#include "support.h"
#include "words.h"

static struct tend_date day(const char *text)
{
	struct tend_date d = TEND_NO_DATE;
	assert_true(text[0] == '\0' || tend_date_parse(text, &d));
	return d;
}

static void days_are_told_by_their_distance(void **state)
{
	(void)state;
	static const struct {
		const char *day, *delta, *shown;
		enum role role;
	} rows[] = {
		{"2026-11-16", "today", "11-16", ROLE_SOON},
		{"2026-11-17", "+1d", "11-17", ROLE_SOON},
		{"2026-11-23", "+7d", "11-23", ROLE_SOON},
		{"2026-11-24", "+8d", "11-24", ROLE_TEXT},
		{"2026-11-15", "-1d", "11-15", ROLE_BAD},
		{"2025-11-16", "-365d", "2025-11-16", ROLE_BAD},
		{"2027-01-01", "+46d", "2027-01-01", ROLE_TEXT},
		{"", "--", "--", ROLE_DIM},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		assert_int_equal(
			cell_delta(day(rows[i].day), day("2026-11-16"), &out), rows[i].role);
		assert_string_equal(tend_str_text(&out), rows[i].delta);
		tend_str_clear(&out);
		cell_day(day(rows[i].day), day("2026-11-16"), &out);
		assert_string_equal(tend_str_text(&out), rows[i].shown);
		tend_str_finish(&out);
	}
}

static void health_is_a_bar_and_unknown_is_never_good(void **state)
{
	(void)state;
	static const struct {
		double score;
		const char *band, *shown;
		enum role role;
	} rows[] = {
		{100, "good", "#####100", ROLE_GOOD},
		{88, "good", "####- 88", ROLE_GOOD},
		{48, "fair", "##--- 48", ROLE_SOON},
		{9, "poor", "-----  9", ROLE_BAD},
		{0, "poor", "-----  0", ROLE_BAD},
		{NAN, "unknown", "..... --", ROLE_DIM},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		assert_int_equal(cell_health(rows[i].score, rows[i].band, &out), rows[i].role);
		assert_string_equal(tend_str_text(&out), rows[i].shown);
		tend_str_finish(&out);
	}
}

static void amounts_have_their_thousands_apart(void **state)
{
	(void)state;
	static const struct {
		int64_t minor;
		const char *currency, *shown;
	} rows[] = {
		{0, "USD", "$0.00"},
		{99999, "USD", "$999.99"},
		{100000, "CNY", "¥1,000.00"},
		{123456789, NULL, "1,234,567.89"},
		{-123456, NULL, "-1,234.56"},
		{TEND_NO_MONEY, NULL, "--"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		cell_amount(rows[i].minor, rows[i].currency, &out);
		assert_string_equal(tend_str_text(&out), rows[i].shown);
		tend_str_finish(&out);
	}
}

static void a_box_tells_the_state_without_colour(void **state)
{
	(void)state;
	static const struct {
		const char *state;
		int64_t late;
		const char *box, *waiting;
		int64_t by_condition;
	} rows[] = {{"todo", 0, "[ ]"}, {"todo", 3, "[!]"}, {"doing", 0, "[~]"},
		{"doing", 3, "[!]"}, {"blocked", 3, "[#]"}, {"done", 0, "[x]"},
		{"skipped", 0, "[-]"}, {"strange", 0, "[ ]"}, {"todo", 0, "[.]", "a", 0},
		{"todo", 3, "[!]", "a", 0}, {"todo", 0, "[ ]", "", 0}, {"doing", 0, "[~]", "a", 0},
		{"done", 0, "[x]", "a", 0}, {"done", 0, "[c]", NULL, 1},
		{"todo", 0, "[ ]", NULL, 1}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_milestone m;
		struct tend_str out = {0};
		tend_record_clear(&tend_milestone_type, &m);
		m.state = rows[i].state;
		m.overdue_days = rows[i].late;
		m.waiting = rows[i].waiting;
		m.by_condition = rows[i].by_condition;
		(void)cell_box(&m, &out);
		assert_string_equal(tend_str_text(&out), rows[i].box);
		tend_str_finish(&out);
	}
}

static void a_spark_goes_from_nothing_to_the_largest(void **state)
{
	(void)state;
	double values[] = {0, 1, 7, NAN, 3.5};
	double zeros[] = {0, 0};
	struct tend_str out = {0};
	cell_spark(values, 5, false, &out);
	assert_string_equal(tend_str_text(&out), "▁▂█ ▅");
	tend_str_clear(&out);
	cell_spark(values, 5, true, &out);
	assert_string_equal(tend_str_text(&out), "_.# =");
	tend_str_clear(&out);
	cell_spark(zeros, 2, false, &out);
	assert_string_equal(tend_str_text(&out), "▁▁");
	tend_str_finish(&out);
}

static void values_are_words_in_both_languages(void **state)
{
	(void)state;
	tend_lang_set(TEND_ZH);
	assert_string_equal(word_text("lapsed"), "已到期");
	assert_string_equal(word_text("open"), "待处理");
	assert_string_equal(word_text("my own"), "my own");
	tend_lang_set(TEND_EN);
	assert_string_equal(word_text("on-track"), "on track");
	assert_string_equal(word_text(NULL), "");
}

/* --- filters --- */

static const struct tend_names *customer_names(struct tend_names *names)
{
	static struct tend_arena none;
	tend_app_names(NULL, &tend_customer_type, &none, names);
	return names;
}

static struct tend_customer customer(void)
{
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.key = "huadong";
	c.name = "华东渠道 Ｃｈａｎｎｅｌ";
	c.tags = "vip,重点";
	c.owner = "li";
	c.segment = "enterprise";
	c.arr = 32000000;
	return c;
}

static void a_filter_is_a_text_or_an_expression(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		bool is_text, keeps;
	} rows[] = {
		{"hua", true, true}, {"HUA", true, true}, {"channel", true, true},
		{"渠道", true, true}, {"vip", true, true},
		{"enterprise", true, false}, /* segment is not looked in */
		{"zzz", true, false}, {"arr > 100000", false, true},
		{"arr >= 320000.01", false, false},
		{"segment == \"enterprise\" and arr > 1", false, true},
		{"owner in [\"li\", \"wang\"]", false, true},
		{"health < 60", false, false}, /* unknown is not true */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_customer c = customer();
		struct filter *f = NULL;
		struct tend_names names;
		struct tend_error err = {0};
		assert_int_equal(
			filter_create(rows[i].text, customer_names(&names), &f, &err), TEND_OK);
		char *folded = filter_haystack(&tend_customer_type, &c);
		assert_int_equal(filter_is_text(f), rows[i].is_text);
		assert_int_equal(filter_keeps(f, &tend_customer_type, &c, folded), rows[i].keeps);
		free(folded);
		filter_destroy(f);
	}
}

static void an_unfinished_expression_says_where(void **state)
{
	(void)state;
	static const char *const rows[] = {
		"arr >", "arr > \"x", "sgment == \"a\"", "arr == == 1", "(arr > 1"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct filter *f = NULL;
		struct tend_names names;
		struct tend_error err = {0};
		assert_int_equal(
			filter_create(rows[i], customer_names(&names), &f, &err), TEND_USAGE);
		assert_non_null(strstr(err.text, "column"));
		assert_null(f);
	}
}

static void blanks_alone_are_no_filter(void **state)
{
	(void)state;
	struct filter *f = NULL;
	struct tend_names names;
	assert_int_equal(filter_create("   ", customer_names(&names), &f, NULL), TEND_OK);
	assert_null(f);
	filter_destroy(NULL);
}

/* --- colours --- */

static void colours_come_down_to_what_the_terminal_has(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int colors, expected;
		unsigned attrs;
	} rows[] = {
		{"red", 8, 1, 0},
		{"red", COLORS_NONE, -1, 0},
		{"default", 256, -1, 0},
		{NULL, 256, -1, 0},
		{"brightred", 16, 9, 0},
		{"brightred", 8, 1, TEND_BOLD},
		{"brightblack", 8, -1, TEND_DIM},
		{"196", 256, 196, 0},
		{"196", 8, 1, 0},
		{"#ff0000", 256, 196, 0},
		{"#FF0000", 256, 196, 0},
		{"#ff0000", 8, 1, 0},
		{"#ff8700", COLORS_TRUE, 0xFF8700, 0},
		{"208", COLORS_TRUE, 0xFF8700, 0},
		{"244", COLORS_TRUE, 0x808080, 0},
		{"256", 256, -1, 0},
		{"#12", 256, -1, 0},
		{"#gg0000", 256, -1, 0},
		{"pinkish", 256, -1, 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		unsigned attrs = 0;
		assert_int_equal(
			style_color(rows[i].name, rows[i].colors, &attrs), rows[i].expected);
		assert_int_equal(attrs, rows[i].attrs);
	}
}

static void a_theme_changes_only_the_roles_that_it_names(void **state)
{
	(void)state;
	struct tend_theme_role roles[] = {{.role = "bad", .fg = "magenta", .attrs = TEND_UNDERLINE},
		{.role = "nonsense", .fg = "red"},
		{.role = "selection", .fg = "black", .bg = "cyan"}};
	struct tend_theme theme = {.roles = roles, .n = 3};
	struct styles s, builtin;
	styles_builtin(&builtin, 8);
	styles_from_theme(&s, &theme, 8);
	assert_int_equal(s.of[ROLE_BAD].fg, 5);
	assert_int_equal(s.of[ROLE_BAD].attrs, TEND_UNDERLINE);
	assert_int_equal(s.of[ROLE_SELECTION].bg, 6);
	assert_int_equal(s.of[ROLE_GOOD].fg, builtin.of[ROLE_GOOD].fg);
}

static void without_colours_selection_and_focus_are_still_seen(void **state)
{
	(void)state;
	struct tend_theme_role roles[] = {{.role = "bad", .fg = "red"},
		{.role = "focus", .fg = "cyan"},
		{.role = "selection", .fg = "black", .bg = "cyan"}};
	struct tend_theme theme = {.roles = roles, .n = 3};
	struct styles s;
	styles_from_theme(&s, &theme, COLORS_NONE);
	assert_true((s.of[ROLE_SELECTION].attrs & TEND_REVERSE) != 0);
	assert_true(s.of[ROLE_FOCUS].attrs != 0);
	assert_true(s.of[ROLE_BAD].attrs != 0);
	for (int i = 0; i < ROLE_COUNT; i++) {
		assert_int_equal(s.of[i].fg, -1);
		assert_int_equal(s.of[i].bg, -1);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_told_by_their_distance),
		cmocka_unit_test(health_is_a_bar_and_unknown_is_never_good),
		cmocka_unit_test(amounts_have_their_thousands_apart),
		cmocka_unit_test(a_box_tells_the_state_without_colour),
		cmocka_unit_test(a_spark_goes_from_nothing_to_the_largest),
		cmocka_unit_test(values_are_words_in_both_languages),
		cmocka_unit_test(a_filter_is_a_text_or_an_expression),
		cmocka_unit_test(an_unfinished_expression_says_where),
		cmocka_unit_test(blanks_alone_are_no_filter),
		cmocka_unit_test(colours_come_down_to_what_the_terminal_has),
		cmocka_unit_test(a_theme_changes_only_the_roles_that_it_names),
		cmocka_unit_test(without_colours_selection_and_focus_are_still_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
