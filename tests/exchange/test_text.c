/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include <tend/exchange.h>
#include <tend/text.h>

#include "support.h"

struct row {
	const char *text, *expected;
};
#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

static void check(const struct row *rows, size_t n, void (*add)(struct tend_str *, const char *))
{
	for (size_t i = 0; i < n; i++) {
		struct tend_str out = {0};
		add(&out, rows[i].text);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void json_strings_escape_what_a_terminal_could_act_on(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"", "\"\""},
		{"plain 客户", "\"plain 客户\""},
		{"a\"b\\c", "\"a\\\"b\\\\c\""},
		{"a\nb\tc\r", "\"a\\nb\\tc\\r\""},
		{"\x1b[31m\x7f", "\"\\u001b[31m\\u007f\""},
		{"\xc2\x9b", "\"\\u009b\""},
		{"\xe2\x80\xae", "\"\\u202e\""},
		{"\xe2\x80\x8b", "\"\\u200b\""},
		{"\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""},
		{"\xff"
		 "a",
			"\"\\ufffda\""},
	};
	check(rows, ROWS(rows), tend_json_string);
}

static void json_strings_read_back_exact(void **state)
{
	(void)state;
	struct support_random random = {7};
	for (int round = 0; round < 2000; round++) {
		struct tend_str text = {0}, out = {0};
		for (unsigned n = support_random(&random, 20); n > 0; n--) {
			static const unsigned ranges[] = {
				0x20, 0x80, 0x300, 0x3000, 0xd700, 0x1ffff};
			uint32_t c =
				1 + support_random(&random, ranges[support_random(&random, 6)]);
			char buf[4];
			c = c >= 0xd800 && c < 0xe000 ? 'x' : c;
			tend_str_addn(&text, buf, (size_t)tend_utf8_encode(c, buf));
		}
		tend_json_string(&out, tend_str_text(&text));
		json_t *value = json_loads(tend_str_text(&out), JSON_DECODE_ANY, NULL);
		assert_non_null(value);
		assert_string_equal(json_string_value(value), tend_str_text(&text));
		assert_true(tend_is_printable(tend_str_text(&out), out.len));
		json_decref(value);
		tend_str_finish(&text);
		tend_str_finish(&out);
	}
}

static struct tend_value number(enum tend_type type, double value)
{
	return (struct tend_value){.type = type, .number = value};
}

static struct tend_value integer(enum tend_type type, int64_t value)
{
	return (struct tend_value){.type = type, .integer = value};
}

static struct tend_value text(enum tend_type type, const char *value)
{
	return (struct tend_value){.type = type, .null = value == NULL, .text = value};
}

static void json_values_have_the_forms_of_the_interface(void **state)
{
	(void)state;
	static struct tend_term terms[] = {{"12 days overdue", 12}, {"ARR", 2.5}, {"none", NAN}};
	static const struct tend_terms all = {terms, 3};
	const struct {
		struct tend_value value;
		const char *expected;
	} rows[] = {
		{text(TEND_TEXT, "a"), "\"a\""},
		{text(TEND_TEXT, NULL), "null"},
		{integer(TEND_INT, -42), "-42"},
		{integer(TEND_MONEY, 123450), "1234.50"},
		{integer(TEND_MONEY, -5), "-0.05"},
		{integer(TEND_BOOL, 1), "true"},
		{integer(TEND_BOOL, 0), "false"},
		{integer(TEND_TIME, 0), "\"1970-01-01T00:00:00Z\""},
		{integer(TEND_TIME, -1), "\"1969-12-31T23:59:59Z\""},
		{number(TEND_NUMBER, 47), "47"},
		{number(TEND_NUMBER, 0.1), "0.1"},
		{number(TEND_NUMBER, NAN), "null"},
		{number(TEND_NUMBER, INFINITY), "null"},
		{number(TEND_RATIO, 0.85), "0.8500"},
		{number(TEND_RATIO, 0.90666667), "0.906667"},
		{number(TEND_RATIO, 1), "1.0000"},
		{text(TEND_TAGS, "a,b c,\"d"), "[\"a\", \"b c\", \"\\\"d\"]"},
		{text(TEND_TAGS, ""), "[]"},
		{text(TEND_TAGS, NULL), "[]"},
		{{.type = TEND_DATE, .date = {0}}, "\"1970-01-01\""},
		{{.type = TEND_DATE, .null = true, .date = TEND_NO_DATE}, "null"},
		{{.type = TEND_TERMS, .terms = &all},
			"[{\"label\": \"12 days overdue\", \"points\": 12}, {\"label\": \"ARR\", "
			"\"points\": "
			"2.5}, {\"label\": \"none\", \"points\": null}]"},
		{{.type = TEND_TERMS, .null = true}, "[]"},
	};
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct tend_str out = {0};
		tend_json_value(&out, rows[i].value);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void add_comma_cell(struct tend_str *out, const char *s)
{
	tend_csv_cell(out, s, ',', true);
}

static void add_tab_cell(struct tend_str *out, const char *s)
{
	tend_csv_cell(out, s, '\t', true);
}

static void csv_cells_are_quoted_and_guarded(void **state)
{
	(void)state;
	static const struct row commas[] = {
		{"", ""},
		{"plain", "plain"},
		{"two words", "two words"},
		{"a,b", "\"a,b\""},
		{"a;b", "\"a;b\""},
		{"a\tb", "a b"},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
		{"two\nlines", "\"two\nlines\""},
		{"two\r\nlines", "\"two\r\nlines\""},
		{"=1+1", "'=1+1"},
		{"+49 30", "'+49 30"},
		{"-cmd", "'-cmd"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\xef\xbc\x9d"
		 "1",
			"'\xef\xbc\x9d"
			"1"},
		{"\xef\xbc\x8b"
		 "1",
			"'\xef\xbc\x8b"
			"1"},
		{"\xef\xbc\x8d"
		 "1",
			"'\xef\xbc\x8d"
			"1"},
		{"\xef\xbc\xa0"
		 "x",
			"'\xef\xbc\xa0"
			"x"},
		{"\t=1", "' =1"},
		{"\n=1", "\"'\n=1\""},
		{"-5", "-5"},
		{"+49", "+49"},
		{"-1.5e3", "-1.5e3"},
		{"-1,5", "\"'-1,5\""},
		{"'=1", "''=1"},
		{"'quoted'", "'quoted'"},
		{"2026-11-24", "2026-11-24"},
		{"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
		{"\x1b[0m", "\xe2\x90\x9b[0m"},
	};
	check(commas, ROWS(commas), add_comma_cell);
	static const struct row tabs[] = {
		{"a,b;c", "a,b;c"},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
		{"=1", "'=1"},
		{"two\nlines", "\"two\nlines\""},
	};
	check(tabs, ROWS(tabs), add_tab_cell);
}

static void numbers_are_not_guarded(void **state)
{
	(void)state;
	struct tend_str out = {0};
	tend_csv_cell(&out, "-cmd", ',', false);
	assert_string_equal(tend_str_text(&out), "-cmd");
	tend_str_finish(&out);
}

static void the_guard_comes_off_again(void **state)
{
	(void)state;
	static const struct row rows[] = {{"'=1", "=1"}, {"''=1", "'=1"}, {"'-5", "-5"},
		{"'a", "'a"}, {"'", "'"}, {"", ""}, {"=1", "=1"}, {"'\xef\xbc\x9d", "\xef\xbc\x9d"},
		{"'\n", "\n"}};
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_string_equal(tend_csv_unguard(rows[i].text), rows[i].expected);
	}
	static const char *const texts[] = {"=1", "'=1", "''=1", "'", "''", "-5", "'-5", "'+", "@"};
	for (size_t i = 0; i < ROWS(texts); i++) {
		struct tend_str out = {0};
		tend_csv_cell(&out, texts[i], ',', true);
		assert_string_equal(tend_csv_unguard(tend_str_text(&out)), texts[i]);
		tend_str_finish(&out);
	}
}

static void html_text_never_opens_a_tag_or_leaves_an_attribute(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"},
		{"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
		{"&amp;", "&amp;amp;"},
		{"two\nlines", "two\nlines"},
		{"客户\x1b", "客户\xe2\x90\x9b"},
	};
	check(rows, ROWS(rows), tend_html_text);
}

static void markdown_text_stays_readable_where_it_may(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"Plain text, 12 % of it.", "Plain text, 12 % of it."},
		{"snake_case_name", "snake_case_name"},
		{"_emphasis_", "\\_emphasis\\_"},
		{"R&D", "R&D"},
		{"&amp; &#65; &nope", "\\&amp; \\&#65; &nope"},
		{"a | b", "a \\| b"},
		{"# head", "\\# head"},
		{"#1 of 3", "#1 of 3"},
		{"- item", "\\- item"},
		{"-5", "-5"},
		{"--- ", "\\---&#32;"},
		{"1. item", "1\\. item"},
		{"1.5", "1.5"},
		{"2026-11-24", "2026-11-24"},
		{"    code", "&#32;&#32;&#32;&#32;code"},
		{"<b>", "\\<b\\>"},
		{"[x](javascript:1)", "\\[x\\](javascript:1)"},
		{"two\nlines\r\nmore", "two lines more"},
		{"==", "\\=="},
		{"~~x~~", "\\~\\~x\\~\\~"},
		{"", ""},
	};
	check(rows, ROWS(rows), tend_md_text);
}

