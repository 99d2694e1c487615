/* SPDX-License-Identifier: MIT */
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

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|owner=li|segment=small");
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static char *list_of(struct book_fixture *b, const char *filter)
{
	struct tend_list list;
	const struct tend_query q = {.filter = filter};
	assert_int_equal(tend_app_milestones(b->app, 0, &q, &list, NULL), TEND_OK);
	struct tend_str text = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		char due[TEND_DATE_LEN];
		tend_str_addf(&text, "%s#%d %s %s\n", m->key, (int)m->occurrence,
			tend_date_format(m->due, due), m->state);
	}
	tend_list_finish(&list);
	return tend_str_steal(&text);
}

static void enrolling_plans_the_milestones_of_the_template(void **state)
{
	struct book_fixture *b = *state;
	char *rows = list_of(b, NULL);
	assert_same_text(rows,
		"signed#1 2026-03-02 todo\n"
		"kickoff#1 2026-03-09 todo\n"
		"follow#1 2026-03-12 todo\n"
		"review#1 2026-04-02 todo\n"
		"review#2 2026-05-02 todo\n"
		"review#3 2026-06-02 todo\n"
		"review#4 2026-07-02 todo\n"
		"offer#1 2026-08-02 todo\n");
	free(rows);
	assert_string_equal(book_value(b, "acme", "term_months"), "6");
	assert_string_equal(book_value(b, "acme", "journey"), "small@1");
	assert_string_equal(book_value(b, "acme", "stage"), "growth");
	assert_string_equal(book_value(b, "acme", "overdue"), "2");
	assert_string_equal(book_value(b, "acme", "next_milestone"), "signed");
	assert_string_equal(book_value(b, "acme", "track"), "behind");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items"), "2");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "waiting"), "signed");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "overdue_days"), "1");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "owner"), "li");
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "visible"), "true");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "projected"), "true");
}

static void a_condition_decides_at_the_enrolment(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=big|name=Big|started=2026-03-02|journey=small|segment=enterprise");
	assert_string_equal(book_milestone_value(b, "big", "big", "due"), "2026-03-12");
	int64_t id;
	assert_int_equal(
		tend_app_find_milestone(b->app, book_customer(b, "acme"), "big", &id, NULL),
		TEND_NOT_FOUND);
}

static void each_state_has_its_marks_and_can_be_taken_back(void **state)
{
	static const struct {
		const char *state, *done_on, *overdue, *summary;
	} rows[] = {
		{"done", TODAY, "1", "milestone kickoff done (acme)"},
		{"doing", "null", "2", "milestone kickoff started (acme)"},
		{"blocked", "null", "2", "milestone kickoff blocked (acme)"},
		{"skipped", "null", "1", "milestone kickoff skipped (acme)"},
	};
	struct book_fixture *b = *state;
	int64_t id = book_milestone(b, "acme", "kickoff");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		char *before = book_dump(b);
		print_message("%s\n", rows[i].state);
		assert_int_equal(tend_app_milestone_state(
					 b->app, &id, 1, rows[i].state, "because", &done, NULL),
			TEND_OK);
		assert_string_equal(done.summary, rows[i].summary);
		tend_done_finish(&done);
		assert_string_equal(
			book_milestone_value(b, "acme", "kickoff", "state"), rows[i].state);
		assert_string_equal(
			book_milestone_value(b, "acme", "kickoff", "done_on"), rows[i].done_on);
		assert_string_equal(book_value(b, "acme", "overdue"), rows[i].overdue);
		book_assert_undo(b, before);
		assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
		tend_done_finish(&done);
		free(before);
	}
}

static void doing_it_again_is_no_entry(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "kickoff");
	book_state(b, "acme", "kickoff", "done");
	assert_int_equal(
		tend_app_milestone_state(b->app, &id, 1, "done", NULL, &done, NULL), TEND_OK);
	assert_int_equal(done.changes, 0);
	tend_done_finish(&done);
}

static void done_warns_of_open_items_and_of_what_it_waits_for(void **state)
{
	struct book_fixture *b = *state;
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "kickoff");
	assert_int_equal(
		tend_app_milestone_state(b->app, &id, 1, "done", NULL, &done, NULL), TEND_OK);
	assert_non_null(done.warning);
	assert_non_null(strstr(done.warning, "2 of 2 items are open"));
	assert_non_null(strstr(done.warning, "signed"));
	tend_done_finish(&done);
}

