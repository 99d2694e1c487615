/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <tend/lang.h>
#include <tend/money.h>
#include <tend/record.h>
#include <tend/str.h>
#include <tend/text.h>
#include <tend/words.h>

#include "value.h"

enum { SHOWN_MAX = 60, VALUES_MAX = 32 };

const char *value_shown(const char *text, size_t n, size_t max, struct tend_arena *arena)
{
	struct tend_str s = {0};
	size_t cut = n > max ? max : n;
	while (cut < n && cut > 0 && ((unsigned char)text[cut] & 0xC0) == 0x80) {
		cut--; /* whole characters */
	}
	(void)tend_printable(&s, text, cut);
	tend_str_add(&s, cut < n ? "…" : "");
	const char *kept = tend_arena_strdup(arena, tend_str_text(&s));
	tend_str_finish(&s);
	return kept;
}

static const char *shown(const char *text, struct tend_arena *arena)
{
	return value_shown(text, strlen(text), SHOWN_MAX, arena);
}

static enum tend_status refuse(const struct tend_field *f, const char *text, const char *expected,
	struct tend_arena *arena, struct tend_error *err)
{
	return tend_fail(err, TEND_BAD_INPUT, _("%s: \"%s\" is not %s"), f->name,
		shown(text, arena), expected);
}

static char plain(char c)
{
	return c == ' ' || c == '_' ? '-' : (char)tolower((unsigned char)c);
}

/* "Decision Maker" and "decision_maker" are decision-maker. */
static bool is_word(const char *word, const char *text)
{
	while (*word != '\0' && plain(*word) == plain(*text)) {
		word++;
		text++;
	}
	return *word == *text;
}

/* The one of the field's words that the text is, NULL; all of them are added to `all` where it is none. */
static const char *known_value(const struct tend_field *f, const char *text, struct tend_str *all)
{
	for (size_t i = 0; f->values[i] != NULL; i++) {
		if (is_word(f->values[i], text) || tend_word_is(f->name, f->values[i], text)) {
			return f->values[i];
		}
		if (all != NULL) {
			tend_str_addf(all, "%s%s", i > 0 ? ", " : "", f->values[i]);
		}
	}
	return NULL;
}

static enum tend_status parse_one_of(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	char folded[TEND_KEY_MAX] = "";
	struct tend_str all = {0};
	size_t n = 0;
	const char *known = known_value(f, text, &all);
	if (known != NULL) {
		*ret = (struct tend_value){.type = f->type, .text = known};
		tend_str_finish(&all);
		return TEND_OK;
	}
	while (n < VALUES_MAX && f->values[n] != NULL) {
		n++;
	}
	for (size_t i = 0; text[i] != '\0' && i + 1 < sizeof(folded); i++) {
		folded[i] = (char)tolower((unsigned char)text[i]);
	}
	const char *near = tend_nearest(folded, f->values, n);
	if (near != NULL) {
		(void)tend_fail(err, TEND_BAD_INPUT,
			_("%s: \"%s\" is not one of %s; did you mean %s?"), f->name,
			shown(text, arena), tend_str_text(&all), near);
	} else {
		(void)tend_fail(err, TEND_BAD_INPUT, _("%s: \"%s\" is not one of %s"), f->name,
			shown(text, arena), tend_str_text(&all));
	}
	tend_str_finish(&all);
	return TEND_BAD_INPUT;
}

static enum tend_status check_key(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_error *err)
{
	size_t n = strlen(text);
	if (!tend_is_printable(text, n)) {
		return refuse(f, text, _("a key: it has invisible characters"), arena, err);
	}
	if (text[0] == '-') {
		return refuse(f, text, _("a key: it begins with '-'"), arena, err);
	}
	if (isspace((unsigned char)text[0]) || isspace((unsigned char)text[n - 1])) {
		return refuse(f, text, _("a key: it has blanks at an end"), arena, err);
	}
	return TEND_OK;
}

/* "30" and "30天" are 30d. */
static char *plain_duration(const char *text, struct tend_arena *arena)
{
	static const struct {
		const char *word, *letter;
	} units[] = {{"", "d"}, {"天", "d"}, {"日", "d"}, {"周", "w"}, {"个月", "m"}, {"月", "m"},
		{"季度", "q"}, {"年", "y"}, {"个工作日", "wd"}, {"工作日", "wd"}};
	size_t n = strspn(text, "0123456789"), blanks = strspn(text + n, " ");
	for (size_t i = 0; n > 0 && i < sizeof(units) / sizeof(units[0]); i++) {
		if (strcmp(text + n + blanks, units[i].word) == 0) {
			return tend_arena_format(arena, "%.*s%s", (int)n, text, units[i].letter);
		}
	}
	return tend_arena_strdup(arena, text);
}

