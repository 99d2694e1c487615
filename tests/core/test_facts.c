/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/facts.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

enum { DAY = 20000 };

static struct tend_expr *parse(const char *text)
{
	struct tend_names names = tend_names_of(&tend_customer_type);
	names.functions = true;
	names.any_type = true;
	struct tend_expr *e = NULL;
	struct tend_error err = {0};
	if (tend_expr_parse_line(text, &names, &e, &err) != TEND_OK) {
		fail_msg("%s: %s", text, err.text);
	}
	return e;
}

/* The trace of the expression as lines. */
static void assert_trace(struct tend_facts *f, const char *text, const char *expected)
{
	struct tend_inputs in = tend_facts_inputs(f);
	struct tend_list rows;
	struct tend_str lines = {0};
	struct tend_expr *e = parse(text);
	tend_list_init(&rows, &tend_trace_type);
	(void)tend_expr_trace(e, &in, "when", &rows);
	for (size_t i = 0; i < rows.n; i++) {
		tend_trace_line(tend_list_at(&rows, i), &lines);
		tend_str_addc(&lines, '\n');
	}
	assert_same_text(tend_str_text(&lines), expected);
	tend_str_finish(&lines);
	tend_list_finish(&rows);
	tend_expr_destroy(e);
}

static void assert_value(struct tend_facts *f, const char *text, const char *expected)
{
	struct tend_inputs in = tend_facts_inputs(f);
	struct tend_expr *e = parse(text);
	struct tend_str out = {0};
	tend_value_format(tend_expr_value(e, &in), &out);
	if (strcmp(tend_str_text(&out), expected) != 0) {
		fail_msg("%s is %s, not %s", text, tend_str_text(&out), expected);
	}
	tend_str_finish(&out);
	tend_expr_destroy(e);
}

static const struct tend_point logins[] = {
	{.date = {DAY - 40}, .value = 20},
	{.date = {DAY - 29}, .value = 8},
	{.date = {DAY - 3}, .value = 4},
	{.date = {DAY}, .value = 0},
	{.date = {DAY + 1}, .value = 100},
};
static const struct tend_point seats[] = {
	{.date = {DAY - 40}, .value = 10},
	{.date = {DAY - 30}, .value = 5},
	{.date = {DAY - 2}, .value = 6},
};
static const struct tend_point soon[] = {{.date = {DAY + 2}, .value = 6}};

static struct tend_facts facts_of_points(void)
{
	struct tend_facts f = {.day = {DAY}};
	tend_facts_series(&f, "logins", false, logins, COUNT_OF(logins));
	tend_facts_series(&f, "seats", true, seats, COUNT_OF(seats));
	tend_facts_series(&f, "soon", false, soon, COUNT_OF(soon));
	return f;
}

static void a_window_has_its_first_day_and_the_day_itself(void **state)
{
	(void)state;
	struct tend_facts f = facts_of_points();
	assert_value(&f, "sum(logins, 30d)", "12");
	assert_value(&f, "sum(logins, 29d)", "4");
	assert_value(&f, "count(logins, 30d)", "3");
	assert_value(&f, "sum(logins, 1d)", "0");
	assert_value(&f, "latest(logins)", "0");
	assert_value(&f, "days_since(logins)", "3");
	tend_facts_finish(&f);
}

static void a_counter_has_zeros_and_a_gauge_has_gaps(void **state)
{
	(void)state;
	struct tend_facts f = facts_of_points();
	assert_value(&f, "avg(logins, 30d)", "0.4");
	assert_value(&f, "min(logins, 30d)", "0");
	assert_value(&f, "max(logins, 2d)", "0");
	assert_value(&f, "change(logins, 30d)", "-0.4");
	assert_value(&f, "avg(seats, 30d)", "6");
	assert_value(&f, "min(seats, 60d)", "5");
	assert_value(&f, "change(seats, 30d)", "-0.2");
	assert_value(&f, "sum(seats, 2d)", "");
	assert_value(&f, "count(seats, 2d)", "0");
	tend_facts_finish(&f);
}

static void points_that_are_yet_to_come_are_not_known(void **state)
{
	(void)state;
	struct tend_facts f = facts_of_points();
	assert_value(&f, "sum(soon, 30d)", "");
	assert_value(&f, "count(soon, 30d)", "");
	assert_value(&f, "latest(never)", "");
	f.day.day += 2;
	tend_facts_clear(&f);
	tend_facts_series(&f, "soon", false, soon, COUNT_OF(soon));
	assert_value(&f, "sum(soon, 30d)", "6");
	tend_facts_finish(&f);
}