static void several_are_one_entry(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	struct tend_done done;
	int64_t ids[] = {book_milestone(b, "acme", "signed"), book_milestone(b, "acme", "kickoff"),
		book_milestone(b, "acme", "review#3")};
	assert_int_equal(
		tend_app_milestone_state(b->app, ids, 3, "done", NULL, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "3 milestones done");
	tend_done_finish(&done);
	assert_string_equal(book_value(b, "acme", "overdue"), "0");
	assert_string_equal(book_value(b, "acme", "track"), "on-track");
	book_assert_undo(b, before);
	free(before);
}

static void what_hangs_on_a_milestone_moves_with_it(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	book_state(b, "acme", "kickoff", "done");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-13");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "projected"), "false");
	book_assert_undo(b, before);
	free(before);
	book_state(b, "acme", "kickoff", "todo");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-12");
	const struct tend_assignment due = {"due", "2026-03-20"};
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "kickoff");
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "origin"), "edited");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "due"), "2026-03-23");
	assert_string_equal(book_milestone_value(b, "acme", "follow", "projected"), "true");
}

static void a_name_means_the_first_open_occurrence(void **state)
{
	struct book_fixture *b = *state;
	assert_int_equal(
		book_milestone(b, "acme", "review"), book_milestone(b, "acme", "review#1"));
	book_state(b, "acme", "review#1", "done");
	assert_int_equal(
		book_milestone(b, "acme", "review"), book_milestone(b, "acme", "review#2"));
	static const struct {
		const char *name, *says;
	} rows[] = {{"kickof", "kickoff"}, {"review#9", "review#9"}, {"review#0", "review#0"},
		{"review#x", "review#x"}, {"", "milestone"}, {"#1", "#1"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_error err = {0};
		int64_t id;
		print_message("%s\n", rows[i].name);
		assert_int_equal(tend_app_find_milestone(
					 b->app, book_customer(b, "acme"), rows[i].name, &id, &err),
			TEND_NOT_FOUND);
		assert_non_null(strstr(err.text, rows[i].says));
	}
}

static void a_new_start_moves_what_is_open_and_untouched(void **state)
{
	struct book_fixture *b = *state;
	book_state(b, "acme", "signed", "done");
	const struct tend_assignment due = {"due", "2026-04-20"};
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "review#1");
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	char *before = book_dump(b);
	book_set(b, "acme", "started=2026-04-02|term=8m");
	char *rows = list_of(b, NULL);
	assert_same_text(rows,
		"signed#1 2026-03-02 done\n"
		"kickoff#1 2026-04-09 todo\n"
		"follow#1 2026-04-12 todo\n"
		"review#1 2026-04-20 todo\n"
		"review#2 2026-06-02 todo\n"
		"review#3 2026-07-02 todo\n"
		"review#4 2026-08-02 todo\n"
		"review#5 2026-09-02 todo\n"
		"review#6 2026-10-02 todo\n"
		"offer#1 2026-11-02 todo\n");
	free(rows);
	book_assert_undo(b, before);
	free(before);
	book_set(b, "acme", "term=4m");
	rows = list_of(b, "key == \"review\"");
	assert_same_text(rows, "review#1 2026-04-20 todo\nreview#2 2026-06-02 todo\n");
	free(rows);
}

static void items_are_counted_and_undone(void **state)
{
	struct book_fixture *b = *state;
	int64_t milestone = book_milestone(b, "acme", "kickoff");
	struct tend_list items;
	struct tend_done done;
	assert_int_equal(tend_app_items(b->app, milestone, &items, NULL), TEND_OK);
	assert_int_equal(items.n, 2);
	const struct tend_item *item = tend_list_at(&items, 0);
	assert_string_equal(item->title, "Agenda");
	char *before = book_dump(b);
	assert_int_equal(
		tend_app_item_check(b->app, item->id, milestone, true, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items_done"), "1");
	book_assert_undo(b, before);
	assert_int_equal(
		tend_app_item_check(b->app, item->id, milestone, true, &done, NULL), TEND_OK);
	assert_int_equal(done.changes, 0);
	tend_done_finish(&done);
	assert_int_equal(
		tend_app_item_check(b->app, item->id, milestone, false, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "items_done"), "0");
	assert_int_equal(
		tend_app_item_check(b->app, 12345, milestone, true, &done, NULL), TEND_NOT_FOUND);
	tend_done_finish(&done);
	tend_list_finish(&items);
	free(before);
}

static void a_milestone_of_ones_own_can_be_added(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *key, *due;
		enum tend_status status;
	} rows[] = {{"demo", "2026-03-30", TEND_OK}, {"demo", "2026-03-30", TEND_FAILED},
		{"kickoff", "2026-03-30", TEND_FAILED}, {"a,b", "2026-03-30", TEND_USAGE},
		{"a#1", "2026-03-30", TEND_USAGE}, {"x", "", TEND_USAGE}};
	int64_t id = book_customer(b, "acme");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		char *before = book_dump(b);
		const struct tend_assignment fields[] = {
			{"key", rows[i].key}, {"title", "演示"}, {"due", rows[i].due}};
		print_message("%s\n", rows[i].key);
		assert_int_equal(
			tend_app_milestone_add(b->app, id, fields, 3, &done, NULL), rows[i].status);
		tend_done_finish(&done);
		if (rows[i].status == TEND_OK) {
			book_assert_undo(b, before);
		}
		free(before);
	}
	assert_string_equal(book_milestone_value(b, "acme", "demo", "title"), "演示");
	assert_string_equal(book_milestone_value(b, "acme", "demo", "stage"), "growth");
	assert_string_equal(book_milestone_value(b, "acme", "demo", "origin"), "added");
}

