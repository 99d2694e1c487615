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
#include <tend/lang.h>

#include "book.h"

#define TODAY "2026-03-01"
#define ACME "key=acme|name=Acme|started=2026-02-20|journey=cond"

static const char journey[] =
	"journey: cond\n"
	"version: 1\n"
	"title: Conditions\n"
	"term: 12 months\n"
	"track: {behind: 3 days, stuck: 10 days}\n"
	"stages:\n"
	"  - {key: growth, from: start}\n"
	"  - {key: quiet, from: start, when: days_since(logins) > 30}\n"
	"milestones:\n"
	"  - {key: first, stage: growth, title: First, due: start}\n"
	"  - key: sponsor\n"
	"    stage: growth\n"
	"    title: Sponsor\n"
	"    due: start + 30 days\n"
	"    items: [One, Two]\n"
	"    when: arr >= 1000\n"
	"  - key: board\n"
	"    stage: growth\n"
	"    title: Board\n"
	"    due: start + 1 month\n"
	"    repeat: {every: 1 month}\n"
	"    when: segment == \"enterprise\"\n"
	"  - key: live\n"
	"    stage: growth\n"
	"    title: Live\n"
	"    due: start + 20 days\n"
	"    after: [first]\n"
	"    done_when: days_since(logins) <= 7\n"
	"  - {key: after-live, stage: growth, title: After, due: milestone.live + 10 days}\n"
	"  - key: talk\n"
	"    stage: growth\n"
	"    title: Talk\n"
	"    due: start + 1 month\n"
	"    repeat: {every: 1 month}\n"
	"    done_when: days_since(contact) <= 5\n";

/* Nobody but the milestones that are to be done asks about logins here. */
static const char use[] = "journey: use\n"
			  "version: 1\n"
			  "title: Use\n"
			  "term: 12 months\n"
			  "stages:\n"
			  "  - {key: growth, from: start}\n"
			  "milestones:\n"
			  "  - key: used\n"
			  "    stage: growth\n"
			  "    title: Used\n"
			  "    due: start + 20 days\n"
			  "    done_when: days_since(logins) <= 7\n"
			  "  - key: other\n"
			  "    stage: growth\n"
			  "    title: Other\n"
			  "    due: start + 30 days\n";

static const char playbook[] = "playbook: rescue\n"
			       "title: Rescue\n"
			       "steps:\n"
			       "  - {key: note, title: Note, due: start}\n"
			       "  - key: call\n"
			       "    title: Call\n"
			       "    due: start + 1 day\n"
			       "    done_when: days_since(logins) <= 3\n"
			       "  - key: offer\n"
			       "    title: Offer\n"
			       "    due: start + 7 days\n"
			       "    items: [Text]\n"
			       "    when: days_since(logins) > 7\n";

