/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "mapping.h"

enum { CENTURY_PIVOT = 69 }; /* %y from here on is 19xx, as POSIX says */

/* Up to `most` digits; false where there is none. */
static bool take_digits(const char **s, int most, int *ret)
{
	int value = 0, n = 0;
	for (; n < most && isdigit((unsigned char)**s); n++) {
		value = value * 10 + (*(*s)++ - '0');
	}
	*ret = value;
	return n > 0;
}

static bool take_two(const char **s, int largest)
{
	int value;
	return isdigit((unsigned char)(*s)[0]) && isdigit((unsigned char)(*s)[1])
		&& take_digits(s, 2, &value) && value <= largest;
}

/* Nothing, " HH:MM[:SS]" or "THH:MM[:SS]", with a fraction and a zone where they follow. */
static bool is_time(const char *s)
{
	if (*s == '\0') {
		return true;
	}
	if ((*s != ' ' && *s != 'T') || (s++, !take_two(&s, 23)) || *s++ != ':'
		|| !take_two(&s, 59)) {
		return false;
	}
	if (*s == ':') {
		s++;
		if (!take_two(&s, 60)) {
			return false;
		}
		if (*s == '.') {
			s++;
			size_t digits = strspn(s, "0123456789");
			if (digits == 0) {
				return false;
			}
			s += digits;
		}
	}
	if (*s == 'Z') {
		return s[1] == '\0';
	}
	if (*s == '+' || *s == '-') {
		s++;
		if (!take_two(&s, 14)) {
			return false;
		}
		s += *s == ':';
		return take_two(&s, 59) && *s == '\0';
	}
	return *s == '\0';
}

struct parts {
	int year, month, day;
};

static bool take_part(const char **s, char directive, struct parts *p)
{
	int ignored;
	switch (directive) {
	case 'Y':
		return take_digits(s, 4, &p->year) && p->year >= 1000;
	case 'y':
		if (!take_digits(s, 2, &p->year)) {
			return false;
		}
		p->year += p->year < CENTURY_PIVOT ? 2000 : 1900;
		return true;
	case 'm':
		return take_digits(s, 2, &p->month);
	case 'd':
		return take_digits(s, 2, &p->day);
	case 'H':
		return take_digits(s, 2, &ignored) && ignored <= 23;
	case 'M':
		return take_digits(s, 2, &ignored) && ignored <= 59;
	case 'S':
		return take_digits(s, 2, &ignored) && ignored <= 60;
	default:
		return directive == '%' && *(*s)++ == '%';
	}
}

static bool parse_format(const char *text, const char *format, struct tend_date *ret)
{
	struct parts parts = {0};
	for (; *format != '\0'; format++) {
		if (*format == '%') {
			if (!take_part(&text, *++format, &parts)) {
				return false;
			}
		} else if (*text++ != *format) {
			return false;
		}
	}
	return is_time(text) && tend_date_from_ymd(parts.year, parts.month, parts.day, ret);
}

bool mapping_date(const char *text, const char *format, struct tend_date *ret)
{
	char day[TEND_DATE_LEN];
	if (format != NULL) {
		return parse_format(text, format, ret);
	}
	size_t n = strnlen(text, sizeof(day) - 1);
	memcpy(day, text, n);
	day[n] = '\0';
	return tend_date_parse(day, ret) && is_time(text + n);
}