static void only_a_milestone_of_ones_own_can_be_removed(void **state)
{
	struct book_fixture *b = *state;
	int64_t id = book_add(b, "key=own|name=Own|started=2026-03-02|journey=small");
	struct tend_assignment fields[] = {{"key", "badge"}, {"due", "2026-05-01"}};
	struct tend_done done;
	struct tend_error err = {0};
	assert_int_equal(tend_app_milestone_add(b->app, id, fields, 2, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	char *before = book_dump(b);
	int64_t both[] = {book_milestone(b, "own", "badge"), book_milestone(b, "own", "kickoff")};
	assert_int_equal(tend_app_milestone_remove(b->app, both, 2, &done, &err), TEND_USAGE);
	assert_non_null(strstr(err.text, "kickoff is of a template"));
	tend_done_finish(&done);
	assert_int_equal(tend_app_milestone_remove(b->app, both, 1, &done, &err), TEND_OK);
	assert_string_equal(done.summary, "milestone badge removed (own)");
	tend_done_finish(&done);
	assert_int_equal(
		tend_app_find_milestone(b->app, id, "badge", &both[0], &err), TEND_NOT_FOUND);
	book_assert_undo(b, before);
	free(before);
}

static void bad_settings_of_a_milestone_are_refused(void **state)
{
	struct book_fixture *b = *state;
	static const struct tend_assignment rows[] = {{"due", "soon"}, {"due", ""},
		{"state", "done"}, {"required", "perhaps"}, {"dew", "2026-01-01"}};
	int64_t id = book_milestone(b, "acme", "kickoff");
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_done done;
		struct tend_error err = {0};
		assert_int_not_equal(
			tend_app_milestone_set(b->app, &id, 1, &rows[i], 1, &done, &err), TEND_OK);
		assert_true(strlen(err.text) > 0);
		tend_done_finish(&done);
	}
	struct tend_done done;
	assert_int_equal(tend_app_milestone_state(b->app, &id, 1, "finished", NULL, &done, NULL),
		TEND_USAGE);
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

static void due_lists_the_days_ahead_and_what_is_late_when_asked(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		int days;
		bool overdue;
		const char *keys;
	} rows[] = {{7, false, "follow "}, {0, false, ""}, {1, false, ""}, {2, false, "follow "},
		{7, true, "signed kickoff follow "}, {30, false, "follow review "}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct tend_list list;
		struct tend_str keys = {0};
		struct tend_duration within = {rows[i].days, TEND_DAY};
		assert_int_equal(
			tend_app_due(b->app, within, rows[i].overdue, NULL, &list, NULL), TEND_OK);
		for (size_t k = 0; k < list.n; k++) {
			tend_str_addf(&keys, "%s ",
				((struct tend_milestone *)tend_list_at(&list, k))->key);
		}
		assert_string_equal(tend_str_text(&keys), rows[i].keys);
		tend_str_finish(&keys);
		tend_list_finish(&list);
	}
}

static void titles_come_in_the_language_of_the_reader(void **state)
{
	struct book_fixture *b = *state;
	struct tend_arena arena = {0};
	struct tend_milestone_detail detail;
	tend_lang_set(TEND_ZH);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "title"), "启动");
	tend_lang_set(TEND_EN);
	assert_string_equal(book_milestone_value(b, "acme", "kickoff", "title"), "Kick-off");
	struct tend_list list;
	const struct tend_query q = {.filter = "key == \"kickoff\""};
	assert_int_equal(tend_app_milestones(b->app, 0, &q, &list, NULL), TEND_OK);
	assert_int_equal(
		tend_app_milestone_detail(b->app, tend_list_at(&list, 0), &arena, &detail, NULL),
		TEND_OK);
	assert_string_equal(detail.guide, "Begin with the people");
	assert_string_equal(detail.deliverable, "Minutes");
	tend_list_finish(&list);
	tend_arena_finish(&arena);
}

