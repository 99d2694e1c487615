/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include <tend/str.h>
#include <tend/text.h>

#include "support.h"

#define MAN "\U0001F468"
#define WOMAN "\U0001F469"

static void ordinary_text_stays_as_it_is(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "plain text", "华东渠道科技有限公司",
		"Überförderung", "e\u0301", "Việt Nam", "ไทย กิ", "한국어", "\u1112\u1161\u11AB",
		"עברית", "عربي", "हिन्दी", "\u3000全角　空格", "￥１２３", "\U0001F600",
		"\u2764\uFE0F", "\u2764\uFE0E", "1\uFE0F\u20E3", "#\uFE0F\u20E3",
		MAN "\u200D" WOMAN, MAN "\U0001F3FD\u200D\U0001F4BB",
		"\u2764\uFE0F\u200D\U0001F525", "\U0001F1E8\U0001F1F3", "\uFFFD", "<U+202E>", "␀",
		"…—“”", "a\u0301\u0302\u0303\u0304", "\U00020000"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		size_t n = strlen(rows[i]);
		if (tend_printable(&out, rows[i], n) != 0 || !tend_is_printable(rows[i], n)) {
			fail_msg("row %zu '%s' became '%s'", i, rows[i], tend_str_text(&out));
		}
		assert_same_text(tend_str_text(&out), rows[i]);
		tend_str_finish(&out);
	}
}

static const struct row {
	const char *s, *expected;
	size_t changes;
} hostile[] = {
	{"a\x1B[31mb", "a␛[31mb", 1},
	{"\a\b\x7F", "␇␈␡", 3},
	{"a\nb\tc", "a b c", 2},
	{"a\r\nb", "a b", 1},
	{"a\rb", "a␍b", 1},
	{"\xC2\x80\xC2\x85\xC2\x9B"
	 "31m",
		"<U+0080><U+0085><U+009B>31m", 3},
	{"\u202Etxt.exe", "<U+202E>txt.exe", 1},
	{"\u061C\u200E\u200F\u2066\u2069\u202A", /* all bidi controls */
		"<U+061C><U+200E><U+200F><U+2066><U+2069><U+202A>", 6},
	{"ad\u200Bmin", "ad<U+200B>min", 1},
	{"a\u200Cb\u200Dc\u2060d\uFEFF", "a<U+200C>b<U+200D>c<U+2060>d<U+FEFF>", 4},
	{"soft\u00ADhyphen", "soft<U+00AD>hyphen", 1},
	{"\u2028\u2029", "<U+2028><U+2029>", 2},
	{"a\u00A0b\u2003c\u205Fd", "a b c d", 3},
	{"\u115F\u1160\u3164\uFFA0", "<U+115F><U+1160><U+3164><U+FFA0>", 4},
	{"\u2800", "<U+2800>", 1},
	{"a\uFE0F", "a<U+FE0F>", 1},
	{"1\uFE0F", "1<U+FE0F>", 1},
	{"中\U000E0100", "中<U+E0100>", 1},
	{"\uFE0F", "<U+FE0F>", 1},
	{"\u2764\uFE0F\uFE0F", "\u2764\uFE0F<U+FE0F>", 1},
	{"\U000E0041\U000E007F", "<U+E0041><U+E007F>", 2}, /* tags */
	{"\U0001F3F4\U000E0067", "\U0001F3F4<U+E0067>", 1},
	{"\u034F\u180B\u180E\u17B4", "<U+034F><U+180B><U+180E><U+17B4>", 4},
	{"\uE000\U000F0000\U0010FFFD", "<U+E000><U+F0000><U+10FFFD>", 3},
	{"\u0378\uFFFE\uFFFF\U0001FFFE", "<U+0378><U+FFFE><U+FFFF><U+1FFFE>", 4},
	{"\uFFF9\uFFFA\uFFFB\uFFFC", "<U+FFF9><U+FFFA><U+FFFB><U+FFFC>", 4},
	{"\u0301a", "<U+0301>a", 1},
	{"a\u0301\u0301\u0301\u0301\u0301\u0301b", "a\u0301\u0301\u0301\u0301b", 2},
	{MAN "\u200D", MAN "<U+200D>", 1},
	{MAN "\u200Da", MAN "<U+200D>a", 1},
	{"a\u200D" MAN, "a<U+200D>" MAN, 1},
	{MAN "\u200D\u200D" MAN, MAN "<U+200D><U+200D>" MAN, 2},
	{"\u1161\u11AB", "<U+1161><U+11AB>", 2},
	{"a\u1161", "a<U+1161>", 1},
	{"\xFF\xFE", "\uFFFD\uFFFD", 2},
	{"\xC0\x80", "\uFFFD\uFFFD", 2},
	{"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3},
	{"\xE4\xB8", "\uFFFD\uFFFD", 2},
};

static void hostile_text_becomes_visible(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct tend_str out = {0};
		size_t n = strlen(hostile[i].s);
		size_t changes = tend_printable(&out, hostile[i].s, n);
		assert_same_text(tend_str_text(&out), hostile[i].expected);
		if (changes != hostile[i].changes) {
			fail_msg("row %zu: %zu changes", i, changes);
		}
		assert_false(tend_is_printable(hostile[i].s, n));
		tend_str_finish(&out);
	}
}