static int set_up(void **state)
{
	struct book_fixture *b = tend_alloc(sizeof(*b));
	book_make(b, TODAY);
	book_config(b, "cond.yaml", journey);
	book_config(b, "use.yaml", use);
	book_config(b, "rescue.yaml", playbook);
	book_reopen(b, TODAY);
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

/* "key#n state, …" of the rows with this key, in the order of their dates. */
static void assert_rows(
	struct book_fixture *b, const char *customer, const char *key, const char *expected)
{
	struct tend_list list;
	struct tend_str out = {0};
	assert_int_equal(tend_app_milestones(b->app, book_customer(b, customer), NULL, &list, NULL),
		TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		if (strcmp(m->key, key) == 0) {
			tend_str_addf(&out, "%s%d %s%s", out.len > 0 ? ", " : "",
				(int)m->occurrence, m->state, m->by_condition == 1 ? "!" : "");
		}
	}
	assert_string_equal(tend_str_text(&out), expected);
	tend_str_finish(&out);
	tend_list_finish(&list);
}

/* "actor command: summary" of the newest entry, and how many there are. */
static size_t assert_newest(struct book_fixture *b, const char *expected)
{
	struct tend_list list;
	assert_int_equal(tend_app_history(b->app, 0, TEND_NO_DATE, NULL, &list, NULL), TEND_OK);
	size_t n = list.n;
	if (expected != NULL) {
		const struct tend_history_row *row = tend_list_at(&list, 0);
		char *text = tend_format("%s %s: %s", row->actor, row->command, row->summary);
		assert_string_equal(text, expected);
		free(text);
	}
	tend_list_finish(&list);
	return n;
}

static void undo(struct book_fixture *b)
{
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
}

static void redo(struct book_fixture *b)
{
	struct tend_done done;
	assert_int_equal(tend_app_redo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
}

static void what_becomes_true_adds_its_milestone_in_the_same_entry(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	assert_rows(b, "acme", "sponsor", "");
	char *before = book_dump(b);
	book_set(b, "acme", "arr=2000");
	assert_rows(b, "acme", "sponsor", "1 todo");
	assert_string_equal(book_milestone_value(b, "acme", "sponsor", "items"), "2");
	assert_string_equal(book_milestone_value(b, "acme", "sponsor", "due"), "2026-03-22");
	book_assert_undo(b, before);
	free(before);
	size_t n = assert_newest(b, NULL);
	book_set(b, "acme", "owner=li");
	assert_int_equal(assert_newest(b, NULL), n + 1);
	assert_rows(b, "acme", "sponsor", "1 todo");
}

static void the_entry_says_what_conditions_did(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	struct tend_assignment fields[] = {{"arr", "2000"}};
	struct tend_done done;
	int64_t id = book_customer(b, "acme");
	assert_int_equal(tend_app_customer_set(b->app, &id, 1, fields, 1, &done, NULL), TEND_OK);
	assert_non_null(strstr(done.summary, "; conditions: 1 added"));
	tend_done_finish(&done);
}

static void what_becomes_false_goes_unless_it_was_touched(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *key, *touch, *left;
	} rows[] = {
		{"a", NULL, ""},
		{"b", "doing", "1 doing"},
		{"c", "blocked", "1 blocked"},
		{"d", "done", "1 done"},
		{"e", "item", "1 todo"},
		{"f", "due", "1 todo"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *key = rows[i].key, *touch = rows[i].touch;
		char *add =
			tend_format("key=%s|name=N|started=2026-02-20|journey=cond|arr=2000", key);
		book_add(b, add);
		free(add);
		assert_rows(b, key, "sponsor", "1 todo");
		struct tend_done done = {0};
		int64_t id = book_milestone(b, key, "sponsor");
		if (touch != NULL && strcmp(touch, "item") == 0) {
			struct tend_list items;
			assert_int_equal(tend_app_items(b->app, id, &items, NULL), TEND_OK);
			const struct tend_item *item = tend_list_at(&items, 0);
			assert_int_equal(
				tend_app_item_check(b->app, item->id, id, true, &done, NULL),
				TEND_OK);
			tend_list_finish(&items);
		} else if (touch != NULL && strcmp(touch, "due") == 0) {
			struct tend_assignment due = {"due", "2026-04-01"};
			assert_int_equal(
				tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL),
				TEND_OK);
		} else if (touch != NULL) {
			book_state(b, key, "sponsor", touch);
		}
		tend_done_finish(&done);
		char *before = book_dump(b);
		book_set(b, key, "arr=10");
		print_message("%s\n", touch != NULL ? touch : "untouched");
		assert_rows(b, key, "sponsor", rows[i].left);
		book_assert_undo(b, before);
		free(before);
	}
}

static void what_is_unknown_changes_nothing(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|segment=enterprise");
	assert_rows(b, "acme", "board",
		"1 todo, 2 todo, 3 todo, 4 todo, 5 todo, 6 todo, 7 todo, 8 todo, 9 todo, 10 todo, "
		"11 todo");
	book_set(b, "acme", "segment=");
	assert_rows(b, "acme", "board",
		"1 todo, 2 todo, 3 todo, 4 todo, 5 todo, 6 todo, 7 todo, 8 todo, 9 todo, 10 todo, "
		"11 todo");
	book_set(b, "acme", "segment=small");
	assert_rows(b, "acme", "board", "");
}

static void a_repeated_one_is_not_made_up_for_the_past(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|segment=small");
	book_reopen(b, "2026-11-25");
	book_set(b, "acme", "segment=enterprise");
	assert_rows(b, "acme", "board", "10 todo, 11 todo");
	book_set(b, "acme", "term=14m");
	assert_rows(b, "acme", "board", "10 todo, 11 todo, 12 todo, 13 todo");
}

static void done_when_does_a_milestone_and_what_hangs_on_it_moves(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	book_state(b, "acme", "first", "done");
	assert_string_equal(book_milestone_value(b, "acme", "after-live", "due"), "2026-03-22");
	char *before = book_dump(b);
	book_point(b, "acme", "logins", "2026-02-25", "3");
	assert_rows(b, "acme", "live", "1 done!");
	assert_string_equal(book_milestone_value(b, "acme", "live", "done_on"), TODAY);
	assert_string_equal(book_milestone_value(b, "acme", "after-live", "due"), "2026-03-11");
	book_assert_undo(b, before);
	free(before);
}

static void one_that_waits_is_left_until_its_turn(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	book_point(b, "acme", "logins", "2026-02-25", "3");
	assert_rows(b, "acme", "live", "1 todo");
	book_state(b, "acme", "first", "done");
	assert_rows(b, "acme", "live", "1 done!");
	assert_rows(b, "acme", "first", "1 done");
}

static void what_a_person_takes_back_stays_taken_back(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	book_state(b, "acme", "first", "done");
	book_point(b, "acme", "logins", "2026-02-25", "3");
	assert_rows(b, "acme", "live", "1 done!");
	book_state(b, "acme", "live", "todo");
	assert_rows(b, "acme", "live", "1 todo");
	book_point(b, "acme", "logins", "2026-02-26", "3");
	assert_rows(b, "acme", "live", "1 todo");
	book_reopen(b, "2026-03-02");
	assert_rows(b, "acme", "live", "1 todo");
	/* done by hand and taken back while the condition holds: the same */
	book_add(b, "key=zeta|name=Zeta|started=2026-02-20|journey=cond");
	book_state(b, "zeta", "live", "done");
	book_point(b, "zeta", "logins", "2026-02-25", "3");
	book_state(b, "zeta", "first", "done");
	book_state(b, "zeta", "live", "doing");
	assert_rows(b, "zeta", "live", "1 doing");
}

static void an_undo_stays_undone(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	book_set(b, "acme", "arr=2000");
	undo(b);
	assert_rows(b, "acme", "sponsor", "");
	book_set(b, "acme", "owner=li");
	assert_rows(b, "acme", "sponsor", "");
	book_set(b, "acme", "arr=3000");
	assert_rows(b, "acme", "sponsor", "1 todo");
	book_state(b, "acme", "first", "done");
	book_point(b, "acme", "logins", "2026-02-25", "3");
	assert_rows(b, "acme", "live", "1 done!");
	undo(b);
	assert_rows(b, "acme", "live", "1 todo");
	redo(b);
	assert_rows(b, "acme", "live", "1 done!");
	undo(b);
	book_point(b, "acme", "logins", "2026-02-26", "3");
	assert_rows(b, "acme", "live", "1 todo");
}

static void a_repeated_one_is_done_from_the_day_of_the_one_before(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|term=4m");
	book_log(b, "acme", "call", "2026-03-01", "hello");
	assert_rows(b, "acme", "talk", "1 done!, 2 todo, 3 todo");
	book_reopen(b, "2026-03-19");
	book_log(b, "acme", "call", NULL, "again");
	assert_rows(b, "acme", "talk", "1 done!, 2 todo, 3 todo");
	book_reopen(b, "2026-03-20");
	assert_rows(b, "acme", "talk", "1 done!, 2 done!, 3 todo");
}

static void a_new_day_is_an_entry_of_its_own(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|arr=2000");
	book_state(b, "acme", "first", "done");
	book_point(b, "acme", "logins", "2026-03-05", "3");
	assert_rows(b, "acme", "live", "1 todo");
	size_t n = assert_newest(b, NULL);
	book_reopen(b, "2026-03-04");
	assert_int_equal(assert_newest(b, NULL), n);
	book_reopen(b, "2026-03-06");
	assert_rows(b, "acme", "live", "1 done!");
	assert_int_equal(assert_newest(b, "tend evaluate: conditions: 1 milestone done"), n + 1);
	book_reopen(b, "2026-03-06");
	assert_int_equal(assert_newest(b, NULL), n + 1);
	undo(b);
	assert_rows(b, "acme", "live", "1 todo");
	book_reopen(b, "2026-03-07");
	assert_rows(b, "acme", "live", "1 todo");
	assert_int_equal(assert_newest(b, NULL), n + 1);
}

static void a_dry_run_leaves_the_new_day_to_the_next(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	book_state(b, "acme", "first", "done");
	book_point(b, "acme", "logins", "2026-03-05", "3");
	b->dry_run = true;
	book_reopen(b, "2026-03-06");
	assert_rows(b, "acme", "live", "1 todo");
	b->dry_run = false;
	book_reopen(b, "2026-03-06");
	assert_rows(b, "acme", "live", "1 done!");
}

static void a_contract_that_is_yet_to_begin_counts(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=soon|name=Soon|started=2026-04-01|journey=cond|arr=5000");
	assert_rows(b, "soon", "sponsor", "1 todo");
	book_set(b, "soon", "owner=li");
	assert_rows(b, "soon", "sponsor", "1 todo");
	assert_string_equal(book_value(b, "soon", "arr"), "0.00");
}

static void a_stage_may_ask_for_use(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME);
	assert_string_equal(book_value(b, "acme", "stage"), "growth");
	book_point(b, "acme", "logins", "2026-01-15", "3");
	assert_string_equal(book_value(b, "acme", "stage"), "quiet");
}

