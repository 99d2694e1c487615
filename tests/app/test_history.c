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
	*state = b;
	return 0;
}

static int tear_down(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

static size_t entries(struct book_fixture *b, const char *customer, const char *since, bool undone)
{
	struct tend_list list;
	size_t n = 0;
	assert_int_equal(tend_app_history(b->app, customer != NULL ? book_customer(b, customer) : 0,
				 since != NULL ? book_day(since) : TEND_NO_DATE, NULL, &list, NULL),
		TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		n += ((struct tend_history_row *)tend_list_at(&list, i))->undone == undone;
	}
	tend_list_finish(&list);
	return n;
}

static void every_write_is_one_entry_with_its_words(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	book_add(b, "key=beta|name=Beta|started=2026-03-02");
	book_log(b, "acme", "call", NULL, "hello");
	book_state(b, "acme", "kickoff", "done");
	struct tend_list list;
	assert_int_equal(tend_app_history(b->app, 0, TEND_NO_DATE, NULL, &list, NULL), TEND_OK);
	static const char *const summaries[] = {"milestone kickoff done (acme)",
		"call logged (acme)", "customer beta added (Beta)", "customer acme added (Acme)"};
	assert_int_equal(list.n, 4);
	for (size_t i = 0; i < 4; i++) {
		const struct tend_history_row *row = tend_list_at(&list, i);
		assert_string_equal(row->summary, summaries[i]);
		assert_string_equal(row->actor, "li");
		assert_string_equal(row->command, "test");
		assert_int_equal(row->undone, 0);
		assert_int_equal(row->day.day, book_day(TODAY).day);
	}
	tend_list_finish(&list);
	assert_int_equal(entries(b, "acme", NULL, false), 3);
	assert_int_equal(entries(b, "beta", NULL, false), 1);
	assert_int_equal(entries(b, NULL, "2026-03-11", false), 0);
	assert_int_equal(entries(b, NULL, TODAY, false), 4);
}

static void words_of_an_entry_say_the_day_and_the_kind(void **state)
{
	struct book_fixture *b = *state;
	int64_t acme = book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	int64_t kickoff = book_milestone(b, "acme", "kickoff");
	const struct tend_assignment due[] = {{"due", "+3d"}, {"owner", "wang"}};
	const struct tend_assignment started[] = {{"started", "3-11"}, {"segment", "mid"}};
	const struct tend_assignment sub[] = {{"start", "2026-03-01"}, {"annual", "10"}};
	struct tend_done done;
	assert_int_equal(tend_app_milestone_set(b->app, &kickoff, 1, due, 2, &done, NULL), TEND_OK);
	assert_string_equal(
		done.summary, "milestone kickoff set: due=2026-03-13, owner=wang (acme)");
	tend_done_finish(&done);
	assert_int_equal(tend_app_customer_set(b->app, &acme, 1, started, 2, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "customer acme set: started=2026-03-11, segment=mid");
	tend_done_finish(&done);
	tend_lang_set(TEND_ZH);
	assert_int_equal(
		tend_app_record_add(b->app, &tend_subscription_type, acme, sub, 2, &done, NULL),
		TEND_OK);
	assert_string_equal(done.summary, "已添加订阅（acme）");
	tend_done_finish(&done);
	tend_lang_set(TEND_EN);
	assert_int_equal(
		tend_app_record_add(b->app, &tend_subscription_type, acme, sub, 2, &done, NULL),
		TEND_OK);
	assert_string_equal(done.summary, "subscription added (acme)");
	tend_done_finish(&done);
}

/* "record name action field before>after", one change a line: what the alerts made of it follows. */
static void expect_changes(struct book_fixture *b, int64_t entry, const char *expected)
{
	struct tend_list list;
	struct tend_str all = {0};
	assert_int_equal(tend_app_history_entry(b->app, entry, &list, NULL), TEND_OK);
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_change *c = tend_list_at(&list, i);
		tend_str_addf(&all, "%s %s %s", c->record, c->name, c->action);
		if (c->field != NULL) {
			tend_str_addf(&all, " %s %s>%s", c->field,
				c->before != NULL ? c->before : "",
				c->after != NULL ? c->after : "");
		}
		tend_str_add(&all, "\n");
	}
	tend_list_finish(&list);
	if (!tend_starts_with(tend_str_text(&all), expected)) {
		assert_same_text(tend_str_text(&all), expected);
	}
	tend_str_finish(&all);
}

static void an_entry_tells_each_field_that_it_changed(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=beta|name=Be \\ \"ta\"|started=2026-03-02");
	book_log(b, "beta", "call", NULL, "one\ntwo \x01 \"three\"");
	book_set(b, "beta", "name=贝塔 \"B\"|owner=|started=2026-03-09");
	expect_changes(b, 1, "customer 贝塔 \"B\" added\n");
	struct tend_list list;
	assert_int_equal(tend_app_history_entry(b->app, 3, &list, NULL), TEND_OK);
	tend_list_finish(&list);
	expect_changes(b, 3,
		"customer 贝塔 \"B\" changed name Be \\ \"ta\">贝塔 \"B\"\n"
		"customer 贝塔 \"B\" changed started 2026-03-02>2026-03-09\n");
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|arr=1000|currency=CNY");
	book_set(b, "acme", "arr=2500.50");
	expect_changes(b, 5, "subscription acme-arr changed annual 1000.00>2500.50\n");
	book_state(b, "acme", "review#2", "done");
	expect_changes(b, 6,
		"milestone Review #2 changed state todo>done\n"
		"milestone Review #2 changed done_on >2026-03-10\n");
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 3, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	/* They are gone: their images say what they were. */
	expect_changes(b, 4, "journey small added\ncustomer Acme added\n");
	expect_changes(b, 5, "subscription acme-arr changed annual 1000.00>2500.50\n");
	expect_changes(b, 6,
		"milestone Review changed state todo>done\n"
		"milestone Review changed done_on >2026-03-10\n");
	assert_int_equal(tend_app_history_entry(b->app, 99, &list, NULL), TEND_NOT_FOUND);
	tend_list_finish(&list);
}

