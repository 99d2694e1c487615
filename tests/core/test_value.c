/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/records.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

static const char *const colours[] = {"red", "green", "blue", NULL};

static const struct tend_field key_field = {
	.name = "key", .type = TEND_TEXT, .flags = TEND_F_KEY | TEND_F_REQUIRED, .max = 8};
static const struct tend_field text_field = {.name = "text", .type = TEND_TEXT, .max = 12};
static const struct tend_field free_field = {.name = "free", .type = TEND_TEXT};
static const struct tend_field colour_field = {
	.name = "colour", .type = TEND_TEXT, .values = colours};
static const struct tend_field currency_field = {
	.name = "currency", .type = TEND_TEXT, .flags = TEND_F_CURRENCY, .max = 3};
static const struct tend_field int_field = {.name = "seats", .type = TEND_INT};
static const struct tend_field term_field = {
	.name = "term", .type = TEND_INT, .min = 1, .max = 1200};
static const struct tend_field number_field = {.name = "value", .type = TEND_NUMBER};
static const struct tend_field rating_field = {
	.name = "rating", .type = TEND_NUMBER, .min = 1, .max = 5};
static const struct tend_field ratio_field = {.name = "share", .type = TEND_RATIO};
static const struct tend_field money_field = {.name = "arr", .type = TEND_MONEY};
static const struct tend_field date_field = {.name = "due", .type = TEND_DATE};
static const struct tend_field bool_field = {.name = "trial", .type = TEND_BOOL};
static const struct tend_field time_field = {.name = "at", .type = TEND_TIME};
static const struct tend_field tags_field = {.name = "tags", .type = TEND_TAGS, .max = 20};
static const struct tend_field terms_field = {.name = "terms", .type = TEND_TERMS};

static void what_is_read_prints_for_machines(void **state)
{
	(void)state;
	static const struct {
		const struct tend_field *field;
		const char *text, *printed;
	} rows[] = {
		{&key_field, "acme", "acme"},
		{&key_field, "a b/c", "a b/c"},
		{&key_field, "云图", "云图"},
		{&text_field, " two\nlines ", " two\nlines "},
		{&text_field, "-1", "-1"},
		{&colour_field, "red", "red"},
		{&colour_field, "GREEN", "green"},
		{&currency_field, "CNY", "CNY"},
		{&currency_field, "usd", "USD"},
		{&int_field, "0", "0"},
		{&int_field, "9223372036854775807", "9223372036854775807"},
		{&term_field, "1", "1"},
		{&term_field, "1200", "1200"},
		{&number_field, "-2.50", "-2.5"},
		{&number_field, "0.1", "0.1"},
		{&number_field, "-0", "0"},
		{&number_field, "1e300", "1e+300"},
		{&rating_field, "1", "1"},
		{&rating_field, "4.5", "4.5"},
		{&ratio_field, "0.3", "0.3000"},
		{&ratio_field, "30%", "0.3000"},
		{&ratio_field, "90.6667%", "0.906667"},
		{&ratio_field, "12.345%", "0.12345"},
		{&ratio_field, "-5%", "-0.0500"},
		{&money_field, "1,234.5", "1234.50"},
		{&money_field, "-3", "-3.00"},
		{&date_field, "2024-02-29", "2024-02-29"},
		{&bool_field, "yes", "true"},
		{&bool_field, "No", "false"},
		{&bool_field, "TRUE", "true"},
		{&bool_field, "false", "false"},
		{&bool_field, "1", "true"},
		{&bool_field, "0", "false"},
		{&time_field, "2026-01-31T23:59:58Z", "2026-01-31T23:59:58Z"},
		{&time_field, "1969-12-31T00:00:01Z", "1969-12-31T00:00:01Z"},
		{&tags_field, "vip", "vip"},
		{&tags_field, " vip , beta ,, vip,", "vip,beta"},
		{&tags_field, "重点，试点、重点", "重点,试点"},
		{&tags_field, "vip; new；试点;vip", "vip,new,试点"},
		{&tags_field, " , ", ""},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_arena arena = {0};
		struct tend_value v;
		struct tend_error err = {0};
		struct tend_str out = {0};
		if (tend_field_parse(rows[i].field, rows[i].text, &arena, &v, &err) != TEND_OK) {
			fail_msg("%s \"%s\": %s", rows[i].field->name, rows[i].text, err.text);
		}
		assert_int_equal(v.type, rows[i].field->type);
		assert_false(v.null);
		tend_value_format(v, &out);
		assert_same_text(tend_str_text(&out), rows[i].printed);
		tend_str_finish(&out);
		tend_arena_finish(&arena);
	}
}