static void records_are_counted_as_of_the_day(void **state)
{
	(void)state;
	struct tend_milestone milestones[] = {
		{.key = "a",
			.occurrence = 1,
			.state = "done",
			.due = {DAY - 9},
			.done_on = {DAY - 9}},
		{.key = "a",
			.occurrence = 2,
			.state = "doing",
			.due = {DAY - 1},
			.done_on = TEND_NO_DATE},
		{.key = "b",
			.occurrence = 1,
			.state = "todo",
			.due = {DAY},
			.done_on = TEND_NO_DATE},
		{.key = "c",
			.occurrence = 1,
			.state = "skipped",
			.due = {DAY - 9},
			.done_on = TEND_NO_DATE},
	};
	struct tend_complaint complaints[] = {
		{.opened = {DAY}, .closed = TEND_NO_DATE},
		{.opened = {DAY - 5}, .closed = {DAY}},
		{.opened = {DAY - 5}, .closed = {DAY + 1}},
		{.opened = {DAY + 1}, .closed = TEND_NO_DATE},
	};
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.last_contact.day = DAY - 12;
	struct tend_facts f = {.day = {DAY},
		.customer = &c,
		.milestones = milestones,
		.nmilestones = COUNT_OF(milestones),
		.complaints = complaints,
		.ncomplaints = COUNT_OF(complaints)};
	assert_value(&f, "open(complaints)", "2");
	assert_value(&f, "open(milestones)", "2");
	assert_value(&f, "overdue(milestones)", "1");
	assert_value(&f, "days_since(contact)", "12");
	assert_value(&f, "done(\"a\")", "true");
	assert_value(&f, "done(\"a#2\")", "false");
	assert_value(&f, "done(\"c\")", "false");
	assert_value(&f, "done(\"not-there\")", "false");
	assert_value(&f, "open(alerts)", "");
	struct tend_gift gifts[] = {{.state = "planned", .date = {DAY}},
		{.state = "given", .date = {DAY}}, {.state = "planned"}};
	struct tend_facts_records records = {tend_kind_of(&tend_gift_type), gifts, COUNT_OF(gifts)};
	f.records = &records;
	f.nrecords = 1;
	assert_value(&f, "open(gifts)", "2");
	assert_value(&f, "open(needs)", "0");
	f.closed = milestones;
	f.nclosed = 1;
	f.milestones = milestones + 1;
	f.nmilestones = 2;
	assert_value(&f, "done(\"a\")", "true");
	assert_value(&f, "open(milestones)", "2");
	tend_facts_finish(&f);
}

static void a_trace_says_what_each_part_gave_and_rests_on(void **state)
{
	(void)state;
	struct tend_facts f = facts_of_points();
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.arr = 5000000;
	f.customer = &c;
	assert_trace(&f,
		"arr >= 100000 or change(logins, 30d) <= -30% and (segment == \"mid\" or "
		"days_since(contact) < 3)",
		"arr >= 100000 or change(logins, 30d) <= -30% and (segment == \"mid\" or "
		"days_since(contact) < 3): "
		"unknown, segment, days_since(contact)\n"
		"  arr >= 100000: false\n"
		"    arr: 50000\n"
		"  change(logins, 30d) <= -30% and (segment == \"mid\" or days_since(contact) < "
		"3): unknown, "
		"segment, days_since(contact)\n"
		"    change(logins, 30d) <= -30%: true\n"
		"      change(logins, 30d): -0.4 (from 2024-08-06 to 2024-10-04, points: 4, newest "
		"2024-10-04)\n"
		"    (segment == \"mid\" or days_since(contact) < 3): unknown, segment, "
		"days_since(contact)\n"
		"      segment == \"mid\": unknown, segment\n"
		"        segment: unknown, there is no value\n"
		"      days_since(contact) < 3: unknown, days_since(contact)\n"
		"        days_since(contact): unknown, there is no activity\n");
	tend_facts_finish(&f);
}

static void a_trace_names_every_reason_for_what_is_unknown(void **state)
{
	(void)state;
	static const struct {
		const char *text, *expected;
	} rows[] = {
		{"sum(seats, 2d)",
			"sum(seats, 2d): unknown, there is no point in the window (from 2024-10-03 "
			"to "
			"2024-10-04, points: 0)\n"},
		{"latest(never)", "latest(never): unknown, there is no point up to the day\n"},
		{"change(logins, 4d)",
			"change(logins, 4d): unknown, it was zero before (from 2024-09-27 to "
			"2024-10-04, "
			"points: 2, newest 2024-10-04)\n"},
		{"1 / 3 * arr", "1 / 3 * arr: 16666.6667\n  1 / 3: 0.3333\n  arr: 50000\n"},
		{"1 / 0 > 2", "1 / 0 > 2: unknown, 1 / 0\n  1 / 0: unknown, division by zero\n"},
		{"1 == 1 and 2 == 2 and 3 == 4",
			"1 == 1 and 2 == 2 and 3 == 4: false\n  1 == 1: true\n  2 == 2: true\n"
			"  3 == 4: false\n"},
	};
	struct tend_facts f = facts_of_points();
	struct tend_customer c;
	tend_record_clear(&tend_customer_type, &c);
	c.arr = 5000000;
	f.customer = &c;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_trace(&f, rows[i].text, rows[i].expected);
	}
	tend_facts_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_has_its_first_day_and_the_day_itself),
		cmocka_unit_test(a_counter_has_zeros_and_a_gauge_has_gaps),
		cmocka_unit_test(points_that_are_yet_to_come_are_not_known),
		cmocka_unit_test(records_are_counted_as_of_the_day),
		cmocka_unit_test(a_trace_says_what_each_part_gave_and_rests_on),
		cmocka_unit_test(a_trace_names_every_reason_for_what_is_unknown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