static void an_entry_keeps_the_lines_of_a_text(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=beta|name=Beta|started=2026-03-02");
	book_log(b, "beta", "note", NULL, "one\n\ntwo \\n");
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	expect_changes(b, 2, "activity one\n\ntwo \\n added\n");
}

static void several_entries_are_taken_back_at_once(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02");
	char *before = book_dump(b);
	book_log(b, "acme", "call", NULL, "one");
	book_log(b, "acme", "call", NULL, "two");
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 2, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "undone: call logged (acme); call logged (acme)");
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(after);
	assert_int_equal(entries(b, NULL, NULL, true), 2);
	char *summary = tend_app_undo_summary(b->app);
	assert_string_equal(summary, "customer acme added (Acme)");
	free(summary);
	struct tend_error err = {0};
	assert_int_equal(tend_app_undo(b->app, 5, &done, &err), TEND_NOT_FOUND);
	assert_string_equal(err.text, "only 1 entry can be taken back");
	tend_done_finish(&done);
	after = book_dump(b);
	assert_same_text(after, before);
	free(after);
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(tend_app_undo(b->app, 1, &done, &err), TEND_NOT_FOUND);
	tend_done_finish(&done);
	assert_null(tend_app_undo_summary(b->app));
	assert_int_equal(tend_app_undo(b->app, 0, &done, &err), TEND_USAGE);
	tend_done_finish(&done);
	free(before);
}

static void undo_works_after_a_restart_and_on_another_day(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small");
	char *before = book_dump(b);
	book_state(b, "acme", "signed", "done");
	book_reopen(b, "2026-03-20");
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_string_equal(book_milestone_value(b, "acme", "signed", "state"), "todo");
	assert_string_equal(book_milestone_value(b, "acme", "signed", "overdue_days"), "18");
	free(before);
}

