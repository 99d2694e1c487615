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
	assert_true(tend_date_parse(s, &d));
	return d;
}

struct row {
	const char *s, *expected;
};

/* Each row on Wednesday 2026-01-14. */
static void check(const struct tend_calendar *cal, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct tend_date d = TEND_NO_DATE;
		char buf[TEND_DATE_LEN];
		if (!tend_date_parse_human(rows[i].s, day("2026-01-14"), cal, &d)) {
			fail_msg("'%s' is refused", rows[i].s);
		}
		if (strcmp(tend_date_format(d, buf), rows[i].expected) != 0) {
			fail_msg("'%s' gives %s, not %s", rows[i].s, buf, rows[i].expected);
		}
	}
}

static void days_are_read_as_people_write_them(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"2026-11-25", "2026-11-25"},
		{"2026/11/25", "2026-11-25"},
		{"2026年11月25日", "2026-11-25"},
		{"11-25", "2026-11-25"},
		{"11/25", "2026-11-25"},
		{"11月25日", "2026-11-25"},
		{"11月5号", "2026-11-05"},
		{"1-14", "2026-01-14"},
		{"1-13", "2027-01-13"}, /* the next one */
		{"02-29", "2028-02-29"},
		{"today", "2026-01-14"},
		{"TODAY", "2026-01-14"},
		{" tomorrow ", "2026-01-15"},
		{"yesterday", "2026-01-13"},
		{"今天", "2026-01-14"},
		{"明天", "2026-01-15"},
		{"后天", "2026-01-16"},
		{"大后天", "2026-01-17"},
		{"昨天", "2026-01-13"},
		{"前天", "2026-01-12"},
		{"eom", "2026-01-31"},
		{"月底", "2026-01-31"},
		{"下月底", "2026-02-28"},
	};
	check(NULL, rows, sizeof(rows) / sizeof(rows[0]));
}

static void offsets_are_counted_from_today(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"+3d", "2026-01-17"},
		{"+ 3d", "2026-01-17"},
		{"＋３ｄ", "2026-01-17"},
		{"-1w", "2026-01-07"},
		{"+1m", "2026-02-14"},
		{"+1q", "2026-04-14"},
		{"+1y", "2027-01-14"},
		{"+2wd", "2026-01-16"},
		{"+3wd", "2026-01-19"},
		{"-3wd", "2026-01-09"},
		{"+0wd", "2026-01-14"},
		{"+2 weeks", "2026-01-28"},
		{"in 3 days", "2026-01-17"},
		{"in 1 month", "2026-02-14"},
		{"3 days ago", "2026-01-11"},
		{"2 months ago", "2025-11-14"},
		{"3天后", "2026-01-17"},
		{"3 天后", "2026-01-17"},
		{"2周后", "2026-01-28"},
		{"1个月后", "2026-02-14"},
		{"3个工作日后", "2026-01-19"},
		{"5天前", "2026-01-09"},
		{"1年前", "2025-01-14"},
		{"+3天", "2026-01-17"},
	};
	check(NULL, rows, sizeof(rows) / sizeof(rows[0]));
}

static void weekdays_are_the_nearest_or_those_of_a_named_week(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"fri", "2026-01-16"},
		{"Friday", "2026-01-16"},
		{"wed", "2026-01-14"},
		{"tue", "2026-01-20"},
		{"thurs", "2026-01-15"},
		{"周五", "2026-01-16"},
		{"周日", "2026-01-18"},
		{"星期一", "2026-01-19"},
		{"星期天", "2026-01-18"},
		{"礼拜六", "2026-01-17"},
		{"next friday", "2026-01-23"},
		{"next mon", "2026-01-19"},
		{"this monday", "2026-01-12"},
		{"last friday", "2026-01-09"},
		{"下周五", "2026-01-23"},
		{"下星期一", "2026-01-19"},
		{"下个星期一", "2026-01-19"},
		{"下下周三", "2026-01-28"},
		{"本周五", "2026-01-16"},
		{"这周一", "2026-01-12"},
		{"上周五", "2026-01-09"},
		{"next week", "2026-01-19"},
		{"下周", "2026-01-19"},
		{"next month", "2026-02-14"},
		{"下个月", "2026-02-14"},
		{"上月", "2025-12-14"},
	};
	check(NULL, rows, sizeof(rows) / sizeof(rows[0]));
}

static void workdays_follow_the_calendar(void **state)
{
	(void)state;
	const struct tend_date holidays[] = {day("2026-01-14"), day("2026-01-15")};
	const struct tend_calendar cal = {"x", holidays, 2, NULL, 0};
	static const struct row rows[] = {
		{"+1wd", "2026-01-16"},
		{"-1wd", "2026-01-13"},
		{"+0wd", "2026-01-16"},
		{"-0wd", "2026-01-13"},
	};
	check(&cal, rows, sizeof(rows) / sizeof(rows[0]));
}

static void what_is_no_date_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"", " ", "x", "+", "-", "+3", "3", "3d", "+d", "+3x",
		"13-01", "02-30", "2-", "-2", "2026-02-30", "2026-13-01", "1-2-3", "26-11-25",
		"nextfriday", "next", "next x", "下", "下五", "五", "周八", "周", "周fri fri",
		"friday next", "todayx", "in", "in x", "ago", "天后", "后", "3后", "11月", "月",
		"+99999999999d", "+100000y", "\xFF\xFE", "2600-12-31-1", "ﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺﷺ",
		"12345678天后",
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_date d = {42};
		if (tend_date_parse_human(rows[i], day("2026-01-14"), NULL, &d) || d.day != 42) {
			fail_msg("'%s' is taken", rows[i]);
		}
	}
}

static void random_input_never_breaks_the_reader(void **state)
{
	(void)state;
	static const char *const pieces[] = {"下", "周", "五", "+", "-", "3", "d", "wd", "next ",
		"fri", "月", "日", "天", "后", " ", "11", "年", "2026", "in ", " ago", "前", "\xFF",
		"个", "ﷺ"};
	struct support_random random = {19};
	for (int i = 0; i < 50000; i++) {
		char s[128] = "";
		for (unsigned n = support_random(&random, 8); n > 0; n--) {
			strcat(s, pieces[support_random(&random, 24)]);
		}
		struct tend_date d = TEND_NO_DATE;
		bool taken = tend_date_parse_human(s, day("2026-01-14"), NULL, &d);
		assert_int_equal(taken, tend_has_date(d));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_read_as_people_write_them),
		cmocka_unit_test(offsets_are_counted_from_today),
		cmocka_unit_test(weekdays_are_the_nearest_or_those_of_a_named_week),
		cmocka_unit_test(workdays_follow_the_calendar),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(random_input_never_breaks_the_reader),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