/* What cmark makes of a paragraph, without its tags; NULL where there is no cmark. */
static char *rendered(const char *markdown)
{
	char *dir = support_make_dir();
	struct tend_str command = {0};
	support_write_text(support_path(dir, "in.md"), markdown);
	tend_str_addf(&command, "cmark --to xml %s > %s 2>/dev/null", support_path(dir, "in.md"),
		support_path(dir, "out.xml"));
	int status = system(tend_str_text(&command));
	char *out = status == 0 ? support_read(support_path(dir, "out.xml"), NULL) : NULL;
	tend_str_finish(&command);
	support_remove_dir(dir);
	return out;
}

static void xml_text(struct tend_str *out, const char *s)
{
	static const struct {
		char c;
		const char *text;
	} entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
	for (; *s != '\0'; s++) {
		size_t i = 0;
		while (i < ROWS(entities) && entities[i].c != *s) {
			i++;
		}
		if (i < ROWS(entities)) {
			tend_str_add(out, entities[i].text);
		} else {
			tend_str_addc(out, *s);
		}
	}
}

/* The texts of an XML tree of cmark, joined; only paragraphs of text may stand in it. */
static bool literal_texts(const char *xml, struct tend_str *out)
{
	static const char *const allowed[] = {"?xml", "!DOCTYPE", "document", "/document",
		"paragraph", "/paragraph", "text", "/text"};
	for (const char *p = strchr(xml, '<'); p != NULL; p = strchr(p, '<')) {
		size_t n = strcspn(++p, " >");
		bool known = false;
		for (size_t i = 0; i < ROWS(allowed); i++) {
			known = known
				|| (strlen(allowed[i]) == n && strncmp(allowed[i], p, n) == 0);
		}
		if (!known) {
			return false;
		}
		bool is_text = n == 4 && strncmp(p, "text", 4) == 0;
		bool ends_paragraph = n == 10 && strncmp(p, "/paragraph", 10) == 0;
		p = strchr(p, '>') + 1;
		if (is_text) {
			tend_str_addn(out, p, strcspn(p, "<"));
		} else if (ends_paragraph) {
			tend_str_addc(out, '\n');
		}
	}
	return true;
}

