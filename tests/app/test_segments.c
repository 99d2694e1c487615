/* SPDX-License-Identifier: MIT */
/* Saved segments: kept in the store or in a config: file, used by filters and conditions. */
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

#define TODAY "2026-03-01"

static const char config[] = "config: team\n"
			     "segments:\n"
			     "  big: {title: {en: Large, zh: 大客户}, filter: arr >= 1000}\n"
			     "  of-li: {filter: owner == \"li\"}\n";

static const char journey[] = "journey: seg\n"
			      "version: 1\n"
			      "title: Segments\n"
			      "term: 12 months\n"
			      "stages:\n"
			      "  - {key: growth, from: start}\n"
			      "milestones:\n"
			      "  - {key: first, stage: growth, title: First, due: start}\n"
			      "  - key: sponsor\n"
			      "    stage: growth\n"
			      "    title: Sponsor\n"
			      "    due: start + 30 days\n"
			      "    when: in_segment(\"vip\")\n";

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_config(b, "team.yaml", config);
	book_config(b, "seg.yaml", journey);
	book_reopen(b, TODAY);
	book_add(b, "key=a|name=A|started=2026-02-20|arr=9000|owner=li|journey=seg");
	book_add(b, "key=b|name=B|started=2026-02-20|arr=100|owner=li|journey=seg");
	book_add(b, "key=c|name=C|started=2026-02-20|arr=5000|owner=wang");
	book_log(b, "c", "call", "2026-02-28", "hello");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static enum tend_status try_save(
	struct book_fixture *b, const char *key, const char *filter, struct tend_error *err)
{
	struct tend_assignment fields[] = {{"key", key}, {"filter", filter}};
	struct tend_done done = {0};
	enum tend_status status =
		tend_app_record_add(b->app, &tend_segment_type, 0, fields, 2, &done, err);
	tend_done_finish(&done);
	return status;
}

