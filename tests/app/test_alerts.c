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

#define TODAY "2026-03-10"

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static int64_t alert_id(struct book_fixture *b, const char *customer, const char *rule)
{
	struct tend_list list;
	int64_t id = 0;
	assert_int_equal(
		tend_app_alerts(b->app, book_customer(b, customer), true, NULL, &list, NULL),
		TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_alert *v = tend_list_at(&list, i);
		id = strcmp(v->rule, rule) == 0 && v->id > id ? v->id : id; /* the newest */
	}
	tend_list_finish(&list);
	assert_int_not_equal(id, 0);
	return id;
}

static const char *alert_value(
	struct book_fixture *b, int64_t id, const char *field, char *buffer, size_t size)
{
	struct tend_list list;
	assert_int_equal(tend_app_alerts(b->app, 0, true, NULL, &list, NULL), TEND_OK);
	buffer[0] = '\0';
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_alert *v = tend_list_at(&list, i);
		struct tend_value value;
		if (v->id == id && tend_record_get(&tend_alert_type, v, field, &value)) {
			struct tend_str text = {0};
			tend_value_format(value, &text);
			strncpy(buffer, tend_str_text(&text), size - 1);
			buffer[size - 1] = '\0';
			tend_str_finish(&text);
		}
	}
	tend_list_finish(&list);
	return buffer;
}

