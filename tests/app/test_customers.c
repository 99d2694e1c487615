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

#define TODAY "2026-03-01"
#define ACME "key=acme|name=Acme Ltd|started=2026-01-31"

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

static void a_new_customer_has_its_derived_fields(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|arr=12000.50|currency=EUR|segment=mid|owner=li|tags=vip,new");
	static const struct {
		const char *field, *value;
	} rows[] = {
		{"key", "acme"},
		{"name", "Acme Ltd"},
		{"status", "active"},
		{"stage", "null"},
		{"month", "2"},
		{"started", "2026-01-31"},
		{"term_months", "12"},
		{"renewal", "2027-01-31"},
		{"days_to_renewal", "336"},
		{"arr", "12000.50"},
		{"currency", "EUR"},
		{"health", "null"},
		{"health_band", "unknown"},
		{"overdue", "0"},
		{"next_due", "null"},
		{"next_milestone", "null"},
		{"alerts", "0"},
		{"tags", "vip,new"},
		{"journey", "null"},
		{"track", "null"},
		{"last_contact", "null"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].field);
		assert_string_equal(book_value(b, "acme", rows[i].field), rows[i].value);
	}
}

static void bad_fields_are_refused_with_their_reason(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	static const struct {
		const char *fields;
		enum tend_status status;
		const char *says;
	} rows[] = {
		{"key=acme|name=Other|started=2026-01-01", TEND_FAILED, "acme"},
		{"key=b|name=B", TEND_USAGE, "started"},
		{"name=B|started=2026-01-01", TEND_USAGE, "key"},
		{"key=b|started=2026-01-01", TEND_USAGE, "name"},
		{"key=b|name=B|started=2026-01-01|term=0m", TEND_USAGE, "term"},
		{"key=b|name=B|started=2026-01-01|term=10d", TEND_USAGE, "term"},
		{"key=b|name=B|started=2026-01-01|term=601", TEND_USAGE, "term"},
		{"key=b|name=B|started=2026-01-01|arr=-5", TEND_USAGE, "arr"},
		{"key=b|name=B|started=2026-01-01|arr=1.234", TEND_USAGE, "arr"},
		{"key=b|name=B|started=2026-01-01|segmnt=x", TEND_USAGE, "segment"},
		{"key=b|name=B|started=2026-01-01|health=90", TEND_USAGE, "computed"},
		{"key=b|name=B|started=2026-01-01|journey=smal", TEND_NOT_FOUND, "small"},
		{"key=b|name=B|started=2026-01-01|journey=small@9", TEND_NOT_FOUND, "small@9"},
		{"key=b|name=B|started=2026-01-01|journey=small@x", TEND_USAGE, "small@x"},
	};
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		print_message("%s\n", rows[i].fields);
		assert_int_equal(book_try_add(b, rows[i].fields, &err), rows[i].status);
		assert_non_null(strstr(err.text, rows[i].says));
		char *after = book_dump(b);
		assert_same_text(after, before);
		free(after);
	}
	free(before);
}

static void a_value_that_cannot_be_read_is_refused(void **state)
{
	struct book_fixture *b = *state;
	static const char *const rows[] = {"started=2026-02-30", "started=never",
		"started=", "currency=XYZ", "status=gone", "name="};
	book_add(b, ACME);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		print_message("%s\n", rows[i]);
		assert_int_not_equal(book_try_set(b, "acme", rows[i], &err), TEND_OK);
		assert_true(strlen(err.text) > 0);
	}
}

static void adding_can_be_taken_back(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	book_add(b, ACME "|arr=1000|journey=small|segment=enterprise");
	book_assert_undo(b, before);
	free(before);
}

