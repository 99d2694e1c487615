/* SPDX-License-Identifier: MIT */
/* Playbooks: what they add to whose plan, when, and what follows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <support.h>

#include <tend/lang.h>
#include <tend/mem.h>

#include "book.h"

#define TODAY "2026-03-18" /* a Wednesday */

static const char rescue[] =
	"playbook: rescue\n"
	"title: {en: Rescue, zh: 救援}\n"
	"when: segment == \"enterprise\"\n"
	"steps:\n"
	"  - key: call\n"
	"    title: {en: Call, zh: 致电}\n"
	"    due: start + 1 workday\n"
	"    effort: 1h\n"
	"    items: [{en: Number, zh: 号码}, {en: Words, zh: 话术}]\n"
	"    guide: {en: Listen first, zh: 先听}\n"
	"  - {key: visit, title: {en: Visit, zh: 拜访}, due: milestone.call + 1 week, after: "
	"[call]}\n"
	"  - {key: gift, title: {en: Gift, zh: 礼物}, due: start + 10 days, when: arr >= 1000}\n"
	"  - {key: talk, title: {en: Talk, zh: 谈续费}, due: renewal - 1 month, required: no}\n";

static int setup(void **state)
{
	struct book_fixture *b = calloc(1, sizeof(*b));
	assert_non_null(b);
	book_make(b, TODAY);
	book_config(b, "rescue.yaml", rescue);
	book_reopen(b, TODAY);
	(void)book_add(b,
		"key=acme|name=Acme|started=2026-01-05|arr=5000|currency=USD|owner=li|"
		"segment=enterprise|journey=small");
	(void)book_add(b, "key=beta|name=Beta|started=2026-02-02|owner=wang");
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	book_remove(*state);
	free(*state);
	return 0;
}

struct said {
	char *summary, *warning;
	int64_t changes;
};

static void said_finish(struct said *s)
{
	free(s->summary);
	free(s->warning);
}

static struct said run(
	struct book_fixture *b, const char *customers, const char *name, const char *day)
{
	int64_t ids[8];
	size_t n = 0;
	char *copy = tend_strdup(customers);
	for (char *save = NULL, *word = strtok_r(copy, " ", &save); word != NULL;
		word = strtok_r(NULL, " ", &save)) {
		ids[n++] = book_customer(b, word);
	}
	free(copy);
	struct tend_done done;
	struct tend_error err = {0};
	struct tend_date date = day != NULL ? book_day(day) : TEND_NO_DATE;
	if (tend_app_playbook_run(b->app, name, ids, n, date, &done, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct said s = {tend_strdup(done.summary), tend_strdup(done.warning), done.changes};
	tend_done_finish(&done);
	return s;
}

static void run_quietly(struct book_fixture *b, const char *customers, const char *name)
{
	struct said s = run(b, customers, name, NULL);
	assert_true(s.changes > 0);
	said_finish(&s);
}

/* "key#n state due" of the milestones of playbooks, one a line. */
static char *rows(struct book_fixture *b, const char *customer)
{
	struct tend_list list;
	struct tend_error err = {0};
	if (tend_app_milestones(b->app, book_customer(b, customer), NULL, &list, &err) != TEND_OK) {
		fail_msg("%s", err.text);
	}
	struct tend_str out = {0};
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		char day[TEND_DATE_LEN];
		if (m->playbook == NULL) {
			continue;
		}
		tend_str_addf(&out, "%s", m->key);
		if (m->repeats > 0) {
			tend_str_addf(&out, "#%d", (int)m->occurrence);
		}
		tend_str_addf(&out, " %s %s%s\n", m->state, tend_date_format(m->due, day),
			m->projected > 0 ? "~" : "");
	}
	tend_list_finish(&list);
	char *text = tend_str_steal(&out);
	return text != NULL ? text : tend_strdup("");
}

static void assert_rows(struct book_fixture *b, const char *customer, const char *expected)
{
	char *text = rows(b, customer);
	assert_same_text(text, expected);
	free(text);
}

static void its_steps_become_milestones_counted_from_the_day(void **state)
{
	struct book_fixture *b = *state;
	struct said s = run(b, "acme", "rescue", NULL);
	assert_same_text(s.summary, "playbook rescue started for acme: 4 milestones");
	assert_null(s.warning);
	said_finish(&s);
	assert_rows(b, "acme",
		"rescue.call todo 2026-03-19\n"
		"rescue.visit todo 2026-03-26~\n"
		"rescue.gift todo 2026-03-28\n"
		"rescue.talk todo 2026-06-05\n");
	static const struct {
		const char *milestone, *field, *value;
	} values[] = {{"rescue.call", "playbook", "rescue@1"}, {"rescue.call", "stage", "growth"},
		{"rescue.call", "effort", "60"}, {"rescue.call", "items", "2"},
		{"rescue.call", "owner", "li"}, {"rescue.visit", "waiting", "rescue.call"},
		{"rescue.talk", "required", "false"}, {"kickoff", "playbook", "null"}};
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		assert_same_text(
			book_milestone_value(b, "acme", values[i].milestone, values[i].field),
			values[i].value);
	}
}

