/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/str.h>

static void a_string_of_zeroes_is_ready_to_use(void **state)
{
	(void)state;
	struct tend_str s = {0};
	assert_string_equal(tend_str_text(&s), "");
	tend_str_clear(&s);
	char *stolen = tend_str_steal(&s);
	assert_string_equal(stolen, "");
	free(stolen);
	tend_str_finish(&s);
}

static void strings_grow_by_pieces(void **state)
{
	(void)state;
	struct tend_str s = {0};
	tend_str_add(&s, "one");
	tend_str_addc(&s, ' ');
	tend_str_addn(&s, "two three", 3);
	tend_str_addf(&s, " %d%s", 3, "!");
	tend_str_addf(&s, "%s", "");
	tend_str_addn(&s, NULL, 0);
	assert_string_equal(tend_str_text(&s), "one two 3!");
	assert_int_equal(s.len, 10);
	tend_str_clear(&s);
	assert_string_equal(tend_str_text(&s), "");
	for (int i = 0; i < 5000; i++) {
		tend_str_addf(&s, "%d,", i % 10);
	}
	assert_int_equal(s.len, 10000);
	assert_int_equal(strlen(s.data), 10000);
	tend_str_finish(&s);
	assert_null(s.data);
}

static void bytes_of_all_kinds_are_kept(void **state)
{
	(void)state;
	struct tend_str s = {0};
	tend_str_addn(&s, "a\0b", 3);
	tend_str_addc(&s, '\0');
	assert_int_equal(s.len, 4);
	assert_memory_equal(s.data, "a\0b\0", 5);
	tend_str_finish(&s);
}

static void stealing_empties_the_string(void **state)
{
	(void)state;
	struct tend_str s = {0};
	tend_str_add(&s, "text");
	char *stolen = tend_str_steal(&s);
	assert_string_equal(stolen, "text");
	assert_string_equal(tend_str_text(&s), "");
	tend_str_add(&s, "new");
	assert_string_equal(stolen, "text");
	free(stolen);
	tend_str_finish(&s);
}

static void prefixes_and_sameness(void **state)
{
	(void)state;
	assert_true(tend_starts_with("prefix", "pre"));
	assert_true(tend_starts_with("prefix", ""));
	assert_false(tend_starts_with("pre", "prefix"));
	assert_false(tend_starts_with("Prefix", "pre"));
	assert_true(tend_same(NULL, NULL));
	assert_true(tend_same("a", "a"));
	assert_false(tend_same("a", NULL));
	assert_false(tend_same(NULL, "a"));
	assert_false(tend_same("a", "b"));
}

static void whole_numbers_are_read_to_the_last_one(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		long long value;
	} rows[] = {{"0", 0}, {"-0", 0}, {"42", 42}, {"+42", 42}, {"-42", -42}, {"007", 7},
		{"9223372036854775807", LLONG_MAX}, {"-9223372036854775808", LLONG_MIN}};
	static const char *const bad[] = {"", "-", "+", " 1", "1 ", "1.0", "1e3", "0x1", "--1",
		"+-1", "9223372036854775808", "-9223372036854775809", "99999999999999999999", "１",
		"1a"};
	long long value = 5;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(tend_parse_int(rows[i].s, &value));
		assert_true(value == rows[i].value);
	}
	value = 5;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (tend_parse_int(bad[i], &value) || value != 5) {
			fail_msg("'%s' is taken", bad[i]);
		}
	}
}

static void decimal_numbers_are_read_whole(void **state)
{
	(void)state;
	static const struct {
		const char *s;
		double value;
	} rows[] = {{"0", 0}, {"1.5", 1.5}, {"-1.5", -1.5}, {"+.5", 0.5}, {"5.", 5}, {"1e3", 1000},
		{"1E-2", 0.01}, {"1.25e+2", 125}, {"1e-400", 0}};
	static const char *const bad[] = {"", "-", ".", "e3", "1e", "1e+", " 1", "1 ", "1,5",
		"0x10", "inf", "nan", "infinity", "1e400", "-1e400", "1.2.3", "１", "1f"};
	double value = 5;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(tend_parse_number(rows[i].s, &value));
		assert_true(fabs(value - rows[i].value) < 1e-12);
	}
	value = 5;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (tend_parse_number(bad[i], &value) || value < 5 || value > 5) {
			fail_msg("'%s' is taken", bad[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_string_of_zeroes_is_ready_to_use),
		cmocka_unit_test(strings_grow_by_pieces),
		cmocka_unit_test(bytes_of_all_kinds_are_kept),
		cmocka_unit_test(stealing_empties_the_string),
		cmocka_unit_test(prefixes_and_sameness),
		cmocka_unit_test(whole_numbers_are_read_to_the_last_one),
		cmocka_unit_test(decimal_numbers_are_read_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
