/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tend/date.h>

#include "support.h"

static struct tend_date day(const char *s)
{
	struct tend_date d = TEND_NO_DATE;
	if (s[0] != '\0' && !tend_date_parse(s, &d)) {
		fail_msg("%s is no date", s);
	}
	return d;
}

static void assert_day(struct tend_date actual, const char *expected)
{
	char buf[TEND_DATE_LEN];
	assert_same_text(tend_date_format(actual, buf), expected);
}

static void days_are_numbered_from_1970(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int32_t number;
	} rows[] = {{"1970-01-01", 0}, {"1970-01-02", 1}, {"1969-12-31", -1}, {"2000-02-29", 11016},
		{"2026-01-01", 20454}, {"1600-01-01", -135140}, {"2600-12-31", 230467}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(day(rows[i].s).day, rows[i].number);
		assert_day((struct tend_date){rows[i].number}, rows[i].s);
	}
}

static void parsing_refuses_all_but_the_one_form(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "2026", "2026-1-1", "2026-01-1", "26-01-01",
		"2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-01T00:00:00Z", "2026-13-01",
		"2026-00-01", "2026-01-00", "2026-01-32", "2026-02-29", "1900-02-29", "2100-02-29",
		"2026-04-31", "1599-12-31", "2601-01-01", "+026-01-01", "2026-01-0x",
		"２０２６-01-01", "2026-01--1", "20260101", "-026-01-01"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_date d = {42};
		if (tend_date_parse(rows[i], &d) || d.day != 42) {
			fail_msg("'%s' is taken", rows[i]);
		}
	}
}

static void no_date_prints_as_nothing_and_stays_none(void **state)
{
	(void)state;
	assert_day(TEND_NO_DATE, "");
	assert_false(tend_has_date(TEND_NO_DATE));
	assert_false(tend_has_date(tend_date_add_months(TEND_NO_DATE, 3)));
	assert_int_equal(tend_month_of_term(TEND_NO_DATE, day("2026-01-01")), 0);
	assert_int_equal(tend_month_of_term(day("2026-01-01"), TEND_NO_DATE), 0);
}

static void day_numbers_out_of_all_years_print_as_nothing(void **state)
{
	(void)state;
	assert_day((struct tend_date){INT32_MAX}, "");
	assert_day((struct tend_date){INT32_MIN + 1}, "");
}

static void weekdays_begin_with_monday(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int weekday;
	} rows[] = {{"1970-01-01", 4}, {"2026-01-05", 1}, {"2026-01-11", 7}, {"1969-12-28", 7},
		{"1969-12-29", 1}, {"1600-01-01", 6}, {"2600-12-31", 3}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(tend_date_weekday(day(rows[i].s)), rows[i].weekday);
	}
}

static void weeks_belong_to_the_year_of_their_thursday(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int year, week;
	} rows[] = {{"2026-01-01", 2026, 1}, {"2027-01-01", 2026, 53}, {"2024-12-30", 2025, 1},
		{"2021-01-03", 2020, 53}, {"2021-01-04", 2021, 1}, {"2026-12-31", 2026, 53}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int year = 0;
		assert_int_equal(tend_date_iso_week(day(rows[i].s), &year), rows[i].week);
		assert_int_equal(year, rows[i].year);
	}
}

static void month_offset_clamps_to_the_last_day(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int months;
		const char *expected;
	} rows[] = {
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", 2, "2026-03-31"},
		{"2026-01-31", 3, "2026-04-30"},
		{"2026-01-31", 12, "2027-01-31"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-01-15", -13, "2024-12-15"},
		{"2026-11-30", 3, "2027-02-28"},
		{"2026-05-20", 0, "2026-05-20"},
		{"1900-01-31", 1, "1900-02-28"},
		{"2000-01-31", 1, "2000-02-29"},
		{"2026-01-31", INT32_MAX, ""},
		{"2026-01-31", INT32_MIN, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_day(
			tend_date_add_months(day(rows[i].from), rows[i].months), rows[i].expected);
	}
}

static void month_of_the_term_counts_from_one(void **state)
{
	(void)state;
	static const struct {
		const char *start, *day;
		int month;
	} rows[] = {
		{"2026-01-15", "2026-01-14", 0},
		{"2026-01-15", "2026-01-15", 1},
		{"2026-01-15", "2026-02-14", 1},
		{"2026-01-15", "2026-02-15", 2},
		{"2026-01-31", "2026-02-27", 1},
		{"2026-01-31", "2026-02-28", 2},
		{"2026-01-31", "2026-03-30", 2},
		{"2026-01-31", "2026-03-31", 3},
		{"2026-01-31", "2027-01-31", 13},
		{"2024-02-29", "2025-02-28", 13},
		{"2025-12-31", "2026-01-01", 1},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			tend_month_of_term(day(rows[i].start), day(rows[i].day)), rows[i].month);
	}
}

static void month_of_the_term_agrees_with_its_definition(void **state)
{
	(void)state;
	struct support_random random = {13};
	for (int i = 0; i < 20000; i++) {
		struct tend_date start = {(int32_t)support_random(&random, 40000) - 10000};
		struct tend_date at = {start.day + (int32_t)support_random(&random, 3000)};
		int k = tend_month_of_term(start, at);
		assert_true(k >= 1);
		assert_true(tend_date_add_months(start, k - 1).day <= at.day);
		assert_true(tend_date_add_months(start, k).day > at.day);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_numbered_from_1970),
		cmocka_unit_test(parsing_refuses_all_but_the_one_form),
		cmocka_unit_test(no_date_prints_as_nothing_and_stays_none),
		cmocka_unit_test(day_numbers_out_of_all_years_print_as_nothing),
		cmocka_unit_test(weekdays_begin_with_monday),
		cmocka_unit_test(weeks_belong_to_the_year_of_their_thursday),
		cmocka_unit_test(month_offset_clamps_to_the_last_day),
		cmocka_unit_test(month_of_the_term_counts_from_one),
		cmocka_unit_test(month_of_the_term_agrees_with_its_definition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
