/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* wcwidth */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include <tend/str.h>
#include <tend/text.h>

#include "support.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"

static void columns_are_those_of_the_terminal(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int columns;
	} rows[] = {
		{"", 0},
		{"abc", 3},
		{"中文", 4},
		{"a中b", 4},
		{"e\u0301", 1},
		{"e\u0301\u0302\u0303", 1},
		{"ａｂ", 4},
		{"ｱ", 1},
		{"한국", 4},
		{"\u1112\u1161\u11AB", 2}, /* conjoining jamo */
		{"\U0001F600", 2},
		{FAMILY, 2},
		{"\U0001F44D\U0001F3FD", 2},
		{"\u2764\uFE0F", 1}, /* as wcwidth says */
		{"1\uFE0F\u20E3", 1},
		{"\U0001F1E8\U0001F1F3", 2}, /* a flag is two letters of one column */
		{"\u0915\u093F", 2}, /* a vowel sign with a column of its own */
		{"\u0E01\u0E34", 1},
		{"\xFF", 1},
		{"a\xFF\xFE中", 5},
		{"\u0301", 0},
		{"é\u0323", 1},
		{"±", 1},
		{"…", 1},
		{"中\u0301文", 4},
		{"中\u3099a", 3},
		{"丂一鿿䷿a", 9},
		{"中\xE4", 3},
		{"中\xE4\xB8", 4},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (tend_columns(rows[i].s) != rows[i].columns) {
			fail_msg(
				"row %zu: %d, not %d", i, tend_columns(rows[i].s), rows[i].columns);
		}
	}
}

static void clusters_stay_whole(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		size_t length;
		int columns;
	} rows[] = {
		{"", 0, 0}, {"ab", 1, 1}, {"e\u0301x", 3, 1}, {"中文", 3, 2}, {FAMILY "x", 18, 2},
		{"\U0001F44D\U0001F3FDx", 8, 2}, {"\u2764\uFE0Fx", 6, 1},
		{"\U0001F1E8\U0001F1F3", 4, 1}, {"\u1112\u1161\u11ABx", 9, 2}, {"\xE4\xB8", 1, 1},
		{"\xFFx", 1, 1}, {"a\xCC", 1, 1}, {"a\u200Db", 4, 1},
		{"\u4E2D\U0001F3FD", 3, 2}, /* a tone needs an emoji */
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int columns = -1;
		size_t length = tend_grapheme(rows[i].s, strlen(rows[i].s), &columns);
		if (length != rows[i].length || columns != rows[i].columns) {
			fail_msg("row %zu: %zu bytes and %d columns", i, length, columns);
		}
	}
}

static void a_character_alone_has_the_columns_of_wcwidth(void **state)
{
	(void)state;
	for (uint32_t c = 0x20; c <= 0x10FFFF; c++) {
		char buf[5] = {0};
		int columns, expected = wcwidth((wchar_t)c);
		if (c >= 0xD800 && c <= 0xDFFF) {
			continue;
		}
		size_t n = (size_t)tend_utf8_encode(c, buf);
		if (tend_grapheme(buf, n, &columns) != n
			|| columns != (expected < 0 ? 1 : expected)) {
			fail_msg("U+%04X has %d columns, not %d", (unsigned)c, columns, expected);
		}
	}
}

static void fitting_stops_before_what_is_too_wide(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int columns;
		size_t length;
		int used;
	} rows[] = {
		{"abcdef", 3, 3, 3},
		{"abc", 10, 3, 3},
		{"", 3, 0, 0},
		{"abc", 0, 0, 0},
		{"abc", -4, 0, 0},
		{"中文字", 3, 3, 2},
		{"中文字", 4, 6, 4},
		{"ab中", 3, 2, 2},
		{"abe\u0301f", 3, 5, 3},
		{"ae\u0301", 1, 1, 1},
		{FAMILY, 1, 0, 0},
		{FAMILY, 2, 18, 2},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int used = -1;
		size_t length = tend_fit(rows[i].s, rows[i].columns, &used);
		if (length != rows[i].length || used != rows[i].used) {
			fail_msg("row %zu: %zu bytes, %d columns", i, length, used);
		}
	}
}

