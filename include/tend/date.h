/* SPDX-License-Identifier: MIT */
/*
 * Days, calendars and durations: the one place with date arithmetic. Core never asks the clock.
 * Proleptic Gregorian, years 1600-2600.
 */
#ifndef TEND_DATE_H
#define TEND_DATE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days since 1970-01-01. */
struct tend_date {
	int32_t day;
};
#define TEND_NO_DATE ((struct tend_date){INT32_MIN})
#define TEND_DATE_LEN 11 /* "YYYY-MM-DD" and NUL */

static inline bool tend_has_date(struct tend_date d)
{
	return d.day != INT32_MIN;
}

bool tend_date_from_ymd(int y, int m, int d, struct tend_date *ret); /* false where no such day */
void tend_date_to_ymd(struct tend_date date, int *y, int *m, int *d);
/* Exactly YYYY-MM-DD, the whole string. */
bool tend_date_parse(const char *s, struct tend_date *ret);
/* "YYYY-MM-DD", or "" for TEND_NO_DATE. Returns buf. */
const char *tend_date_format(struct tend_date d, char buf[TEND_DATE_LEN]);
/* 1 Monday … 7 Sunday. */
int tend_date_weekday(struct tend_date d);
int tend_date_iso_week(struct tend_date d, int *ret_year);

/* Keeps the day of the month, clamped to the month's last: 31 January + 1 month = 28/29 February. */
struct tend_date tend_date_add_months(struct tend_date d, int months);
/* The largest k with start + (k-1) months <= day; 0 before the start. */
int tend_month_of_term(struct tend_date start, struct tend_date day);

/* Workdays: Monday to Friday without a calendar (NULL). */
struct tend_calendar {
	const char *key;
	const struct tend_date *holidays; /* sorted */
	size_t nholidays;
	const struct tend_date *workdays; /* weekend days that are worked, sorted */
	size_t nworkdays;
};
bool tend_is_workday(const struct tend_calendar *cal, struct tend_date d);
/*
 * n > 0: n workdays after d; n < 0: before it. n == 0: d, or the next workday; with `backwards` the
 * one before.
 */
struct tend_date tend_add_workdays(
	const struct tend_calendar *cal, struct tend_date d, int n, bool backwards);

enum tend_unit { TEND_DAY, TEND_WORKDAY, TEND_WEEK, TEND_MONTH, TEND_QUARTER, TEND_YEAR };
struct tend_duration {
	int n; /* may be negative */
	enum tend_unit unit;
};
/* "7d", "2w", "3m", "1q", "1y", "5wd", or in words "3 months", "1 workday". Not negative. */
bool tend_duration_parse(const char *s, struct tend_duration *ret);
bool tend_unit_parse(const char *word, enum tend_unit *ret); /* singular or plural words */
const char *tend_unit_name(enum tend_unit unit); /* singular */
/* `cal` is used for workdays only. */
struct tend_date tend_date_add(
	const struct tend_calendar *cal, struct tend_date d, struct tend_duration by);
/* Months that the duration has; false for days, weeks and workdays. */
bool tend_duration_months(struct tend_duration d, int *ret);

/*
 * A date as a person types it: ISO, "11-25" (the nearest such day from today on), "today", "tomorrow",
 * "+3d", "-1w", "+2wd", "fri", "next friday", "今天", "明天", "周五", "下周五". False where it is none.
 */
bool tend_date_parse_human(const char *s, struct tend_date today, const struct tend_calendar *cal,
	struct tend_date *ret);

#endif
