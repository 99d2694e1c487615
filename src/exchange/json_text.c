/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <tend/exchange.h>
#include <tend/text.h>

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
		double points = terms->items[i].points;
		tend_str_add(out, i > 0 ? ", {\"label\": " : "{\"label\": ");
		tend_json_string(out, terms->items[i].label != NULL ? terms->items[i].label : "");
		tend_str_add(out, ", \"points\": ");
		tend_json_value(out, (struct tend_value){.type = TEND_NUMBER, .number = points});
		tend_str_addc(out, '}');
	}
	tend_str_addc(out, ']');
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
	} else if (v.type == TEND_TEXT) {
		tend_json_string(out, v.text);
	} else {
		const char *mark = v.type == TEND_DATE || v.type == TEND_TIME ? "\"" : "";
		tend_str_add(out, mark);
		tend_value_format(v, out);
		tend_str_add(out, mark);
	}
}
