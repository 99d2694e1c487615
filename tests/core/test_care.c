/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <tend/care.h>
#include <tend/money.h>
#include <tend/str.h>

#include <tend/fields.h>

static struct tend_date day_of(const char *text)
{
	struct tend_date day = TEND_NO_DATE;
	if (text != NULL) {
		assert_true(tend_date_parse(text, &day));
	}
	return day;
}

static struct tend_subscription sub(const char *start, const char *end, int64_t annual,
	int64_t monthly, const char *currency, bool trial)
{
	struct tend_subscription s;
	tend_record_clear(&tend_subscription_type, &s);
	s.start = day_of(start);
	s.end = day_of(end);
	s.annual = annual;
	s.monthly = monthly;
	s.currency = currency;
	s.trial = trial;
	return s;
}

static void arr_sums_what_is_active_on_the_day(void **state)
{
	(void)state;
	const int64_t none = TEND_NO_MONEY;
	const struct tend_subscription subs[] = {
		sub("2026-01-01", "2027-01-01", 1200000, none, "CNY", false),
		sub("2026-03-01", NULL, none, 5000, "CNY", false),
		sub("2026-01-01", "2027-01-01", 999999, none, "CNY", true),
		sub("2026-06-01", "2026-06-01", 777, none, "CNY", false), /* never active */
		sub("2026-01-01", NULL, 100, none, "USD", false),
		sub("2026-01-01", NULL, none, none, "CNY", false),
		sub("2026-07-01", NULL, 300, 9999, NULL,
			false), /* the annual amount is what counts */
	};
	const struct {
		const char *day, *currency;
		int64_t arr;
		const char *found;
	} rows[] = {
		{"2025-12-31", NULL, 0, NULL},
		{"2026-01-01", NULL, 1200000, "CNY"},
		{"2026-02-28", "CNY", 1200000, "CNY"},
		{"2026-03-01", NULL, 1260000, "CNY"},
		{"2026-06-01", NULL, 1260000, "CNY"},
		{"2026-06-01", "USD", 100, "USD"},
		{"2026-06-01", "EUR", 0, "EUR"},
		{"2026-07-01", "USD", 400, "USD"},
		{"2026-12-31", NULL, 1260300, "CNY"},
		{"2027-01-01", NULL, 60300, "CNY"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *currency = rows[i].currency;
		int64_t arr = tend_arr_on(subs, COUNT_OF(subs), day_of(rows[i].day), &currency);
		if (arr != rows[i].arr || !tend_same(currency, rows[i].found)) {
			fail_msg("row %zu: %lld %s", i, (long long)arr,
				currency != NULL ? currency : "(null)");
		}
	}
	assert_true(tend_arr_on(subs, COUNT_OF(subs), day_of("2026-01-01"), NULL) == 1200100);
}

static void a_paid_subscription_names_the_currency_before_a_trial(void **state)
{
	(void)state;
	const struct tend_subscription subs[] = {
		sub("2026-01-01", NULL, 1, TEND_NO_MONEY, "EUR", true),
		sub("2026-01-01", NULL, 2, TEND_NO_MONEY, "USD", false),
	};
	const char *currency = NULL;
	assert_int_equal(tend_arr_on(subs, 2, day_of("2026-01-01"), &currency), 2);
	assert_string_equal(currency, "USD");
	currency = NULL;
	assert_int_equal(tend_arr_on(subs, 1, day_of("2026-01-01"), &currency), 0);
	assert_string_equal(currency, "EUR");
}

static void arr_past_64_bits_stays_at_the_end(void **state)
{
	(void)state;
	const struct tend_subscription subs[] = {
		sub("2026-01-01", NULL, INT64_MAX - 5, TEND_NO_MONEY, NULL, false),
		sub("2026-01-01", NULL, TEND_NO_MONEY, INT64_MAX / 2, NULL, false),
	};
	assert_true(tend_arr_on(subs, 2, day_of("2026-01-01"), NULL) == INT64_MAX);
	assert_true(tend_arr_on(subs + 1, 1, day_of("2026-01-01"), NULL) == INT64_MAX);
}

static void status_follows_the_term_unless_it_was_decided(void **state)
{
	(void)state;
	static const struct {
		const char *stored, *renewal, *day, *status;
	} rows[] = {
		{NULL, "2026-05-01", "2026-04-30", "active"},
		{NULL, "2026-05-01", "2026-05-01", "lapsed"},
		{"active", "2026-05-01", "2026-06-01", "lapsed"},
		{"lapsed", "2026-05-01", "2026-04-01", "active"},
		{"churned", "2026-05-01", "2026-04-01", "churned"},
		{"pooled", "2026-05-01", "2026-06-01", "pooled"},
		{NULL, NULL, "2026-06-01", "active"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_string_equal(tend_status_on(rows[i].stored, day_of(rows[i].renewal),
					    day_of(rows[i].day)),
			rows[i].status);
	}
}

static void only_todo_doing_and_blocked_are_open(void **state)
{
	(void)state;
	assert_true(tend_is_open_state("todo"));
	assert_true(tend_is_open_state("doing"));
	assert_true(tend_is_open_state("blocked"));
	assert_false(tend_is_open_state("done"));
	assert_false(tend_is_open_state("skipped"));
	assert_false(tend_is_open_state(""));
	assert_false(tend_is_open_state(NULL));
}

static struct tend_milestone milestone(
	const char *key, const char *due, const char *state, bool required)
{
	struct tend_milestone m;
	tend_record_clear(&tend_milestone_type, &m);
	m.key = key;
	m.occurrence = 1;
	m.due = day_of(due);
	m.state = state;
	m.required = required;
	m.position = 1;
	m.repeats = 0;
	return m;
}

static void milestones_give_overdue_next_and_track(void **state)
{
	(void)state;
	enum { MAX = 3 };
	const struct {
		struct tend_milestone m[MAX];
		size_t n;
		int overdue;
		const char *due, *next, *track;
	} rows[] = {
		{{{0}}, 0, 0, NULL, NULL, "on-track"},
		{{milestone("a", "2026-05-10", "todo", true)}, 1, 0, "2026-05-10", "a", "on-track"},
		{{milestone("a", "2026-05-09", "todo", true)}, 1, 1, "2026-05-09", "a", "behind"},
		{{milestone("a", "2026-05-09", "doing", false)}, 1, 1, "2026-05-09", "a",
			"on-track"},
		{{milestone("a", "2026-04-10", "todo", true)}, 1, 1, "2026-04-10", "a", "behind"},
		{{milestone("a", "2026-04-09", "todo", true)}, 1, 1, "2026-04-09", "a", "stuck"},
		{{milestone("a", "2026-04-09", "todo", false)}, 1, 1, "2026-04-09", "a",
			"on-track"},
		{{milestone("a", "2026-06-01", "blocked", false)}, 1, 0, "2026-06-01", "a",
			"stuck"},
		{{milestone("a", "2026-01-01", "done", true),
			 milestone("b", "2026-01-01", "skipped", true),
			 milestone("c", "2026-05-20", "todo", true)},
			3, 0, "2026-05-20", "c", "on-track"},
		{{milestone("late", "2026-05-11", "todo", true),
			 milestone("soon", "2026-05-10", "todo", true),
			 milestone("never", NULL, "todo", true)},
			3, 0, "2026-05-10", "soon", "on-track"},
	};
	struct tend_arena arena = {0};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_customer c;
		tend_record_clear(&tend_customer_type, &c);
		c.journey = "j@1";
		tend_derive_milestones(&c, rows[i].m, rows[i].n, day_of("2026-05-10"), &arena);
		(void)tend_derive_track(&c, rows[i].m, rows[i].n, NULL, day_of("2026-05-10"));
		if (c.overdue != rows[i].overdue || c.next_due.day != day_of(rows[i].due).day
			|| !tend_same(c.next_milestone, rows[i].next)
			|| !tend_same(c.track, rows[i].track)) {
			fail_msg("row %zu: overdue %lld next %s track %s", i, (long long)c.overdue,
				c.next_milestone != NULL ? c.next_milestone : "-", c.track);
		}
		for (size_t k = 0; k < 2; k++) {
			c.status = k == 0 ? "churned" : "pooled"; /* nobody follows its journey */
			assert_null(tend_derive_track(
				&c, rows[i].m, rows[i].n, NULL, day_of("2026-05-10")));
			assert_null(c.track);
		}
		c.status = NULL;
		c.journey = NULL;
		tend_derive_milestones(&c, rows[i].m, rows[i].n, day_of("2026-05-10"), &arena);
		(void)tend_derive_track(&c, rows[i].m, rows[i].n, NULL, day_of("2026-05-10"));
		assert_null(c.track);
		assert_int_equal(c.overdue, rows[i].overdue);
	}
	tend_arena_finish(&arena);
}

static void what_puts_a_customer_behind_is_said(void **state)
{
	(void)state;
	static const struct {
		const char *due, *state, *reason;
		bool required;
		int behind, stuck;
		const char *track, *why;
	} rows[] = {
		{"2026-05-09", "todo", NULL, true, 0, 30, "behind", "late is 1 day overdue"},
		{"2026-05-10", "todo", NULL, true, 0, 30, "on-track", NULL},
		{"2026-05-07", "todo", NULL, true, 3, 30, "on-track", NULL},
		{"2026-05-06", "doing", NULL, true, 3, 30, "behind", "late is 4 days overdue"},
		{"2026-05-06", "doing", NULL, false, 3, 30, "on-track", NULL},
		{"2026-05-03", "doing", NULL, true, 3, 7, "behind", "late is 7 days overdue"},
		{"2026-05-02", "doing", NULL, true, 3, 7, "stuck", "late is 8 days overdue"},
		{"2026-06-02", "blocked", NULL, false, 3, 7, "stuck", "late is blocked"},
		{"2026-06-02", "blocked", "no contract", true, 3, 7, "stuck",
			"late is blocked: no contract"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tend_customer c;
		struct tend_journey j = {
			.track_behind = rows[i].behind, .track_stuck = rows[i].stuck};
		struct tend_milestone m[] = {milestone("later", "2026-05-01", "done", true),
			milestone("late", rows[i].due, rows[i].state, rows[i].required),
			milestone("optional", "2026-01-01", "todo", false)};
		struct tend_str why = {0};
		m[1].reason = rows[i].reason;
		tend_record_clear(&tend_customer_type, &c);
		c.journey = "j@1";
		const struct tend_milestone *it =
			tend_derive_track(&c, m, COUNT_OF(m), &j, day_of("2026-05-10"));
		if (it != NULL) {
			tend_track_reason(it, day_of("2026-05-10"), &why);
		}
		if (!tend_same(c.track, rows[i].track) || (it == NULL) != (rows[i].why == NULL)
			|| (it != NULL && !tend_same(tend_str_text(&why), rows[i].why))) {
			fail_msg("row %zu: %s, %s", i, c.track, tend_str_text(&why));
		}
		tend_str_finish(&why);
	}
}

static void of_two_due_on_a_day_the_earlier_in_the_journey_is_next(void **state)
{
	(void)state;
	struct tend_arena arena = {0};
	struct tend_customer c;
	struct tend_milestone m[] = {milestone("review", "2026-05-10", "todo", true),
		milestone("review", "2026-05-10", "todo", true),
		milestone("early", "2026-05-10", "todo", true)};
	tend_record_clear(&tend_customer_type, &c);
	m[0].occurrence = 3;
	m[0].repeats = m[1].repeats = 1;
	m[1].occurrence = 2;
	tend_derive_milestones(&c, m, 2, day_of("2026-05-10"), &arena);
	assert_string_equal(c.next_milestone, "review#2");
	m[2].position = 0;
	tend_derive_milestones(&c, m, 3, day_of("2026-05-10"), &arena);
	assert_string_equal(c.next_milestone, "early");
	tend_arena_finish(&arena);
}

static void names_of_milestones_are_split_at_the_number(void **state)
{
	(void)state;
	static const struct {
		const char *name, *key; /* NULL: refused */
		int64_t number;
	} rows[] = {
		{"kickoff", "kickoff", 0},
		{"review#1", "review", 1},
		{"review#12", "review", 12},
		{"c#-notes#2", "c#-notes", 2},
		{"回访#3", "回访", 3},
		{"", NULL, 0},
		{"#1", NULL, 0},
		{"review#", NULL, 0},
		{"review#0", NULL, 0},
		{"review#-1", NULL, 0},
		{"review#+1", NULL, 0},
		{"review#01", NULL, 0},
		{"review#1x", NULL, 0},
		{"review#99999999999999999999", NULL, 0},
		{"a-key-that-is-longer-than-the-buffer", NULL, 0},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char key[20];
		int64_t number = -1;
		bool ok = tend_milestone_name_parse(rows[i].name, key, sizeof(key), &number);
		if (ok != (rows[i].key != NULL)
			|| (ok && (strcmp(key, rows[i].key) != 0 || number != rows[i].number))) {
			fail_msg("%s", rows[i].name);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arr_sums_what_is_active_on_the_day),
		cmocka_unit_test(a_paid_subscription_names_the_currency_before_a_trial),
		cmocka_unit_test(arr_past_64_bits_stays_at_the_end),
		cmocka_unit_test(status_follows_the_term_unless_it_was_decided),
		cmocka_unit_test(only_todo_doing_and_blocked_are_open),
		cmocka_unit_test(milestones_give_overdue_next_and_track),
		cmocka_unit_test(what_puts_a_customer_behind_is_said),
		cmocka_unit_test(of_two_due_on_a_day_the_earlier_in_the_journey_is_next),
		cmocka_unit_test(names_of_milestones_are_split_at_the_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
