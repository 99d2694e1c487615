/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/mem.h>
#include <tend/str.h>

static void reserve(struct tend_str *s, size_t more)
{
	if (s->cap - s->len > more) {
		return;
	}
	size_t cap = s->cap > 0 ? s->cap : 32;
	while (cap - s->len <= more) {
		cap *= 2;
	}
	s->data = tend_realloc(s->data, cap, 1);
	s->cap = cap;
}

void tend_str_addn(struct tend_str *s, const char *text, size_t n)
{
	reserve(s, n);
	if (n > 0) {
		memcpy(s->data + s->len, text, n);
	}
	s->len += n;
	s->data[s->len] = '\0';
}

void tend_str_add(struct tend_str *s, const char *text)
{
	tend_str_addn(s, text, strlen(text));
}

void tend_str_addc(struct tend_str *s, char c)
{
	tend_str_addn(s, &c, 1);
}

void tend_str_addf(struct tend_str *s, const char *fmt, ...)
{
	va_list args, again;
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n > 0) {
		reserve(s, (size_t)n);
		(void)vsnprintf(s->data + s->len, (size_t)n + 1, fmt, again);
		s->len += (size_t)n;
	}
	va_end(again);
}

void tend_str_clear(struct tend_str *s)
{
	s->len = 0;
	if (s->data != NULL) {
		s->data[0] = '\0';
	}
}

const char *tend_str_text(const struct tend_str *s)
{
	return s->data != NULL ? s->data : "";
}

char *tend_str_steal(struct tend_str *s)
{
	char *text = s->data != NULL ? s->data : tend_strdup("");
	*s = (struct tend_str){0};
	return text;
}

void tend_str_finish(struct tend_str *s)
{
	free(s->data);
	*s = (struct tend_str){0};
}

bool tend_starts_with(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool tend_parse_int(const char *s, long long *ret)
{
	bool negative = *s == '-';
	s += *s == '-' || *s == '+';
	if (!isdigit((unsigned char)*s)) {
		return false;
	}
	long long value = 0;
	for (; isdigit((unsigned char)*s); s++) {
		int digit = *s - '0';
		if (__builtin_mul_overflow(value, 10, &value)
			|| __builtin_sub_overflow(value, digit, &value)) {
			return false; /* counted downwards, so that the smallest number fits */
		}
	}
	if (*s != '\0' || (!negative && __builtin_sub_overflow(0, value, &value))) {
		return false;
	}
	*ret = value;
	return true;
}

/* [+-] digits [. digits] [e [+-] digits], with a digit somewhere before the e. */
static bool is_number(const char *s)
{
	s += *s == '-' || *s == '+';
	size_t digits = strspn(s, "0123456789");
	s += digits;
	if (*s == '.') {
		size_t decimals = strspn(++s, "0123456789");
		digits += decimals;
		s += decimals;
	}
	if (digits == 0) {
		return false;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		size_t exponent = strspn(s, "0123456789");
		if (exponent == 0) {
			return false;
		}
		s += exponent;
	}
	return *s == '\0';
}

bool tend_parse_number(const char *s, double *ret)
{
	if (!is_number(s)) {
		return false;
	}
	double value = strtod(s, NULL); /* LC_NUMERIC stays C */
	if (!isfinite(value)) {
		return false;
	}
	*ret = value;
	return true;
}
