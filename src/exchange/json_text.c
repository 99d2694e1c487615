/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tend/exchange.h>
#include <tend/money.h>
#include <tend/text.h>

#include "stamp.h"

enum { NUMBER_LEN = 64, RATIO_DECIMALS = 4 };

static void add_unit(struct tend_str *out, uint32_t unit)
{
	tend_str_addf(out, "\\u%04" PRIx32, unit);
}

static void add_escape(struct tend_str *out, uint32_t c)
{
	static const struct {
		uint32_t c;
		const char *text;
	} names[] = {{'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].c == c) {
			tend_str_add(out, names[i].text);
			return;
		}
	}
	if (c > 0xffff) {
		add_unit(out, 0xd7c0 + (c >> 10));
		add_unit(out, 0xdc00 + (c & 0x3ff));
	} else {
		add_unit(out, c);
	}
}

/* What a terminal could act on, or a reader could not see, is escaped: the value stays exact. */
void tend_json_string(struct tend_str *out, const char *s)
{
	size_t n = strlen(s);
	bool plain = tend_is_printable(s, n);
	tend_str_addc(out, '"');
	while (n > 0) {
		size_t run = plain ? strcspn(s, "\"\\") : 0;
		if (run > 0) {
			tend_str_addn(out, s, run);
			s += run;
			n -= run;
			continue;
		}
		uint32_t c = 0;
		int len = tend_utf8_decode(s, n, &c);
		if (len <= 0) {
			tend_str_add(out, "\\ufffd");
			len = 1;
		} else if (c == '"' || c == '\\' || !(plain || tend_is_printable(s, (size_t)len))) {
			add_escape(out, c);
		} else {
			tend_str_addn(out, s, (size_t)len);
		}
		s += len;
		n -= (size_t)len;
	}
	tend_str_addc(out, '"');
}

/* The shortest decimal that reads back as the same number. */
static void add_number(struct tend_str *out, double value)
{
	char buf[NUMBER_LEN];
	if (value == floor(value) && fabs(value) < 1e15) {
		tend_str_addf(out, "%.0f", value == 0 ? 0.0 : value);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(buf, sizeof(buf), "%.*g", digits, value);
		if (strtod(buf, NULL) == value) {
			break;
		}
	}
	tend_str_add(out, buf);
}

static void add_ratio(struct tend_str *out, double value)
{
	char buf[NUMBER_LEN];
	if (fabs(value) >= 1e15) {
		add_number(out, value);
		return;
	}
	(void)snprintf(buf, sizeof(buf), "%.6f", value);
	size_t len = strlen(buf);
	size_t least = (size_t)(strchr(buf, '.') - buf) + 1 + RATIO_DECIMALS;
	while (len > least && buf[len - 1] == '0') {
		len--;
	}
	tend_str_addn(out, buf, len);
}

static void add_texts(struct tend_str *out, const char *list)
{
	tend_str_addc(out, '[');
	while (list != NULL && *list != '\0') {
		size_t n = strcspn(list, ",");
		char *one = tend_strndup(list, n);
		tend_json_string(out, one);
		free(one);
		list += n;
		if (*list == ',') {
			list++;
			tend_str_add(out, ", ");
		}
	}
	tend_str_addc(out, ']');
}

static void add_terms(struct tend_str *out, const struct tend_terms *terms)
{
	tend_str_addc(out, '[');
	for (size_t i = 0; terms != NULL && i < terms->n; i++) {
		tend_str_add(out, i > 0 ? ", {\"label\": " : "{\"label\": ");
		tend_json_string(out, terms->items[i].label != NULL ? terms->items[i].label : "");
		tend_str_add(out, ", \"points\": ");
		if (isfinite(terms->items[i].points)) {
			add_number(out, terms->items[i].points);
		} else {
			tend_str_add(out, "null");
		}
		tend_str_addc(out, '}');
	}
	tend_str_addc(out, ']');
}

static void add_scalar(struct tend_str *out, struct tend_value v)
{
	char buf[NUMBER_LEN];
	switch (v.type) {
	case TEND_TEXT:
		tend_json_string(out, v.text);
		break;
	case TEND_INT:
		tend_str_addf(out, "%" PRId64, v.integer);
		break;
	case TEND_BOOL:
		tend_str_add(out, v.integer != 0 ? "true" : "false");
		break;
	case TEND_MONEY:
		tend_str_add(out, tend_money_format(v.integer, buf));
		break;
	case TEND_NUMBER:
		add_number(out, v.number);
		break;
	case TEND_RATIO:
		add_ratio(out, v.number);
		break;
	case TEND_DATE:
		tend_str_addf(out, "\"%s\"", tend_date_format(v.date, buf));
		break;
	case TEND_TIME:
		tend_str_addf(out, "\"%s\"", stamp_format(v.integer, buf));
		break;
	case TEND_TAGS:
	case TEND_TERMS:
		break;
	}
}

void tend_json_value(struct tend_str *out, struct tend_value v)
{
	bool number = v.type == TEND_NUMBER || v.type == TEND_RATIO;
	if (v.type == TEND_TAGS) {
		add_texts(out, v.null ? NULL : v.text);
	} else if (v.type == TEND_TERMS) {
		add_terms(out, v.null ? NULL : v.terms);
	} else if (v.null || (number && !isfinite(v.number))) {
		tend_str_add(out, "null");
	} else {
		add_scalar(out, v);
	}
}
