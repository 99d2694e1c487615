/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/care.h>
#include <tend/lang.h>
#include <tend/str.h>

#include <tend/fields.h>
#include "support.h"

static struct tend_date day_of(const char *text)
{
	struct tend_date day = TEND_NO_DATE;
	if (text != NULL) {
		assert_true(tend_date_parse(text, &day));
	}
	return day;
}

static void ranks_are_sums_whose_terms_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *kind, *severity, *due, *renewal;
		int64_t arr;
		bool required;
		double rank;
		const char *terms;
	} rows[] = {
		{"overdue", NULL, "2026-05-09", NULL, 0, false, 31,
			"overdue milestone +30; 1 day overdue +1"},
		{"overdue", NULL, "2026-04-28", NULL, 32000000, true, 51,
			"overdue milestone +30; 12 days overdue +12; ARR 320k +6; required +3"},
		{"overdue", NULL, "2026-01-10", NULL, 0, true, 63,
			"overdue milestone +30; 120 days overdue +30; required +3"},
		{"due", NULL, "2026-05-10", NULL, 0, true, 25,
			"milestone due soon +15; due today +7; required +3"},
		{"due", NULL, "2026-05-11", NULL, 0, false, 21,
			"milestone due soon +15; due tomorrow +6"},
		{"due", NULL, "2026-05-16", NULL, 0, false, 16,
			"milestone due soon +15; due in 6 days +1"},
		{"due", NULL, "2026-05-17", NULL, 0, false, 15, "milestone due soon +15"},
		{"due", NULL, NULL, NULL, 0, false, 15, "milestone due soon +15"},
		{"alert", "high", NULL, NULL, 999999, false, 40, "high alert +40"},
		{"alert", "medium", NULL, NULL, 1000000, false, 27, "medium alert +25; ARR 10k +2"},
		{"alert", "low", NULL, NULL, 5000000, false, 14, "low alert +10; ARR 50k +4"},
		{"alert", NULL, NULL, NULL, 50000000, false, 18, "low alert +10; ARR 500k +8"},
		{"alert", "high", "2026-01-01", NULL, 100000000, false, 50,
			"high alert +40; ARR 1.0M +10"},
		{"renewal", NULL, "2026-07-09", "2026-07-09", 0, false, 36,
			"renewal +35; renewal in 60 days +1"},
		{"renewal", NULL, "2026-06-23", "2026-06-23", 0, false, 38,
			"renewal +35; renewal in 44 days +3"},
		{"renewal", NULL, "2026-05-11", "2026-05-11", 0, false, 45,
			"renewal +35; renewal tomorrow +10"},
		{"renewal", NULL, "2026-05-10", "2026-05-10", 0, false, 45,
			"renewal +35; renewal today +10"},
		{"renewal", NULL, NULL, "2026-07-10", 0, false, 35, "renewal +35"},
		{"alert", "high", NULL, "2026-05-09", 0, false, 40, "high alert +40"},
		{"promise", NULL, "2026-05-07", NULL, 0, false, 43,
			"promise not kept +40; 3 days overdue +3"},
		{"promise", NULL, "2025-05-07", NULL, 0, false, 70,
			"promise not kept +40; 368 days overdue +30"},
		{"promise", NULL, "2026-05-10", NULL, 0, false, 27,
			"promise to keep +20; due today +7"},
		{"promise", NULL, "2026-05-16", NULL, 0, false, 21,
			"promise to keep +20; due in 6 days +1"},
		{"complaint", "high", "2026-05-09", NULL, 1000000, false, 53,
			"high complaint +50; 1 day overdue +1; ARR 10k +2"},
		{"complaint", "medium", "2026-05-08", NULL, 0, false, 42,
			"medium complaint +40; 2 days overdue +2"},
		{"complaint", "low", "2026-05-08", NULL, 0, false, 32,
			"low complaint +30; 2 days overdue +2"},
		{"something", NULL, NULL, NULL, 0, false, 0, ""},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_arena arena = {0};
		struct tend_customer c;
		struct tend_today_row row;
		struct tend_str terms = {0};
		tend_record_clear(&tend_customer_type, &c);
		tend_record_clear(&tend_today_type, &row);
		c.arr = rows[i].arr;
		c.renewal = day_of(rows[i].renewal);
		row.kind = rows[i].kind;
		row.due = day_of(rows[i].due);
		row.required = rows[i].required;
		tend_rank(&row, &c, rows[i].severity, day_of("2026-05-10"), &arena);
		tend_value_format(
			(struct tend_value){.type = TEND_TERMS, .terms = &row.terms}, &terms);
		assert_same_text(tend_str_text(&terms), rows[i].terms);
		assert_true(row.rank == rows[i].rank);
		tend_str_finish(&terms);
		tend_arena_finish(&arena);
	}
}

