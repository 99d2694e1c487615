/* SPDX-License-Identifier: MIT */
/* Which milestones count for whom, and as how much; the arithmetic has a test of its own in core. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/lang.h>

#include "book.h"

#define TODAY "2026-03-18" /* a Wednesday */

static const char journey[] =
	"journey: work\n"
	"version: 1\n"
	"title: Work\n"
	"term: 6 months\n"
	"stages: [{key: s, from: start}]\n"
	"milestones:\n"
	"  - {key: a, stage: s, title: A, due: start, effort: 2h}\n"
	"  - {key: b, stage: s, title: B, due: start + 7 days, effort: 30m}\n"
	"  - {key: c, stage: s, title: C, due: start + 14 days}\n"
	"  - {key: d, stage: s, title: D, due: start + 14 days, effort: 3h}\n";

static int setup(void **state)
{
	struct book_fixture *b = calloc(1, sizeof(*b));
	assert_non_null(b);
	book_make(b, TODAY);
	book_config(b, "work.yaml", journey);
	book_reopen(b, TODAY);
	(void)book_add(b, "key=acme|name=Acme|started=2026-03-16|owner=li|journey=work");
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* "li 12-28 2.0/30 …" of the first weeks; the note beside it where it is asked for. */
static char *shown(struct book_fixture *b, const char *owner, int weeks, struct tend_str *note)
{
	struct tend_list list;
	struct tend_error err = {0};
	const struct tend_capacity_query q = {.owner = owner, .weeks = weeks};
	if (tend_app_capacity(b->app, &q, &list, note, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct tend_str out = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_capacity *row = tend_list_at(&list, i);
		tend_str_addf(&out, "%s%s %.2f", i > 0 ? ", " : "",
			row->owner != NULL ? row->owner : "-", row->hours);
		if (row->overdue_hours > 0) {
			tend_str_addf(&out, " (%.2f late)", row->overdue_hours);
		}
		if (!isnan(row->available)) {
			tend_str_addf(&out, " of %.0f", row->available);
		}
	}
	tend_list_finish(&list);
	return tend_str_steal(&out);
}

static void assert_shown(struct book_fixture *b, const char *owner, int weeks, const char *expected)
{
	char *text = shown(b, owner, weeks, NULL);
	assert_same_text(text != NULL ? text : "", expected);
	free(text);
}

static void milestones_without_effort_count_as_the_median(void **state)
{
	struct tend_str note = {0};
	/* Of 2 h, 30 min and 3 h the middle one is 2 h. */
	char *text = shown(*state, NULL, 3, &note);
	assert_same_text(text, "li 2.00 (2.00 late) of 30, li 0.50 of 30, li 5.00 of 30");
	assert_same_text(tend_str_text(&note),
		"1 milestone says no effort: it counts as the median of its journey");
	free(text);
	tend_str_finish(&note);
}

static void a_customer_of_nobody_and_of_its_own_plan(void **state)
{
	struct book_fixture *b = *state;
	(void)book_add(b, "key=beta|name=Beta|started=2026-03-16");
	struct tend_done done;
	const struct tend_assignment fields[] = {
		{"key", "own"}, {"title", "Own"}, {"due", "2026-03-20"}};
	assert_int_equal(
		tend_app_milestone_add(b->app, book_customer(b, "beta"), fields, 3, &done, NULL),
		TEND_OK);
	tend_done_finish(&done);
	struct tend_str note = {0};
	char *text = shown(b, NULL, 1, &note);
	assert_same_text(text, "li 2.00 (2.00 late) of 30, - 0.00");
	assert_same_text(tend_str_text(&note),
		"1 milestone says no effort, nor does its journey: it counts as nothing");
	free(text);
	tend_str_finish(&note);
}

static void a_milestone_counts_for_its_own_owner_while_it_is_open(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "d");
	const struct tend_assignment owner = {"owner", "wang"};
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &owner, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	book_state(b, "acme", "a", "done");
	assert_shown(b, "wang", 3, "wang 0.00 of 30, wang 0.00 of 30, wang 3.00 of 30");
	assert_shown(b, "li", 3, "li 0.00 of 30, li 0.50 of 30, li 2.00 of 30");
	book_state(b, "acme", "d", "skipped");
	assert_shown(b, "wang", 3, "");
}

static void nobody_works_for_customers_that_left(void **state)
{
	struct book_fixture *b = *state;
	book_set(b, "acme", "status=churned");
	assert_shown(b, NULL, 1, "");
	book_set(b, "acme", "status=pooled");
	assert_shown(b, NULL, 1, "");
	book_set(b, "acme", "status=active");
	assert_shown(b, NULL, 1, "li 2.00 (2.00 late) of 30");
}

static void the_team_says_how_many_hours_there_are(void **state)
{
	struct book_fixture *b = *state;
	book_config(b, "a.yaml", "config: a\ncapacity: {owners: {li: 12}}\n");
	book_config(b, "b.yaml",
		"config: b\ncapacity: {hours: 20, owners: {li: 1, wang: 2}, calendar: off}\n");
	book_config(b, "off.yaml", "calendar: off\nholidays: [2026-03-16, 2026-03-17]\n");
	book_reopen(b, TODAY);
	(void)book_add(b, "key=beta|name=Beta|started=2026-03-16|owner=zhou");
	/* 12 and 20 hours, three days of five. */
	assert_shown(b, NULL, 1, "li 2.00 (2.00 late) of 7, zhou 0.00 of 12");
	book_config(b, "b.yaml", "config: b\ncapacity: {calendar: none-such}\n");
	book_reopen(b, TODAY);
	struct tend_str note = {0};
	free(shown(b, NULL, 1, &note));
	assert_non_null(strstr(tend_str_text(&note), "there is no calendar \"none-such\""));
	tend_str_finish(&note);
	book_config(b, "a.yaml", "config: a\nsettings: {hours_per_week: 25}\n");
	book_reopen(b, TODAY);
	assert_shown(b, "zhou", 1, "zhou 0.00 of 25");
}

static char *behind(struct book_fixture *b, const char *owner, const char *week)
{
	struct tend_list list;
	struct tend_error err = {0};
	if (tend_app_capacity_milestones(b->app, owner, book_day(week), NULL, &list, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct tend_str out = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		tend_str_addf(
			&out, "%s%s %s %d", i > 0 ? ", " : "", m->customer, m->key, (int)m->effort);
	}
	tend_list_finish(&list);
	return out.len > 0 ? tend_str_steal(&out) : tend_strdup("");
}

static void a_week_is_explained_by_its_milestones(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *owner, *week, *expected;
	} rows[] = {{"li", "2026-03-16", "acme a 120"}, {"li", "2026-03-23", "acme b 30"},
		{"li", "2026-03-30", "acme c 120, acme d 180"}, {"li", "2026-04-06", ""},
		{"wang", "2026-03-16", ""}, {NULL, "2026-03-16", ""}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text = behind(b, rows[i].owner, rows[i].week);
		assert_same_text(text, rows[i].expected);
		free(text);
	}
	book_reopen(b, "2026-03-31");
	/* All that is late stands in the week of the day, and there alone. */
	char *text = behind(b, "li", "2026-03-30");
	assert_same_text(text, "acme a 120, acme b 30, acme c 120, acme d 180");
	free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	tend_lang_set(TEND_EN);
	const struct CMUnitTest tests[] = {
		TEST(milestones_without_effort_count_as_the_median),
		TEST(a_customer_of_nobody_and_of_its_own_plan),
		TEST(a_milestone_counts_for_its_own_owner_while_it_is_open),
		TEST(nobody_works_for_customers_that_left),
		TEST(the_team_says_how_many_hours_there_are),
		TEST(a_week_is_explained_by_its_milestones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
