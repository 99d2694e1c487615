/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <tend/money.h>

#include "support.h"

static void amounts_are_read_exactly(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		int64_t minor;
	} rows[] = {
		{"0", 0},
		{"1234", 123400},
		{"1234.5", 123450},
		{"1234.56", 123456},
		{"1,234.50", 123450},
		{"1,234,567", 123456700},
		{"12,345", 1234500},
		{"-3.00", -300},
		{"+3", 300},
		{"0.01", 1},
		{"-0.01", -1},
		{"1.2300", 123},
		{"007", 700},
		{"0.29", 29}, /* where floating point would cut a cent */
		{"1.15", 115},
		{"4.35", 435},
		{"92233720368547758.07", INT64_MAX},
		{"-92233720368547758.07", -INT64_MAX},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t minor = 42;
		if (!tend_money_parse(rows[i].s, &minor) || minor != rows[i].minor) {
			fail_msg("'%s' gives %lld", rows[i].s, (long long)minor);
		}
	}
}

static void what_is_no_amount_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = {"", "-", "+", ".", ".5", "5.", "1.2.3", "1.234", "1.001",
		"1,23", "1,2345", "12,34,567", ",123", "1,", "1,,234", "1234,567", "1 234", " 1",
		"1 ", "1e3", "0x10", "--1", "+-1", "¥1", "1k", "1.5x", "１", "nan", "inf", "1.-5",
		"92233720368547758.08", "-92233720368547758.08", "92233720368547759",
		"99999999999999999999", "1,000,000,000,000,000,000,000"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t minor = 42;
		if (tend_money_parse(rows[i], &minor) || minor != 42) {
			fail_msg("'%s' is taken", rows[i]);
		}
	}
}

static void amounts_print_with_two_decimals_and_read_back(void **state)
{
	(void)state;
	static const struct {
		int64_t minor;
		const char *expected;
	} rows[] = {
		{0, "0.00"},
		{5, "0.05"},
		{-5, "-0.05"},
		{123450, "1234.50"},
		{-300, "-3.00"},
		{INT64_MAX, "92233720368547758.07"},
		{-INT64_MAX, "-92233720368547758.07"},
		{TEND_NO_MONEY, ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char buf[TEND_MONEY_LEN];
		int64_t back = 42;
		assert_same_text(tend_money_format(rows[i].minor, buf), rows[i].expected);
		if (rows[i].minor != TEND_NO_MONEY) {
			assert_true(tend_money_parse(buf, &back));
			assert_int_equal(back, rows[i].minor);
		}
	}
}

static void folded_amounts_take_five_columns_at_most(void **state)
{
	(void)state;
	static const struct {
		int64_t minor;
		const char *expected;
	} rows[] = {
		{0, "0"},
		{49, "0"},
		{50, "1"},
		{-49, "0"},
		{-50, "-1"},
		{95000, "950"},
		{99949, "999"},
		{99950, "1.0k"},
		{123400, "1.2k"},
		{994999, "9.9k"},
		{995000, "10k"},
		{8640000, "86k"},
		{32000000, "320k"},
		{-32000000, "-320k"},
		{99949999, "999k"},
		{99950000, "1.0M"},
		{120000000, "1.2M"},
		{1200000000, "12M"},
		{-120000000, "-1.2M"},
		{99900000000, "999M"},
		{100000000000, "1.0B"},
		{99900000000000000, "999T"},
		{INT64_MAX, ">1P"},
		{-INT64_MAX, "<-1P"},
		{TEND_NO_MONEY, "--"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char buf[TEND_MONEY_LEN];
		assert_same_text(tend_money_fold(rows[i].minor, buf), rows[i].expected);
	}
	for (int64_t minor = 1; minor < INT64_MAX / 3; minor = minor * 3 - minor / 7) {
		char buf[TEND_MONEY_LEN];
		assert_true(strlen(tend_money_fold(minor, buf)) <= 4);
		assert_true(strlen(tend_money_fold(-minor, buf)) <= 5);
	}
}

static void sums_stop_at_the_limit(void **state)
{
	(void)state;
	int64_t sum = 42;
	assert_true(tend_money_add(1, -3, &sum));
	assert_int_equal(sum, -2);
	assert_false(tend_money_add(INT64_MAX, 1, &sum));
	assert_false(tend_money_add(-INT64_MAX, -1, &sum));
	assert_false(tend_money_add(-INT64_MAX, -2, &sum));
	assert_false(tend_money_add(TEND_NO_MONEY, 1, &sum));
	assert_false(tend_money_add(1, TEND_NO_MONEY, &sum));
	assert_int_equal(sum, -2);
}

static void currencies_are_those_of_the_standard(void **state)
{
	(void)state;
	static const char *const good[] = {"AED", "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD",
		"SGD", "CHF", "INR", "KRW", "AUD", "CAD", "BRL", "ZAR", "ZWG", "XAF", "VND", "SLE"};
	static const char *const bad[] = {"", "cny", "CN", "CNYY", "XYZ", "XXX", "ABC", "RMB", "¥",
		"AAA", "ZZZ", "US$", "USD "};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		if (!tend_currency_valid(good[i])) {
			fail_msg("%s is refused", good[i]);
		}
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (tend_currency_valid(bad[i])) {
			fail_msg("%s is taken", bad[i]);
		}
	}
	assert_false(tend_currency_valid(NULL));
}

static void about_175_codes_are_known(void **state)
{
	(void)state;
	int n = 0;
	for (int i = 0; i < 26 * 26 * 26; i++) {
		char code[4] = {
			(char)('A' + i / 676), (char)('A' + i / 26 % 26), (char)('A' + i % 26), 0};
		n += tend_currency_valid(code);
	}
	assert_in_range(n, 170, 182);
}

static void only_unmistakable_currencies_have_a_sign(void **state)
{
	(void)state;
	static const char *const rows[][2] = {{"CNY", "¥"}, {"USD", "$"}, {"EUR", "€"},
		{"GBP", "£"}, {"JPY", "JPY"}, {"HKD", "HKD"}, {"", ""}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_same_text(tend_currency_sign(rows[i][0]), rows[i][1]);
	}
	assert_same_text(tend_currency_sign(NULL), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(amounts_are_read_exactly),
		cmocka_unit_test(what_is_no_amount_is_refused),
		cmocka_unit_test(amounts_print_with_two_decimals_and_read_back),
		cmocka_unit_test(folded_amounts_take_five_columns_at_most),
		cmocka_unit_test(sums_stop_at_the_limit),
		cmocka_unit_test(currencies_are_those_of_the_standard),
		cmocka_unit_test(about_175_codes_are_known),
		cmocka_unit_test(only_unmistakable_currencies_have_a_sign),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