static void another_day_may_be_given(void **state)
{
	struct book_fixture *b = *state;
	struct said s = run(b, "acme", "rescue@1", "2026-04-03"); /* a Friday */
	said_finish(&s);
	assert_rows(b, "acme",
		"rescue.call todo 2026-04-06\n"
		"rescue.visit todo 2026-04-13~\n"
		"rescue.gift todo 2026-04-13\n"
		"rescue.talk todo 2026-06-05\n");
}

static void whom_it_does_not_suit_is_said_and_steps_have_conditions(void **state)
{
	struct book_fixture *b = *state;
	struct said s = run(b, "beta", "rescue", NULL);
	assert_same_text(s.warning,
		"its condition (segment == \"enterprise\") is not true for beta; 1 milestone was "
		"left "
		"out: its condition is not true");
	said_finish(&s);
	assert_rows(b, "beta",
		"rescue.call todo 2026-03-19\n"
		"rescue.visit todo 2026-03-26~\n"
		"rescue.talk todo 2027-01-02\n");
	/* Beta follows no journey: its steps are in no stage. */
	assert_same_text(book_milestone_value(b, "beta", "rescue.call", "stage"), "null");
}

static void several_customers_are_one_entry(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	struct said s = run(b, "acme beta", "rescue", NULL);
	assert_same_text(s.summary, "playbook rescue started for 2 customers: 7 milestones");
	said_finish(&s);
	book_assert_undo(b, before);
	free(before);
}

static void it_is_not_added_twice_while_it_runs(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme", "rescue");
	struct said s = run(b, "acme", "rescue", NULL);
	assert_int_equal(s.changes, 0);
	assert_same_text(s.summary, "playbook rescue: nothing added");
	assert_same_text(s.warning, "rescue is running already for acme");
	said_finish(&s);
	s = run(b, "acme beta", "rescue", NULL);
	assert_same_text(s.summary, "playbook rescue started for 1 customer: 3 milestones");
	assert_non_null(strstr(s.warning, "rescue is running already for acme;"));
	said_finish(&s);
	/* When nothing of it is open, it can be run again, and its milestones are the second ones. */
	static const char *const keys[] = {
		"rescue.call", "rescue.visit", "rescue.gift", "rescue.talk"};
	for (size_t i = 0; i < 4; i++) {
		book_state(b, "acme", keys[i], i == 3 ? "skipped" : "done");
	}
	run_quietly(b, "acme", "rescue");
	assert_rows(b, "acme",
		"rescue.call done 2026-03-19\n"
		"rescue.call#2 todo 2026-03-19\n"
		"rescue.visit done 2026-03-25\n"
		"rescue.visit#2 todo 2026-03-26~\n"
		"rescue.gift done 2026-03-28\n"
		"rescue.gift#2 todo 2026-03-28\n"
		"rescue.talk skipped 2026-06-05\n"
		"rescue.talk#2 todo 2026-06-05\n");
	assert_same_text(
		book_milestone_value(b, "acme", "rescue.visit#2", "waiting"), "rescue.call");
}