static void each_rule_raises_its_alert_on_its_day(void **state)
{
	struct book_fixture *b = *state;
	book_reopen(b, "2026-03-02");
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|arr=1000|currency=CNY");
	static const struct {
		const char *day, *alerts;
	} rows[] = {
		{"2026-03-02", "milestone-due-soon"},
		{"2026-03-03", "milestone-due-soon,milestone-overdue"},
		{"2026-04-01", "milestone-due-soon,milestone-overdue,no-contact"},
		{"2026-07-03", "milestone-overdue,no-contact"},
		{"2026-07-04", "milestone-overdue,no-contact,renewal-window"},
		{"2026-09-01", "milestone-overdue,no-contact,renewal-window"},
		{"2026-09-02", "milestone-overdue,no-contact,term-over"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		book_reopen(b, rows[i].day);
		print_message("%s\n", rows[i].day);
		assert_string_equal(book_alerts(b, "acme"), rows[i].alerts);
	}
	book_set(b, "acme", "status=churned");
	assert_string_equal(book_alerts(b, "acme"), "");
}

static void what_ended_is_at_risk_after_the_term(void **state)
{
	struct book_fixture *b = *state;
	book_reopen(b, "2026-03-02");
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|arr=1000|currency=CNY");
	static const struct {
		const char *day, *rule;
	} rows[] = {{"2026-09-01", "renewal-window"}, {"2026-09-02", "term-over"},
		{"2026-11-30", "term-over"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[200];
		book_reopen(b, rows[i].day);
		int64_t id = alert_id(b, "acme", rows[i].rule);
		assert_string_equal(
			alert_value(b, id, "value_at_risk", text, sizeof(text)), "1000.00");
		assert_string_equal(alert_value(b, id, "currency", text, sizeof(text)), "CNY");
		assert_non_null(
			strstr(alert_value(b, id, "reason", text, sizeof(text)), "ARR ¥1.0k"));
	}
	assert_string_equal(book_value(b, "acme", "arr"), "0.00");
}

static void an_alert_is_seen_once_a_day_and_resolved_with_its_cause(void **state)
{
	struct book_fixture *b = *state;
	char text[200];
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	int64_t id = alert_id(b, "acme", "milestone-overdue");
	assert_string_equal(alert_value(b, id, "count", text, sizeof(text)), "1");
	assert_string_equal(alert_value(b, id, "severity", text, sizeof(text)), "medium");
	book_log(b, "acme", "call", NULL, "hello");
	assert_string_equal(alert_value(b, id, "count", text, sizeof(text)), "1");
	book_reopen(b, "2026-03-12");
	assert_string_equal(alert_value(b, id, "count", text, sizeof(text)), "2");
	assert_string_equal(alert_value(b, id, "last_seen", text, sizeof(text)), "2026-03-12");
	assert_string_equal(alert_value(b, id, "raised", text, sizeof(text)), TODAY);
	book_reopen(b, "2026-03-05"); /* alerts move only forward */
	assert_string_equal(alert_value(b, id, "count", text, sizeof(text)), "2");
	book_reopen(b, "2026-03-12");
	char *before = book_dump(b);
	const int64_t ids[] = {
		book_milestone(b, "acme", "signed"), book_milestone(b, "acme", "kickoff")};
	struct tend_done done;
	assert_int_equal(
		tend_app_milestone_state(b->app, ids, 2, "done", NULL, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(alert_value(b, id, "state", text, sizeof(text)), "resolved");
	book_assert_undo(b, before);
	free(before);
	book_reopen(b, "2026-03-16"); /* follow was done-anchored and is late now: a new alert */
	assert_int_not_equal(alert_id(b, "acme", "milestone-overdue"), id);
}

static void people_acknowledge_snooze_and_resolve(void **state)
{
	struct book_fixture *b = *state;
	char text[200];
	struct tend_done done;
	struct tend_error err = {0};
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	int64_t id = alert_id(b, "acme", "milestone-overdue");
	char *before = book_dump(b);
	assert_int_equal(tend_app_alert_ack(b->app, &id, 1, "on it", &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "alert milestone-overdue acknowledged (acme)");
	tend_done_finish(&done);
	assert_string_equal(book_alerts(b, "acme"), "milestone-due-soon,milestone-overdue:acked");
	assert_string_equal(book_value(b, "acme", "alerts"), "1");
	book_assert_undo(b, before);
	free(before);
	before = book_dump(b);
	assert_int_equal(tend_app_alert_snooze(
				 b->app, &id, 1, book_day("2026-03-15"), "holiday", &done, NULL),
		TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_alerts(b, "acme"), "milestone-due-soon,milestone-overdue:snoozed");
	assert_string_equal(alert_value(b, id, "until", text, sizeof(text)), "2026-03-15");
	book_assert_undo(b, before);
	free(before);
	book_reopen(b, "2026-03-14");
	assert_string_equal(book_alerts(b, "acme"), "milestone-overdue:snoozed");
	book_reopen(b, "2026-03-15");
	assert_string_equal(book_alerts(b, "acme"), "milestone-overdue");
	before = book_dump(b);
	assert_int_equal(tend_app_alert_resolve(b->app, &id, 1, "agreed", &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_alerts(b, "acme"), "");
	book_assert_undo(b, before);
	free(before);
	book_log(b, "acme", "call", NULL, "not asked again on the same day");
	assert_string_equal(book_alerts(b, "acme"), "");
	assert_int_equal(tend_app_alert_ack(b->app, &id, 1, NULL, &done, &err), TEND_FAILED);
	tend_done_finish(&done);
	book_reopen(b, "2026-03-16");
	assert_string_equal(book_alerts(b, "acme"), "milestone-overdue");
	assert_int_not_equal(alert_id(b, "acme", "milestone-overdue"), id);
}

static void a_snooze_ends_after_today(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	int64_t id = alert_id(b, "acme", "milestone-overdue"), none = 999;
	static const char *const days[] = {TODAY, "2026-03-09"};
	for (size_t i = 0; i < 2; i++) {
		struct tend_done done;
		assert_int_equal(
			tend_app_alert_snooze(b->app, &id, 1, book_day(days[i]), "x", &done, NULL),
			TEND_USAGE);
		tend_done_finish(&done);
	}
	struct tend_done done;
	assert_int_equal(
		tend_app_alert_snooze(b->app, &id, 1, TEND_NO_DATE, "x", &done, NULL), TEND_USAGE);
	tend_done_finish(&done);
	assert_int_equal(tend_app_alert_ack(b->app, &none, 1, NULL, &done, NULL), TEND_NOT_FOUND);
	tend_done_finish(&done);
	assert_string_equal(book_alerts(b, "acme"), "milestone-due-soon,milestone-overdue");
}

static void texts_follow_the_language_of_the_reader(void **state)
{
	struct book_fixture *b = *state;
	char text[200];
	tend_lang_set(TEND_ZH);
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	int64_t id = alert_id(b, "acme", "milestone-overdue");
	tend_lang_set(TEND_EN);
	assert_string_equal(
		alert_value(b, id, "title", text, sizeof(text)), "A milestone is overdue");
	assert_non_null(strstr(alert_value(b, id, "reason", text, sizeof(text)), "overdue"));
	tend_lang_set(TEND_ZH);
	assert_string_equal(alert_value(b, id, "title", text, sizeof(text)), "里程碑逾期");
	struct tend_list list;
	assert_int_equal(tend_app_today_queue(b->app, NULL, &list, NULL), TEND_OK);
	const struct tend_today_row *row = tend_list_at(&list, 0);
	assert_string_equal(row->title, "签约");
	assert_non_null(strstr(row->terms.items[0].label, "里程碑"));
	tend_list_finish(&list);
	tend_lang_set(TEND_EN);
	assert_int_equal(tend_app_today_queue(b->app, NULL, &list, NULL), TEND_OK);
	row = tend_list_at(&list, 0);
	assert_string_equal(row->title, "Signed");
	assert_null(strchr(row->terms.items[0].label, '\x1f'));
	tend_list_finish(&list);
}

static void today_ranks_its_rows_by_the_sum_of_their_terms(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|arr=200000");
	book_add(b, "key=beta|name=Beta|started=2025-04-01|term=12m|arr=1000");
	struct tend_list list;
	assert_int_equal(tend_app_today_queue(b->app, NULL, &list, NULL), TEND_OK);
	double last = 1e9;
	int overdue = 0, due = 0, alerts = 0, renewals = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_today_row *row = tend_list_at(&list, i);
		double sum = 0;
		for (size_t k = 0; k < row->terms.n; k++) {
			sum += row->terms.items[k].points;
		}
		assert_true(sum == row->rank && row->rank <= last);
		last = row->rank;
		overdue += strcmp(row->kind, "overdue") == 0;
		due += strcmp(row->kind, "due") == 0;
		alerts += strcmp(row->kind, "alert") == 0;
		renewals += strcmp(row->kind, "renewal") == 0;
	}
	assert_int_equal(overdue, 2);
	assert_int_equal(due, 1);
	/* Both of milestones; renewal-window and no-contact of beta. */
	assert_int_equal(alerts, 4);
	assert_int_equal(renewals, 1);
	tend_list_finish(&list);
	const struct tend_query q = {.filter = "kind == \"renewal\"", .limit = 5};
	assert_int_equal(tend_app_today_queue(b->app, &q, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	const struct tend_query two = {.limit = 2};
	assert_int_equal(tend_app_today_queue(b->app, &two, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 2);
	tend_list_finish(&list);
	book_set(b, "acme", "status=churned");
	book_set(b, "beta", "status=pooled");
	assert_int_equal(tend_app_today_queue(b->app, NULL, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
}

static void a_contact_that_is_yet_to_come_does_not_count(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	assert_string_equal(book_alerts(b, "acme"), "no-contact");
	book_reopen(b, "2026-03-20");
	book_log(b, "acme", "meeting", NULL, "planned");
	book_reopen(b, TODAY);
	assert_string_equal(book_alerts(b, "acme"), "no-contact");
	char *before = book_dump(b);
	book_log(b, "acme", "meeting", "2026-03-01", "held");
	assert_string_equal(book_alerts(b, "acme"), "");
	assert_string_equal(book_value(b, "acme", "last_contact"), "2026-03-01");
	book_assert_undo(b, before);
	free(before);
}

static void an_activity_of_an_unknown_kind_is_refused(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	struct tend_error err = {0};
	int64_t id = book_add(b, "key=acme|name=Acme|started=2026-01-01");
	assert_int_not_equal(tend_app_log(b->app, &id, 1,
				     &(struct tend_log){.kind = "cal",
					     .text = "x",
					     .date = TEND_NO_DATE,
					     .by = TEND_NO_DATE},
				     &done, &err),
		TEND_OK);
	assert_non_null(strstr(err.text, "call"));
	tend_done_finish(&done);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_rule_raises_its_alert_on_its_day),
		TEST(what_ended_is_at_risk_after_the_term),
		TEST(an_alert_is_seen_once_a_day_and_resolved_with_its_cause),
		TEST(people_acknowledge_snooze_and_resolve),
		TEST(a_snooze_ends_after_today),
		TEST(texts_follow_the_language_of_the_reader),
		TEST(today_ranks_its_rows_by_the_sum_of_their_terms),
		TEST(a_contact_that_is_yet_to_come_does_not_count),
		TEST(an_activity_of_an_unknown_kind_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
