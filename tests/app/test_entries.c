/* SPDX-License-Identifier: MIT */
/* Records of several kinds in one list. */
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

static const struct tend_record_type *kind(const char *noun)
{
	return tend_kind_called(noun)->type;
}

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_config(b, "small.yaml", book_journey);
	book_reopen(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-01-01|journey=small");
	book_add(b, "key=beta|name=Beta|started=2026-01-01");
	book_record(b, kind("note"), "acme", "date=2026-02-01|title=Org chart|text=# One\ntwo");
	book_record(b, kind("note"), "acme", "date=2026-01-05|title=Pinned|pinned=yes");
	book_record(b, kind("activity"), "acme",
		"date=2026-02-02|kind=call|text=\n  First line \nSecond|contact=Ann");
	book_record(b, kind("activity"), "acme", "date=2026-02-03|kind=visit");
	book_record(b, kind("complaint"), "acme", "opened=2026-02-02|severity=high|text=Slow");
	book_record(b, kind("complaint"), "acme", "opened=2026-02-04|closed=2026-02-05|text=Gone");
	book_record(b, kind("survey"), "acme", "date=2026-02-06|kind=nps|score=9");
	book_record(b, kind("training"), "acme", "title=Basics|date=2026-05-01");
	book_record(b, kind("training"), "acme", "title=Undated");
	book_record(b, kind("fee"), "acme", "date=2026-02-07|title=Seats|amount=120|currency=EUR");
	book_record(b, kind("activity"), "beta", "date=2026-02-09|kind=call|text=Other");
	book_state(b, "acme", "signed", "done");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* "2026-02-01 note acme-note-1 Org chart [state] open", a line each. */
static char *lines_of(const struct tend_list *list)
{
	struct tend_str out = {0};
	for (size_t i = 0; i < list->n; i++) {
		const struct tend_entry *e = tend_list_at(list, i);
		char day[TEND_DATE_LEN];
		assert_string_equal(e->customer, "acme");
		assert_int_not_equal(e->customer_id, 0);
		assert_int_not_equal(e->id, 0);
		tend_str_addf(&out, "%s %s %s | %s%s%s | %s%s\n",
			tend_has_date(e->date) ? tend_date_format(e->date, day) : "--", e->kind,
			e->name, e->title, e->detail != NULL ? " / " : "",
			e->detail != NULL ? e->detail : "", e->state != NULL ? e->state : "--",
			e->open > 0 ? " open" : "");
	}
	return tend_str_steal(&out);
}

static void assert_timeline(struct book_fixture *b, const struct tend_query *q, const char *wanted)
{
	struct tend_list list;
	struct tend_error err = {0};
	int64_t acme = book_customer(b, "acme");
	if (tend_app_timeline(b->app, acme, q, &list, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	char *text = lines_of(&list);
	assert_string_equal(text, wanted);
	free(text);
	tend_list_finish(&list);
}

static void the_timeline_has_all_that_has_a_date_newest_first(void **state)
{
	const struct tend_query q = {.filter = "kind != \"alert\""};
	assert_timeline(*state, &q,
		"2026-05-01 training acme-training-1 | Basics | planned open\n"
		"2026-03-10 milestone signed | Signed | done\n"
		"2026-02-07 fee acme-fee-1 | Seats €120 | unexplained\n"
		"2026-02-06 survey 1 | NPS 9 | promoter\n"
		"2026-02-04 complaint acme-complaint-2 | Gone | --\n"
		"2026-02-03 activity 2 | visit | visit\n"
		"2026-02-02 activity 1 | First line / Ann | call\n"
		"2026-02-02 complaint acme-complaint-1 | Slow | high open\n"
		"2026-02-01 note acme-note-1 | Org chart / # One | --\n"
		"2026-01-05 note acme-note-2 | Pinned | --\n");
}

static void the_timeline_is_filtered_sorted_and_cut_like_any_list(void **state)
{
	struct tend_query q = {.filter = "open and kind == \"complaint\""};
	assert_timeline(*state, &q, "2026-02-02 complaint acme-complaint-1 | Slow | high open\n");
	q = (struct tend_query){
		.filter = "date > \"2026-02-05\" and date <= \"2026-02-07\"", .sort = "date"};
	assert_timeline(*state, &q,
		"2026-02-06 survey 1 | NPS 9 | promoter\n"
		"2026-02-07 fee acme-fee-1 | Seats €120 | unexplained\n");
	q = (struct tend_query){
		.filter = "title == \"Pinned\" or state == \"promoter\"", .limit = 1};
	assert_timeline(*state, &q, "2026-02-06 survey 1 | NPS 9 | promoter\n");
	struct tend_list list;
	struct tend_error err = {0};
	q = (struct tend_query){.filter = "knd == \"note\""};
	assert_int_equal(
		tend_app_timeline(((struct book_fixture *)*state)->app, 1, &q, &list, &err),
		TEND_USAGE);
	assert_non_null(strstr(err.text, "kind"));
	tend_list_finish(&list);
}

static void alerts_stay_in_the_timeline_when_they_are_resolved(void **state)
{
	struct book_fixture *b = *state;
	const struct tend_query q = {.filter = "kind == \"alert\""};
	struct tend_list before, after;
	int64_t acme = book_customer(b, "acme");
	assert_int_equal(tend_app_timeline(b->app, acme, &q, &before, NULL), TEND_OK);
	assert_true(before.n > 0);
	const struct tend_entry *e = tend_list_at(&before, 0);
	assert_int_equal(e->open, 1);
	assert_non_null(e->title);
	struct tend_done done;
	assert_int_equal(tend_app_alert_resolve(b->app, &e->id, 1, "so", &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(tend_app_timeline(b->app, acme, &q, &after, NULL), TEND_OK);
	assert_int_equal(after.n, before.n);
	size_t open = 0;
	for (size_t i = 0; i < after.n; i++) {
		open += ((struct tend_entry *)tend_list_at(&after, i))->open > 0;
	}
	assert_int_equal(open, before.n - 1);
	tend_list_finish(&before);
	tend_list_finish(&after);
}

static void a_tab_has_its_kinds_one_after_the_other(void **state)
{
	static const struct {
		enum tend_tab tab;
		const char *wanted;
	} rows[] = {
		{TEND_TAB_NOTES,
			"2026-01-05 note acme-note-2 | Pinned | --\n"
			"2026-02-01 note acme-note-1 | Org chart / # One | --\n"},
		{TEND_TAB_OUTCOMES,
			"2026-05-01 training acme-training-1 | Basics | planned open\n"
			"-- training acme-training-2 | Undated | planned open\n"},
		{TEND_TAB_MONEY, "2026-02-07 fee acme-fee-1 | Seats €120 | unexplained\n"},
		{TEND_TAB_PEOPLE, ""},
	};
	struct book_fixture *b = *state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		assert_int_equal(tend_app_entries(b->app, book_customer(b, "acme"), rows[i].tab,
					 &list, NULL),
			TEND_OK);
		char *text = lines_of(&list);
		assert_string_equal(text, rows[i].wanted);
		free(text);
		tend_list_finish(&list);
	}
}

/* Whatever kinds there are: each record that has a date is an entry, and its name finds the record again. */
static void every_entry_names_its_record(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	assert_int_equal(
		tend_app_timeline(b->app, book_customer(b, "acme"), NULL, &list, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_entry *e = tend_list_at(&list, i);
		const struct tend_kind *k = tend_kind_called(e->kind);
		struct tend_list one;
		if (k != NULL) {
			assert_int_equal(
				tend_app_record(b->app, k->type, e->name, &one, NULL), TEND_OK);
			assert_int_equal(
				tend_kind_value(k, tend_list_at(&one, 0), "id").integer, e->id);
			tend_list_finish(&one);
		}
	}
	tend_list_finish(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_timeline_has_all_that_has_a_date_newest_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_timeline_is_filtered_sorted_and_cut_like_any_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			alerts_stay_in_the_timeline_when_they_are_resolved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_tab_has_its_kinds_one_after_the_other, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_entry_names_its_record, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