static void a_nul_becomes_its_picture(void **state)
{
	(void)state;
	struct tend_str out = {0};
	assert_int_equal(tend_printable(&out, "a\0b", 3), 1);
	assert_same_text(tend_str_text(&out), "a␀b");
	tend_str_finish(&out);
}

static void lines_keep_their_ends(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a\nb\r\nc", "a\nb\r\nc", 0},
		{"a\rb\tc", "a␍b c", 2},
		{"a\n\u0301", "a\n<U+0301>", 1},
		{"\u202E\n", "<U+202E>\n", 1},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_str out = {0};
		assert_int_equal(
			tend_printable_lines(&out, rows[i].s, strlen(rows[i].s)), rows[i].changes);
		assert_same_text(tend_str_text(&out), rows[i].expected);
		tend_str_finish(&out);
	}
}

/* The characters that must never reach a terminal, said a second way. */
static bool is_forbidden(uint32_t c)
{
	static const uint32_t ranges[][2] = {{0, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x34F, 0x34F},
		{0x61C, 0x61C}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x180B, 0x180F},
		{0x200B, 0x200C}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},
		{0x2800, 0x2800}, {0x3164, 0x3164}, {0xE000, 0xF8FF}, {0xFE00, 0xFE0D},
		{0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFC}, {0xFFFE, 0xFFFF},
		{0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (c >= ranges[i][0] && c <= ranges[i][1]) {
			return true;
		}
	}
	return false;
}

static void check_output(const char *in, size_t n)
{
	struct tend_str out = {0}, again = {0};
	size_t changes = tend_printable(&out, in, n);
	assert_int_equal(changes == 0, tend_is_printable(in, n));
	assert_true(tend_utf8_valid(tend_str_text(&out), out.len));
	if (tend_printable(&again, tend_str_text(&out), out.len) != 0) {
		fail_msg("a second pass changes '%s' into '%s'", tend_str_text(&out),
			tend_str_text(&again));
	}
	if (changes == 0) {
		assert_int_equal(out.len, n);
		assert_memory_equal(tend_str_text(&out), in, n);
	}
	uint32_t c;
	for (size_t at = 0; at < out.len;) {
		at += (size_t)tend_utf8_decode(out.data + at, out.len - at, &c);
		if (is_forbidden(c)) {
			fail_msg("U+%04X is let through", (unsigned)c);
		}
	}
	tend_str_finish(&out);
	tend_str_finish(&again);
}

static void every_single_character_comes_out_safe(void **state)
{
	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char buf[8] = {'a'};
		if (c >= 0xD800 && c <= 0xDFFF) {
			continue;
		}
		int n = tend_utf8_encode(c, buf + 1);
		check_output(buf + 1, (size_t)n);
		check_output(buf, (size_t)n + 1);
	}
}

static void random_bytes_come_out_safe(void **state)
{
	(void)state;
	struct support_random random = {3};
	for (int i = 0; i < 50000; i++) {
		char buf[32];
		size_t n = support_random(&random, sizeof(buf));
		for (size_t j = 0; j < n; j++) {
			buf[j] = (char)support_random(&random, 256);
		}
		check_output(buf, n);
	}
}

static void random_mixtures_of_hard_characters_come_out_safe(void **state)
{
	(void)state;
	static const uint32_t hard[] = {'a', '1', '#', ' ', '\n', '\r', 0x1B, 0x85, 0x301, 0x20E3,
		0x200B, 0x200C, 0x200D, 0x200D, 0x200D, 0xFE0E, 0xFE0F, 0xFE0F, 0x202E, 0x1100,
		0x1161, 0x11A8, 0xAC00, 0xAC01, 0x1F468, 0x1F469, 0x2764, 0x1F3FD, 0x1F1E8, 0xE0041,
		0x4E2D, 0x93F, 0xFFFD, 0x600};
	struct support_random random = {5};
	for (int i = 0; i < 100000; i++) {
		char buf[64];
		size_t n = 0;
		for (unsigned left = support_random(&random, 15); left > 0; left--) {
			n += (size_t)tend_utf8_encode(
				hard[support_random(&random, sizeof(hard) / sizeof(hard[0]))],
				buf + n);
		}
		check_output(buf, n);
	}
}

/* What is let through unmarked must be seen: nothing that Unicode calls ignorable stays. */
static void nothing_ignorable_stays_but_in_emoji(void **state)
{
	(void)state;
	for (uint32_t c = 0x80; c <= 0x10FFFF; c++) {
		char buf[4];
		if (c >= 0xD800 && c <= 0xDFFF) {
			continue;
		}
		int n = tend_utf8_encode(c, buf);
		if (utf8proc_get_property((utf8proc_int32_t)c)->ignorable
			&& tend_is_printable(buf, (size_t)n)) {
			fail_msg("U+%04X is let through", (unsigned)c);
		}
	}
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_text_stays_as_it_is),
		cmocka_unit_test(hostile_text_becomes_visible),
		cmocka_unit_test(a_nul_becomes_its_picture),
		cmocka_unit_test(lines_keep_their_ends),
		cmocka_unit_test(every_single_character_comes_out_safe),
		cmocka_unit_test(random_bytes_come_out_safe),
		cmocka_unit_test(random_mixtures_of_hard_characters_come_out_safe),
		cmocka_unit_test(nothing_ignorable_stays_but_in_emoji),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