/* The first row's value of each part, and the note: "when=true done_when=null: note". */
static void assert_explained(struct book_fixture *b, const char *milestone, const char *expected)
{
	struct tend_list list;
	struct tend_str note = {0}, out = {0};
	struct tend_error err = {0};
	if (tend_app_explain_condition(
		    b->app, book_customer(b, "acme"), milestone, &list, &note, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_trace *t = tend_list_at(&list, i);
		if (t->depth == 0) {
			tend_str_addf(
				&out, "%s=%s ", t->part, t->value != NULL ? t->value : "null");
		}
	}
	tend_str_add(&out, tend_str_text(&note));
	assert_string_equal(tend_str_text(&out), expected);
	tend_str_finish(&note);
	tend_str_finish(&out);
	tend_list_finish(&list);
}

static void it_is_explained_what_a_condition_says(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, ACME "|arr=10");
	assert_explained(b, "sponsor", "when=false not in the plan");
	assert_explained(b, "board", "when=null not in the plan");
	assert_explained(b, "first", "no condition");
	assert_explained(b, "live", "done_when=null waits for first");
	assert_explained(b, "talk#2", "done_when=null ");
	book_set(b, "acme", "arr=2000");
	assert_explained(b, "sponsor", "when=true ");
	book_point(b, "acme", "logins", "2026-03-01", "1");
	book_state(b, "acme", "first", "done");
	assert_explained(b, "live", "done_when=true done by its condition on 2026-03-01");
	book_state(b, "acme", "live", "todo");
	assert_explained(
		b, "live", "done_when=true taken back by a person: its condition leaves it alone");
	struct tend_list list;
	struct tend_str note = {0};
	struct tend_error err = {0};
	int64_t id = book_customer(b, "acme");
	assert_int_equal(tend_app_explain_condition(b->app, id, "sponsr", &list, &note, &err),
		TEND_NOT_FOUND);
	assert_non_null(strstr(err.text, "did you mean \"sponsor\""));
	tend_list_finish(&list);
	assert_int_equal(tend_app_explain_filter(b->app, id, "arr >", &list, &err), TEND_USAGE);
	tend_list_finish(&list);
	assert_int_equal(
		tend_app_explain_filter(b->app, id, "sum(logins, 7d) > 0 and arr > 5", &list, &err),
		TEND_OK);
	assert_int_equal(list.n, 5);
	assert_string_equal(((struct tend_trace *)tend_list_at(&list, 0))->value, "true");
	assert_int_equal(((struct tend_trace *)tend_list_at(&list, 2))->rows, 1);
	tend_list_finish(&list);
	tend_str_finish(&note);
}

