/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include <tend/date.h>
#include <tend/str.h>

enum { LONGEST = 100000 };

static const struct {
	const char *name, *plural, *letter;
	enum tend_unit unit;
} units[] = {
	{"day", "days", "d", TEND_DAY},
	{"workday", "workdays", "wd", TEND_WORKDAY},
	{"week", "weeks", "w", TEND_WEEK},
	{"month", "months", "m", TEND_MONTH},
	{"quarter", "quarters", "q", TEND_QUARTER},
	{"year", "years", "y", TEND_YEAR},
};
enum { NUNITS = sizeof(units) / sizeof(units[0]) };

bool tend_unit_parse(const char *word, enum tend_unit *ret)
{
	for (size_t i = 0; i < NUNITS; i++) {
		if (tend_same(word, units[i].name) || tend_same(word, units[i].plural)) {
			*ret = units[i].unit;
			return true;
		}
	}
	return false;
}

static bool letter_parse(const char *word, enum tend_unit *ret)
{
	for (size_t i = 0; i < NUNITS; i++) {
		if (tend_same(word, units[i].letter)) {
			*ret = units[i].unit;
			return true;
		}
	}
	return false;
}

const char *tend_unit_name(enum tend_unit unit)
{
	for (size_t i = 0; i < NUNITS; i++) {
		if (units[i].unit == unit) {
			return units[i].name;
		}
	}
	return "";
}

bool tend_duration_parse(const char *s, struct tend_duration *ret)
{
	struct tend_duration duration = {0};
	const char *word = s;
	for (; isdigit((unsigned char)*word); word++) {
		duration.n = duration.n * 10 + (*word - '0');
		if (duration.n > LONGEST) {
			return false;
		}
	}
	if (word == s) {
		return false;
	}
	word += strspn(word, " ");
	if (!letter_parse(word, &duration.unit) && !tend_unit_parse(word, &duration.unit)) {
		return false;
	}
	*ret = duration;
	return true;
}

bool tend_duration_months(struct tend_duration d, int *ret)
{
	static const int months[] = {[TEND_MONTH] = 1, [TEND_QUARTER] = 3, [TEND_YEAR] = 12};
	if (d.unit < TEND_MONTH || __builtin_mul_overflow(d.n, months[d.unit], ret)) {
		return false;
	}
	return true;
}

struct tend_date tend_date_add(
	const struct tend_calendar *cal, struct tend_date d, struct tend_duration by)
{
	int months, days = by.n;
	if (!tend_has_date(d)) {
		return d;
	}
	if (by.unit == TEND_WORKDAY) {
		return tend_add_workdays(cal, d, by.n, false);
	}
	if (by.unit >= TEND_MONTH) {
		return tend_duration_months(by, &months) ? tend_date_add_months(d, months)
							 : TEND_NO_DATE;
	}
	if ((by.unit == TEND_WEEK && __builtin_mul_overflow(by.n, 7, &days))
		|| __builtin_add_overflow(d.day, days, &d.day)) {
		return TEND_NO_DATE;
	}
	return d;
}
