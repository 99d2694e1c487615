/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/expr.h>
#include <tend/money.h>
#include <tend/records.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

static const char *const custom_names[] = {"zone", "seats", "beta", "signed-on"};

static struct tend_names customer_names(void)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	names.custom = custom_names;
	names.ncustom = COUNT_OF(custom_names);
	return names;
}

static void add_customer(struct tend_list *list, const char *key, const char *segment, int64_t arr,
	double health, const char *status, const char *tags, const char *renewal)
{
	struct tend_customer *c = tend_list_add(list);
	c->key = key;
	c->segment = segment;
	c->arr = arr;
	c->health = health;
	c->status = status;
	c->tags = tags;
	if (renewal != NULL) {
		assert_true(tend_date_parse(renewal, &c->renewal));
	}
}

static void fill(struct tend_list *list)
{
	static struct tend_custom_value b_fields[] = {
		{"beta", "yes"}, {"seats", "12"}, {"signed-on", "2026-02-01"}, {"zone", "north"}};
	static struct tend_custom_value c_fields[] = {
		{"beta", "no"}, {"seats", "many"}, {"zone", "12"}};
	tend_list_init(list, &tend_customer_type);
	add_customer(list, "a", "enterprise", 10000000, 71.5, "active", "vip,beta", "2026-06-01");
	add_customer(list, "b", "smb", 9999999, 59.9, "lapsed", "beta", "2026-01-31");
	add_customer(list, "c", "enterprise", 500, NAN, "churned", NULL, NULL);
	add_customer(list, "d", NULL, TEND_NO_MONEY, 40, "active", "", "2026-06-02");
	((struct tend_customer *)tend_list_at(list, 1))->custom =
		(struct tend_custom){b_fields, COUNT_OF(b_fields)};
	((struct tend_customer *)tend_list_at(list, 2))->custom =
		(struct tend_custom){c_fields, COUNT_OF(c_fields)};
}