static void the_journey_says_when_a_customer_is_behind(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-02-26|journey=cond");
	assert_string_equal(book_value(b, "acme", "overdue"), "1");
	assert_string_equal(book_value(b, "acme", "track"), "on-track");
	assert_string_equal(book_value(b, "acme", "track_reason"), "null");
	book_reopen(b, "2026-03-02");
	assert_string_equal(book_value(b, "acme", "track"), "behind");
	assert_string_equal(book_value(b, "acme", "track_reason"), "First is 4 days overdue");
	tend_lang_set(TEND_ZH);
	assert_string_equal(book_value(b, "acme", "track_reason"), "First 逾期 4 天");
	tend_lang_set(TEND_EN);
	book_reopen(b, "2026-03-09");
	assert_string_equal(book_value(b, "acme", "track"), "stuck");
	assert_string_equal(book_found(b, "track_reason == \"First is 11 days overdue\""), "acme");
	book_state(b, "acme", "first", "done");
	assert_string_equal(book_value(b, "acme", "track"), "on-track");
	assert_string_equal(book_value(b, "acme", "track_reason"), "null");
}

static void run(struct book_fixture *b, const char *customer)
{
	struct tend_done done;
	struct tend_error err = {0};
	int64_t id = book_customer(b, customer);
	if (tend_app_playbook_run(b->app, "rescue", &id, 1, TEND_NO_DATE, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
}

static void steps_of_a_playbook_follow_their_conditions(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-02-20"); /* without a journey */
	book_point(b, "acme", "logins", "2026-02-10", "1");
	run(b, "acme");
	assert_rows(b, "acme", "rescue.call", "1 todo");
	assert_rows(b, "acme", "rescue.offer", "1 todo");
	char *before = book_dump(b);
	book_point(b, "acme", "logins", "2026-02-27", "1");
	assert_rows(b, "acme", "rescue.call", "1 done!");
	assert_rows(b, "acme", "rescue.offer", "");
	assert_rows(b, "acme", "rescue.note", "1 todo");
	book_assert_undo(b, before);
	free(before);
	book_reopen(b, "2026-03-08");
	assert_rows(b, "acme", "rescue.offer", "1 todo");
	assert_string_equal(book_milestone_value(b, "acme", "rescue.offer", "due"), "2026-03-08");
	assert_string_equal(book_milestone_value(b, "acme", "rescue.offer", "items"), "1");
	assert_newest(b, "tend evaluate: conditions: 1 added");
	assert_explained(b, "rescue.offer", "when=true ");
	/* another run has conditions of its own */
	book_state(b, "acme", "rescue.note", "done");
	book_state(b, "acme", "rescue.offer", "skipped");
	run(b, "acme");
	assert_rows(b, "acme", "rescue.call", "1 done!, 2 todo");
	assert_rows(b, "acme", "rescue.offer", "1 skipped, 2 todo");
	book_point(b, "acme", "logins", "2026-03-08", "1");
	assert_rows(b, "acme", "rescue.call", "1 done!, 2 done!");
	assert_rows(b, "acme", "rescue.offer", "1 skipped");
}

enum { MANY = 130 };

/* Whole books are judged in one pass; what that does is the same. */
static void many_customers_are_judged_as_one_is(void **state)
{
	struct book_fixture *b = *state;
	int64_t ids[MANY];
	char text[96];
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(
			text, sizeof(text), "key=c%03d|name=N|started=2026-02-20|journey=cond", i);
		ids[i] = book_add(b, text);
	}
	size_t n = assert_newest(b, NULL);
	struct tend_assignment fields[] = {{"segment", "enterprise"}};
	struct tend_done done;
	assert_int_equal(tend_app_customer_set(b->app, ids, MANY, fields, 1, &done, NULL), TEND_OK);
	assert_non_null(strstr(done.summary, "conditions: 1430 added"));
	tend_done_finish(&done);
	assert_int_equal(assert_newest(b, NULL), n + 1);
	assert_rows(b, "c129", "talk",
		"1 todo, 2 todo, 3 todo, 4 todo, 5 todo, 6 todo, 7 todo, 8 todo, 9 todo, 10 todo, "
		"11 todo");
	book_state(b, "c007", "first", "done");
	book_state(b, "c008", "first", "done");
	book_point(b, "c007", "logins", "2026-03-05", "3");
	book_point(b, "c008", "logins", "2026-03-15", "3");
	book_point(b, "c009", "logins", "2026-03-05", "3");
	n = assert_newest(b, NULL);
	book_reopen(b, "2026-03-06");
	assert_int_equal(assert_newest(b, "tend evaluate: conditions: 1 milestone done"), n + 1);
	assert_rows(b, "c007", "live", "1 done!");
	assert_rows(b, "c008", "live", "1 todo");
	assert_rows(b, "c009", "live", "1 todo");
}

/* Of a whole book the points are read only of those whose milestone is open. */
static void the_few_that_wait_for_use_are_judged_by_it(void **state)
{
	struct book_fixture *b = *state;
	char text[96], key[8];
	for (int i = 0; i < MANY; i++) {
		(void)snprintf(
			text, sizeof(text), "key=c%03d|name=N|started=2026-02-20|journey=use", i);
		(void)book_add(b, text);
		(void)snprintf(key, sizeof(key), "c%03d", i);
		if (i < 100) {
			book_state(b, key, "used", "done");
		}
	}
	static const char *const used[] = {"c005", "c100", "c117", "c129"};
	for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++) {
		book_point(b, used[i], "logins", "2026-03-05", "3");
	}
	book_point(b, "c120", "logins", "2026-02-20", "3");
	book_point(b, "c121", "logins", "2026-03-15", "3");
	size_t n = assert_newest(b, NULL);
	book_reopen(b, "2026-03-06");
	assert_int_equal(assert_newest(b, "tend evaluate: conditions: 3 milestones done"), n + 1);
	assert_rows(b, "c005", "used", "1 done");
	for (size_t i = 1; i < sizeof(used) / sizeof(used[0]); i++) {
		assert_rows(b, used[i], "used", "1 done!");
	}
	assert_rows(b, "c118", "used", "1 todo");
	assert_rows(b, "c120", "used", "1 todo");
	assert_rows(b, "c121", "used", "1 todo");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_becomes_true_adds_its_milestone_in_the_same_entry),
		TEST(the_entry_says_what_conditions_did),
		TEST(what_becomes_false_goes_unless_it_was_touched),
		TEST(what_is_unknown_changes_nothing),
		TEST(a_repeated_one_is_not_made_up_for_the_past),
		TEST(done_when_does_a_milestone_and_what_hangs_on_it_moves),
		TEST(one_that_waits_is_left_until_its_turn),
		TEST(what_a_person_takes_back_stays_taken_back),
		TEST(an_undo_stays_undone),
		TEST(a_repeated_one_is_done_from_the_day_of_the_one_before),
		TEST(a_new_day_is_an_entry_of_its_own),
		TEST(a_dry_run_leaves_the_new_day_to_the_next),
		TEST(a_contract_that_is_yet_to_begin_counts),
		TEST(a_stage_may_ask_for_use),
		TEST(it_is_explained_what_a_condition_says),
		TEST(the_journey_says_when_a_customer_is_behind),
		TEST(steps_of_a_playbook_follow_their_conditions),
		TEST(many_customers_are_judged_as_one_is),
		TEST(the_few_that_wait_for_use_are_judged_by_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
