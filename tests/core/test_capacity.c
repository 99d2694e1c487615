/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tend/capacity.h>

#include "support.h"

static struct tend_date day(const char *s)
{
	struct tend_date d = TEND_NO_DATE;
	if (!tend_date_parse(s, &d)) {
		fail_msg("%s is no date", s);
	}
	return d;
}

static void a_week_begins_on_its_monday(void **state)
{
	(void)state;
	static const struct {
		const char *day, *monday;
	} rows[] = {{"2026-11-16", "2026-11-16"}, {"2026-11-18", "2026-11-16"},
		{"2026-11-22", "2026-11-16"}, {"2026-11-23", "2026-11-23"},
		{"2027-01-01", "2026-12-28"}, {"1969-12-31", "1969-12-29"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(tend_week_of(day(rows[i].day)).day, day(rows[i].monday).day);
	}
}

/* Plans on Wednesday, 18 November 2026. */
static struct tend_list plan(struct tend_capacity_work *work, size_t n,
	const struct tend_capacity_hours *hours, int weeks)
{
	struct tend_list list;
	tend_list_init(&list, &tend_capacity_type);
	tend_capacity_plan(work, n, hours, day("2026-11-18"), weeks, &list);
	return list;
}

static void assert_row(const struct tend_list *list, size_t i, const char *owner, const char *week,
	double hours, double overdue)
{
	const struct tend_capacity *row = tend_list_at(list, i);
	assert_same_text(row->owner, owner);
	assert_int_equal(row->week.day, day(week).day);
	assert_true(fabs(row->hours - hours) < 1e-9);
	assert_true(fabs(row->overdue_hours - overdue) < 1e-9);
}

static void what_is_late_is_carried_into_the_first_week(void **state)
{
	(void)state;
	struct tend_capacity_work work[] = {
		{"li", day("2026-11-18"), 30}, /* due on the day: not late */
		{"li", day("2026-11-17"), 60}, /* late, of this week */
		{"li", day("2025-01-01"), 120}, /* long late */
		{"li", day("2026-11-22"), 15}, /* the Sunday */
		{"li", day("2026-11-23"), 600}, /* the next Monday */
		{"li", day("2026-12-07"), 6000}, /* after the weeks asked for */
	};
	const struct tend_capacity_hours hours = {.all = 30};
	struct tend_list list = plan(work, 6, &hours, 3);
	assert_int_equal(list.n, 3);
	assert_row(&list, 0, "li", "2026-11-16", 3.75, 3);
	assert_row(&list, 1, "li", "2026-11-23", 10, 0);
	assert_row(&list, 2, "li", "2026-11-30", 0, 0);
	const struct tend_capacity *row = tend_list_at(&list, 1);
	assert_true(fabs(row->load - 10.0 / 30) < 1e-9);
	tend_list_finish(&list);
}

static void owners_come_by_name_and_nobody_last(void **state)
{
	(void)state;
	struct tend_capacity_work work[] = {{"wang", day("2026-11-20"), 60},
		{NULL, day("2026-11-20"), 60}, {"chen", day("2026-11-20"), 0},
		{"wang", day("2026-11-19"), 60}};
	const struct tend_capacity_owner owners[] = {{"wang", 10}, {"chen", 0}};
	const struct tend_capacity_hours hours = {.all = 30, .owners = owners, .n = 2};
	struct tend_list list = plan(work, 4, &hours, 1);
	assert_int_equal(list.n, 3);
	assert_row(&list, 0, "chen", "2026-11-16", 0, 0);
	assert_row(&list, 1, "wang", "2026-11-16", 2, 0);
	assert_row(&list, 2, NULL, "2026-11-16", 1, 0);
	const struct tend_capacity *chen = tend_list_at(&list, 0), *wang = tend_list_at(&list, 1),
				   *nobody = tend_list_at(&list, 2);
	assert_true(chen->available == 0 && isnan(chen->load)); /* on leave */
	assert_true(wang->available == 10 && fabs(wang->load - 0.2) < 1e-9);
	assert_true(isnan(nobody->available) && isnan(nobody->load));
	tend_list_finish(&list);
}

static void a_week_with_holidays_has_fewer_hours(void **state)
{
	(void)state;
	struct tend_date holidays[] = {day("2026-11-23"), day("2026-11-24"), day("2026-11-28")};
	struct tend_date workdays[] = {day("2026-12-05")};
	const struct tend_calendar calendar = {"c", holidays, 3, workdays, 1};
	const struct tend_capacity_hours hours = {.all = 30, .calendar = &calendar};
	static const struct {
		const char *week;
		double available;
	} rows[] = {{"2026-11-16", 30}, {"2026-11-23", 18}, {"2026-11-30", 36}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double is = tend_capacity_available(&hours, "li", day(rows[i].week));
		assert_true(fabs(is - rows[i].available) < 1e-9);
	}
}

static void nothing_to_do_gives_no_rows(void **state)
{
	(void)state;
	const struct tend_capacity_hours hours = {.all = 30};
	struct tend_list list = plan(NULL, 0, &hours, TEND_CAPACITY_WEEKS);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

static void the_median_is_the_middle_one(void **state)
{
	(void)state;
	int64_t odd[] = {90, 10, 30}, even[] = {60, 10, 30, 120}, one[] = {45};
	assert_int_equal(tend_median(odd, 3), 30);
	assert_int_equal(tend_median(even, 4), 45);
	assert_int_equal(tend_median(one, 1), 45);
	assert_int_equal(tend_median(NULL, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_week_begins_on_its_monday),
		cmocka_unit_test(what_is_late_is_carried_into_the_first_week),
		cmocka_unit_test(owners_come_by_name_and_nobody_last),
		cmocka_unit_test(a_week_with_holidays_has_fewer_hours),
		cmocka_unit_test(nothing_to_do_gives_no_rows),
		cmocka_unit_test(the_median_is_the_middle_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