static void filters_keep_what_is_true(void **state)
{
	(void)state;
	static const struct {
		const char *filter, *keys;
	} rows[] = {
		{"segment == \"enterprise\" and health < 60", ""},
		{"segment == \"enterprise\" or health < 60", "abcd"},
		{"arr >= 100000", "a"}, /* money in major units */
		{"arr == 99999.99", "b"},
		{"arr / 12 < 500", "c"},
		{"-arr < -5", "ab"},
		{"health >= 40 and health <= 71.5", "abd"},
		{"not (health < 60)", "a"}, /* what is unknown stays out both ways */
		{"not health < 60", "a"},
		{"health == null", ""},
		{"null == null", ""},
		{"not (health == null)", ""},
		{"segment != \"smb\"", "ac"},
		{"segment in [\"smb\", \"mid\"]", "b"},
		{"segment not in [\"smb\", \"mid\"]", "ac"},
		{"segment in [\"smb\", null]", "b"},
		{"segment not in [\"mid\", null]", ""},
		{"segment in []", ""},
		{"segment not in []", "abcd"},
		{"not (segment in [])", "abcd"},
		{"health in [40, 70 + 1.5]", "ad"},
		{"tags == \"vip\"", "a"},
		{"tags != \"vip\"", "bcd"},
		{"\"beta\" in tags", "ab"},
		{"\"beta\" not in tags", "cd"},
		{"\"bet\" in tags", ""},
		{"tags in [\"vip\", \"x\"]", "a"},
		{"key in tags", ""},
		{"renewal < \"2026-06-02\"", "ab"},
		{"\"2026-06-01\" <= renewal", "ad"},
		{"renewal == \"2026-01-31\"", "b"},
		{"renewal in [\"2026-01-31\", \"2026-06-02\"]", "bd"},
		{"renewal != \"2026-01-31\"", "ad"},
		{"lapsed", "b"},
		{"not lapsed", "acd"},
		{"lapsed == false", "acd"},
		{"lapsed == true and true", "b"},
		{"status in [\"active\", \"lapsed\"] and not lapsed", "ad"},
		{"zone == \"north\"", "b"},
		{"zone == 12", "c"},
		{"zone > 5", "c"},
		{"seats * 2 == 24", "b"},
		{"seats != 12", ""}, /* "many" is no number: unknown, as is nothing */
		{"seats == \"many\"", "c"},
		{"beta", "b"},
		{"not beta", "c"},
		{"beta == true", "b"},
		{"lapsed == beta", "bc"},
		{"`signed-on` > \"2026-01-31\"", "b"},
		{"`signed-on` > renewal", "b"},
		{"zone == seats", ""},
		{"zone < seats", ""},
		{"arr > 0 or segment == \"none\"", "abc"},
		{"false or lapsed", "b"},
		{"1 / 0 > 0 or true", "abcd"},
		{"1 / 0 > 0 and true", ""},
		{"health > 30%", "abd"},
		{"health > 50 %", "abd"},
		{"2 + 3 * 4 == 14 and (2 + 3) * 4 == 20", "abcd"},
		{"10 - 4 - 3 == 3 and 100 / 10 / 5 == 2", "abcd"},
		{"- - 1 == 1 and 3 - -2 == 5 and -2 * -3 == 6", "abcd"},
		{"not not lapsed", "b"},
		{"false and false or true", "abcd"},
		{"true or true and false", "abcd"},
		{"not false or true and not true", "abcd"},
		{"segment==\"smb\"and(health<60)", "b"},
		{"segment == “smb” and health ＜ ６０", "b"},
		{"segment ＝＝ ＂smb＂", "b"},
		{"（health ≤ 40） or segment == 「smb」", "bd"},
		{"segment ≠ 'smb'", "ac"},
		{"key == \"\\\"\\\\\" or key == \"a\"", "a"},
		{" \t\nkey\n==\n\"a\" ", "a"},
	};
	struct tend_names names = customer_names();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_list list;
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		struct tend_str keys = {0};
		fill(&list);
		if (tend_expr_parse_line(rows[i].filter, &names, &e, &err) != TEND_OK) {
			fail_msg("%s: %s", rows[i].filter, err.text);
		}
		tend_expr_filter(e, &list);
		for (size_t j = 0; j < list.n; j++) {
			tend_str_add(
				&keys, ((const struct tend_customer *)tend_list_at(&list, j))->key);
		}
		if (strcmp(tend_str_text(&keys), rows[i].keys) != 0) {
			fail_msg("%s: \"%s\", not \"%s\"", rows[i].filter, tend_str_text(&keys),
				rows[i].keys);
		}
		tend_str_finish(&keys);
		tend_expr_destroy(e);
		tend_list_finish(&list);
	}
}

/* Inputs for what the functions give; notes the calls. */
static struct tend_value give_call(void *ctx, const char *function, const char *arg, int window)
{
	struct tend_str *calls = ctx;
	tend_str_addf(calls, "%s(%s,%d) ", function, arg, window);
	if (strcmp(function, "done") == 0) {
		return (struct tend_value){.type = TEND_BOOL, .integer = 1};
	}
	if (strcmp(function, "days_since") == 0) {
		return (struct tend_value){.type = TEND_INT, .integer = 12};
	}
	if (strcmp(arg, "nothing") == 0) {
		return (struct tend_value){.type = TEND_NUMBER, .null = true};
	}
	return (struct tend_value){.type = TEND_RATIO, .number = -0.35};
}

static struct tend_value give_field(void *ctx, const char *name)
{
	(void)ctx;
	if (strcmp(name, "status") == 0) {
		return (struct tend_value){.type = TEND_TEXT, .text = "lapsed"};
	}
	if (strcmp(name, "arr") == 0) {
		return (struct tend_value){.type = TEND_MONEY, .integer = 12345};
	}
	if (strcmp(name, "month") == 0) {
		return (struct tend_value){.type = TEND_INT, .integer = 7};
	}
	if (strcmp(name, "name") == 0) {
		return (struct tend_value){.type = TEND_TEXT, .text = "Acme"};
	}
	return (struct tend_value){.type = TEND_TEXT, .null = true};
}

