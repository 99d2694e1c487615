/* SPDX-License-Identifier: MIT */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "key.h"

static void names_are_read_and_written(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct key key;
		const char *printed; /* NULL: the same */
	} rows[] = {
		{"j", {'j', 0}, NULL},
		{"?", {'?', 0}, NULL},
		{"云", {0x4E91, 0}, NULL},
		{"Enter", {K_ENTER, 0}, NULL},
		{"Esc", {K_ESC, 0}, NULL},
		{"Tab", {K_TAB, 0}, NULL},
		{"S-Tab", {K_TAB, MOD_SHIFT}, NULL},
		{"Space", {' ', 0}, NULL},
		{"BS", {K_BACKSPACE, 0}, "Backspace"},
		{"Backspace", {K_BACKSPACE, 0}, NULL},
		{"Del", {K_DELETE, 0}, "Delete"},
		{"PgUp", {K_PAGE_UP, 0}, NULL},
		{"F1", {K_F1, 0}, NULL},
		{"F12", {K_F1 + 11, 0}, NULL},
		{"C-x", {'x', MOD_CTRL}, NULL},
		{"C-X", {'x', MOD_CTRL}, "C-x"},
		{"C-m", {K_ENTER, 0}, "Enter"},
		{"C-i", {K_TAB, 0}, "Tab"},
		{"C-[", {K_ESC, 0}, "Esc"},
		{"-", {'-', 0}, NULL},
		{"Comma", {',', 0}, ","},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct key k = {0, 0};
		struct tend_str name = {0};
		assert_true(key_parse(rows[i].name, &k));
		assert_true(key_same(k, rows[i].key));
		key_name(k, &name);
		assert_string_equal(tend_str_text(&name),
			rows[i].printed != NULL ? rows[i].printed : rows[i].name);
		tend_str_finish(&name);
	}
}

static void what_is_no_key_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"", " ", "jj", "enter", "C-", "C-xx", "S-", "S-j", "F13",
		"\t", "\377", "M-", "M-xx", "M-M-x", "C-C-x"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct key k;
		assert_false(key_parse(rows[i], &k));
	}
}

static void expect_keys(const char *bytes, size_t n, bool rest, const char *names)
{
	struct key_decoder d = {0};
	struct tend_str got = {0};
	struct key k;
	for (size_t i = 0; i < n; i++) {
		/* A byte at a time, as over a slow line. */
		key_decoder_feed(&d, bytes + i, 1);
		while (key_decoder_next(&d, false, &k)) {
			key_name(k, &got);
			tend_str_add(&got, (k.mods & MOD_PASTED) != 0 ? "! " : " ");
		}
	}
	while (rest && key_decoder_next(&d, true, &k)) {
		key_name(k, &got);
		tend_str_add(&got, " ");
	}
	assert_string_equal(tend_str_text(&got), names);
	tend_str_finish(&got);
}