static void clipping_marks_the_cut(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int columns;
		const char *expected;
	} rows[] = {
		{"abcdef", 4, "abc~"},
		{"abcd", 4, "abcd"},
		{"", 4, ""},
		{"abc", 1, "~"},
		{"abc", 0, ""},
		{"abc", -1, ""},
		{"中文字", 6, "中文字"},
		{"中文字", 5, "中文~"},
		{"中文字", 4, "中~"},
		{"中文字", 1, "~"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301~"},
		{FAMILY FAMILY, 3, FAMILY "~"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		tend_clip(&out, rows[i].s, rows[i].columns);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void padding_fills_exactly(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int columns;
		enum tend_align align;
		const char *expected;
	} rows[] = {
		{"ab", 4, TEND_LEFT, "ab  "},
		{"ab", 4, TEND_RIGHT, "  ab"},
		{"中文字", 4, TEND_LEFT, "中~ "},
		{"中文字", 4, TEND_RIGHT, " 中~"},
		{"", 2, TEND_LEFT, "  "},
		{"", 2, TEND_RIGHT, "  "},
		{"abc", 0, TEND_LEFT, ""},
		{"abc", -3, TEND_RIGHT, ""},
		{"e\u0301", 3, TEND_RIGHT, "  e\u0301"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		tend_pad(&out, rows[i].s, rows[i].columns, rows[i].align);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void random_text_is_padded_to_its_columns(void **state)
{
	(void)state;
	static const char *const pieces[] = {"a", "中", "e\u0301", FAMILY, " ", "\U0001F600", "~",
		"\u0301", "\xFF", "\U0001F1E8", "\u093F", "한", "\u200D", "\uFE0F", "ｱ"};
	struct support_random random = {7};
	for (int i = 0; i < 20000; i++) {
		struct tend_str s = {0}, out = {0};
		for (unsigned n = support_random(&random, 12); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, 15)]);
		}
		int columns = (int)support_random(&random, 14);
		enum tend_align align = support_random(&random, 2) ? TEND_LEFT : TEND_RIGHT;
		tend_pad(&out, tend_str_text(&s), columns, align);
		if (tend_columns(tend_str_text(&out)) != columns) {
			fail_msg("'%s' is padded to %d, not %d", tend_str_text(&s),
				tend_columns(tend_str_text(&out)), columns);
		}
		tend_str_finish(&s);
		tend_str_finish(&out);
	}
}

static void wrapping_breaks_at_blanks_and_between_wide_characters(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int columns;
		const char *expected;
	} rows[] = {
		{"", 10, ""},
		{"one two three", 7, "one two\nthree\n"},
		{"one two three", 8, "one two\nthree\n"},
		{"one  two", 4, "one\ntwo\n"},
		{"abcdefgh", 3, "abc\ndef\ngh\n"},
		{"a\nb", 5, "a\nb\n"},
		{"a\n\nb\n", 5, "a\n\nb\n"},
		{"  indented text", 10, "  indented\ntext\n"},
		{"中文字符", 4, "中文\n字符\n"},
		{"中文字符", 5, "中文\n字符\n"},
		{"中文，字符", 4, "中\n文，\n字符\n"}, /* no comma begins a line */
		{"中（文）", 4, "中\n（文\n）\n"},
		{"用tend管理", 6, "用tend\n管理\n"},
		{"中文", 1, "~\n~\n"},
		{"abc", 0, "a\nb\nc\n"},
		{"e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301\ne\u0301\n"},
		{"word 中文字 word", 8, "word 中\n文字\nword\n"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		tend_wrap(&out, rows[i].s, rows[i].columns);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

static void wrapped_lines_never_exceed_the_columns_and_lose_nothing_but_blanks(void **state)
{
	(void)state;
	static const char *const pieces[] = {
		"a", "word", "中", "，", " ", "  ", "e\u0301", "（", "）", ".", "\n", "\U0001F600"};
	struct support_random random = {11};
	for (int i = 0; i < 20000; i++) {
		struct tend_str s = {0}, out = {0};
		for (unsigned n = support_random(&random, 20); n > 0; n--) {
			tend_str_add(&s, pieces[support_random(&random, 12)]);
		}
		int columns = 2 + (int)support_random(&random, 12);
		tend_wrap(&out, tend_str_text(&s), columns);
		struct tend_str before = {0}, after = {0};
		for (const char *p = tend_str_text(&s); *p != '\0'; p++) {
			if (*p != ' ' && *p != '\n') {
				tend_str_addc(&before, *p);
			}
		}
		struct tend_str line = {0};
		for (const char *p = tend_str_text(&out); *p != '\0'; p++) {
			if (*p == '\n') {
				assert_true(tend_columns(tend_str_text(&line)) <= columns);
				tend_str_clear(&line);
				continue;
			}
			tend_str_addc(&line, *p);
			if (*p != ' ') {
				tend_str_addc(&after, *p);
			}
		}
		assert_same_text(tend_str_text(&after), tend_str_text(&before));
		assert_int_equal(line.len, 0);
		tend_str_finish(&line);
		tend_str_finish(&before);
		tend_str_finish(&after);
		tend_str_finish(&s);
		tend_str_finish(&out);
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_those_of_the_terminal),
		cmocka_unit_test(clusters_stay_whole),
		cmocka_unit_test(a_character_alone_has_the_columns_of_wcwidth),
		cmocka_unit_test(fitting_stops_before_what_is_too_wide),
		cmocka_unit_test(clipping_marks_the_cut),
		cmocka_unit_test(padding_fills_exactly),
		cmocka_unit_test(random_text_is_padded_to_its_columns),
		cmocka_unit_test(wrapping_breaks_at_blanks_and_between_wide_characters),
		cmocka_unit_test(
			wrapped_lines_never_exceed_the_columns_and_lose_nothing_but_blanks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