static void dates_follow_what_was_done_and_edits_stay(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme", "rescue");
	book_reopen(b, "2026-03-30");
	book_state(b, "acme", "rescue.call", "done");
	assert_rows(b, "acme",
		"rescue.call done 2026-03-19\n"
		"rescue.gift todo 2026-03-28\n"
		"rescue.visit todo 2026-04-06\n"
		"rescue.talk todo 2026-06-05\n");
	struct tend_done done;
	int64_t id = book_milestone(b, "acme", "rescue.visit");
	const struct tend_assignment due = {"due", "2026-05-05"};
	assert_int_equal(tend_app_milestone_set(b->app, &id, 1, &due, 1, &done, NULL), TEND_OK);
	tend_done_finish(&done);
	book_state(b, "acme", "rescue.call", "todo");
	assert_same_text(book_milestone_value(b, "acme", "rescue.visit", "due"), "2026-05-05");
}

static void what_hangs_on_the_renewal_moves_with_it(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme beta", "rescue");
	assert_same_text(book_milestone_value(b, "acme", "rescue.talk", "due"), "2026-06-05");
	static const struct tend_assignment term = {"term", "9m"};
	int64_t ids[] = {book_customer(b, "acme"), book_customer(b, "beta")};
	struct tend_list lines;
	assert_int_equal(tend_app_dates_plan(b->app, ids, 2, &term, 1, &lines, NULL), TEND_OK);
	size_t seen = 0;
	for (size_t i = 0; i < lines.n; i++) {
		const struct tend_plan_line *line = tend_list_at(&lines, i);
		if (strcmp(line->key, "rescue.talk") == 0) {
			const char *due = seen++ == 0 ? "2026-09-05" : "2026-10-02";
			assert_same_text(line->action, "moved");
			assert_int_equal(line->due_after.day, book_day(due).day);
		}
	}
	assert_int_equal(seen, 2);
	tend_list_finish(&lines);
	assert_same_text(book_milestone_value(b, "acme", "rescue.talk", "due"), "2026-06-05");
	book_set(b, "acme", "term=9m");
	book_set(b, "beta", "term=9m");
	assert_same_text(book_milestone_value(b, "acme", "rescue.talk", "due"), "2026-09-05");
	assert_same_text(book_milestone_value(b, "beta", "rescue.talk", "due"), "2026-10-02");
	assert_same_text(book_milestone_value(b, "acme", "rescue.call", "due"), "2026-03-19");
}

static void a_new_journey_leaves_it_alone(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme", "rescue");
	char *before = rows(b, "acme");
	book_config(b, "other.yaml",
		"journey: other\nversion: 1\ntitle: Other\nstages: [{key: s, from: start}]\n"
		"milestones: [{key: x, stage: s, title: X, due: start}]\n");
	book_reopen(b, TODAY);
	struct tend_done done;
	struct tend_error err = {0};
	int64_t id = book_customer(b, "acme");
	if (tend_app_journey_enroll(b->app, &id, 1, "other", TEND_NO_DATE, &done, &err)
		!= TEND_OK) {
		fail_msg("%s", err.text);
	}
	tend_done_finish(&done);
	assert_rows(b, "acme", before);
	free(before);
}

static void what_was_run_keeps_its_text(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme", "rescue");
	book_config(b, "rescue.yaml",
		"playbook: rescue\nversion: 2\ntitle: Rescue two\n"
		"steps: [{key: mail, title: Mail, due: start}]\n");
	book_reopen(b, TODAY);
	struct tend_list list;
	assert_int_equal(
		tend_app_milestones(b->app, book_customer(b, "acme"), NULL, &list, NULL), TEND_OK);
	size_t seen = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct tend_milestone *m = tend_list_at(&list, i);
		struct tend_arena arena = {0};
		struct tend_milestone_detail detail;
		if (strcmp(m->key, "rescue.call") == 0) {
			assert_same_text(m->playbook_title, "Rescue");
			assert_int_equal(
				tend_app_milestone_detail(b->app, m, &arena, &detail, NULL),
				TEND_OK);
			assert_same_text(detail.guide, "Listen first");
			assert_same_text(detail.stage_title, "growth");
			seen++;
		}
		tend_arena_finish(&arena);
	}
	assert_int_equal(seen, 1);
	tend_list_finish(&list);
	/* What is published comes first, and the newer one is said. */
	struct said s = run(b, "beta", "rescue", NULL);
	assert_non_null(strstr(
		s.warning, "version 2 of rescue is at hand too: run rescue@2, or publish it"));
	said_finish(&s);
	s = run(b, "acme", "rescue@2", NULL);
	assert_same_text(s.warning, "rescue is running already for acme");
	said_finish(&s);
}

