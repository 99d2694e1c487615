/* SPDX-License-Identifier: MIT */
/* Subscriptions, points, activities, complaints and churn, added and changed one at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include "book.h"

#define TODAY "2026-03-10"
#define FIELDS_MAX 6

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-01-01");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static size_t count(const struct tend_assignment *fields)
{
	size_t n = 0;
	while (n < FIELDS_MAX && fields[n].field != NULL) {
		n++;
	}
	return n;
}

static const char *value_of(struct book_fixture *b, const struct tend_record_type *t, size_t at,
	const char *field, char *buffer, size_t size)
{
	struct tend_list list;
	struct tend_value v;
	struct tend_str text = {0};
	assert_int_equal(tend_app_records(b->app, t, 0, NULL, &list, NULL), TEND_OK);
	assert_true(at < list.n);
	assert_true(tend_record_get(t, tend_list_at(&list, at), field, &v));
	tend_value_format(v, &text);
	(void)snprintf(buffer, size, "%s", v.null ? "null" : tend_str_text(&text));
	tend_str_finish(&text);
	tend_list_finish(&list);
	return buffer;
}

static const struct good_case {
	const struct tend_record_type *type;
	struct tend_assignment add[FIELDS_MAX];
	const char *field, *value; /* what the new record has */
	struct tend_assignment set[FIELDS_MAX];
	const char *name; /* by which it is changed */
	const char *changed, *to;
} good_cases[] = {
	{&tend_subscription_type, {{"annual", "1200"}, {"currency", "USD"}}, "key", "acme-sub-1",
		{{"annual", "1500.50"}}, "acme-sub-1", "annual", "1500.50"},
	{&tend_subscription_type, {{"key", "s"}, {"monthly", "100"}, {"trial", "yes"}}, "start",
		TODAY, {{"trial", "no"}, {"end", "2026-12-31"}}, "s", "end", "2026-12-31"},
	{&tend_subscription_type, {{"key", "s"}, {"seats", "10"}, {"start", "2026-02-01"}}, "seats",
		"10", {{"plan", "pro"}, {"auto_renew", "1"}}, "s", "auto_renew", "true"},
	{&tend_activity_type, {{"kind", "call"}, {"text", "Hello"}}, "date", TODAY,
		{{"text", "Bye"}}, "1", "text", "Bye"},
	{&tend_activity_type, {{"kind", "visit"}, {"contact", "Ann"}, {"date", "2026-03-01"}},
		"contact", "Ann", {{"date", "2026-03-02"}}, "1", "date", "2026-03-02"},
	{&tend_complaint_type, {{"severity", "high"}, {"text", "Slow"}}, "key", "acme-complaint-1",
		{{"closed", "2026-03-11"}, {"rating", "4"}}, "acme-complaint-1", "rating", "4"},
	{&tend_complaint_type, {{"key", "t"}, {"opened", "2026-03-01"}, {"first_response", "30"}},
		"first_response", "30", {{"severity", "urgent"}}, "t", "severity", "urgent"},
	{&tend_churn_type, {{"reason", "pricing"}}, "date", TODAY, {{"text", "Too much"}}, "1",
		"text", "Too much"},
	{&tend_point_type, {{"metric", "logins"}, {"value", "3"}}, "value", "3", {{"value", "3"}},
		"1", NULL, NULL},
};

static void records_are_added_changed_and_undone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good_cases) / sizeof(good_cases[0]); i++) {
		const struct good_case *c = &good_cases[i];
		struct book_fixture b;
		struct tend_done done;
		struct tend_error err = {0};
		char text[256];
		print_message("%zu %s\n", i, c->type->name);
		book_make(&b, TODAY);
		int64_t id = book_add(&b, "key=acme|name=Acme|started=2026-01-01");
		char *before = book_dump(&b);
		if (tend_app_record_add(b.app, c->type, id, c->add, count(c->add), &done, &err)
			!= TEND_OK) {
			fail_msg("%s", err.text);
		}
		assert_int_equal(done.changes, 1);
		tend_done_finish(&done);
		assert_string_equal(
			value_of(&b, c->type, 0, c->field, text, sizeof(text)), c->value);
		assert_string_equal(
			value_of(&b, c->type, 0, "customer", text, sizeof(text)), "acme");
		book_assert_undo(&b, before);
		free(before);
		if (c->changed != NULL) {
			before = book_dump(&b);
			if (tend_app_record_set(
				    b.app, c->type, c->name, c->set, count(c->set), &done, &err)
				!= TEND_OK) {
				fail_msg("%s", err.text);
			}
			tend_done_finish(&done);
			assert_string_equal(
				value_of(&b, c->type, 0, c->changed, text, sizeof(text)), c->to);
			book_assert_undo(&b, before);
			free(before);
			assert_int_equal(tend_app_record_set(b.app, c->type, c->name, c->set,
						 count(c->set), &done, &err),
				TEND_OK);
			assert_int_equal(done.changes, 0); /* the same again is no entry */
			tend_done_finish(&done);
		}
		book_remove(&b);
	}
}