static enum tend_status parse_text(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	if (f->values != NULL
		&& ((f->flags & TEND_F_OPEN) == 0 || known_value(f, text, NULL) != NULL)) {
		return parse_one_of(f, text, arena, ret, err);
	}
	size_t n = strlen(text), max = f->max > 0 ? f->max : TEND_TEXT_MAX;
	if (!tend_utf8_valid(text, n)) {
		return refuse(f, text, _("valid UTF-8 text"), arena, err);
	}
	char *copy = tend_arena_strdup(arena, text);
	if ((f->flags & TEND_F_CURRENCY) != 0) {
		for (size_t i = 0; i < n; i++) {
			copy[i] = (char)toupper((unsigned char)copy[i]);
		}
		if (!tend_currency_valid(copy)) {
			return refuse(f, text, _("a currency of ISO 4217 such as CNY, EUR or USD"),
				arena, err);
		}
	}
	if (n > max) {
		return tend_fail(err, TEND_BAD_INPUT,
			_("%s: the text has %zu bytes; at most %zu are kept"), f->name, n, max);
	}
	if ((f->flags & TEND_F_DURATION) != 0) {
		struct tend_duration duration;
		copy = plain_duration(text, arena);
		if (!tend_duration_parse(copy, &duration)) {
			return refuse(f, text, _("a duration such as 30d, 2w or 3m"), arena, err);
		}
	}
	if ((f->flags & TEND_F_KEY) != 0) {
		enum tend_status status = check_key(f, text, arena, err);
		if (status != TEND_OK) {
			return status;
		}
	}
	*ret = (struct tend_value){.type = f->type, .text = copy};
	return TEND_OK;
}

/* Bytes of the separator at `s`: a comma or, as other programs export lists, a semicolon; and their
 * Chinese kin. */
static size_t separator(const char *s)
{
	static const char *const separators[] = {",", ";", "，", "；", "、"};
	for (size_t i = 0; i < sizeof(separators) / sizeof(separators[0]); i++) {
		if (tend_starts_with(s, separators[i])) {
			return strlen(separators[i]);
		}
	}
	return 0;
}

static bool has_tag(const struct tend_str *tags, const char *tag, size_t n)
{
	for (const char *at = tend_str_text(tags); *at != '\0';) {
		size_t length = strcspn(at, ",");
		if (length == n && memcmp(at, tag, n) == 0) {
			return true;
		}
		at += length + (at[length] == ',');
	}
	return false;
}

static enum tend_status parse_tags(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	struct tend_str tags = {0};
	enum tend_status status = TEND_OK;
	if (!tend_is_printable(text, strlen(text))) {
		return refuse(
			f, text, _("a list of tags: it has invisible characters"), arena, err);
	}
	while (*text != '\0') {
		size_t n = 0;
		while (text[n] != '\0' && separator(text + n) == 0) {
			n++;
		}
		const char *next = text + n + separator(text + n);
		while (n > 0 && isspace((unsigned char)text[0])) {
			text++;
			n--;
		}
		while (n > 0 && isspace((unsigned char)text[n - 1])) {
			n--;
		}
		if (n > 0 && !has_tag(&tags, text, n)) {
			tend_str_addf(&tags, "%s%.*s", tags.len > 0 ? "," : "", (int)n, text);
		}
		text = next;
	}
	size_t max = f->max > 0 ? f->max : TEND_TEXT_MAX;
	if (tags.len > max) {
		status = tend_fail(err, TEND_BAD_INPUT,
			_("%s: the text has %zu bytes; at most %zu are kept"), f->name, tags.len,
			max);
	} else {
		*ret = (struct tend_value){
			.type = f->type, .text = tend_arena_strdup(arena, tend_str_text(&tags))};
	}
	tend_str_finish(&tags);
	return status;
}

/* "is not a whole number from 1 to 5" and its kin. */
static enum tend_status refuse_number(const struct tend_field *f, const char *text, bool whole,
	struct tend_arena *arena, struct tend_error *err)
{
	const char *kind = whole ? _("a whole number") : _("a number");
	const char *expected = kind;
	if (f->max > 0) {
		expected = tend_arena_format(arena, _("%s from %d to %zu"), kind, f->min, f->max);
	} else if (whole) {
		expected = tend_arena_format(arena, _("%s from %d"), kind, f->min);
	}
	return refuse(f, text, expected, arena, err);
}

static enum tend_status parse_int(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	long long value;
	if (!tend_parse_int(text, &value) || value < f->min
		|| (f->max > 0 && (unsigned long long)value > f->max)) {
		return refuse_number(f, text, true, arena, err);
	}
	*ret = (struct tend_value){.type = f->type, .integer = value};
	return TEND_OK;
}

