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
		"2026-02-04 complaint acme-complaint-2 | Gone | resolved\n"
		"2026-02-03 activity 2 | visit | visit\n"
		"2026-02-02 activity 1 | First line / Ann | call\n"
		"2026-02-02 complaint acme-complaint-1 | Slow | waiting open\n"
		"2026-02-01 note acme-note-1 | Org chart / # One | --\n"
		"2026-01-05 note acme-note-2 | Pinned | --\n");
}

static void the_timeline_is_filtered_sorted_and_cut_like_any_list(void **state)
{
	struct tend_query q = {.filter = "open and kind == \"complaint\""};
	assert_timeline(
		*state, &q, "2026-02-02 complaint acme-complaint-1 | Slow | waiting open\n");
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

/* --- at a glance --- */

static void a_brief_says_what_counts_on_the_day(void **state)
{
	struct book_fixture *b = *state;
	struct tend_brief brief;
	int64_t acme = book_customer(b, "acme");
	book_record(b, kind("contact"), "acme", "name=Zoe|role=user|influence=high");
	book_record(b, kind("contact"), "acme", "name=Ann|role=decision-maker|influence=low");
	book_record(b, kind("contact"), "acme", "name=Gone|role=sponsor|left=2026-02-01");
	book_record(b, kind("activity"), "acme",
		"date=2026-02-20|kind=call|promise=Later|promised=2026-04-01");
	book_record(b, kind("activity"), "acme",
		"date=2026-02-10|kind=call|promise=Late|promised=2026-03-01");
	book_record(b, kind("activity"), "acme",
		"date=2026-02-11|kind=call|promise=Kept|promised=2026-03-01|kept=2026-03-01");
	book_record(b, kind("survey"), "acme", "date=2026-01-06|kind=nps|score=3");
	book_record(b, kind("survey"), "acme", "date=2026-01-07|kind=csat|score=2");
	book_record(b, kind("subscription"), "acme", "start=2026-01-01|seats=10|annual=1");
	book_record(b, kind("subscription"), "acme", "start=2026-01-01|seats=5|annual=1");
	book_record(b, kind("subscription"), "acme", "start=2026-01-01|seats=90|trial=yes");
	book_record(b, kind("subscription"), "acme",
		"start=2025-01-01|end=2026-01-01|seats=70|annual=1");
	book_point(b, "acme", "logins", "2026-03-01", "30");
	book_point(b, "acme", "logins", "2026-02-01", "60");
	book_point(b, "acme", "logins", "2024-02-01", "999");
	book_point(b, "acme", "own", "2026-03-02", "7");
	assert_int_equal(tend_app_brief(b->app, acme, 60, &brief, NULL), TEND_OK);
	assert_int_equal(brief.people.n, 2);
	assert_string_equal(((struct tend_contact *)tend_list_at(&brief.people, 0))->name, "Ann");
	assert_int_equal(brief.promises.n, 2);
	const struct tend_activity *late = tend_list_at(&brief.promises, 0);
	assert_string_equal(late->promise, "Late");
	assert_int_equal(brief.complaints.n, 1);
	assert_int_equal(brief.surveys.n, 2);
	const struct tend_survey *newest = tend_list_at(&brief.surveys, 0);
	assert_string_equal(newest->kind, "nps");
	assert_string_equal(newest->group, "promoter");
	assert_int_equal(brief.seats, 15);
	assert_int_equal(brief.churn.n, 0);
	assert_int_equal(brief.nusage, 2);
	assert_string_equal(brief.usage[0].metric, "logins");
	assert_true(brief.usage[0].last30 == 30 && brief.usage[0].before30 == 60);
	assert_true(brief.usage[0].change == -0.5);
	assert_string_equal(brief.usage[1].metric, "own");
	tend_brief_finish(&brief);
}

static void a_brief_of_nothing_is_empty(void **state)
{
	struct book_fixture *b = *state;
	struct tend_brief brief;
	book_add(b, "key=new|name=New|started=2026-03-01");
	assert_int_equal(
		tend_app_brief(b->app, book_customer(b, "new"), 360, &brief, NULL), TEND_OK);
	assert_true(brief.seats == TEND_NO_INT && brief.nusage == 0 && brief.people.n == 0);
	assert_true(brief.activities.n == 0 && brief.surveys.n == 0 && brief.complaints.n == 0);
	tend_brief_finish(&brief);
}

/* The counts by a way of their own: what tend_kind_is_open says of each record. */
static void tabs_count_what_is_open(void **state)
{
	struct book_fixture *b = *state;
	int64_t acme = book_customer(b, "acme"), counts[TEND_TAB_NOTES + 1] = {0};
	int64_t wanted[TEND_TAB_NOTES + 1] = {0};
	book_record(b, kind("contact"), "acme", "name=Ann");
	book_record(b, kind("contact"), "acme", "name=Gone|left=2026-02-01");
	book_record(b, kind("training"), "acme", "title=Past|state=done");
	book_record(b, kind("gift"), "acme", "title=Cake|amount=3|state=planned");
	for (size_t i = 0; i < tend_kind_count; i++) {
		const struct tend_kind *k = tend_kinds[i];
		struct tend_list list;
		bool counted = k->tab == TEND_TAB_NOTES || k->open != NULL || k->ended != NULL;
		if (k->tab == TEND_TAB_NONE || !counted) {
			continue;
		}
		assert_int_equal(
			tend_app_records(b->app, k->type, acme, NULL, &list, NULL), TEND_OK);
		for (size_t n = 0; n < list.n; n++) {
			wanted[k->tab] += k->tab == TEND_TAB_NOTES
				|| tend_kind_is_open(k, tend_list_at(&list, n));
		}
		tend_list_finish(&list);
	}
	assert_int_equal(tend_app_tab_counts(b->app, acme, counts, NULL), TEND_OK);
	for (int tab = TEND_TAB_PEOPLE; tab <= TEND_TAB_NOTES; tab++) {
		assert_int_equal(counts[tab], wanted[tab]);
	}
	assert_int_equal(counts[TEND_TAB_PEOPLE], 1);
	assert_int_equal(counts[TEND_TAB_OUTCOMES], 2);
	assert_int_equal(counts[TEND_TAB_ACTIVITY], 2);
	assert_int_equal(counts[TEND_TAB_NOTES], 2);
}

static void milestones_ahead_are_the_open_ones_and_those_of_the_day(void **state)
{
	struct book_fixture *b = *state;
	int64_t acme = book_customer(b, "acme");
	struct tend_list ahead, all;
	assert_int_equal(tend_app_milestones_ahead(b->app, acme, &ahead, NULL), TEND_OK);
	assert_int_equal(tend_app_milestones(b->app, acme, NULL, &all, NULL), TEND_OK);
	assert_int_equal(ahead.n, all.n);
	for (size_t i = 0; i < all.n; i++) {
		const struct tend_milestone *x = tend_list_at(&ahead, i),
					    *y = tend_list_at(&all, i);
		assert_int_equal(x->id, y->id);
		assert_true(
			tend_same(x->waiting, y->waiting) && x->overdue_days == y->overdue_days);
	}
	tend_list_finish(&ahead);
	book_reopen(b, "2026-03-11");
	assert_int_equal(tend_app_milestones_ahead(b->app, acme, &ahead, NULL), TEND_OK);
	assert_int_equal(ahead.n, all.n - 1);
	tend_list_finish(&ahead);
	tend_list_finish(&all);
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
		cmocka_unit_test_setup_teardown(
			a_brief_says_what_counts_on_the_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_brief_of_nothing_is_empty, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tabs_count_what_is_open, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			milestones_ahead_are_the_open_ones_and_those_of_the_day, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
