/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/str.h>
#include <tend/text.h>

#include "expr.h"
#include "value.h"

enum { EXCERPT_MAX = 40 };

void expr_report(struct expr_source *s, enum tend_severity severity, struct expr_place at,
	const char *fmt, ...)
{
	va_list args;
	char text[1024];
	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	s->failed = s->failed || severity == TEND_ERROR;
	tend_findings_add(
		s->findings, severity, s->line, s->first_column + at.column - 1, "%s", text);
}

const char *expr_excerpt(struct expr_source *s, struct expr_place at)
{
	return value_shown(s->text + at.from, at.to - at.from, EXCERPT_MAX, s->arena);
}

/* The character at the position, full-width forms as their twins; 0 at the end. */
static uint32_t peek_raw(const struct expr_source *s, int *ret_bytes)
{
	uint32_t c = 0;
	*ret_bytes = tend_utf8_decode(s->text + s->pos, s->n - s->pos, &c);
	return *ret_bytes > 0 ? c : 0;
}

static uint32_t peek(const struct expr_source *s)
{
	int bytes;
	return tend_ascii_twin(peek_raw(s, &bytes));
}

static void skip(struct expr_source *s)
{
	int bytes;
	(void)peek_raw(s, &bytes);
	s->pos += bytes > 0 ? (size_t)bytes : 0;
	s->column += bytes > 0;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} signs[] = {{0x80, 0xBF}, {0x2000, 0x2BFF}, {0x3000, 0x303F}, {0xE000, 0xF8FF},
		{0xFE00, 0xFFFF}};
	if (c < 0x80) {
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (c >= signs[i].from && c <= signs[i].to) {
			return false;
		}
	}
	return true;
}

static void take(struct expr_source *s, struct tend_str *out)
{
	char bytes[4];
	tend_str_addn(out, bytes, (size_t)tend_utf8_encode(peek(s), bytes));
	skip(s);
}

static const char *keep(struct expr_source *s, struct tend_str *text)
{
	const char *kept = tend_arena_strdup(s->arena, tend_str_text(text));
	tend_str_finish(text);
	return kept;
}

static struct expr_token bad(struct expr_source *s, struct expr_token t)
{
	t.kind = TOKEN_BAD;
	t.at.to = s->pos;
	return t;
}

/* Digits, a fraction, and '%' or the unit of a duration. */
static struct expr_token lex_number(struct expr_source *s, struct expr_token t)
{
	struct tend_str text = {0};
	while (is_digit(peek(s))) {
		take(s, &text);
	}
	if (peek(s) == '.') {
		take(s, &text);
		while (is_digit(peek(s))) {
			take(s, &text);
		}
	}
	bool unit = is_letter(peek(s));
	t.kind = unit ? TOKEN_DURATION : TOKEN_NUMBER;
	while (is_letter(peek(s)) || is_digit(peek(s))) {
		take(s, &text);
	}
	t.text = keep(s, &text);
	t.at.to = s->pos;
	if (!unit && (!tend_parse_number(t.text, &t.number) || t.text[strlen(t.text) - 1] == '.')) {
		expr_report(s, TEND_ERROR, t.at, _("%s is not a number"), expr_excerpt(s, t.at));
		return bad(s, t);
	}
	struct expr_source before = *s; /* blanks may stand before the sign */
	while (!unit && is_blank(peek(s))) {
		skip(s);
	}
	if (!unit && peek(s) == '%') {
		skip(s);
		t.number /= 100;
		t.percent = true;
		t.at.to = s->pos;
	} else {
		*s = before;
	}
	return t;
}

static struct expr_token lex_name(struct expr_source *s, struct expr_token t)
{
	struct tend_str text = {0};
	while (is_letter(peek(s)) || is_digit(peek(s)) || (text.len > 0 && peek(s) == '.')) {
		take(s, &text);
	}
	t.kind = TOKEN_NAME;
	t.text = keep(s, &text);
	t.at.to = s->pos;
	return t;
}

/* The character that ends a text which begins with `c`; 0 where none begins. */
static uint32_t closing(uint32_t c)
{
	static const struct {
		uint32_t opening, closing;
	} quotes[] = {{'"', '"'}, {'\'', '\''}, {'`', '`'}, {0xFF02, 0xFF02}, {0x201C, 0x201D},
		{0x2018, 0x2019}, {0x300C, 0x300D}};
	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++) {
		if (c == quotes[i].opening) {
			return quotes[i].closing;
		}
	}
	return 0;
}

