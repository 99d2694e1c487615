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
	if (!tend_date_parse(s, &d)) {
		fail_msg("%s is no date", s);
	}
	return d;
}

static void assert_day(struct tend_date actual, const char *expected)
{
	char buf[TEND_DATE_LEN];
	assert_same_text(tend_date_format(actual, buf), expected);
}

struct row {
	const char *from;
	int n;
	bool backwards;
	const char *expected;
};

static void check(const struct tend_calendar *cal, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_day(tend_add_workdays(cal, day(rows[i].from), rows[i].n, rows[i].backwards),
			rows[i].expected);
	}
}

static void without_a_calendar_monday_to_friday_are_worked(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"2026-01-02", 1, false, "2026-01-05"}, /* from a Friday */
		{"2026-01-02", 0, false, "2026-01-02"},
		{"2026-01-03", 0, false, "2026-01-05"}, /* from a Saturday */
		{"2026-01-03", 0, true, "2026-01-02"},
		{"2026-01-03", 1, false, "2026-01-05"},
		{"2026-01-04", -1, false, "2026-01-02"},
		{"2026-01-05", -1, false, "2026-01-02"},
		{"2026-01-03", 5, false, "2026-01-09"},
		{"2026-01-04", 5, false, "2026-01-09"},
		{"2026-01-05", 5, false, "2026-01-12"},
		{"2026-01-03", -5, false, "2025-12-29"},
		{"2026-01-05", 260, false, "2027-01-04"},
		{"2026-01-05", -260, false, "2025-01-06"},
	};
	check(NULL, rows, sizeof(rows) / sizeof(rows[0]));
}

static void a_calendar_adds_holidays_and_worked_weekends(void **state)
{
	(void)state;
	/* New Year 2026 in China: 16-23 February are free, Saturday 14 and 28 February are worked. */
	const struct tend_date holidays[] = {day("2026-02-16"), day("2026-02-17"),
		day("2026-02-18"), day("2026-02-19"), day("2026-02-20"), day("2026-02-23")};
	const struct tend_date workdays[] = {day("2026-02-14"), day("2026-02-28")};
	const struct tend_calendar cal = {"cn", holidays, 6, workdays, 2};
	static const struct row rows[] = {
		{"2026-02-13", 1, false, "2026-02-14"},
		{"2026-02-14", 1, false, "2026-02-24"},
		{"2026-02-16", 0, false, "2026-02-24"},
		{"2026-02-16", 0, true, "2026-02-14"},
		{"2026-02-24", -1, false, "2026-02-14"},
		{"2026-02-13", 5, false, "2026-02-27"},
		{"2026-02-13", 7, false, "2026-03-02"},
		{"2026-03-02", 10, false, "2026-03-16"},
		{"2026-03-02", -1, false, "2026-02-28"},
		{"2026-02-27", 1, false, "2026-02-28"},
	};
	check(&cal, rows, sizeof(rows) / sizeof(rows[0]));
	assert_false(tend_is_workday(&cal, day("2026-02-16")));
	assert_true(tend_is_workday(&cal, day("2026-02-14")));
	assert_false(tend_is_workday(&cal, day("2026-02-15")));
	assert_true(tend_is_workday(&cal, day("2026-02-13")));
}

static void a_day_that_is_listed_twice_is_free(void **state)
{
	(void)state;
	const struct tend_date both[] = {day("2026-02-14")};
	const struct tend_calendar cal = {"x", both, 1, both, 1};
	assert_false(tend_is_workday(&cal, day("2026-02-14")));
}

static void far_workdays_have_an_end(void **state)
{
	(void)state;
	assert_false(tend_has_date(tend_add_workdays(NULL, day("2026-01-01"), INT32_MAX, false)));
	assert_false(tend_has_date(tend_add_workdays(NULL, day("2026-01-01"), INT32_MIN, false)));
	assert_false(tend_has_date(tend_add_workdays(NULL, TEND_NO_DATE, 1, false)));
}

static void stepping_and_skipping_weeks_agree(void **state)
{
	(void)state;
	struct support_random random = {17};
	for (int i = 0; i < 500; i++) {
		struct tend_date holidays[12];
		int32_t at = 20000;
		for (size_t j = 0; j < 12; j++) {
			at += 1 + (int32_t)support_random(&random, 40);
			holidays[j] = (struct tend_date){at};
		}
		const struct tend_calendar cal = {"x", holidays, 12, holidays, 6};
		struct tend_date from = {19900 + (int32_t)support_random(&random, 700)};
		int n = (int)support_random(&random, 400) - 200, step = n < 0 ? -1 : 1;
		if (n == 0) {
			continue;
		}
		struct tend_date expected = from;
		for (int left = n * step; left > 0;) {
			expected.day += step;
			left -= tend_is_workday(&cal, expected);
		}
		assert_int_equal(tend_add_workdays(&cal, from, n, false).day, expected.day);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_calendar_monday_to_friday_are_worked),
		cmocka_unit_test(a_calendar_adds_holidays_and_worked_weekends),
		cmocka_unit_test(a_day_that_is_listed_twice_is_free),
		cmocka_unit_test(far_workdays_have_an_end),
		cmocka_unit_test(stepping_and_skipping_weeks_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
