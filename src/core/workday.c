/* SPDX-License-Identifier: MIT */
#include <tend/date.h>

enum { FARTHEST_DAY = 3000000 }; /* beyond the year 9999 */

static bool contains(const struct tend_date *days, size_t n, struct tend_date d)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (days[middle].day < d.day) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low < n && days[low].day == d.day;
}

bool tend_is_workday(const struct tend_calendar *cal, struct tend_date d)
{
	bool weekend = tend_date_weekday(d) > 5;
	if (cal == NULL) {
		return !weekend;
	}
	return !contains(cal->holidays, cal->nholidays, d)
		&& (!weekend || contains(cal->workdays, cal->nworkdays, d));
}

/* True where the calendar names no day from `d` on in the direction of `step`. */
static bool is_regular(const struct tend_date *days, size_t n, struct tend_date d, int step)
{
	return n == 0 || (step > 0 ? days[n - 1].day < d.day : days[0].day > d.day);
}

/* Weeks of five workdays are taken at once where the calendar has no say. */
static void skip_weeks(
	const struct tend_calendar *cal, struct tend_date *d, int64_t *left, int step)
{
	if (cal == NULL
		|| (is_regular(cal->holidays, cal->nholidays, *d, step)
			&& is_regular(cal->workdays, cal->nworkdays, *d, step))) {
		int64_t weeks = *left / 5;
		d->day += (int32_t)(step * weeks * 7);
		*left -= weeks * 5;
	}
}

struct tend_date tend_add_workdays(
	const struct tend_calendar *cal, struct tend_date d, int n, bool backwards)
{
	int step = n < 0 || (n == 0 && backwards) ? -1 : 1;
	int64_t left = (int64_t)n * step;
	if (!tend_has_date(d) || left > FARTHEST_DAY) {
		return TEND_NO_DATE;
	}
	if (n == 0) {
		while (!tend_is_workday(cal, d)) {
			d.day += step;
		}
		return d;
	}
	while (left > 0) {
		if (left >= 5 && tend_date_weekday(d) <= 5) {
			skip_weeks(cal, &d, &left, step);
		}
		if (left > 0) {
			d.day += step;
			left -= tend_is_workday(cal, d);
		}
	}
	return d;
}