static struct expr_token lex_quoted(struct expr_source *s, struct expr_token t, uint32_t opening)
{
	struct tend_str text = {0};
	uint32_t end = closing(opening);
	int bytes;
	skip(s);
	for (uint32_t c = peek_raw(s, &bytes); c != end; c = peek_raw(s, &bytes)) {
		if (bytes <= 0) {
			tend_str_finish(&text);
			t.at.to = s->pos;
			expr_report(
				s, TEND_ERROR, t.at, _("the text that begins here is not closed"));
			return bad(s, t);
		}
		if (c == '\\') {
			char escaped = s->text[s->pos + 1];
			if (escaped == '\\' || (uint32_t)(unsigned char)escaped == end) {
				skip(s);
				(void)peek_raw(s, &bytes);
			}
		}
		tend_str_addn(&text, s->text + s->pos, (size_t)bytes);
		skip(s);
	}
	skip(s);
	t.kind = opening == '`' ? TOKEN_QUOTED_NAME : TOKEN_TEXT;
	t.text = keep(s, &text);
	t.at.to = s->pos;
	return t;
}

/* Signs that others use, and what they are here. */
static const char *meant(const char *sign)
{
	static const struct {
		const char *sign, *meant;
	} twins[] = {{"=", "=="}, {"=>", ">="}, {"=<", "<="}, {"&&", "and"}, {"||", "or"},
		{"!", "not"}, {"<>", "!="}, {"&", "and"}, {"|", "or"}};
	for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
		if (strcmp(sign, twins[i].sign) == 0) {
			return twins[i].meant;
		}
	}
	return NULL;
}

static struct expr_token lex_sign(struct expr_source *s, struct expr_token t)
{
	static const char *const pairs[] = {"==", "!=", "<=", ">=", "&&", "||", "<>", "=>", "=<"};
	static const struct {
		uint32_t c;
		const char *sign;
	} others[] = {{0x2264, "<="}, {0x2265, ">="}, {0x2260, "!="}, {0xD7, "*"}, {0xF7, "/"},
		{0x2212, "-"}, {0x3010, "["}, {0x3011, "]"}};
	uint32_t c = peek(s);
	char sign[3] = {0};
	t.kind = TOKEN_SIGN;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (c == others[i].c) {
			skip(s);
			t.at.to = s->pos;
			t.text = others[i].sign;
			return t;
		}
	}
	bool known = c < 0x80 && strchr("=!<>&|+-*/()[],%", (int)c) != NULL;
	skip(s);
	if (known) {
		sign[0] = (char)c;
		uint32_t second = peek(s);
		for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
			if (c == (unsigned char)pairs[i][0]
				&& second == (unsigned char)pairs[i][1]) {
				sign[1] = pairs[i][1];
				skip(s);
				break;
			}
		}
	}
	t.at.to = s->pos;
	t.text = tend_arena_strdup(s->arena, sign);
	const char *instead = known ? meant(sign) : NULL;
	if (instead != NULL) {
		expr_report(s, TEND_ERROR, t.at, _("\"%s\" is written \"%s\" here"), sign, instead);
		return bad(s, t);
	}
	if (!known) {
		expr_report(s, TEND_ERROR, t.at, _("\"%s\" has no meaning here"),
			expr_excerpt(s, t.at));
		return bad(s, t);
	}
	return t;
}

struct expr_token expr_next_token(struct expr_source *s)
{
	size_t before = s->pos;
	while (is_blank(peek(s))) {
		skip(s);
	}
	struct expr_token t = {.kind = TOKEN_END,
		.text = "",
		.at = {s->pos, s->pos, s->column},
		.glued = s->pos == before};
	if (s->pos >= s->n) {
		return t;
	}
	int bytes;
	uint32_t c = peek(s), raw = peek_raw(s, &bytes);
	if (is_digit(c)) {
		return lex_number(s, t);
	}
	if (is_letter(c)) {
		return lex_name(s, t);
	}
	if (closing(raw) != 0) {
		return lex_quoted(s, t, raw);
	}
	return lex_sign(s, t);
}
