/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tend/date.h>

#include "support.h"

static void durations_are_read_in_letters_and_in_words(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		struct tend_duration expected;
	} rows[] = {
		{"7d", {7, TEND_DAY}},
		{"2w", {2, TEND_WEEK}},
		{"3m", {3, TEND_MONTH}},
		{"1q", {1, TEND_QUARTER}},
		{"1y", {1, TEND_YEAR}},
		{"5wd", {5, TEND_WORKDAY}},
		{"0d", {0, TEND_DAY}},
		{"3 months", {3, TEND_MONTH}},
		{"1 month", {1, TEND_MONTH}},
		{"1 workday", {1, TEND_WORKDAY}},
		{"12 workdays", {12, TEND_WORKDAY}},
		{"2quarters", {2, TEND_QUARTER}},
		{"4  years", {4, TEND_YEAR}},
		{"100000d", {100000, TEND_DAY}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_duration d = {-1, TEND_DAY};
		if (!tend_duration_parse(rows[i].s, &d) || d.n != rows[i].expected.n
			|| d.unit != rows[i].expected.unit) {
			fail_msg("'%s' gives %d %s", rows[i].s, d.n, tend_unit_name(d.unit));
		}
	}
}

static void what_is_no_duration_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "d", "7", "-7d", "+7d", "7 ", "7x", "7D", "7dd",
		"7d ", " 7d", "1.5d", "7 days ago", "months", "100001d", "99999999999999999999d",
		"７d", "3 Months"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_duration d = {-1, TEND_DAY};
		if (tend_duration_parse(rows[i], &d) || d.n != -1) {
			fail_msg("'%s' is taken", rows[i]);
		}
	}
}

static void every_unit_has_a_name_that_reads_back(void **state)
{
	(void)state;
	for (enum tend_unit unit = TEND_DAY; unit <= TEND_YEAR; unit++) {
		enum tend_unit back = TEND_DAY;
		assert_true(tend_unit_parse(tend_unit_name(unit), &back));
		assert_int_equal(back, unit);
	}
	assert_same_text(tend_unit_name((enum tend_unit)99), "");
	enum tend_unit unit;
	assert_false(tend_unit_parse("d", &unit));
	assert_false(tend_unit_parse("", &unit));
	assert_false(tend_unit_parse("fortnight", &unit));
}

static void adding_follows_the_unit(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		struct tend_duration by;
		const char *expected;
	} rows[] = {
		{"2026-01-31", {1, TEND_DAY}, "2026-02-01"},
		{"2026-01-31", {-31, TEND_DAY}, "2025-12-31"},
		{"2026-01-31", {2, TEND_WEEK}, "2026-02-14"},
		{"2026-01-31", {1, TEND_MONTH}, "2026-02-28"},
		{"2026-01-31", {1, TEND_QUARTER}, "2026-04-30"},
		{"2026-01-31", {-1, TEND_QUARTER}, "2025-10-31"},
		{"2024-02-29", {1, TEND_YEAR}, "2025-02-28"},
		{"2026-01-31", {1, TEND_WORKDAY}, "2026-02-02"},
		{"2026-01-31", {-1, TEND_WORKDAY}, "2026-01-30"},
		{"2026-01-31", {0, TEND_WORKDAY}, "2026-02-02"},
		{"2026-01-31", {INT32_MAX, TEND_DAY}, ""},
		{"2026-01-31", {INT32_MAX, TEND_WEEK}, ""},
		{"2026-01-31", {INT32_MAX, TEND_YEAR}, ""},
		{"2026-01-31", {INT32_MIN, TEND_QUARTER}, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_date from;
		char buf[TEND_DATE_LEN];
		assert_true(tend_date_parse(rows[i].from, &from));
		assert_same_text(tend_date_format(tend_date_add(NULL, from, rows[i].by), buf),
			rows[i].expected);
	}
	assert_false(tend_has_date(
		tend_date_add(NULL, TEND_NO_DATE, (struct tend_duration){1, TEND_DAY})));
}

static void only_month_units_have_months(void **state)
{
	(void)state;
	static const struct {
		struct tend_duration d;
		bool has;
		int months;
	} rows[] = {
		{{5, TEND_DAY}, false, 0},
		{{5, TEND_WEEK}, false, 0},
		{{5, TEND_WORKDAY}, false, 0},
		{{5, TEND_MONTH}, true, 5},
		{{5, TEND_QUARTER}, true, 15},
		{{-2, TEND_YEAR}, true, -24},
		{{INT32_MAX, TEND_YEAR}, false, 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int months = 0;
		assert_int_equal(tend_duration_months(rows[i].d, &months), rows[i].has);
		if (rows[i].has) {
			assert_int_equal(months, rows[i].months);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_are_read_in_letters_and_in_words),
		cmocka_unit_test(what_is_no_duration_is_refused),
		cmocka_unit_test(every_unit_has_a_name_that_reads_back),
		cmocka_unit_test(adding_follows_the_unit),
		cmocka_unit_test(only_month_units_have_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