static void a_commonmark_reader_shows_the_text_literally(void **state)
{
	(void)state;
	static const char *const pieces[] = {"*", "_", "`", "[", "]", "(", ")", "<", ">", "&",
		"&amp;", "&#65;", "#", "# ", "- ", "-", "---", "+ ", "1. ", "1)", " ", "  ", "a",
		"b", "\\", "|", "~", "~~~", "```", "!", "![", "](", "http://x.y", "<http://x.y>",
		"=", "===", ":-", "'", "\"", "客户", ".", ":", "<!--", "<b>", "\t", "$", "^", "<?",
		"www.x.y", "a@b.c", "[x]: /u"};
	struct support_random random = {11};
	struct tend_str markdown = {0}, expected = {0}, actual = {0};
	for (int i = 0; i < 3000; i++) {
		struct tend_str s = {0};
		tend_str_addc(&s, 'a' + (char)support_random(&random, 26));
		if (support_random(&random, 2) == 0) {
			tend_str_clear(&s);
		}
		for (unsigned n = 1 + support_random(&random, 8); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, ROWS(pieces))]);
		}
		tend_md_text(&markdown, tend_str_text(&s));
		tend_str_add(&markdown, "\n\n");
		for (char *p = s.data; *p != '\0'; p++) {
			*p = *p == '\t' ? ' ' : *p;
		}
		xml_text(&expected, tend_str_text(&s));
		tend_str_addc(&expected, '\n');
		tend_str_finish(&s);
	}
	char *xml = rendered(tend_str_text(&markdown));
	if (xml != NULL) {
		assert_true(literal_texts(xml, &actual));
		assert_same_text(tend_str_text(&actual), tend_str_text(&expected));
	}
	free(xml);
	tend_str_finish(&markdown);
	tend_str_finish(&expected);
	tend_str_finish(&actual);
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_strings_escape_what_a_terminal_could_act_on),
		cmocka_unit_test(json_strings_read_back_exact),
		cmocka_unit_test(json_values_have_the_forms_of_the_interface),
		cmocka_unit_test(csv_cells_are_quoted_and_guarded),
		cmocka_unit_test(numbers_are_not_guarded),
		cmocka_unit_test(the_guard_comes_off_again),
		cmocka_unit_test(html_text_never_opens_a_tag_or_leaves_an_attribute),
		cmocka_unit_test(markdown_text_stays_readable_where_it_may),
		cmocka_unit_test(a_commonmark_reader_shows_the_text_literally),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
