/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/text.h>

#include "support.h"

static void folding_removes_case_width_and_form(void **state)
{
	(void)state;
	static const struct {
		const char *s, *expected;
	} rows[] = {
		{"", ""},
		{"Northwind", "northwind"},
		{"华东ABC", "华东abc"},
		{"ＡＢＣ１２３", "abc123"},
		{"：／？", ":/?"},
		{"Straße", "strasse"},
		{"e\u0301", "\u00E9"},
		{"É", "\u00E9"},
		{"ﬁne", "fine"},
		{"ｶﾞ", "ガ"},
		{"ΑΒΓ", "αβγ"},
		{"a\u200Bb", "ab"},
		{"a\xFF"
		 "B",
			"a\uFFFD"
			"b"},
		{"\u3000x", " x"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *folded = tend_fold(rows[i].s);
		assert_same_text(folded, rows[i].expected);
		char *again = tend_fold(folded);
		assert_same_text(again, folded);
		free(again);
		free(folded);
	}
}

static void matching_ignores_case_and_width(void **state)
{
	(void)state;
	static const struct {
		const char *text, *needle;
		bool found;
	} rows[] = {
		{"Northwind Traders", "wind tr", true},
		{"Northwind Traders", "winds", false},
		{"华东渠道科技", "渠道", true},
		{"华东渠道科技", "道渠", false},
		{"ＡＣＭＥ公司", "acme", true},
		{"Größe AG", "grösse", true},
		{"anything", "", true},
		{"", "", true},
		{"", "x", false},
		{"É", "é", true},
		{"e", "é", false},
		{"aab", "ab", true},
		{"x\xFF"
		 "abc",
			"abc", true},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *needle = tend_fold(rows[i].needle);
		if (tend_contains_folded(rows[i].text, needle) != rows[i].found) {
			fail_msg("row %zu", i);
		}
		free(needle);
	}
}

static void long_texts_are_searched_to_their_end(void **state)
{
	(void)state;
	for (size_t n = 250; n < 262; n++) {
		char text[600] = "";
		for (size_t i = 0; i < n; i++) {
			strcat(text, "é");
		}
		assert_false(tend_contains_folded(text, "x"));
		strcat(text, "X");
		assert_true(tend_contains_folded(text, "éx"));
	}
}

static void full_width_characters_have_ascii_twins(void **state)
{
	(void)state;
	static const uint32_t rows[][2] = {{0xFF01, '!'}, {0xFF1A, ':'}, {0xFF0F, '/'},
		{0xFF1F, '?'}, {0xFF5E, '~'}, {0x3000, ' '}, {'a', 'a'}, {0x4E2D, 0x4E2D},
		{0xFF00, 0xFF00}, {0xFF5F, 0xFF5F}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(tend_ascii_twin(rows[i][0]), rows[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folding_removes_case_width_and_form),
		cmocka_unit_test(matching_ignores_case_and_width),
		cmocka_unit_test(long_texts_are_searched_to_their_end),
		cmocka_unit_test(full_width_characters_have_ascii_twins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
