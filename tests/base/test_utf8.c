/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tend/text.h>

static void every_character_survives_encoding_and_decoding(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char buf[4];
		uint32_t back = 0;
		int n = tend_utf8_encode(c, buf);
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;
		int length = tend_utf8_decode(buf, (size_t)n, &back);
		if (length != (surrogate ? -1 : n) || (!surrogate && back != c)) {
			fail_msg("U+%04X does not survive", (unsigned)c);
		}
	}
}

static void decoding_refuses_what_is_not_utf8(void **state)
{
	(void)state;
	static const char *const rows[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(",
		"\xE0\x80\x80", "\xE0\x9F\xBF", "\xE4\xB8", "\xE4\xB8(", "\xED\xA0\x80",
		"\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98",
		"\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t c = 0;
		if (tend_utf8_decode(rows[i], strlen(rows[i]), &c) != -1) {
			fail_msg("row %zu is taken", i);
		}
	}
}

static void decoding_nothing_gives_nothing(void **state)
{
	(void)state;
	uint32_t c = 7;
	assert_int_equal(tend_utf8_decode("", 0, &c), 0);
	assert_int_equal(c, 7);
}

static void a_character_that_is_cut_by_the_length_is_invalid(void **state)
{
	(void)state;
	uint32_t c;
	assert_int_equal(tend_utf8_decode("中", 2, &c), -1);
	assert_int_equal(tend_utf8_decode("中", 3, &c), 3);
	assert_int_equal(c, 0x4E2D);
}

static void the_first_invalid_byte_or_nul_is_found(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		size_t n, at;
	} rows[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"中文", 6, 6},
		{"a\0b", 3, 1},
		{"中\xFFx", 5, 3},
		{"中文", 5, 3},
		{"\xC3\xA9\xC3", 3, 2},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(tend_utf8_invalid_at(rows[i].s, rows[i].n), rows[i].at);
		assert_int_equal(tend_utf8_valid(rows[i].s, rows[i].n), rows[i].at == rows[i].n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_character_survives_encoding_and_decoding),
		cmocka_unit_test(decoding_refuses_what_is_not_utf8),
		cmocka_unit_test(decoding_nothing_gives_nothing),
		cmocka_unit_test(a_character_that_is_cut_by_the_length_is_invalid),
		cmocka_unit_test(the_first_invalid_byte_or_nul_is_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
