/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/money.h>
#include <tend/record.h>
#include <tend/str.h>
#include <tend/text.h>

#include "value.h"

enum { SECONDS_A_DAY = 24 * 60 * 60 };

/* The shortest decimal form that reads back as the same number. */
static void format_number(double number, struct tend_str *out)
{
	char text[32];
	for (int digits = 15; digits <= 17; digits++) {
		double again;
		(void)snprintf(text, sizeof(text), "%.*g", digits, number);
		if (tend_parse_number(text, &again) && again == number) {
			break;
		}
	}
	tend_str_add(out, strcmp(text, "-0") == 0 ? "0" : text);
}

/* Six decimals, of which zeros after the fourth go. */
static void format_ratio(double ratio, struct tend_str *out)
{
	char text[512];
	int n = snprintf(text, sizeof(text), "%.6f", ratio);
	for (int cut = 0; cut < 2 && n > 0 && text[n - 1] == '0'; cut++) {
		text[--n] = '\0';
	}
	tend_str_add(out, text);
}

struct tend_date value_day(int64_t seconds)
{
	int64_t day = seconds / SECONDS_A_DAY - (seconds % SECONDS_A_DAY < 0);
	return day > INT32_MIN && day <= INT32_MAX ? (struct tend_date){(int32_t)day}
						   : TEND_NO_DATE;
}

static void format_time(int64_t seconds, struct tend_str *out)
{
	struct tend_date date = value_day(seconds);
	int64_t rest = seconds - (int64_t)date.day * SECONDS_A_DAY;
	char day[TEND_DATE_LEN];
	if (tend_has_date(date) && tend_date_format(date, day)[0] != '\0') {
		tend_str_addf(out, "%sT%02d:%02d:%02dZ", day, (int)(rest / 3600),
			(int)(rest / 60 % 60), (int)(rest % 60));
	}
}

static void format_terms(const struct tend_terms *terms, struct tend_str *out)
{
	for (size_t i = 0; i < terms->n; i++) {
		tend_str_addf(out, "%s%s %+.10g", i > 0 ? "; " : "", terms->items[i].label,
			terms->items[i].points);
	}
}

void tend_value_format(struct tend_value v, struct tend_str *out)
{
	if (v.null) {
		return;
	}
	char buf[TEND_MONEY_LEN];
	char day[TEND_DATE_LEN];
	switch (v.type) {
	case TEND_TEXT:
	case TEND_TAGS:
		tend_str_add(out, v.text);
		break;
	case TEND_INT:
		tend_str_addf(out, "%lld", (long long)v.integer);
		break;
	case TEND_NUMBER:
		format_number(v.number, out);
		break;
	case TEND_RATIO:
		format_ratio(v.number, out);
		break;
	case TEND_MONEY:
		tend_str_add(out, tend_money_format(v.integer, buf));
		break;
	case TEND_DATE:
		tend_str_add(out, tend_date_format(v.date, day));
		break;
	case TEND_BOOL:
		tend_str_add(out, v.integer != 0 ? "true" : "false");
		break;
	case TEND_TIME:
		format_time(v.integer, out);
		break;
	case TEND_TERMS:
		format_terms(v.terms, out);
		break;
	}
}

static double terms_sum(const struct tend_terms *terms)
{
	double sum = 0;
	for (size_t i = 0; i < terms->n; i++) {
		sum += terms->items[i].points;
	}
	return sum;
}

/* Flips the bits of a double so that unsigned integers have the order of the numbers. */
static uint64_t double_order(double number)
{
	uint64_t bits;
	number += 0.0; /* -0 is 0 */
	memcpy(&bits, &number, sizeof(bits));
	return bits >> 63 != 0 ? ~bits : bits | UINT64_C(1) << 63;
}

static uint64_t integer_order(int64_t integer)
{
	return (uint64_t)integer ^ UINT64_C(1) << 63;
}

/* The first eight bytes, so that most comparisons never touch the text. */
static uint64_t text_order(const char *text)
{
	uint64_t order = 0;
	for (int i = 0; i < 8; i++) {
		order = order << 8 | (unsigned char)*text;
		text += *text != '\0';
	}
	return order;
}

static const char *fold_into(struct tend_arena *arena, const char *text)
{
	size_t n = strlen(text);
	char *copy = tend_arena_alloc(arena, n + 1);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= 0x80) {
			char *folded = tend_fold(text);
			const char *kept = tend_arena_strdup(arena, folded);
			free(folded);
			return kept;
		}
		copy[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	return copy;
}

struct sort_key value_sort_key(struct tend_value v, struct tend_arena *arena)
{
	if (v.null) {
		return (struct sort_key){.class = SORT_UNKNOWN};
	}
	struct sort_key key = {.class = SORT_NUMBER};
	switch (v.type) {
	case TEND_INT:
	case TEND_MONEY:
	case TEND_BOOL:
	case TEND_TIME:
		key.order = integer_order(v.integer);
		break;
	case TEND_NUMBER:
	case TEND_RATIO:
		key.order = double_order(v.number);
		break;
	case TEND_DATE:
		key.order = integer_order(v.date.day);
		break;
	case TEND_TERMS:
		key.order = double_order(terms_sum(v.terms));
		break;
	case TEND_TEXT:
	case TEND_TAGS:
		key.class = SORT_TEXT;
		key.text = fold_into(arena, v.text);
		key.order = text_order(key.text);
		break;
	}
	return key;
}

int sort_key_compare(const struct sort_key *a, const struct sort_key *b)
{
	if (a->class != b->class) {
		return a->class < b->class ? -1 : 1;
	}
	if (a->order != b->order) {
		return a->order < b->order ? -1 : 1;
	}
	return a->class == SORT_TEXT ? strcmp(a->text, b->text) : 0;
}

static bool is_integer(enum tend_type type)
{
	return type == TEND_INT || type == TEND_MONEY || type == TEND_BOOL || type == TEND_TIME;
}

int tend_value_compare(struct tend_value a, struct tend_value b)
{
	if (!a.null && !b.null
		&& is_integer(a.type) != is_integer(b.type)) { /* a whole number and another */
		if (is_integer(a.type)) {
			a = (struct tend_value){.type = TEND_NUMBER, .number = (double)a.integer};
		} else {
			b = (struct tend_value){.type = TEND_NUMBER, .number = (double)b.integer};
		}
	}
	struct tend_arena arena = {0};
	struct sort_key ka = value_sort_key(a, &arena), kb = value_sort_key(b, &arena);
	int order = sort_key_compare(&ka, &kb);
	tend_arena_finish(&arena);
	return order < 0 ? -1 : order > 0;
}