static void bad_fields_are_refused(void **state)
{
	static const struct {
		const struct tend_record_type *type;
		struct tend_assignment add[FIELDS_MAX];
		const char *says;
	} rows[] = {
		{&tend_subscription_type, {{"anual", "1"}}, "annual"},
		{&tend_subscription_type, {{"annual", "much"}}, "much"},
		{&tend_subscription_type, {{"customer", "beta"}}, "customer"},
		{&tend_subscription_type, {{"start", "2026-02-01"}, {"end", "2026-01-01"}}, "end"},
		{&tend_subscription_type, {{"start", ""}}, "start"},
		{&tend_subscription_type, {{"currency", "ZZZ"}}, "ZZZ"},
		{&tend_subscription_type, {{"trial", "maybe"}}, "maybe"},
		{&tend_activity_type, {{"kind", "dance"}}, "dance"},
		{&tend_activity_type, {{"actor", "me"}}, "actor"},
		{&tend_activity_type, {{"date", "2026-13-01"}}, "2026-13-01"},
		{&tend_complaint_type, {{"rating", "6"}}, "rating"},
		{&tend_complaint_type, {{"opened", "2026-02-02"}, {"closed", "2026-02-01"}},
			"closed"},
		{&tend_complaint_type, {{"severity", "hihg"}}, "high"},
		{&tend_churn_type, {{"reson", "x"}}, "reason"},
		{&tend_point_type, {{"metric", "logins"}}, "value"},
		{&tend_point_type, {{"value", "1"}}, "metric"},
		{&tend_point_type, {{"metric", "logins"}, {"value", "one"}}, "one"},
		{&tend_alert_type, {{"rule", "x"}}, "alert"},
	};
	struct book_fixture *b = *state;
	int64_t id = book_customer(b, "acme");
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		struct tend_error err = {0};
		assert_int_not_equal(tend_app_record_add(b->app, rows[i].type, id, rows[i].add,
					     count(rows[i].add), &done, &err),
			TEND_OK);
		print_message("%zu %s\n", i, err.text);
		assert_non_null(strstr(err.text, rows[i].says));
		tend_done_finish(&done);
	}
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

static void a_record_that_is_not_there_is_named(void **state)
{
	static const struct {
		const struct tend_record_type *type;
		const char *name;
	} rows[] = {{&tend_subscription_type, "none"}, {&tend_activity_type, "99"},
		{&tend_complaint_type, "x"}, {&tend_churn_type, "-1"}, {&tend_point_type, ""}};
	struct book_fixture *b = *state;
	const struct tend_assignment set = {"text", "x"};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		struct tend_error err = {0};
		assert_int_equal(tend_app_record_set(
					 b->app, rows[i].type, rows[i].name, &set, 1, &done, &err),
			TEND_NOT_FOUND);
		assert_non_null(strstr(err.text, rows[i].name));
		tend_done_finish(&done);
	}
}

static void keys_are_made_one_after_another(void **state)
{
	struct book_fixture *b = *state;
	int64_t id = book_customer(b, "acme");
	char text[64], expected[64];
	for (int i = 1; i <= 3; i++) {
		struct tend_done done;
		assert_int_equal(
			tend_app_record_add(b->app, &tend_complaint_type, id, NULL, 0, &done, NULL),
			TEND_OK);
		tend_done_finish(&done);
		(void)snprintf(expected, sizeof(expected), "acme-complaint-%d", i);
		assert_string_equal(
			value_of(b, &tend_complaint_type, 0, "key", text, sizeof(text)), expected);
	}
	struct tend_done done;
	struct tend_error err = {0};
	const struct tend_assignment same = {"key", "acme-complaint-2"};
	assert_int_equal(
		tend_app_record_add(b->app, &tend_complaint_type, id, &same, 1, &done, &err),
		TEND_FAILED);
	assert_non_null(strstr(err.text, "acme-complaint-2"));
	tend_done_finish(&done);
}