static void save(struct book_fixture *b, const char *key, const char *filter)
{
	struct tend_error err = {0};
	if (try_save(b, key, filter, &err) != TEND_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
}

static void change(struct book_fixture *b, const char *key, const char *filter, struct tend_done *d)
{
	struct tend_assignment field = {"filter", filter};
	struct tend_error err = {0};
	if (tend_app_record_set(b->app, &tend_segment_type, key, &field, 1, d, &err) != TEND_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
}

/* "big 2 config, of-li 2 config" */
static void assert_listed(struct book_fixture *b, const char *expected)
{
	struct tend_list list;
	struct tend_str text = {0};
	assert_int_equal(
		tend_app_records(b->app, &tend_segment_type, 0, NULL, &list, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_segment *s = tend_list_at(&list, i);
		tend_str_addf(&text, "%s%s %lld %s", i > 0 ? ", " : "", s->key,
			(long long)s->customers, s->origin);
	}
	assert_string_equal(tend_str_text(&text), expected);
	tend_str_finish(&text);
	tend_list_finish(&list);
}

static void filters_and_lists_know_the_segments_of_files(void **state)
{
	struct book_fixture *b = *state;
	assert_listed(b, "big 2 config, of-li 2 config");
	assert_string_equal(book_found(b, "in_segment(\"big\")"), "a, c");
	assert_string_equal(book_found(b, "in_segment(\"big\") and in_segment(\"of-li\")"), "a");
	assert_string_equal(book_found(b, "not in_segment(\"big\")"), "b");
}

static void one_of_the_store_comes_before_one_of_a_file(void **state)
{
	struct book_fixture *b = *state;
	save(b, "big", "arr >= 8000");
	save(b, "late", "in_segment(\"big\") and days_since(contact) > 3");
	save(b, "fresh", "days_since(contact) <= 3");
	assert_listed(b, "big 1 store, fresh 1 store, late 0 store, of-li 2 config");
	assert_string_equal(book_found(b, "in_segment(\"big\")"), "a");
	assert_string_equal(book_found(b, "in_segment(\"fresh\")"), "c");
}

static void lists_show_the_rows_of_a_segments_customers(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	struct tend_error err = {0};
	struct tend_query q = {.segment = "of-li", .filter = "arr > 1000"};
	assert_int_equal(tend_app_customers(b->app, &q, &list, &err), TEND_OK);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	q = (struct tend_query){.segment = "big"};
	assert_int_equal(
		tend_app_records(b->app, &tend_activity_type, 0, &q, &list, &err), TEND_OK);
	assert_int_equal(list.n, 1);
	tend_list_finish(&list);
	q.segment = "of-li";
	assert_int_equal(
		tend_app_records(b->app, &tend_activity_type, 0, &q, &list, &err), TEND_OK);
	assert_int_equal(list.n, 0);
	tend_list_finish(&list);
	q.segment = "bgi";
	assert_int_equal(tend_app_customers(b->app, &q, &list, &err), TEND_NOT_FOUND);
	assert_string_equal(err.text, "there is no segment \"bgi\"; did you mean \"big\"?");
	tend_list_finish(&list);
}

static void a_filter_that_cannot_be_read_is_not_saved(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *filter, *message;
	} rows[] = {
		{"arr >", "filter: column 6: the expression ends where a value should follow"},
		{"ar > 3", "filter: column 1: there is no field \"ar\"; did you mean arr?"},
		{"latest(logns) > 3", "filter: there is no metric \"logns\"; did you mean logins?"},
		{"in_segment(\"of-lo\")",
			"filter: column 12: there is no segment \"of-lo\"; did you mean of-li?"},
		{"in_segment(\"mine\")",
			"filter: column 12: in segment \"mine\", column 12: segments use each "
			"other in a circle: mine, mine"},
		{"", "filter cannot be empty"},
	};
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		assert_int_equal(try_save(b, "mine", rows[i].filter, &err), TEND_USAGE);
		assert_string_equal(err.text, rows[i].message);
	}
	char *after = book_dump(b);
	assert_string_equal(before, after);
	free(before);
	free(after);
	/* A circle that a change would make. */
	struct tend_assignment field = {"filter", "in_segment(\"two\")"};
	struct tend_done done = {0};
	save(b, "one", "lapsed");
	save(b, "two", "in_segment(\"one\")");
	assert_int_equal(
		tend_app_record_set(b->app, &tend_segment_type, "one", &field, 1, &done, NULL),
		TEND_USAGE);
	tend_done_finish(&done);
}

static void an_import_takes_segments_that_use_those_before_them(void **state)
{
	struct book_fixture *b = *state;
	struct tend_import_report report = {0};
	struct tend_done done = {0};
	const char *good = book_file(b, "good.csv",
		"key,filter\none,arr > 1\ntwo,\"in_segment(\"\"one\"\") and owner == "
		"\"\"li\"\"\"\n");
	assert_int_equal(
		tend_app_import(b->app, "segments", good, NULL, &report, &done, NULL), TEND_OK);
	assert_int_equal(report.added, 2);
	tend_done_finish(&done);
	tend_import_report_finish(&report);
	assert_string_equal(book_found(b, "in_segment(\"two\")"), "a, b");
	const char *bad = book_file(b, "bad.csv", "key,filter\nthree,ar > 1\n");
	assert_int_equal(tend_app_import(b->app, "segments", bad, NULL, &report, &done, NULL),
		TEND_BAD_INPUT);
	assert_int_equal(report.rejected, 1);
	tend_done_finish(&done);
	tend_import_report_finish(&report);
}

/* Whom a condition names by a segment changes with the segment, in the same entry. */
static void conditions_follow_a_segment_that_changes(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done = {0};
	char *before = book_dump(b);
	assert_string_equal(book_milestone_value(b, "a", "first", "state"), "todo");
	save(b, "vip", "arr > 8000");
	assert_string_equal(book_milestone_value(b, "a", "sponsor", "due"), "2026-03-22");
	book_assert_undo(b, before);
	free(before);
	change(b, "vip", "arr < 1000", &done);
	assert_string_equal(done.summary, "segment vip changed; conditions: 1 added, 1 taken out");
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "b", "sponsor", "due"), "2026-03-22");
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "a", "sponsor", "due"), "2026-03-22");
	/* What was taken back stays so when the customers are looked at again. */
	book_set(b, "a", "industry=health");
	book_set(b, "b", "industry=health");
	assert_string_equal(book_milestone_value(b, "a", "sponsor", "due"), "2026-03-22");
}

static void removing_one_names_those_that_used_it(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done = {0};
	save(b, "one", "lapsed");
	save(b, "two", "in_segment(\"one\")");
	assert_int_equal(
		tend_app_record_remove(b->app, &tend_segment_type, "one", &done, NULL), TEND_OK);
	assert_string_equal(done.warning, "segments that cannot be read now: two");
	tend_done_finish(&done);
	assert_listed(b, "two -9223372036854775808 store, big 2 config, of-li 2 config");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			filters_and_lists_know_the_segments_of_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			one_of_the_store_comes_before_one_of_a_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			lists_show_the_rows_of_a_segments_customers, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_filter_that_cannot_be_read_is_not_saved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_import_takes_segments_that_use_those_before_them, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			conditions_follow_a_segment_that_changes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			removing_one_names_those_that_used_it, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