static void stages_have_their_first_days(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	struct tend_arena arena = {0};
	struct tend_pack_stage *stages;
	size_t n;
	assert_int_equal(tend_app_customer(b->app, book_customer(b, "acme"), &list, NULL), TEND_OK);
	assert_int_equal(tend_app_stages(b->app, tend_list_at(&list, 0), &arena, &stages, &n, NULL),
		TEND_OK);
	assert_int_equal(n, 2);
	assert_int_equal(stages[0].from.day, book_day("2026-03-02").day);
	assert_true(stages[0].current);
	assert_int_equal(stages[1].from.day, book_day("2026-07-02").day);
	tend_list_finish(&list);
	tend_arena_finish(&arena);
	book_reopen(b, "2026-07-02");
	assert_string_equal(book_value(b, "acme", "stage"), "renewal");
	book_reopen(b, "2026-03-01");
	assert_string_equal(book_value(b, "acme", "stage"), "null");
	assert_string_equal(book_value(b, "acme", "month"), "0");
}

/* However the file is ordered, and whatever its stages count from. */
static void stages_are_found_in_any_template(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *text, *second; /* the first day of the second stage */
	} rows[] = {
		{"journey: t0\nversion: 1\ntitle: T\nstages:\n  - {key: a, from: start}\n"
		 "  - {key: b, from: milestone.m + 2 days}\nmilestones:\n"
		 "  - {key: m, stage: a, title: M, due: start + 3 days}\n",
			"2026-03-07"},
		{"journey: t1\nversion: 1\ntitle: T\nmilestones:\n"
		 "  - {key: m, stage: a, title: M, due: start + 3 days}\n"
		 "stages:\n  - {key: a, from: start}\n  - {key: b, from: start + 1 month}\n",
			"2026-04-02"},
		{"journey: t2\nversion: 1\ntitle: T\nstages:\n  - {key: a, from: start}\n"
		 "  - {key: b, from: start + 2 workdays}\nmilestones:\n"
		 "- {key: m, stage: a, title: M, due: start}\n# the end\ncalendar: busy\n",
			"2026-03-05"},
		{"journey: t3\nversion: 1\ntitle: T\ncalendar: busy\nstages:\n  - {key: a, from: "
		 "start}\n"
		 "  - {key: b, from: start + 2 workdays}\nmilestones:\n"
		 "- {key: m, stage: a, title: M, due: start}\n",
			"2026-03-05"},
	};
	book_config(b, "busy.yaml", "calendar: busy\ntitle: Busy\nholidays: [2026-03-03]\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[16], fields[80];
		(void)snprintf(name, sizeof(name), "t%zu.yaml", i);
		book_config(b, name, rows[i].text);
		book_reopen(b, "2026-03-10");
		(void)snprintf(fields, sizeof(fields),
			"key=t%zu|name=T|started=2026-03-02|journey=t%zu", i, i);
		int64_t id = book_add(b, fields);
		book_reopen(b, "2026-03-10");
		struct tend_list list;
		struct tend_arena arena = {0};
		struct tend_pack_stage *stages;
		size_t n = 0;
		assert_int_equal(tend_app_customer(b->app, id, &list, NULL), TEND_OK);
		assert_int_equal(
			tend_app_stages(b->app, tend_list_at(&list, 0), &arena, &stages, &n, NULL),
			TEND_OK);
		assert_int_equal(n, 2);
		assert_int_equal(stages[1].from.day, book_day(rows[i].second).day);
		tend_list_finish(&list);
		tend_arena_finish(&arena);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(enrolling_plans_the_milestones_of_the_template),
		TEST(a_condition_decides_at_the_enrolment),
		TEST(each_state_has_its_marks_and_can_be_taken_back),
		TEST(doing_it_again_is_no_entry),
		TEST(done_warns_of_open_items_and_of_what_it_waits_for),
		TEST(several_are_one_entry),
		TEST(what_hangs_on_a_milestone_moves_with_it),
		TEST(a_name_means_the_first_open_occurrence),
		TEST(a_new_start_moves_what_is_open_and_untouched),
		TEST(items_are_counted_and_undone),
		TEST(a_milestone_of_ones_own_can_be_added),
		TEST(only_a_milestone_of_ones_own_can_be_removed),
		TEST(bad_settings_of_a_milestone_are_refused),
		TEST(due_lists_the_days_ahead_and_what_is_late_when_asked),
		TEST(titles_come_in_the_language_of_the_reader),
		TEST(stages_have_their_first_days),
		TEST(stages_are_found_in_any_template),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