static void a_customer_is_found_by_key_prefix_or_name(void **state)
{
	struct book_fixture *b = *state;
	int64_t acme = book_add(b, ACME);
	int64_t acme2 = book_add(b, "key=acme-2|name=Second|started=2026-01-01");
	int64_t beta = book_add(b, "key=beta|name=贝塔科技|started=2026-01-01");
	static const struct {
		const char *name;
		int which; /* 1 acme, 2 acme-2, 3 beta, 0 not found */
		const char *says;
	} rows[] = {
		{"acme", 1, NULL},
		{"acme-", 2, NULL},
		{"acme-2", 2, NULL},
		{"acm", 0, "ambiguous"},
		{"b", 3, NULL},
		{"贝塔科技", 3, NULL},
		{"贝塔", 0, "no customer"},
		{"Acme Ltd", 1, NULL},
		{"acme ltd", 0, "no customer"},
		{"betta", 0, "beta"},
		{"", 0, "no customer"},
		{"%", 0, "no customer"},
	};
	const int64_t ids[] = {0, acme, acme2, beta};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		int64_t id = 0;
		print_message("%s\n", rows[i].name);
		enum tend_status status = tend_app_find_customer(b->app, rows[i].name, &id, &err);
		assert_int_equal(status, rows[i].which != 0 ? TEND_OK : TEND_NOT_FOUND);
		assert_int_equal(id, ids[rows[i].which]);
		assert_true(rows[i].says == NULL || strstr(err.text, rows[i].says) != NULL);
	}
}

static void setting_a_field_is_one_entry_and_nothing_new_is_none(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	char *before = book_dump(b);
	book_set(b, "acme", "owner=wang|segment=small");
	assert_string_equal(book_value(b, "acme", "owner"), "wang");
	book_assert_undo(b, before);
	struct tend_list history;
	assert_int_equal(tend_app_history(b->app, 0, TEND_NO_DATE, NULL, &history, NULL), TEND_OK);
	size_t n = history.n;
	tend_list_finish(&history);
	book_set(b, "acme", "owner=wang");
	assert_int_equal(tend_app_history(b->app, 0, TEND_NO_DATE, NULL, &history, NULL), TEND_OK);
	assert_int_equal(history.n, n);
	tend_list_finish(&history);
	free(before);
}

static void arr_is_one_subscription_that_can_be_changed(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|arr=1000|currency=CNY");
	book_set(b, "acme", "arr=2500");
	assert_string_equal(book_value(b, "acme", "arr"), "2500.00");
	struct tend_list subs;
	assert_int_equal(
		tend_app_records(b->app, &tend_subscription_type, 0, NULL, &subs, NULL), TEND_OK);
	assert_int_equal(subs.n, 1);
	const struct tend_subscription *s = tend_list_at(&subs, 0);
	assert_string_equal(s->key, "acme-arr");
	assert_int_equal(s->start.day, book_day("2026-01-31").day);
	assert_int_equal(s->end.day, book_day("2027-01-31").day);
	tend_list_finish(&subs);
	book_set(b, "acme", "term=6m");
	assert_string_equal(book_value(b, "acme", "renewal"), "2026-07-31");
	assert_string_equal(book_value(b, "acme", "arr"), "2500.00");
	book_reopen(b, "2026-07-31");
	assert_string_equal(book_value(b, "acme", "arr"), "0.00");
	assert_string_equal(book_value(b, "acme", "status"), "lapsed");
}

static void arr_of_several_subscriptions_cannot_be_set(void **state)
{
	struct book_fixture *b = *state;
	int64_t id = book_add(b, ACME "|arr=1000");
	const struct tend_assignment fields[] = {{"start", "2026-01-01"}, {"annual", "500"}};
	struct tend_done done;
	struct tend_error err = {0};
	assert_int_equal(
		tend_app_record_add(b->app, &tend_subscription_type, id, fields, 2, &done, &err),
		TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_value(b, "acme", "arr"), "1500.00");
	assert_int_equal(book_try_set(b, "acme", "arr=1", &err), TEND_FAILED);
	assert_non_null(strstr(err.text, "2 subscriptions"));
}