static void a_made_key_takes_the_first_free_number(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme-note|name=Other|started=2026-01-01");
	book_record(b, tend_kind_called("note")->type, "acme", "key=acme-note-2|title=given");
	book_record(b, tend_kind_called("note")->type, "acme", "title=first");
	book_record(b, tend_kind_called("note")->type, "acme-note",
		"key=acme-note-3|title=somebody else's");
	book_record(b, tend_kind_called("note")->type, "acme", "title=second");
	struct tend_list list;
	static const char *const keys[] = {
		"acme-note-1", "acme-note-2", "acme-note-3", "acme-note-4"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		assert_int_equal(tend_app_record(b->app, tend_kind_called("note")->type, keys[i],
					 &list, NULL),
			TEND_OK);
		tend_list_finish(&list);
	}
}

static enum tend_status removed(struct book_fixture *b, const struct tend_record_type *t,
	const char *name, struct tend_error *err)
{
	struct tend_done done;
	enum tend_status status = tend_app_record_remove(b->app, t, name, &done, err);
	tend_done_finish(&done);
	return status;
}

static void what_others_refer_to_is_not_removed(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err = {0};
	const struct tend_record_type *outcome = tend_kind_called("outcome")->type;
	const struct tend_record_type *plan = tend_kind_called("plan")->type;
	book_record(b, outcome, "acme", "key=o1|title=Faster");
	book_record(b, outcome, "acme", "key=o2|title=Cheaper");
	book_record(b, plan, "acme", "key=p1|title=Plan|outcome=o1");
	char *before = book_dump(b);
	assert_int_equal(removed(b, outcome, "o1", &err), TEND_FAILED);
	assert_non_null(strstr(err.text, "o1"));
	assert_non_null(strstr(err.text, "p1"));
	char *after = book_dump(b);
	assert_string_equal(before, after);
	free(before);
	free(after);
	assert_int_equal(removed(b, outcome, "o2", &err), TEND_OK);
	assert_int_equal(removed(b, plan, "p1", &err), TEND_OK);
	assert_int_equal(removed(b, outcome, "o1", &err), TEND_OK);
}

