/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include <tend/date.h>

enum {
	DAYS_PER_400_YEARS = 146097,
	DAYS_TO_1970 = 719468, /* from 0000-03-01, where the computing year begins */
	FIRST_YEAR = 1600,
	LAST_YEAR = 2600,
	FARTHEST_YEAR = 9999, /* what arithmetic may reach */
};

static bool is_leap(int64_t y)
{
	return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
}

static int days_in_month(int64_t y, int m)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[m - 1] + (m == 2 && is_leap(y));
}

/* Years are counted from March, so that the leap day is a year's last. */
static int64_t day_number(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year = y - era * 400;
	int64_t day = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
	return era * DAYS_PER_400_YEARS + year * 365 + year / 4 - year / 100 + day - DAYS_TO_1970;
}

bool tend_date_from_ymd(int y, int m, int d, struct tend_date *ret)
{
	if (y < FIRST_YEAR || y > LAST_YEAR || m < 1 || m > 12 || d < 1
		|| d > days_in_month(y, m)) {
		return false;
	}
	*ret = (struct tend_date){(int32_t)day_number(y, m, d)};
	return true;
}

void tend_date_to_ymd(struct tend_date date, int *y, int *m, int *d)
{
	int64_t days = (int64_t)date.day + DAYS_TO_1970;
	int64_t era = (days >= 0 ? days : days - (DAYS_PER_400_YEARS - 1)) / DAYS_PER_400_YEARS;
	int64_t in_era = days - era * DAYS_PER_400_YEARS;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	*d = (int)(in_year - (153 * month + 2) / 5 + 1);
	*m = (int)(month < 10 ? month + 3 : month - 9);
	*y = (int)(year + era * 400 + (*m <= 2));
}

/* A number of exactly `n` digits. */
static bool digits(const char *s, int n, int *ret)
{
	int value = 0;
	for (int i = 0; i < n; i++) {
		if (!isdigit((unsigned char)s[i])) {
			return false;
		}
		value = value * 10 + (s[i] - '0');
	}
	*ret = value;
	return true;
}

bool tend_date_parse(const char *s, struct tend_date *ret)
{
	int y, m, d;
	return strlen(s) == TEND_DATE_LEN - 1 && digits(s, 4, &y) && s[4] == '-'
		&& digits(s + 5, 2, &m) && s[7] == '-' && digits(s + 8, 2, &d)
		&& tend_date_from_ymd(y, m, d, ret);
}

static char *put_number(char *at, int value, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + n;
}

const char *tend_date_format(struct tend_date date, char buf[TEND_DATE_LEN])
{
	int y, m, d;
	buf[0] = '\0';
	if (!tend_has_date(date)) {
		return buf;
	}
	tend_date_to_ymd(date, &y, &m, &d);
	if (y < 0 || y > FARTHEST_YEAR) {
		return buf;
	}
	char *at = put_number(buf, y, 4);
	*at++ = '-';
	at = put_number(at, m, 2);
	*at++ = '-';
	at = put_number(at, d, 2);
	*at = '\0';
	return buf;
}

int tend_date_weekday(struct tend_date d)
{
	int64_t since_monday = ((int64_t)d.day + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

int tend_date_iso_week(struct tend_date d, int *ret_year)
{
	/* A week belongs to the year that has its Thursday. */
	struct tend_date thursday = {d.day + 4 - tend_date_weekday(d)};
	int month, day;
	tend_date_to_ymd(thursday, ret_year, &month, &day);
	return (int)((thursday.day - day_number(*ret_year, 1, 1)) / 7) + 1;
}

struct tend_date tend_date_add_months(struct tend_date date, int months)
{
	if (!tend_has_date(date)) {
		return date;
	}
	int y, m, d;
	tend_date_to_ymd(date, &y, &m, &d);
	int64_t month = (int64_t)y * 12 + (m - 1) + months;
	if (month < 0 || month / 12 > FARTHEST_YEAR) {
		return TEND_NO_DATE;
	}
	y = (int)(month / 12);
	m = (int)(month % 12) + 1;
	int last = days_in_month(y, m);
	return (struct tend_date){(int32_t)day_number(y, m, d < last ? d : last)};
}

int tend_month_of_term(struct tend_date start, struct tend_date day)
{
	if (!tend_has_date(start) || !tend_has_date(day) || day.day < start.day) {
		return 0;
	}
	int y, m, d, to_y, to_m;
	tend_date_to_ymd(start, &y, &m, &d);
	tend_date_to_ymd(day, &to_y, &to_m, &d);
	int months = (to_y - y) * 12 + (to_m - m);
	return months + (tend_date_add_months(start, months).day <= day.day);
}