static void bytes_of_terminals_become_keys(void **state)
{
	(void)state;
	static const struct {
		const char *bytes, *names;
	} rows[] = {
		{"jk", "j k "},
		{"\r\n", "Enter Enter "},
		{"\t \177\010", "Tab Space Backspace Backspace "},
		{"\001\032", "C-a C-z "},
		{"\033[A\033[B\033[C\033[D", "Up Down Right Left "},
		{"\033OA\033OB\033OP\033OQ", "Up Down F1 F2 "},
		{"\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End "},
		{"\033[5~\033[6~\033[2~\033[3~", "PgUp PgDn Insert Delete "},
		{"\033[15~\033[24~", "F5 F12 "},
		{"\033[Z", "S-Tab "},
		{"\033[1;5C", "C-Right "},
		{"\033[1;2A", "S-Up "},
		{"云é", "云 é "},
		{"\033[?1;2c", ""}, /* an answer of the terminal is no key */
		{"\033[99~x", "x "},
		{"\033[200~a\rb\033[201~c", "a! Enter! b! c "},
		{"\033[200~\033[A\033[201~", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		expect_keys(rows[i].bytes, strlen(rows[i].bytes), false, rows[i].names);
	}
}

static void an_escape_alone_is_known_when_nothing_follows(void **state)
{
	(void)state;
	expect_keys("\033", 1, false, "");
	expect_keys("\033", 1, true, "Esc ");
	expect_keys("\033j", 2, true, "M-j ");
	expect_keys("\033\344\272\221j", 5, true, "M-云 j ");
	expect_keys("\033\r", 2, true, "M-Enter ");
	expect_keys("\033[1;3A", 6, true, "M-Up ");
	expect_keys("\033\033", 2, true, "Esc Esc ");
	expect_keys("\033[", 2, true, "M-[ ");
	expect_keys("\033O", 2, true, "M-O ");
}

static void only_an_escape_alone_is_given_up_soon(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		int escape_ms, ms;
	} rows[] = {
		{"\033", 25, 25},
		{"\033[", 25, 500},
		{"\033[20", 25, 500},
		{"\033O", 25, 500},
		{"\344\272", 25, 500},
		{"\033[200~a\033", 25, 500},
		{"\033", 700, 700},
		{"\033[", 700, 700},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct key_decoder d = {0};
		struct key k;
		key_decoder_feed(&d, rows[i].bytes, strlen(rows[i].bytes));
		while (key_decoder_next(&d, false, &k)) {}
		assert_true(key_decoder_waits(&d));
		assert_int_equal(key_decoder_patience(&d, rows[i].escape_ms), rows[i].ms);
	}
}

static void an_escape_alone_ends_a_paste_without_an_end(void **state)
{
	(void)state;
	struct key_decoder d = {0};
	struct key k;
	key_decoder_feed(&d, "\033[200~a\033", 8);
	assert_true(key_decoder_next(&d, false, &k) && (k.mods & MOD_PASTED) != 0);
	assert_false(key_decoder_next(&d, false, &k));
	assert_true(key_decoder_next(&d, true, &k));
	assert_int_equal(k.code, K_ESC);
	key_decoder_feed(&d, "j", 1);
	assert_true(key_decoder_next(&d, false, &k));
	assert_int_equal(k.mods, 0);
}

static void invalid_bytes_do_not_stop_the_decoder(void **state)
{
	(void)state;
	expect_keys("\377j", 2, true, "\357\277\275 j ");
	expect_keys("\344\272", 2, true, "\357\277\275 \357\277\275 ");
	struct key_decoder d = {0};
	struct key k;
	/* Every byte, in blocks, with an endless sequence among them. */
	for (int round = 0; round < 64; round++) {
		for (int b = 0; b < 256; b++) {
			unsigned char byte = (unsigned char)((b * 7 + round) & 255);
			while (key_decoder_room(&d) == 0) {
				(void)key_decoder_next(&d, true, &k);
			}
			key_decoder_feed(&d, &byte, 1);
			while (key_decoder_next(&d, false, &k)) {}
		}
	}
	for (int i = 0; i < 200; i++) {
		if (key_decoder_room(&d) > 0) {
			key_decoder_feed(&d, i == 0 ? "\033" : i == 1 ? "[" : "1", 1);
		}
		(void)key_decoder_next(&d, false, &k);
	}
	while (key_decoder_next(&d, true, &k)) {}
	assert_false(key_decoder_waits(&d));
}

static void only_characters_are_text(void **state)
{
	(void)state;
	assert_true(key_is_text((struct key){'a', 0}));
	assert_true(key_is_text((struct key){0x4E91, 0}));
	assert_true(key_is_text((struct key){'a', MOD_PASTED}));
	assert_false(key_is_text((struct key){'a', MOD_CTRL}));
	assert_false(key_is_text((struct key){K_ENTER, 0}));
	assert_false(key_is_text((struct key){0x7F, 0}));
	assert_false(key_is_text((struct key){7, 0}));
}

int main(void)
{
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read_and_written),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(bytes_of_terminals_become_keys),
		cmocka_unit_test(an_escape_alone_is_known_when_nothing_follows),
		cmocka_unit_test(only_an_escape_alone_is_given_up_soon),
		cmocka_unit_test(an_escape_alone_ends_a_paste_without_an_end),
		cmocka_unit_test(invalid_bytes_do_not_stop_the_decoder),
		cmocka_unit_test(only_characters_are_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