/* The later ones of a customer go down, so that others are seen between them. */
static void each_further_late_milestone_of_a_customer_ranks_lower(void **state)
{
	(void)state;
	static const struct {
		const char *kind;
		int64_t nth;
		double rank;
		const char *terms;
	} rows[] = {
		{"overdue", 1, 32, "overdue milestone +30; 2 days overdue +2"},
		{"overdue", 2, 27,
			"overdue milestone +30; 2 days overdue +2; late milestone no. 2 of this "
			"customer -5"},
		{"overdue", 9, -8,
			"overdue milestone +30; 2 days overdue +2; late milestone no. 9 of this "
			"customer -40"},
		{"overdue", INT64_MAX, -8, NULL},
		{"due", 4, 15, "milestone due soon +15"},
		{"overdue", TEND_NO_INT, 32, "overdue milestone +30; 2 days overdue +2"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_arena arena = {0};
		struct tend_customer c;
		struct tend_today_row row;
		struct tend_str terms = {0};
		tend_record_clear(&tend_customer_type, &c);
		tend_record_clear(&tend_today_type, &row);
		row.kind = rows[i].kind;
		row.due = day_of("2026-05-08");
		row.nth = rows[i].nth;
		tend_rank(&row, &c, NULL, day_of("2026-05-10"), &arena);
		assert_true(row.rank == rows[i].rank);
		if (rows[i].terms != NULL) {
			tend_value_format(
				(struct tend_value){.type = TEND_TERMS, .terms = &row.terms},
				&terms);
			assert_same_text(tend_str_text(&terms), rows[i].terms);
		}
		row.rank = 0;
		tend_rank(&row, &c, NULL, day_of("2026-05-10"), NULL);
		assert_true(row.rank == rows[i].rank);
		assert_int_equal(row.terms.n, 0);
		tend_str_finish(&terms);
		tend_arena_finish(&arena);
	}
}

static void unknown_money_and_dates_add_nothing(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_customer c;
	struct tend_today_row row;
	tend_record_clear(&tend_customer_type, &c);
	tend_record_clear(&tend_today_type, &row);
	row.kind = "overdue";
	tend_rank(&row, &c, NULL, day_of("2026-05-10"), &arena);
	assert_true(row.rank == 30);
	assert_int_equal(row.terms.n, 1);
	tend_arena_finish(&arena);
}

static void labels_come_in_the_language(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_customer c;
	struct tend_today_row row;
	tend_record_clear(&tend_customer_type, &c);
	tend_record_clear(&tend_today_type, &row);
	row.kind = "overdue";
	row.due = day_of("2026-05-08");
	row.required = true;
	tend_lang_set(TEND_ZH);
	tend_rank(&row, &c, NULL, day_of("2026-05-10"), &arena);
	tend_lang_set(TEND_EN);
	assert_string_equal(row.terms.items[0].label, "逾期里程碑");
	assert_string_equal(row.terms.items[1].label, "逾期 2 天");
	assert_string_equal(row.terms.items[2].label, "必做");
	tend_arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_are_sums_whose_terms_are_named),
		cmocka_unit_test(each_further_late_milestone_of_a_customer_ranks_lower),
		cmocka_unit_test(unknown_money_and_dates_add_nothing),
		cmocka_unit_test(labels_come_in_the_language),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
