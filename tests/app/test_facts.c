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

static void filters_ask_about_people_and_their_answers(void **state)
{
	struct book_fixture *b = *state;
	static const char *const contacts[][2] = {
		{"a", "name=Ann|role=decision-maker|cadence=7d"},
		{"a", "name=Bo|role=user"},
		{"c", "name=Cy|cadence=1m"},
		{"c", "name=Di|role=system-contact|left=2026-03-01|cadence=1d"},
	};
	static const char *const surveys[][2] = {
		{"a", "kind=nps|score=10|date=2026-01-01"},
		{"a", "kind=nps|score=60|scale=100|date=2026-03-01"},
		{"a", "kind=nps|score=10|date=2026-04-01"},
		{"b", "kind=ces|score=2"},
		{"c", "kind=ces|score=2|direction=higher"},
		{"c", "kind=csat|score=5|scale=9"},
	};
	static const struct {
		const char *filter, *found;
	} rows[] = {
		{"silent(contacts) > 0", "a"},
		{"silent(contacts) == 0", "b, c"},
		{"missing(contacts) == 1", "a"},
		{"missing(contacts) == 3", "b, c"},
		{"single_thread(contacts)", "a, c"},
		{"not single_thread(contacts)", ""}, /* b has nobody: unknown */
		{"latest_score(nps) == 6", "a"},
		{"latest_score(\"ces\") == 6", "b"},
		{"latest_score(ces) < 3", "c"},
		{"latest_score(csat) == 3", "c"},
	};
	for (size_t i = 0; i < sizeof(contacts) / sizeof(contacts[0]); i++) {
		book_record(b, &tend_contact_type, contacts[i][0], contacts[i][1]);
	}
	for (size_t i = 0; i < sizeof(surveys) / sizeof(surveys[0]); i++) {
		book_record(b, &tend_survey_type, surveys[i][0], surveys[i][1]);
	}
	book_record(b, &tend_activity_type, "a", "kind=call|contact=bo|date=2026-03-01");
	book_record(b, &tend_activity_type, "c", "kind=call|contact=Cy|date=2026-03-01");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].filter);
		assert_string_equal(book_found(b, rows[i].filter), rows[i].found);
	}
}

static void a_metric_may_be_called_as_records_are(void **state)
{
	struct book_fixture *b = *state;
	book_point(b, "b", "contacts", "2026-03-30", "4");
	assert_string_equal(book_found(b, "sum(contacts, 30d) == 4"), "b");
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
		TEST(filters_ask_about_people_and_their_answers),
		TEST(a_metric_may_be_called_as_records_are),
		TEST(a_metric_that_nobody_knows_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
