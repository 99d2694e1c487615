/* SPDX-License-Identifier: MIT */
/* A growable string of bytes, always ended by a NUL. A string of zeroes is ready to use. */
#ifndef TEND_STR_H
#define TEND_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct tend_str {
	char *data; /* NULL while empty and never written: use tend_str_text() */
	size_t len, cap;
};

void tend_str_add(struct tend_str *s, const char *text);
void tend_str_addn(struct tend_str *s, const char *text, size_t n);
void tend_str_addc(struct tend_str *s, char c);
void tend_str_addf(struct tend_str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void tend_str_clear(struct tend_str *s); /* keeps the memory */
const char *tend_str_text(const struct tend_str *s); /* never NULL */
char *tend_str_steal(struct tend_str *s); /* the caller frees it; `s` is empty after it */
void tend_str_finish(struct tend_str *s);

bool tend_starts_with(const char *s, const char *prefix);
/* NULL equals NULL. Here, as rows are compared by the ten thousand and mostly differ at once. */
static inline bool tend_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && *a == *b && strcmp(a, b) == 0);
}
/* Whole-string decimal integer; no blanks, no overflow. */
bool tend_parse_int(const char *s, long long *ret);
/* Whole-string decimal number with '.'; independent of the locale. */
bool tend_parse_number(const char *s, double *ret);

#endif