static void content_is_sent_by_its_key_whatever_it_was_called(void **state)
{
	struct book_fixture *b = *state;
	const struct tend_kind *content = tend_kind_called("content");
	const struct tend_kind *sending = tend_kind_called("sending");
	const struct tend_assignment fields[] = {{"key", "guide"}, {"title", "Guide"}};
	int64_t id = book_customer(b, "acme");
	struct tend_done done;
	char text[64];
	assert_int_equal(
		tend_app_record_add(b->app, content->type, 0, fields, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(
		tend_app_content_send(b->app, "1", &id, 1, NULL, TEND_NO_DATE, &done, NULL),
		TEND_OK);
	assert_non_null(strstr(done.summary, "guide"));
	tend_done_finish(&done);
	assert_string_equal(value_of(b, sending->type, 0, "content", text, sizeof(text)), "guide");
}

static void what_was_done_is_not_in_the_future(void **state)
{
	struct book_fixture *b = *state;
	int64_t id = book_customer(b, "acme");
	book_record(b, tend_kind_called("outcome")->type, "acme", "key=o1|title=Faster");
	struct tend_assignment add[] = {{"key", "guide"}, {"title", "Guide"}};
	struct tend_done done;
	assert_int_equal(
		tend_app_record_add(b->app, &tend_content_type, 0, add, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	size_t days = 0;
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_record_type *t = tend_kinds[i]->type;
		for (size_t k = 0; k < t->nfields; k++) {
			if ((t->fields[k].flags & TEND_F_PAST) == 0) {
				continue;
			}
			const char *needed = t == &tend_sending_type ? "content"
				: t == &tend_outcome_type            ? "title"
								     : "text";
			struct tend_assignment late[] = {
				{t->fields[k].name, "2026-03-11"}, {needed, "guide"}};
			struct tend_error err = {0};
			size_t n = sizeof(late) / sizeof(late[0]);
			assert_int_equal(tend_app_record_add(b->app, t, id, late, n, &done, &err),
				TEND_USAGE);
			assert_non_null(strstr(err.text, t->fields[k].name));
			assert_non_null(strstr(err.text, "in the future"));
			tend_done_finish(&done);
			late[0].value = TODAY;
			assert_int_equal(
				tend_app_record_add(b->app, t, id, late, n, &done, NULL), TEND_OK);
			tend_done_finish(&done);
			days++;
		}
	}
	assert_int_equal(days, 3); /* of a contact, a sending and a value */
	assert_int_equal(tend_app_content_send(b->app, "guide", &id, 1, NULL,
				 book_day("2026-03-11"), &done, NULL),
		TEND_USAGE);
	tend_done_finish(&done);
	assert_int_equal(
		tend_app_outcome_measure(b->app, "o1", "5", book_day("2026-03-11"), &done, NULL),
		TEND_USAGE);
	tend_done_finish(&done);
}

static void a_metric_that_no_file_has_is_said(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *metric, *warning;
	} rows[] = {{"login", "no signals: file has a metric \"login\"; did you mean logins?"},
		{"parsecs", "no signals: file has a metric \"parsecs\""}, {"logins", NULL}};
	int64_t id = book_add(b, "key=zeta|name=Zeta|started=2026-03-02");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_assignment fields[] = {{"metric", rows[i].metric}, {"value", "3"}};
		struct tend_done done;
		assert_int_equal(
			tend_app_record_add(b->app, &tend_point_type, id, fields, 2, &done, NULL),
			TEND_OK);
		assert_true(tend_same(done.warning, rows[i].warning));
		tend_done_finish(&done);
	}
}

static void a_second_point_of_a_day_replaces_the_first(void **state)
{
	struct book_fixture *b = *state;
	int64_t id = book_customer(b, "acme");
	static const char *const values[] = {"3", "5.5", "5.5"};
	static const int changes[] = {1, 1, 0};
	for (size_t i = 0; i < 3; i++) {
		const struct tend_assignment fields[] = {
			{"metric", "logins"}, {"value", values[i]}};
		struct tend_done done;
		assert_int_equal(
			tend_app_record_add(b->app, &tend_point_type, id, fields, 2, &done, NULL),
			TEND_OK);
		assert_int_equal(done.changes, changes[i]);
		tend_done_finish(&done);
	}
	struct tend_list list;
	assert_int_equal(
		tend_app_records(b->app, &tend_point_type, id, NULL, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 1);
	assert_true(((struct tend_point *)tend_list_at(&list, 0))->value == 5.5);
	tend_list_finish(&list);
}

static void contracts_make_the_annual_amount_of_the_day(void **state)
{
	static const struct {
		struct tend_assignment fields[FIELDS_MAX];
		const char *arr;
	} rows[] = {
		{{{"annual", "1000"}, {"start", "2026-01-01"}, {"end", "2027-01-01"}}, "1000.00"},
		{{{"monthly", "10"}, {"start", "2026-01-01"}}, "1120.00"},
		{{{"annual", "500"}, {"monthly", "999"}, {"start", "2026-03-10"}}, "1620.00"},
		{{{"annual", "500"}, {"start", "2026-03-11"}}, "1620.00"},
		{{{"annual", "500"}, {"start", "2026-01-01"}, {"end", "2026-03-10"}}, "1620.00"},
		{{{"annual", "500"}, {"start", "2026-03-10"}, {"end", "2026-03-10"}}, "1620.00"},
		{{{"annual", "500"}, {"start", "2026-01-01"}, {"trial", "yes"}}, "1620.00"},
		{{{"annual", "0.01"}, {"start", "2026-01-01"}}, "1620.01"},
	};
	struct book_fixture *b = *state;
	int64_t id = book_customer(b, "acme");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		assert_int_equal(tend_app_record_add(b->app, &tend_subscription_type, id,
					 rows[i].fields, count(rows[i].fields), &done, NULL),
			TEND_OK);
		tend_done_finish(&done);
		assert_string_equal(book_value(b, "acme", "arr"), rows[i].arr);
	}
}

static void lists_of_records_are_filtered_like_any(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=beta|name=Beta|started=2026-01-01");
	book_log(b, "acme", "call", "2026-03-01", "one");
	book_log(b, "acme", "visit", "2026-03-05", "two");
	book_log(b, "beta", "call", "2026-03-02", "three");
	static const struct {
		const char *filter, *sort;
		size_t limit, n;
	} rows[] = {{NULL, NULL, 0, 3}, {"kind == \"call\"", NULL, 0, 2},
		{"customer == \"acme\"", "date", 1, 1}, {"date > \"2026-03-02\"", NULL, 0, 1},
		{"text == \"none\"", NULL, 0, 0}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		struct tend_query q = {rows[i].filter, rows[i].sort, rows[i].limit};
		assert_int_equal(
			tend_app_records(b->app, &tend_activity_type, 0, &q, &list, NULL), TEND_OK);
		assert_int_equal(list.n, rows[i].n);
		tend_list_finish(&list);
	}
	struct tend_list list;
	struct tend_error err = {0};
	assert_int_equal(
		tend_app_records(b->app, &tend_alert_type, 0, NULL, &list, &err), TEND_USAGE);
	tend_list_finish(&list);
	assert_int_equal(tend_app_records(b->app, &tend_activity_type, book_customer(b, "beta"),
				 NULL, &list, NULL),
		TEND_OK);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
}

static void one_call_is_logged_for_several_customers_in_one_entry(void **state)
{
	struct book_fixture *b = *state;
	int64_t ids[] = {
		book_customer(b, "acme"), book_add(b, "key=beta|name=Beta|started=2026-01-01")};
	char *before = book_dump(b);
	struct tend_done done;
	assert_int_equal(tend_app_log(b->app, ids, 2,
				 &(struct tend_log){.kind = "email",
					 .text = "News",
					 .date = TEND_NO_DATE,
					 .by = TEND_NO_DATE},
				 &done, NULL),
		TEND_OK);
	assert_string_equal(done.summary, "email logged for 2 customers");
	assert_int_equal(done.changes, 2);
	tend_done_finish(&done);
	book_assert_undo(b, before);
	free(before);
	assert_string_equal(book_value(b, "beta", "last_contact"), TODAY);
	tend_lang_set(TEND_ZH); /* the kind is a word of the language as well */
	assert_int_equal(tend_app_log(b->app, ids, 1,
				 &(struct tend_log){.kind = "call",
					 .text = "x",
					 .date = TEND_NO_DATE,
					 .by = TEND_NO_DATE},
				 &done, NULL),
		TEND_OK);
	tend_lang_set(TEND_EN);
	assert_string_equal(done.summary, "已记录电话（acme）");
	tend_done_finish(&done);
}

static void several_customers_are_set_in_one_entry(void **state)
{
	struct book_fixture *b = *state;
	int64_t ids[] = {
		book_customer(b, "acme"), book_add(b, "key=beta|name=Beta|started=2026-01-01")};
	const struct tend_assignment fields[] = {{"owner", "wang"}, {"tags", "a, b"}};
	char *before = book_dump(b);
	struct tend_done done;
	assert_int_equal(tend_app_customer_set(b->app, ids, 2, fields, 2, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "2 customers set: owner=wang, tags=a, b");
	tend_done_finish(&done);
	assert_string_equal(book_value(b, "acme", "owner"), "wang");
	assert_string_equal(book_value(b, "beta", "tags"), "a,b");
	book_assert_undo(b, before);
	free(before);
	ids[1] = 999;
	before = book_dump(b);
	const struct tend_assignment other = {"owner", "nobody"};
	assert_int_equal(
		tend_app_customer_set(b->app, ids, 2, &other, 1, &done, NULL), TEND_NOT_FOUND);
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before); /* not even the one that is there */
	free(before);
	free(after);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_added_changed_and_undone),
		TEST(bad_fields_are_refused),
		TEST(a_record_that_is_not_there_is_named),
		TEST(keys_are_made_one_after_another),
		TEST(a_made_key_takes_the_first_free_number),
		TEST(what_others_refer_to_is_not_removed),
		TEST(content_is_sent_by_its_key_whatever_it_was_called),
		TEST(what_was_done_is_not_in_the_future),
		TEST(a_metric_that_no_file_has_is_said),
		TEST(a_second_point_of_a_day_replaces_the_first),
		TEST(contracts_make_the_annual_amount_of_the_day),
		TEST(lists_of_records_are_filtered_like_any),
		TEST(one_call_is_logged_for_several_customers_in_one_entry),
		TEST(several_customers_are_set_in_one_entry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