static void an_alert_that_suggests_it_is_kept_with_the_run(void **state)
{
	struct book_fixture *b = *state;
	book_reopen(b, "2027-03-01"); /* both terms are over */
	run_quietly(b, "acme", "win-back");
	struct tend_list runs;
	assert_int_equal(tend_app_runs(b->app, 0, NULL, &runs, NULL), TEND_OK);
	assert_int_equal(runs.n, 1);
	const struct tend_run *r = tend_list_at(&runs, 0);
	assert_same_text(r->customer, "acme");
	assert_same_text(r->playbook, "win-back");
	assert_same_text(r->alert, "term-over");
	assert_true(r->open > 0 && r->done == 0);
	tend_list_finish(&runs);
}

static void it_is_work_also_for_customers_that_left(void **state)
{
	struct book_fixture *b = *state;
	struct tend_list list;
	const struct tend_query acme = {.filter = "customer == \"acme\""};
	book_set(b, "acme", "status=churned");
	assert_int_equal(tend_app_today_queue(b->app, &acme, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 0); /* its journey is nobody's work any more */
	tend_list_finish(&list);
	run_quietly(b, "acme", "rescue");
	assert_int_equal(tend_app_today_queue(b->app, &acme, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 1);
	assert_same_text(
		((const struct tend_today_row *)tend_list_at(&list, 0))->subject, "rescue.call");
	tend_list_finish(&list);
	const struct tend_capacity_query weeks = {.owner = "li", .weeks = 1};
	assert_int_equal(tend_app_capacity(b->app, &weeks, &list, NULL, NULL), TEND_OK);
	assert_int_equal(list.n, 1);
	assert_true(((const struct tend_capacity *)tend_list_at(&list, 0))->hours == 1);
	tend_list_finish(&list);
}

static void a_customer_without_a_start_has_no_renewal_to_hang_on(void **state)
{
	struct book_fixture *b = *state;
	const char *file = book_file(b, "c.csv", "key,name\nnew,New\n");
	struct tend_import_report report = {0};
	struct tend_done done = {0};
	struct tend_error err = {0};
	assert_int_equal(
		tend_app_import(b->app, "customers", file, NULL, &report, &done, &err), TEND_OK);
	tend_import_report_finish(&report);
	tend_done_finish(&done);
	int64_t id = book_customer(b, "new");
	assert_int_equal(tend_app_playbook_run(b->app, "rescue", &id, 1, TEND_NO_DATE, &done, &err),
		TEND_FAILED);
	assert_same_text(err.text,
		"new has no start date, and rescue.talk hangs on its renewal: set started");
	tend_done_finish(&done);
}

static void a_plan_shows_it_and_changes_nothing(void **state)
{
	struct book_fixture *b = *state;
	char *before = book_dump(b);
	int64_t ids[] = {book_customer(b, "acme"), book_customer(b, "beta")};
	struct tend_list lines;
	struct tend_done done;
	assert_int_equal(
		tend_app_playbook_plan(b->app, "rescue", ids, 2, TEND_NO_DATE, &lines, &done, NULL),
		TEND_OK);
	assert_int_equal(lines.n, 7);
	assert_int_equal(done.changes, 7);
	const struct tend_plan_line *line = tend_list_at(&lines, 4);
	assert_same_text(line->customer, "beta");
	assert_same_text(line->key, "rescue.call");
	assert_same_text(line->action, "added");
	assert_same_text(line->title, "Call");
	assert_int_equal(line->due_after.day, book_day("2026-03-19").day);
	tend_list_finish(&lines);
	tend_done_finish(&done);
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

static void the_list_knows_what_suits_and_what_is_suggested(void **state)
{
	struct book_fixture *b = *state;
	run_quietly(b, "acme", "rescue");
	struct tend_list list;
	int64_t id = book_customer(b, "beta");
	const struct tend_query only = {.filter = "key == \"rescue\""};
	assert_int_equal(tend_app_playbooks(b->app, NULL, 0, &only, &list, NULL), TEND_OK);
	assert_int_equal(list.n, 1);
	const struct tend_playbook_row *row = tend_list_at(&list, 0);
	assert_same_text(row->source, "store");
	assert_true(row->steps == 4 && row->effort == 60 && row->running == 1);
	assert_true(row->suits == TEND_NO_INT);
	tend_list_finish(&list);
	assert_int_equal(tend_app_playbooks(b->app, &id, 1, &only, &list, NULL), TEND_OK);
	row = tend_list_at(&list, 0);
	assert_true(row->running == 0 && row->suits == 0 && row->suggested == NULL);
	tend_list_finish(&list);
	book_reopen(b, "2027-03-01");
	assert_int_equal(tend_app_playbooks(b->app, &id, 1, NULL, &list, NULL), TEND_OK);
	row = tend_list_at(&list, 0);
	assert_same_text(row->key, "win-back");
	assert_same_text(row->suggested, "term-over");
	assert_true(row->suits == 1);
	tend_list_finish(&list);
}

static void a_wrong_name_or_file_is_said(void **state)
{
	struct book_fixture *b = *state;
	static const struct {
		const char *name;
		enum tend_status status;
		const char *text;
	} wrong[] = {{"rescu", TEND_NOT_FOUND, "did you mean \"rescue\"?"},
		{"rescue@7", TEND_NOT_FOUND, "there is no playbook \"rescue@7\""},
		{"rescue@", TEND_USAGE, "write KEY or KEY@VERSION"},
		{"broken", TEND_BAD_INPUT, "broken.yaml:3:"},
		{"a-playbook-with-quite-a-long-key-of-its-own", TEND_BAD_INPUT, "63 letters"}};
	book_config(b, "broken.yaml", "playbook: broken\ntitle: B\nsteps: []\n");
	book_config(b, "long.yaml",
		"playbook: a-playbook-with-quite-a-long-key-of-its-own\ntitle: L\nsteps:\n"
		"  - {key: and-a-step-that-is-long-as-well, title: S, due: start}\n");
	book_reopen(b, TODAY);
	int64_t id = book_customer(b, "acme");
	char *before = book_dump(b);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct tend_done done;
		struct tend_error err = {0};
		assert_int_equal(tend_app_playbook_run(
					 b->app, wrong[i].name, &id, 1, TEND_NO_DATE, &done, &err),
			wrong[i].status);
		if (strstr(err.text, wrong[i].text) == NULL) {
			fail_msg("%s: %s", wrong[i].name, err.text);
		}
		tend_done_finish(&done);
	}
	char *after = book_dump(b);
	assert_same_text(after, before);
	free(before);
	free(after);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	tend_lang_set(TEND_EN);
	const struct CMUnitTest tests[] = {
		TEST(its_steps_become_milestones_counted_from_the_day),
		TEST(another_day_may_be_given),
		TEST(whom_it_does_not_suit_is_said_and_steps_have_conditions),
		TEST(several_customers_are_one_entry),
		TEST(it_is_not_added_twice_while_it_runs),
		TEST(dates_follow_what_was_done_and_edits_stay),
		TEST(what_hangs_on_the_renewal_moves_with_it),
		TEST(a_new_journey_leaves_it_alone),
		TEST(what_was_run_keeps_its_text),
		TEST(an_alert_that_suggests_it_is_kept_with_the_run),
		TEST(it_is_work_also_for_customers_that_left),
		TEST(a_customer_without_a_start_has_no_renewal_to_hang_on),
		TEST(a_plan_shows_it_and_changes_nothing),
		TEST(the_list_knows_what_suits_and_what_is_suggested),
		TEST(a_wrong_name_or_file_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