/* A random edit of the book. */
static void edit(struct book_fixture *b, struct support_random *r, int step)
{
	static const char *const states[] = {"done", "todo", "doing", "blocked", "skipped"};
	static const char *const milestones[] = {
		"signed", "kickoff", "follow", "review#2", "offer"};
	char text[128];
	switch (support_random(r, 7)) {
	case 0:
		(void)snprintf(text, sizeof(text),
			"key=n%d|name=N%d|started=2026-02-0%u|journey=small|arr=%d", step, step,
			1 + support_random(r, 9), step * 100);
		book_add(b, text);
		return;
	case 1:
		(void)snprintf(text, sizeof(text), "owner=o%d|started=2026-02-1%u", step,
			support_random(r, 9));
		book_set(b, "acme", text);
		return;
	case 2:
		(void)snprintf(text, sizeof(text), "text %d", step);
		book_log(b, "acme", "call",
			"2026-03-0"
			"5",
			text);
		return;
	case 3:
		(void)snprintf(
			text, sizeof(text), "term=%um|arr=%d", 5 + support_random(r, 5), step);
		book_set(b, "acme", text);
		return;
	default:
		book_state(
			b, "acme", milestones[support_random(r, 5)], states[support_random(r, 5)]);
		return;
	}
}

static void all_edits_taken_back_and_done_again_give_the_same_books(void **state)
{
	struct book_fixture *b = *state;
	struct support_random r = {4711};
	char *books[26];
	size_t n = 0;
	book_add(b, "key=acme|name=Acme|started=2026-03-02|journey=small|arr=5");
	books[n++] = book_dump(b);
	for (int step = 1; step <= 25; step++) {
		size_t had = entries(b, NULL, NULL, false);
		edit(b, &r, step);
		if (entries(b, NULL, NULL, false) > had) {
			books[n++] = book_dump(b);
		}
	}
	for (size_t i = n - 1; i > 0; i--) {
		struct tend_done done;
		assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
		tend_done_finish(&done);
		char *book = book_dump(b);
		assert_same_text(book, books[i - 1]);
		free(book);
	}
	for (size_t i = 1; i < n; i++) {
		struct tend_done done;
		assert_int_equal(tend_app_redo(b->app, 1, &done, NULL), TEND_OK);
		tend_done_finish(&done);
		char *book = book_dump(b);
		assert_same_text(book, books[i]);
		free(book);
	}
	struct tend_findings findings;
	tend_findings_init(&findings, "store");
	assert_int_equal(tend_app_store_check(b->app, &findings, NULL), TEND_OK);
	assert_int_equal(findings.n, 0);
	tend_findings_finish(&findings);
	for (size_t i = 0; i < n; i++) {
		free(books[i]);
	}
}

static void a_dry_undo_only_says_what_it_would_take_back(void **state)
{
	struct book_fixture *b = *state;
	book_add(b, "key=acme|name=Acme|started=2026-03-02");
	char *before = book_dump(b);
	b->dry_run = true;
	book_reopen(b, TODAY);
	struct tend_done done;
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	assert_non_null(strstr(done.summary, "customer acme added"));
	tend_done_finish(&done);
	b->dry_run = false;
	book_reopen(b, TODAY);
	assert_int_equal(tend_app_undo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	b->dry_run = true;
	book_reopen(b, TODAY);
	assert_int_equal(tend_app_redo(b->app, 1, &done, NULL), TEND_OK);
	assert_string_equal(done.summary, "done again: customer acme added (Acme)");
	tend_done_finish(&done);
	b->dry_run = false;
	book_reopen(b, TODAY);
	assert_int_equal(tend_app_redo(b->app, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	assert_int_equal(tend_app_redo(b->app, 1, &done, NULL), TEND_NOT_FOUND);
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_write_is_one_entry_with_its_words),
		TEST(words_of_an_entry_say_the_day_and_the_kind),
		TEST(an_entry_tells_each_field_that_it_changed),
		TEST(an_entry_keeps_the_lines_of_a_text),
		TEST(several_entries_are_taken_back_at_once),
		TEST(undo_works_after_a_restart_and_on_another_day),
		TEST(all_edits_taken_back_and_done_again_give_the_same_books),
		TEST(a_dry_undo_only_says_what_it_would_take_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