static enum tend_status parse_number(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	double value;
	if (!tend_parse_number(text, &value)
		|| (f->max > 0 && (value < f->min || value > (double)f->max))) {
		return refuse_number(f, text, false, arena, err);
	}
	*ret = (struct tend_value){.type = f->type, .number = value};
	return TEND_OK;
}

static enum tend_status parse_ratio(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	size_t n = strlen(text);
	bool percent = text[n - 1] == '%';
	const char *digits = tend_arena_strndup(arena, text, percent ? n - 1 : n);
	double value;
	if (!tend_parse_number(digits, &value)) {
		return refuse(f, text, _("a ratio such as 0.3 or 30%"), arena, err);
	}
	*ret = (struct tend_value){.type = f->type, .number = percent ? value / 100 : value};
	return TEND_OK;
}

bool value_bool_parse(const char *text, bool *ret)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {{"yes", true}, {"no", false}, {"true", true}, {"false", false}, {"1", true},
		{"0", false}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(text, words[i].word) == 0) {
			*ret = words[i].value;
			return true;
		}
	}
	return false;
}

/* "YYYY-MM-DDTHH:MM:SSZ" */
static bool parse_time(const char *text, int64_t *ret)
{
	char day[TEND_DATE_LEN];
	struct tend_date date;
	if (strlen(text) != 20) {
		return false;
	}
	memcpy(day, text, 10);
	day[10] = '\0';
	const char *form = "T00:00:00Z";
	int part[3] = {0};
	for (int i = 0; i < 10; i++) {
		char c = text[10 + i];
		if (form[i] == '0' ? !isdigit((unsigned char)c) : c != form[i]) {
			return false;
		}
		if (form[i] == '0') {
			part[i / 3] = part[i / 3] * 10 + (c - '0');
		}
	}
	if (!tend_date_parse(day, &date) || part[0] > 23 || part[1] > 59 || part[2] > 59) {
		return false;
	}
	*ret = (((int64_t)date.day * 24 + part[0]) * 60 + part[1]) * 60 + part[2];
	return true;
}

/* A word of one's own is one with no blanks around it, as those that are proposed. */
static const char *trimmed(const char *text, struct tend_arena *arena)
{
	while (isspace((unsigned char)*text)) {
		text++;
	}
	size_t n = strlen(text);
	while (n > 0 && isspace((unsigned char)text[n - 1])) {
		n--;
	}
	return text[n] == '\0' ? text : tend_arena_strndup(arena, text, n);
}

enum tend_status tend_field_parse(const struct tend_field *f, const char *text,
	struct tend_arena *arena, struct tend_value *ret, struct tend_error *err)
{
	bool yes;
	struct tend_value v = {.type = f->type};
	if ((f->flags & TEND_F_OPEN) != 0) {
		text = trimmed(text, arena);
	}
	if (text[0] == '\0') {
		if ((f->flags & TEND_F_REQUIRED) != 0 && (f->flags & TEND_F_KEY) != 0) {
			return tend_fail(
				err, TEND_BAD_INPUT, _("%s: it must not be empty"), f->name);
		}
		*ret = (struct tend_value){.type = f->type, .null = true};
		return TEND_OK;
	}
	switch (f->type) {
	case TEND_TEXT:
		return parse_text(f, text, arena, ret, err);
	case TEND_TAGS:
		return parse_tags(f, text, arena, ret, err);
	case TEND_INT:
		return parse_int(f, text, arena, ret, err);
	case TEND_NUMBER:
		return parse_number(f, text, arena, ret, err);
	case TEND_RATIO:
		return parse_ratio(f, text, arena, ret, err);
	case TEND_MONEY:
		if (!tend_money_parse(text, &v.integer)) {
			return refuse(f, text, _("an amount such as 1234.50"), arena, err);
		}
		break;
	case TEND_DATE:
		if (!tend_date_parse(text, &v.date)) {
			return refuse(f, text, _("a date (YYYY-MM-DD)"), arena, err);
		}
		break;
	case TEND_BOOL:
		if (!value_bool_parse(text, &yes)) {
			return refuse(f, text, _("yes or no"), arena, err);
		}
		v.integer = yes;
		break;
	case TEND_TIME:
		if (!parse_time(text, &v.integer)) {
			return refuse(f, text, _("a time (YYYY-MM-DDTHH:MM:SSZ)"), arena, err);
		}
		break;
	case TEND_TERMS:
		return refuse(f, text, _("a field that can be set"), arena, err);
	}
	*ret = v;
	return TEND_OK;
}
