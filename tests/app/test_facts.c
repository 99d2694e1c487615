/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include "book.h"

#define TODAY "2026-03-31"

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_config(b, "signals.yaml",
		"signals: ours\nmetrics:\n  - {key: load, kind: gauge}\n  - {key: rare, kind: "
		"counter}\n");
	book_reopen(b, TODAY);
	book_add(b, "key=a|name=A|started=2026-01-31|arr=9000");
	book_add(b, "key=b|name=B|started=2026-01-31|journey=small|arr=100");
	book_add(b, "key=c|name=C|started=2026-01-31");
	book_point(b, "a", "logins", "2026-02-10", "10");
	book_point(b, "a", "logins", "2026-03-30", "4");
	book_point(b, "a", "load", "2026-03-30", "7");
	book_point(b, "b", "logins", "2026-03-02", "6");
	book_point(b, "b", "logins", "2026-04-02", "600");
	book_point(b, "b", "load", "2026-02-28", "7");
	book_point(b, "c", "sessions", "2026-03-31", "1");
	book_log(b, "c", "call", "2026-03-29", "hello");
	book_record(b, &tend_complaint_type, "c", "opened=2026-03-01|text=slow");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static void filters_of_customers_call_functions(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *filter, *found;
	} rows[] = {
		{"sum(logins, 30d) == 6", "b"},
		{"sum(logins, 30d) < 6", "a"},
		{"sum(logins, 5d) == 0", "b"}, /* it had begun before */
		{"sum(logins, 5d) == 4", "a"},
		{"latest(logins) == 6", "b"},
		{"latest(load) == 7", "a, b"},
		{"days_since(logins) > 20", "b"},
		{"change(logins, 30d) <= -50%", "a"},
		{"count(logins, 30d) >= 0", "a, b"},
		{"avg(load, 30d) == 7", "a"},
		{"not (avg(load, 30d) == 7)", ""},
		{"latest(load) == 7 and arr > 1000", "a"},
		{"latest(sessions) == 1", "c"},
		{"sum(rare, 30d) == 0", ""},
		{"days_since(contact) == 2", "c"},
		{"open(complaints) > 0", "c"},
		{"open(milestones) > 0", "b"},
		{"done(\"signed\")", ""},
		{"sum(logins, 30d) > 5 or open(complaints) == 1", "b, c"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].filter);
		assert_string_equal(book_found(b, rows[i].filter), rows[i].found);
	}
}

static void what_was_done_is_found_by_its_key(void **state)
{
	struct book_fixture *b = *state;
	const char *filter = "done(\"kickoff\")";
	assert_string_equal(book_found(b, filter), "");
	book_state(b, "b", "kickoff", "done");
	assert_string_equal(book_found(b, filter), "b");
	assert_string_equal(book_found(b, "not done(\"kickoff\")"), "a, c");
}

static void a_metric_that_nobody_knows_is_said(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	struct tend_error err = {0};
	struct tend_query q = {.filter = "sum(logns, 30d) > 1"};
	assert_int_equal(tend_app_customers(b->app, &q, &list, &err), TEND_USAGE);
	assert_string_equal(err.text, "filter: there is no metric \"logns\"; did you mean logins?");
	tend_list_finish(&list);
	q.filter = "done(\"signed\")";
	assert_int_equal(tend_app_milestones(b->app, 0, &q, &list, &err), TEND_USAGE);
	tend_list_finish(&list);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(filters_of_customers_call_functions),
		TEST(what_was_done_is_found_by_its_key),
		TEST(a_metric_that_nobody_knows_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