static void custom_fields_need_a_declaration(void **state)
{
	struct book_fixture *b = *state;
	struct tend_error err = {0};
	book_add(b, ACME);
	assert_int_equal(book_try_set(b, "acme", "region=north", &err), TEND_USAGE);
	book_config(b, "team.yaml",
		"config: team\nfields:\n  - {key: region, type: text, title: {en: Region, zh: "
		"区域}}\n");
	book_reopen(b, TODAY);
	char *before = book_dump(b);
	book_set(b, "acme", "region=north");
	assert_string_equal(book_value(b, "acme", "region"), "north");
	book_assert_undo(b, before);
	free(before);
	book_set(b, "acme", "region=");
	assert_string_equal(book_value(b, "acme", "region"), "(no such field)");
}

static void lists_are_filtered_sorted_and_cut(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=a|name=A|started=2026-01-01|arr=100|segment=small|tags=vip");
	book_add(b, "key=b|name=B|started=2025-01-01|arr=300|segment=mid");
	book_add(b, "key=c|name=C|started=2025-06-01|arr=200|segment=small|owner=li");
	static const struct {
		const char *filter, *sort;
		size_t limit;
		const char *keys; /* NULL: refused */
	} rows[] = {
		{NULL, NULL, 0, "abc"},
		{NULL, "-arr", 0, "cab"},
		{NULL, "-arr", 2, "ca"},
		{"segment == \"small\"", NULL, 0, "ac"},
		{"arr >= 100", "arr", 0, "ac"},
		{"status == \"lapsed\"", NULL, 0, "b"},
		{"not (owner == \"li\")", NULL, 0, ""},
		{"tags == \"vip\"", NULL, 0, "a"},
		{"days_to_renewal < 100", NULL, 0, "bc"},
		{"month > 2 and arr > 100", NULL, 0, "c"},
		{"small", NULL, 0, NULL},
		{"segmant == \"x\"", NULL, 0, NULL},
		{"open(contacts) > 0", NULL, 0, NULL},
		{NULL, "nope", 0, NULL},
		{"", "", 0, "abc"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_query q = {rows[i].filter, rows[i].sort, rows[i].limit};
		struct tend_list list;
		struct tend_error err = {0};
		enum tend_status status = tend_app_customers(b->app, &q, &list, &err);
		char keys[8] = "";
		for (size_t k = 0; status == TEND_OK && k < list.n; k++) {
			keys[k] = ((struct tend_customer *)tend_list_at(&list, k))->key[0];
		}
		tend_list_finish(&list);
		print_message("%s: %s %s\n", rows[i].filter != NULL ? rows[i].filter : "-", keys,
			err.text);
		assert_int_equal(status, rows[i].keys != NULL ? TEND_OK : TEND_USAGE);
		assert_string_equal(keys, rows[i].keys != NULL ? rows[i].keys : "");
	}
}

static void a_dry_run_says_what_would_change_and_changes_nothing(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	char *before = book_dump(b);
	b->dry_run = true;
	book_reopen(b, TODAY);
	struct tend_error err = {0};
	assert_int_equal(
		book_try_add(b, "key=x|name=X|started=2026-01-01|journey=small", &err), TEND_OK);
	assert_int_equal(book_try_set(b, "acme", "owner=me", &err), TEND_OK);
	int64_t id = book_customer(b, "acme");
	struct tend_done done;
	assert_int_equal(tend_app_log(b->app, &id, 1,
				 &(struct tend_log){.kind = "call",
					 .text = "x",
					 .date = TEND_NO_DATE,
					 .by = TEND_NO_DATE},
				 &done, &err),
		TEND_OK);
	assert_string_equal(done.summary, "call logged (acme)");
	assert_int_equal(done.changes, 1);
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_new_customer_has_its_derived_fields, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			bad_fields_are_refused_with_their_reason, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_value_that_cannot_be_read_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(adding_can_be_taken_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_customer_is_found_by_key_prefix_or_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			setting_a_field_is_one_entry_and_nothing_new_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			arr_is_one_subscription_that_can_be_changed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			arr_of_several_subscriptions_cannot_be_set, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			custom_fields_need_a_declaration, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			lists_are_filtered_sorted_and_cut, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_dry_run_says_what_would_change_and_changes_nothing, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
