/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include <tend/exchange.h>

#include "clean.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) != 0;
}

/* &name; or &#number; */
static bool is_entity(const char *s)
{
	s += 1 + (s[1] == '#');
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	return n > 0 && s[n] == ';';
}

static bool ends_mark(char c)
{
	return c == ' ' || c == '\0';
}

/* What would begin a heading, a list, a rule or a table's second row if a line began here. */
static const char *block_mark(const char *s)
{
	const char *digits = s + strspn(s, "0123456789");
	if (digits > s) {
		return (*digits == '.' || *digits == ')') && ends_mark(digits[1]) ? digits : NULL;
	}
	bool mark = false;
	switch (*s) {
	case '#':
		mark = ends_mark(s[strspn(s, "#")]);
		break;
	case '-':
		mark = ends_mark(s[1]) || s[1] == '-' || s[1] == ':';
		break;
	case '+':
		mark = ends_mark(s[1]);
		break;
	case ':':
		mark = s[1] == '-';
		break;
	case '=':
		mark = true;
		break;
	default:
		break;
	}
	return mark ? s : NULL;
}

static bool is_special(const char *start, const char *s)
{
	switch (*s) {
	case '\\':
	case '`':
	case '*':
	case '[':
	case ']':
	case '<':
	case '>':
	case '|':
	case '~':
		return true;
	case '_': /* inside a word it never means emphasis */
		return s == start || !is_word(s[-1]) || !is_word(s[1]);
	case '&':
		return is_entity(s);
	default:
		return false;
	}
}

void tend_md_text(struct tend_str *out, const char *s)
{
	struct tend_str clean = {0};
	clean_line(&clean, s);
	const char *start = tend_str_text(&clean);
	const char *end = start + clean.len;
	while (end > start && end[-1] == ' ') {
		end--;
	}
	const char *p = start;
	for (; p < end && *p == ' '; p++) {
		tend_str_add(out, "&#32;"); /* a reader drops blanks at the ends */
	}
	const char *mark = block_mark(p);
	for (; p < end; p++) {
		if (p == mark || is_special(start, p)) {
			tend_str_addc(out, '\\');
		}
		tend_str_addc(out, *p);
	}
	for (; *p == ' '; p++) {
		tend_str_add(out, "&#32;");
	}
	tend_str_finish(&clean);
}