static void what_does_not_fit_is_refused_with_field_value_and_expectation(void **state)
{
	(void)state;
	static const struct {
		const struct tend_field *field;
		const char *text, *message;
	} rows[] = {
		{&key_field, "", "key: it must not be empty"},
		{&key_field, "-x", "key: \"-x\" is not a key: it begins with '-'"},
		{&key_field, " x", "key: \" x\" is not a key: it has blanks at an end"},
		{&key_field, "x ", "key: \"x \" is not a key: it has blanks at an end"},
		{&key_field, "a\tb", "key: \"a b\" is not a key: it has invisible characters"},
		{&key_field,
			"a\xE2\x80\x8B"
			"b",
			"is not a key: it has invisible characters"},
		{&key_field, "123456789", "key: the text has 9 bytes; at most 8 are kept"},
		{&text_field, "a\xFF", "is not valid UTF-8 text"},
		{&colour_field, "gren",
			"colour: \"gren\" is not one of red, green, blue; did you mean green?"},
		{&colour_field, "violet", "colour: \"violet\" is not one of red, green, blue"},
		{&currency_field, "EURO", "currency: \"EURO\" is not a currency of ISO 4217"},
		{&currency_field, "XXQ", "currency: \"XXQ\" is not a currency of ISO 4217"},
		{&int_field, "-1", "seats: \"-1\" is not a whole number from 0"},
		{&int_field, "1.5", "seats: \"1.5\" is not a whole number from 0"},
		{&int_field, "9223372036854775808", "is not a whole number from 0"},
		{&term_field, "0", "term: \"0\" is not a whole number from 1 to 1200"},
		{&term_field, "1201", "term: \"1201\" is not a whole number from 1 to 1200"},
		{&term_field, "12m", "term: \"12m\" is not a whole number from 1 to 1200"},
		{&number_field, "many", "value: \"many\" is not a number"},
		{&number_field, "nan", "value: \"nan\" is not a number"},
		{&number_field, "1,5", "value: \"1,5\" is not a number"},
		{&rating_field, "0.5", "rating: \"0.5\" is not a number from 1 to 5"},
		{&rating_field, "6", "rating: \"6\" is not a number from 1 to 5"},
		{&ratio_field, "%", "share: \"%\" is not a ratio"},
		{&ratio_field, "half", "share: \"half\" is not a ratio"},
		{&money_field, "12 EUR", "arr: \"12 EUR\" is not an amount such as 1234.50"},
		{&money_field, "1.005", "arr: \"1.005\" is not an amount such as 1234.50"},
		{&date_field, "2025-02-29", "due: \"2025-02-29\" is not a date (YYYY-MM-DD)"},
		{&date_field, "tomorrow", "due: \"tomorrow\" is not a date (YYYY-MM-DD)"},
		{&bool_field, "maybe", "trial: \"maybe\" is not yes or no"},
		{&time_field, "2026-01-31", "at: \"2026-01-31\" is not a time"},
		{&time_field, "2026-01-31T24:00:00Z", "is not a time"},
		{&time_field, "2026-01-31T23:60:00Z", "is not a time"},
		{&time_field, "2026-01-31 23:00:00Z", "is not a time"},
		{&time_field, "2026-01-3xT23:00:00Z", "is not a time"},
		{&time_field, "2026-01-31T2x:00:00Z", "is not a time"},
		{&tags_field, "a\x1b[31m", "is not a list of tags: it has invisible characters"},
		{&tags_field, "one,two,three,four,five",
			"tags: the text has 23 bytes; at most 20 are kept"},
		{&terms_field, "1", "terms: \"1\" is not a field that can be set"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_arena arena = {0};
		struct tend_value v;
		struct tend_error err = {0};
		enum tend_status status =
			tend_field_parse(rows[i].field, rows[i].text, &arena, &v, &err);
		if (status != TEND_BAD_INPUT || strstr(err.text, rows[i].message) == NULL) {
			fail_msg("%s \"%s\": %d %s", rows[i].field->name, rows[i].text, status,
				err.text);
		}
		assert_int_equal(tend_field_parse(rows[i].field, rows[i].text, &arena, &v, NULL),
			TEND_BAD_INPUT);
		tend_arena_finish(&arena);
	}
}

static void empty_text_is_unknown(void **state)
{
	(void)state;
	static const struct tend_field *const fields[] = {&text_field, &colour_field,
		&currency_field, &int_field, &number_field, &ratio_field, &money_field, &date_field,
		&bool_field, &time_field, &tags_field};
	struct tend_arena arena = {0};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		struct tend_value v = {0};
		struct tend_str out = {0};
		assert_int_equal(tend_field_parse(fields[i], "", &arena, &v, NULL), TEND_OK);
		assert_true(v.null);
		assert_int_equal(v.type, fields[i]->type);
		tend_value_format(v, &out);
		assert_string_equal(tend_str_text(&out), "");
	}
	tend_arena_finish(&arena);
}

static void texts_without_a_limit_of_their_own_end_at_the_common_one(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_value v;
	struct tend_error err;
	char *text = tend_alloc(TEND_TEXT_MAX + 2);
	memset(text, 'x', TEND_TEXT_MAX);
	assert_int_equal(tend_field_parse(&free_field, text, &arena, &v, NULL), TEND_OK);
	text[TEND_TEXT_MAX] = 'x';
	assert_int_equal(tend_field_parse(&free_field, text, &arena, &v, &err), TEND_BAD_INPUT);
	assert_string_equal(err.text, "free: the text has 4097 bytes; at most 4096 are kept");
	free(text);
	tend_arena_finish(&arena);
}