static void functions_ask_their_inputs(void **state)
{
	(void)state;
	static const char *const metrics[] = {"logins", "seats-used", "2nd", "nothing"};
	static const struct {
		const char *text;
		enum tend_truth truth;
		const char *calls;
	} rows[] = {
		{"change(logins, 30d) <= -30%", TEND_TRUE, "change(logins,30) "},
		{"latest(seats-used) > 0", TEND_FALSE, "latest(seats-used,0) "},
		{"sum(\"logins\", 4 weeks) < 0", TEND_TRUE, "sum(logins,28) "},
		{"avg(logins,2w) < 0 and min(logins, 1 month) < 0", TEND_TRUE,
			"avg(logins,14) min(logins,30) "},
		{"max(logins, 1q) > 0 or count(logins, 1y) < 0", TEND_TRUE,
			"max(logins,90) count(logins,365) "},
		{"days_since(contact) > 10 and days_since(logins) == 12", TEND_TRUE,
			"days_since(contact,0) days_since(logins,0) "},
		{"open(complaints) + overdue(milestones) + open(alerts) < -1", TEND_TRUE,
			"open(complaints,0) overdue(milestones,0) open(alerts,0) "},
		{"done(\"kickoff\")", TEND_TRUE, "done(kickoff,0) "},
		{"not done(kick-off-2)", TEND_FALSE, "done(kick-off-2,0) "},
		{"latest(nothing) > 0", TEND_UNKNOWN, "latest(nothing,0) "},
		{"latest(nothing) > 0 or month == 7", TEND_TRUE, "latest(nothing,0) "},
		{"month == 7 or latest(nothing) > 0", TEND_TRUE, ""}, /* not asked for in vain */
		{"lapsed and arr == 123.45", TEND_TRUE, ""},
		{"name == \"Acme\" and owner == \"li\"", TEND_UNKNOWN, ""},
	};
	struct tend_names names = customer_names();
	names.functions = true;
	names.metrics = metrics;
	names.nmetrics = COUNT_OF(metrics);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_str calls = {0};
		struct tend_inputs in = {&calls, give_field, give_call};
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		if (tend_expr_parse_line(rows[i].text, &names, &e, &err) != TEND_OK) {
			fail_msg("%s: %s", rows[i].text, err.text);
		}
		assert_int_equal(tend_expr_truth(e, &in), rows[i].truth);
		assert_same_text(tend_str_text(&calls), rows[i].calls);
		in = (struct tend_inputs){0};
		(void)tend_expr_truth(e, &in);
		tend_str_finish(&calls);
		tend_expr_destroy(e);
	}
}

static void values_come_as_numbers_texts_and_dates(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum tend_type type;
		const char *printed; /* NULL: unknown */
	} rows[] = {
		{"arr * 2", TEND_NUMBER, "246.9"},
		{"name", TEND_TEXT, "Acme"},
		{"\"x\"", TEND_TEXT, "x"},
		{"lapsed", TEND_BOOL, "true"},
		{"month > 7", TEND_BOOL, "false"},
		{"1 / 0", TEND_TEXT, NULL},
		{"1 / (3 - 3) + 1", TEND_TEXT, NULL},
		{"owner", TEND_TEXT, NULL},
		{"null", TEND_TEXT, NULL},
		{"-owner_is_unknown", TEND_TEXT, NULL},
		{"50%", TEND_NUMBER, "0.5"},
	};
	static const char *const custom[] = {"owner_is_unknown"};
	struct tend_names names = tend_names_of(&tend_customer_type);
	names.custom = custom;
	names.ncustom = 1;
	names.any_type = true;
	const struct tend_inputs in = {NULL, give_field, NULL};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_expr *e = NULL;
		struct tend_str out = {0};
		assert_int_equal(tend_expr_parse_line(rows[i].text, &names, &e, NULL), TEND_OK);
		struct tend_value v = tend_expr_value(e, &in);
		assert_int_equal(v.null, rows[i].printed == NULL);
		if (rows[i].printed != NULL) {
			tend_value_format(v, &out);
			assert_int_equal(v.type, rows[i].type);
			assert_string_equal(tend_str_text(&out), rows[i].printed);
		}
		tend_str_finish(&out);
		tend_expr_destroy(e);
	}
}