static void long_values_are_cut_at_a_character_in_messages(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_value v;
	struct tend_error err;
	struct tend_str text = {0};
	for (int i = 0; i < 400; i++) {
		tend_str_add(&text, "客");
	}
	assert_int_equal(tend_field_parse(&colour_field, tend_str_text(&text), &arena, &v, &err),
		TEND_BAD_INPUT);
	assert_non_null(strstr(err.text, "客…\" is not one of red"));
	assert_true(strlen(err.text) < 120);
	tend_str_finish(&text);
	tend_arena_finish(&arena);
}

static void the_terms_of_a_rank_print_in_a_row(void **state)
{
	(void)state;
	struct tend_term items[] = {
		{"overdue milestone", 30}, {"12 days overdue", 12}, {"late", -0.5}};
	struct tend_terms terms = {items, COUNT_OF(items)};
	struct tend_str out = {0};
	tend_value_format((struct tend_value){.type = TEND_TERMS, .terms = &terms}, &out);
	assert_same_text(
		tend_str_text(&out), "overdue milestone +30; 12 days overdue +12; late -0.5");
	tend_str_finish(&out);
}

static struct tend_value number_of(double n)
{
	return (struct tend_value){.type = TEND_NUMBER, .number = n};
}

static struct tend_value integer_of(enum tend_type type, int64_t n)
{
	return (struct tend_value){.type = type, .integer = n};
}

static struct tend_value text_of(const char *text)
{
	return (struct tend_value){.type = TEND_TEXT, .text = text, .null = text == NULL};
}

static void values_are_ordered_by_size_and_folded_form(void **state)
{
	(void)state;
	struct tend_term term[] = {{"a", 5}, {"b", 2}};
	struct tend_terms seven = {term, 2}, five = {term, 1};
	const struct {
		struct tend_value a, b;
		int order;
	} rows[] = {
		{number_of(-1.5), number_of(-1), -1},
		{number_of(-0.0), number_of(0.0), 0},
		{number_of(2), number_of(10), -1},
		{integer_of(TEND_INT, INT64_MAX), integer_of(TEND_INT, INT64_MIN + 1), 1},
		{integer_of(TEND_MONEY, -1), integer_of(TEND_MONEY, 1), -1},
		{integer_of(TEND_BOOL, 0), integer_of(TEND_BOOL, 1), -1},
		{integer_of(TEND_INT, 2), number_of(1.5), 1},
		{number_of(1.5), integer_of(TEND_INT, 2), -1},
		{{.type = TEND_DATE, .date = {5}}, {.type = TEND_DATE, .date = {-5}}, 1},
		{{.type = TEND_TERMS, .terms = &seven}, {.type = TEND_TERMS, .terms = &five}, 1},
		{text_of("acme"), text_of("ACME"), 0},
		{text_of("Ｎorth"), text_of("north"), 0},
		{text_of("ÄRGER"), text_of("ärger"), 0},
		{text_of("a"), text_of("B"), -1},
		{text_of("abcdefgh1"), text_of("abcdefgh2"), -1},
		{text_of("abc"), text_of("abcd"), -1},
		{text_of(""), text_of("a"), -1},
		{text_of("z"), text_of(NULL), -1},
		{text_of(NULL), text_of("z"), 1},
		{text_of(NULL), text_of(NULL), 0},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int order = tend_value_compare(rows[i].a, rows[i].b);
		if (order != rows[i].order
			|| tend_value_compare(rows[i].b, rows[i].a) != -rows[i].order) {
			fail_msg("row %zu: %d", i, order);
		}
	}
}

static void random_numbers_keep_their_order_and_their_digits(void **state)
{
	(void)state;
	struct support_random r = {7};
	for (int i = 0; i < 2000; i++) {
		double a = ((double)support_random(&r, 2000001) - 1000000)
			/ (1 + support_random(&r, 999));
		double b = ((double)support_random(&r, 2000001) - 1000000)
			/ (1 + support_random(&r, 999));
		assert_int_equal(tend_value_compare(number_of(a), number_of(b)), (a > b) - (a < b));
		struct tend_str out = {0};
		double again = NAN;
		tend_value_format(number_of(a), &out);
		assert_true(tend_parse_number(tend_str_text(&out), &again));
		assert_true(again == a);
		tend_str_finish(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_prints_for_machines),
		cmocka_unit_test(what_does_not_fit_is_refused_with_field_value_and_expectation),
		cmocka_unit_test(empty_text_is_unknown),
		cmocka_unit_test(texts_without_a_limit_of_their_own_end_at_the_common_one),
		cmocka_unit_test(long_values_are_cut_at_a_character_in_messages),
		cmocka_unit_test(the_terms_of_a_rank_print_in_a_row),
		cmocka_unit_test(values_are_ordered_by_size_and_folded_form),
		cmocka_unit_test(random_numbers_keep_their_order_and_their_digits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