static void columns_of_a_file_are_texts_that_may_read_as_numbers(void **state)
{
	(void)state;
	static const struct tend_names names = {.any_column = true};
	static const char *const texts[] = {"month == \"x\"", "使用次数 > 3",
		"plan.tier == \"pro\"", "`Usage count` >= 10 and `Usage count` < \"2026-01-01\""};
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct tend_expr *e = NULL;
		struct tend_error err = {0};
		if (tend_expr_parse_line(texts[i], &names, &e, &err) != TEND_OK) {
			fail_msg("%s: %s", texts[i], err.text);
		}
		tend_expr_destroy(e);
	}
}

static void times_count_as_their_day(void **state)
{
	(void)state;
	struct tend_names names = tend_names_of(&tend_history_type);
	struct tend_list list;
	struct tend_expr *e = NULL;
	tend_list_init(&list, &tend_history_type);
	for (int i = 0; i < 4; i++) {
		struct tend_history_row *row = tend_list_add(&list);
		row->id = i;
		row->at = (20500 - 1 + i) * INT64_C(86400) - 1;
		row->undone = i % 2;
	}
	assert_int_equal(
		tend_expr_parse_line("at <= \"2026-02-16\" and not undone", &names, &e, NULL),
		TEND_OK);
	tend_expr_filter(e, &list);
	assert_int_equal(list.n, 2);
	assert_int_equal(((struct tend_history_row *)tend_list_at(&list, 1))->id, 2);
	tend_expr_destroy(e);
	tend_list_finish(&list);
}

static void note_name(void *ctx, const char *name)
{
	tend_str_addf(ctx, "%s ", name);
}

static void the_fields_that_are_read_are_told_once_each(void **state)
{
	(void)state;
	struct tend_names names = customer_names();
	struct tend_expr *e = NULL;
	struct tend_str read = {0};
	assert_int_equal(
		tend_expr_parse_line(
			"arr > 1 and (lapsed or arr < 5 * seats) or segment in [zone, key]", &names,
			&e, NULL),
		TEND_OK);
	tend_expr_fields(e, note_name, &read);
	assert_same_text(tend_str_text(&read), "arr lapsed seats segment zone key ");
	tend_str_finish(&read);
	tend_expr_destroy(e);
	tend_expr_destroy(NULL);
}

static void long_and_deep_expressions_are_within_their_limits(void **state)
{
	(void)state;
	struct tend_names names = customer_names();
	struct tend_str text = {0};
	struct tend_expr *e = NULL;
	const struct tend_inputs in = {NULL, give_field, NULL};
	for (int i = 0; i < TEND_EXPR_DEPTH_MAX; i++) {
		tend_str_add(&text, "(");
	}
	tend_str_add(&text, "lapsed");
	for (int i = 0; i < TEND_EXPR_DEPTH_MAX; i++) {
		tend_str_add(&text, ")");
	}
	assert_int_equal(tend_expr_parse_line(tend_str_text(&text), &names, &e, NULL), TEND_OK);
	assert_int_equal(tend_expr_truth(e, &in), TEND_TRUE);
	tend_expr_destroy(e);
	tend_str_clear(&text);
	tend_str_add(&text, "1");
	while (text.len < TEND_EXPR_BYTES_MAX - 7) {
		tend_str_add(&text, "+1");
	}
	tend_str_add(&text, "> 2044");
	assert_int_equal(tend_expr_parse_line(tend_str_text(&text), &names, &e, NULL), TEND_OK);
	assert_int_equal(tend_expr_truth(e, &in), TEND_TRUE);
	tend_expr_destroy(e);
	tend_str_finish(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_keep_what_is_true),
		cmocka_unit_test(functions_ask_their_inputs),
		cmocka_unit_test(values_come_as_numbers_texts_and_dates),
		cmocka_unit_test(columns_of_a_file_are_texts_that_may_read_as_numbers),
		cmocka_unit_test(times_count_as_their_day),
		cmocka_unit_test(the_fields_that_are_read_are_told_once_each),
		cmocka_unit_test(long_and_deep_expressions_are_within_their_limits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
